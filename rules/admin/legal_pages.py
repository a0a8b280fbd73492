"""The admin of the legal pages: nobody adds or deletes any, and a saved text is online at once."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.admin_pages import render_admin_page
from rules.admin.form_fields import FORM_FIELDS
from rules.admin.history_pages import MOMENTS_PER_PAGE, Moment
from rules.admin.link_warnings import warn_of_refused_links
from rules.admin.permissions import get_permitted_row
from rules.admin.preview import PreviewAdmin
from rules.admin.recording import request_author
from rules.admin.saved_meanwhile import saved_meanwhile_clause
from rules.comparison.change_sentences import PartName
from rules.comparison.text_changes import (
    limit_steps,
    renaming_sentences,
    text_change_sentences,
)
from rules.models import LegalPage
from rules.models.signed_row import sign_as
from rules.templatetags.guide_markdown import page_markdown

_PAGE = PartName("la page")
COMPARE_TEXTS = (
    "Rien n’est perdu de votre texte\u00a0: comparez-le avec la page en ligne, puis enregistrez de "
    "nouveau."
)


class LegalPageForm(forms.ModelForm[LegalPage]):
    """A form that warns before it overwrites what someone has saved since the page was opened.

    The first POST after such a save is refused with a warning, and the next one is saved. One that
    repeats what is saved already (a double click) is not refused. The hidden field `seen` holds the
    time of the last save before the page was opened.
    """

    editor: ClassVar[User]
    """The user who opens or saves the page."""

    seen = forms.CharField(label="Texte lu", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean(self) -> None:
        super().clean()
        if "seen" in self.changed_data and self.changed_data != ["seen"]:
            last = list(self.instance.changes.all()[:1])
            clause = saved_meanwhile_clause(
                last, self.editor, "cette page", self.instance.updated_at
            )
            self.add_error(None, f"{clause}. {COMPARE_TEXTS}")
            posted = {name: self.data[name] for name in self.data}
            self.data = posted | {"seen": self.initial["seen"]}


@admin.register(LegalPage)
class LegalPageAdmin(PreviewAdmin[LegalPage]):
    form = LegalPageForm
    as_html = staticmethod(page_markdown)
    formfield_overrides = FORM_FIELDS
    readonly_fields = ["preview"]
    list_display = ["title", "updated_at"]
    actions = None

    def get_fields(self, request: HttpRequest, obj: LegalPage | None = None) -> tuple[str, ...]:
        shown = ("title", "body", "preview")
        return ("seen", *shown) if self.has_change_permission(request, obj) else shown

    def get_form(
        self,
        request: HttpRequest,
        obj: LegalPage | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[LegalPageForm]:
        form = super().get_form(request, obj, change, **kwargs)
        assert issubclass(form, LegalPageForm)
        form.editor = request_author(request)
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LegalPage | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Pages légales"})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        title = {"title": "Page légale"}
        return super().change_view(request, object_id, form_url, title)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: LegalPage | None = None,
    ) -> HttpResponse:
        """Warns of the links that visitors do not see. The errors of a posted form name its own."""
        if request.method == "GET" and obj:
            warn_of_refused_links(request, obj.body)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, page: LegalPage) -> str:
        return f"/{page.key}/"

    @limit_steps()
    def construct_change_message(
        self, request: HttpRequest, form: forms.Form, formsets: object, add: bool = False
    ) -> Any:
        """Returns sentences that quote the changed words, for the history of the page."""
        before, after = form.initial, form.cleaned_data
        sentences = [
            *renaming_sentences(_PAGE, before["title"], after["title"]),
            *text_change_sentences("Le texte", _PAGE, before["body"], after["body"]),
        ]
        return " ".join(sentence.with_changed_words for sentence in sentences)

    def log_change(self, request: HttpRequest, obj: LegalPage, message: Any) -> LogEntry:
        """Adds a change to the history of the page, and returns an entry that is not saved.

        Django's own history would lose the entries of an account that is deleted.
        """
        if message:
            obj.changes.create(sentence=message, **sign_as(request_author(request)))
        return LogEntry()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        page = get_permitted_row(self, request, object_id, self.has_view_permission)
        if page is None:
            return redirect("admin:rules_legalpage_changelist")
        changes = Paginator(page.changes.all(), MOMENTS_PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": "Historique",
            "legal_page": page,
            "page": changes,
            "moments": [
                Moment(change.changed_at, change.author_name, [(change, "")]) for change in changes
            ],
        }
        return render_admin_page(request, "admin/rules/legalpage/history.html", context)
