"""Shows again the texts of a form of the admin that could not be saved.

The page of the refusal shows them, to be copied, and can send the form again. They are taken from
the refused request alone: the server stores and logs nothing of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse

TEXT_LABELS = {
    "advice": "Conseil",
    "after": "Après",
    "aliases": "Autres écritures",
    "answer": "Réponse des cas types",
    "body": "Texte",
    "choices": "Réponses",
    "closing_message": "Message aux visiteurs",
    "code": "Code",
    "comment": "Commentaire",
    "email": "Adresse e-mail",
    "first_name": "Prénom",
    "for_pupil": "Pour l’élève",
    "help": "Explication",
    "introduction": "Introduction",
    "label": "Réponse",
    "last_name": "Nom",
    "leads": "Mène à",
    "link_label": "Texte du lien",
    "link_url": "Adresse du lien",
    "message": "Pourquoi",
    "name": "Nom",
    "note": "Remarque ou note",
    "other": "Placer à côté de",
    "reason": "Motif",
    "short": "Nom court",
    "slug": "Adresse",
    "sought": "Question ou conclusion",
    "text": "Texte collé",
    "title": "Titre",
    "username": "Nom d’utilisateur",
}
"""The labels of the fields that hold texts, by the last part of their names."""
SEND_AGAIN = "Envoyer de nouveau"
_PASSWORD_NAME = re.compile(r"(.*_)?password\d*")
_PASSWORD_CHOICE = "usable_password"  # noqa: S105 (the name of Django's choice between yes and no)


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value of a posted form. Its label is empty if it is no text, as that of a ticked box."""

    name: str
    value: str
    label: str = ""

    @property
    def is_text(self) -> bool:
        return bool(self.label and self.value) and not self.value.isspace()


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A posted form, without its passwords and the content of its files."""

    url: str
    texts: list[TypedValue]
    other_values: list[TypedValue]
    password_names: list[str]
    files: list[TypedValue]
    """The fields of the files, each with the name of the file as its value."""


def read_typed_form(request: HttpRequest) -> TypedForm | None:
    """Returns the form that a request sends; None if it sends none, a login or a logout.

    It is None too if the form does not come from a page of this site (another site must not choose
    what a page of this one says), or if the browser has gone before it was read. Raises Django's
    `SuspiciousOperation` if the form is too large.
    """
    is_login = request.path_info.startswith((reverse("admin:login"), reverse("admin:logout")))
    if request.method != "POST" or is_login or not is_sent_from_this_site(request):
        return None
    try:
        names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    except UnreadablePostError:
        return None
    passwords = [name for name in names if _holds_password(name)]
    values = [
        value for name in names if name not in passwords for value in _field_values(request, name)
    ]
    return TypedForm(
        request.get_full_path(),
        texts=[value for value in values if value.is_text],
        other_values=[value for value in values if not value.is_text],
        password_names=passwords,
        files=[
            TypedValue(name, str(file.name))
            for name in request.FILES
            for file in request.FILES.getlist(name)
        ],
    )


def is_sent_from_this_site(request: HttpRequest) -> bool:
    """True if the browser says that a page of this site, or of a trusted origin, sends a request."""
    try:
        sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    except ValueError:
        return False
    own_origin = f"{request.scheme}://{request.get_host()}"
    return f"{sender.scheme}://{sender.netloc}" in {own_origin, *settings.CSRF_TRUSTED_ORIGINS}


def _field_values(request: HttpRequest, name: str) -> Iterator[TypedValue]:
    """Yields the values of a field. The label of a field of a row contains the row's number."""
    row, _, field = name.rpartition("-")
    label, number = TEXT_LABELS.get(field, ""), row.rpartition("-")[2]
    if label and number.isdecimal():
        label = f"{label} (ligne {int(number) + 1})"
    for value in request.POST.getlist(name):
        yield TypedValue(name, value, label)


def _holds_password(name: str) -> bool:
    return name != _PASSWORD_CHOICE and _PASSWORD_NAME.fullmatch(name) is not None


def render_typed_form(
    request: HttpRequest,
    typed: TypedForm | None,
    *,
    title: str,
    detail: str,
    status: int,
    button: str = "",
    must_log_in: bool = False,
    back: str = "",
) -> HttpResponse:
    """Returns a page in the admin's frame that refuses a request and shows what was typed.

    `button` is the text of the button that sends the form again; without a text there is none. `back`
    is the address of the guide, if the page leads back to it.
    """
    context = admin.site.each_context(request)
    context |= {"title": title, "detail": detail, "typed": typed}
    context |= {"button": button, "must_log_in": must_log_in, "back": back}
    return render(request, "admin/rules/refused.html", context, status=status)


def render_ended_session(request: HttpRequest, typed: TypedForm) -> HttpResponse:
    """Returns the page for someone who sends a form without being logged in any more.

    After a login in another tab its button leads to `render_earlier_login`, which sends the form:
    a login makes the tokens of all open pages invalid, that of this page included.
    """
    return render_typed_form(
        request,
        typed,
        title="Votre session est terminée",
        detail=(
            "Rien n’est enregistré, car vous n’êtes pas ou plus connecté à l’administration. Ce que "
            "vous avez saisi n’est pas perdu."
        ),
        status=403,
        button="Je suis connecté, continuer",
        must_log_in=True,
    )


def render_earlier_login(request: HttpRequest, typed: TypedForm) -> HttpResponse:
    """Returns the page for someone who has logged in again since they opened a form."""
    return render_typed_form(
        request,
        typed,
        title="Vérifiez et envoyez",
        detail=(
            "Rien n’est encore enregistré\u00a0: vous vous êtes connecté après avoir ouvert ce "
            f"formulaire. Votre compte est maintenant «\u00a0{request.user.get_username()}\u00a0»."
        ),
        status=403,
        button=SEND_AGAIN,
    )


def leave_deleted_page(request: HttpRequest, sentence: str, back: str = "") -> HttpResponse:
    """Redirects to another page with a sentence, or shows the sentence with what was typed, if any.

    The other page is the list of guides unless `back`, the address of a guide, is given.
    """
    typed = read_typed_form(request)
    if typed and typed.texts:
        detail = f"{sentence} Rien n’est enregistré\u00a0: copiez ce qui sert encore."
        return render_typed_form(
            request, typed, title="Cette page n’existe plus", detail=detail, status=404, back=back
        )
    messages.warning(request, sentence)
    return redirect(back or "admin:rules_guide_changelist")
