"""*Publication et fermeture*: settings of a guide that apply at once.

They say whether a second person must approve publications, and whether the guide is closed. Visitors
cannot begin a diagnostic of a closed guide. No publication is needed.
"""

from typing import Any, TypedDict

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from rules.admin.admin_pages import Context, guide_page
from rules.admin.form_fields import MarkdownField
from rules.admin.link_warnings import warn_of_refused_links
from rules.admin.links import change_url
from rules.admin.permissions import PUBLISH_PERMISSION
from rules.admin.recording import log_sentence, request_author
from rules.document.limits import MARKDOWN_LENGTH
from rules.drafts.locks import guide_lock
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update, may_lift_approval
from rules.publication.timeline import moment_label, scheduled_versions
from rules.sentences import quote_text

APPROVAL_LOCKED = "Seul un administrateur du site peut décider qu’une seule personne suffit."


class GuideSettings(TypedDict):
    """The arguments of `guide_settings_update` that a person chooses."""

    needs_approval: bool
    closed: bool
    closing_message: str


class SettingsForm(forms.Form):
    needs_approval = forms.BooleanField(
        label="Publier demande l’accord d’une seconde personne",
        required=False,
        help_text="Une publication attend alors l’accord d’un autre responsable de publication.",
    )
    closed = forms.BooleanField(
        label="Fermer le guide aux nouveaux visiteurs",
        required=False,
        help_text="Les diagnostics déjà commencés peuvent être terminés.",
    )
    closing_message = MarkdownField(
        label="Message aux visiteurs",
        required=False,
        max_length=MARKDOWN_LENGTH,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text="Affiché à la place du formulaire quand le guide est fermé. Markdown accepté.",
    )

    def __init__(self, *args: Any, guide: Guide, can_lift: bool, **kwargs: Any) -> None:
        """Disables the box for the approval unless the user can lift it (`can_lift`)."""
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(guide, name) for name in self.fields}
        if not can_lift:
            approval_field = self.fields["needs_approval"]
            approval_field.disabled = True
            approval_field.help_text = f"{approval_field.help_text} {APPROVAL_LOCKED}"

    def clean(self) -> None:
        """Refuses to lift the approval if its box is disabled, and to close without a message.

        The page posts a disabled box with a hidden field. If the value is missing, the page was
        opened before the approval was needed.
        """
        approval_field = self.fields["needs_approval"]
        posted = approval_field.widget.value_from_datadict(self.data, {}, "needs_approval")
        if approval_field.disabled and not posted:
            self.add_error("needs_approval", APPROVAL_LOCKED)
        message = self.cleaned_data.get("closing_message")  # it is None if the field is refused
        if self.cleaned_data.get("closed") and message is not None and not message.strip():
            self.add_error(
                "closing_message",
                "Dites aux visiteurs pourquoi le guide est fermé, et vers qui se tourner.",
            )

    @property
    def settings(self) -> GuideSettings:
        return {
            "needs_approval": self.cleaned_data["needs_approval"],
            "closed": self.cleaned_data["closed"],
            "closing_message": self.cleaned_data["closing_message"],
        }


@guide_page(
    PUBLISH_PERMISSION,
    act="de changer les réglages de ce guide",
    template="admin/rules/guide/settings.html",
    title="Publication et fermeture",
)
def settings_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    if request.method == "POST":
        form = _save_settings(request, guide)
    else:
        form = _settings_form(request, guide)
        warn_of_refused_links(request, guide.closing_message)
    return redirect(change_url(guide)) if form.is_valid() else {"form": form, "may_publish": True}


@transaction.atomic
def _save_settings(request: HttpRequest, guide: Guide) -> SettingsForm:
    """Saves the settings and logs each change if the posted form is valid; returns the form.

    The guide is locked from the reading of its settings to the end.
    """
    form = _settings_form(request, guide_lock(guide=guide), request.POST)
    if form.is_valid():
        author, settings = request_author(request), form.settings
        before = guide_settings_update(guide=guide, author=author, **settings)
        for sentence in _change_sentences(before, settings):
            log_sentence(request, guide, sentence)
            messages.info(request, sentence)
        if settings["needs_approval"] and not before.needs_approval:
            _warn_of_scheduled_versions(request, guide)
    return form


def _warn_of_scheduled_versions(request: HttpRequest, guide: Guide) -> None:
    """Names the versions that go live without the approval that the guide needs from now on."""
    for version in scheduled_versions(guide):
        messages.warning(
            request,
            f"La version {version.number} sera en ligne le {moment_label(version.published_at)} sans "
            "cet accord, sauf si vous annulez sa programmation.",
        )


def _settings_form(
    request: HttpRequest, guide: Guide, posted: QueryDict | None = None
) -> SettingsForm:
    return SettingsForm(
        posted, guide=guide, can_lift=may_lift_approval(guide, request_author(request))
    )


def _change_sentences(before: Guide, settings: GuideSettings) -> list[str]:
    """Returns a sentence about each setting that changed."""
    sentences = []
    message = quote_text(settings["closing_message"])
    if settings["needs_approval"] != before.needs_approval:
        verb = "demande maintenant" if settings["needs_approval"] else "ne demande plus"
        sentences.append(f"Publier {verb} l’accord d’une seconde personne.")
    if before.closed and not settings["closed"]:
        sentences.append("Le guide est rouvert aux nouveaux visiteurs.")
    elif settings["closed"] and not before.closed:
        sentences.append(f"Le guide est fermé aux nouveaux visiteurs\u00a0: {message}.")
    elif settings["closing_message"] != before.closing_message:
        sentences.append(f"Le message de fermeture devient {message}.")
    return sentences
