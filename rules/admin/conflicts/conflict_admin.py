"""Pages that two people may edit at the same time.

The second person to save sees what the first person has changed, and loses nothing that they typed.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join

from rules.admin.conflicts.merged_forms import (
    SHOWN_VALUES_FIELD,
    MergedForm,
    MergedFormSet,
    merge_posted_form,
    read_shown_values,
    write_shown_values,
)
from rules.admin.conflicts.merged_rows import merge_posted_rows
from rules.admin.editor_page_admin import EditorPageAdmin
from rules.admin.links import add_url, change_url
from rules.admin.recording import DraftEdit, record_changes, request_author
from rules.admin.saved_meanwhile import author_names, saved_meanwhile_clause
from rules.comparison import PartKind
from rules.drafts.draft_limits import LimitExceededError
from rules.drafts.history import Part, last_change_id, part_changes
from rules.models import Change, Guide
from rules.typed_text import leave_deleted_page

LAST_CHANGE_FIELD = "seen"
"""The name of the hidden field that holds the id of the last change before the page was opened."""
EXCEEDED_LIMIT_KEY = "rules.exceeded_limit"
"""The key, in `request.META`, of the sentence that a save was refused with. No header sets it."""
MAX_SENTENCES_REPEATED = 20
"""How many changes by other people a page quotes; the history has all of them."""
_THIS_PART = {
    PartKind.GUIDE: "ce guide",
    PartKind.QUESTION: "cette question",
    PartKind.OUTCOME: "ce conseil ou cette conclusion",
    PartKind.RULE: "cette règle",
    PartKind.EXAMPLE: "ce cas type",
}

Row = TypeVar("Row", bound=Part)
View = TypeVar("View", bound=Callable[..., HttpResponse])


class ConflictAwareForm(MergedForm[Row]):
    """A form that is not saved if it has a `refusal`: its page then shows again what was typed."""

    refusal: ClassVar[str] = ""
    """Why the form is not saved: someone has changed or deleted its row. Empty if it is saved."""

    def clean(self) -> None:
        super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)


class SavedRowResponse(HttpResponseRedirect, Generic[Row]):
    """A redirect that carries the saved row out of the transaction of the save."""

    def __init__(self, row: Row) -> None:
        super().__init__(change_url(row))
        self.row = row


def redirect_if_row_deleted(view: View) -> View:
    """Makes a view of a row redirect to the list of guides if the row was deleted meanwhile."""

    @wraps(view)
    def view_or_redirect(
        self: "ConflictAdmin[Part]", request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        try:
            return view(self, request, *args, **kwargs)
        except self.model.DoesNotExist:
            return self.redirect_to_guides(request)

    return cast("View", view_or_redirect)


class ConflictAdmin(EditorPageAdmin[Row]):
    """Pages that merge what is posted with what others have saved since the page was opened.

    For that, hidden fields of the form hold the guide, its last change and the values that the page
    showed when it was opened.
    """

    form: type[ConflictAwareForm[Row]] = ConflictAwareForm
    gone_sentence: str
    """The sentence about a deleted row, without full stop, such as « Ce guide n’existe plus »."""

    def guide_of_row(self, request: HttpRequest, row: Row | None) -> Guide | None:
        """Returns the guide of a request and its row; None on the page that creates a guide."""
        raise NotImplementedError

    def report_save(self, request: HttpRequest, row: Row, edit: DraftEdit) -> None:
        """Adds the messages about a saved row. Its guide is no longer locked."""
        raise NotImplementedError

    def redirect_to_guides(self, request: HttpRequest) -> HttpResponse:
        """Redirects to the list of guides, with a message that the row no longer exists.

        If a text was posted, a page says so and shows the text.
        """
        sentence = f"{self.gone_sentence}\u00a0: le brouillon a changé entre-temps."
        return leave_deleted_page(request, sentence)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Options[Row], object_id: str
    ) -> HttpResponse:
        return self.redirect_to_guides(request)

    def get_form(
        self, request: HttpRequest, obj: Row | None = None, change: bool = False, **kwargs: object
    ) -> type[ConflictAwareForm[Row]]:
        form = super().get_form(request, obj, change, **kwargs)
        assert issubclass(form, ConflictAwareForm), "the form must know why it is not saved"
        form.refusal = self._refusal_of_post(request, obj)
        self._prepare_merge(request, obj, form)
        return form

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Row | None = None
    ) -> Iterator[tuple[type[MergedFormSet], InlineModelAdmin[Model, Row]]]:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            self._prepare_merge(request, obj, formset.form)
            yield formset, inline

    def _prepare_merge(
        self, request: HttpRequest, row: Row | None, form: type[MergedForm[Model]]
    ) -> None:
        """Sets the attributes of a form class that its merge needs.

        They are: who else has saved, and the values that the page showed when it was opened.
        """
        changes = self._changes_since_opened(request, row) if request.method == "POST" else []
        form.changed_by = author_names(changes, request_author(request)) if changes else ""
        form.shown_values = read_shown_values(request.POST.get(SHOWN_VALUES_FIELD, ""))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Row | None = None,
    ) -> HttpResponse:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["shown_values"] = write_shown_values(context["adminform"].form, formsets)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def copy_of_post(self, request: HttpRequest) -> QueryDict:
        """Returns a copy of what was posted, to which the merge writes."""
        return request.POST.copy()

    def page_context(self, request: HttpRequest, row: Row | None) -> dict[str, object]:
        """Returns what the page of a row, or of a new row, shows beside Django's form.

        The guide is not locked, so this may take long.
        """
        return {}

    @redirect_if_row_deleted
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id)) if object_id else None
        guide = self.guide_of_row(request, row)
        if guide and request.method == "POST":
            response = self._answer_post(request, guide, object_id, form_url)
        else:
            context = (_hidden_field_values(guide) if guide else {}) | (extra_context or {})
            response = super().changeform_view(request, object_id, form_url, context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            shown_row = response.context_data["original"]
            response.context_data |= self.page_context(request, shown_row)
        return response

    def _answer_post(
        self, request: HttpRequest, guide: Guide, object_id: str | None, form_url: str
    ) -> HttpResponse:
        """Saves the posted form and reports it, or shows the form again with what was typed."""
        try:
            with record_changes(request, guide) as edit:
                response = self._save_post(request, guide, object_id, form_url)
        except LimitExceededError as error:
            request.META[EXCEEDED_LIMIT_KEY] = str(error)
            return self._save_post(request, guide, object_id, form_url)
        if isinstance(response, SavedRowResponse):
            self.report_save(request, response.row, edit)
            return redirect(self.url_after_save(request, response.row, edit))
        return response

    def _save_post(
        self, request: HttpRequest, guide: Guide, object_id: str | None, form_url: str
    ) -> HttpResponse:
        """Saves the posted form of a guide that is locked, or shows the form again.

        Raises `LimitExceededError` if the guide would have more rows than are allowed.
        """
        posted = self.copy_of_post(request)
        request.POST = posted  # type: ignore[assignment]  # Django's own is immutable
        if object_id:
            row = self.get_object(request, unquote(object_id))
            if row is None and not self.has_add_permission(request):
                return self.redirect_to_guides(request)
            if row is None:  # the page shows again what was typed, as a new row
                object_id, form_url = None, add_url(self.model, guide)
            elif self._is_repeated_post(request, row):
                return self.response_change(request, row)
            self._merge_post(request, row, posted)
        return super().changeform_view(request, object_id, form_url, _hidden_field_values(guide))

    def response_add(
        self, request: HttpRequest, obj: Row, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Row) -> HttpResponse:
        return SavedRowResponse(obj)

    def url_after_save(self, request: HttpRequest, row: Row, edit: DraftEdit) -> str:
        """Returns the address of the page after a save. The guide is not locked any more."""
        return change_url(row)

    def log_addition(self, request: HttpRequest, obj: Row, message: object) -> LogEntry:
        """Returns an entry that is not saved: the history of guides replaces Django's."""
        return LogEntry()

    log_change = log_addition

    def _is_repeated_post(self, request: HttpRequest, row: Row) -> bool:
        """True if this POST repeats what the same user has just saved (a double click)."""
        if not self.has_change_permission(request, row):
            return False
        authors = {change.author_id for change in self._changes_since_opened(request, row)}
        if authors != {request_author(request).pk}:
            return False
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        formsets = self._build_formsets(request, row, request.POST)
        return not form.has_changed() and not any(rows.has_changed() for rows in formsets)

    def _merge_post(self, request: HttpRequest, row: Row | None, data: QueryDict) -> None:
        """Replaces the posted values in `data` with their merge with the saved values."""
        changed = bool(self._changes_since_opened(request, row))
        if changed:
            merge_posted_form(data, self.get_form(request, row, change=True)(instance=row))
        for formset in self._build_formsets(request, row):
            merge_posted_rows(data, formset, changed=changed)

    def _build_formsets(
        self, request: HttpRequest, row: Row | None, posted: QueryDict | None = None
    ) -> Iterator[MergedFormSet]:
        for formset, inline in self.get_formsets_with_inlines(request, row):
            yield formset(
                posted,
                instance=row or self.model(),
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )

    def _refusal_of_post(self, request: HttpRequest, row: Row | None) -> str:
        """Returns why the form of a POST is not saved; empty if it is saved."""
        if request.method != "POST":
            return ""
        if exceeded_limit := request.META.get(EXCEEDED_LIMIT_KEY):
            return f"Rien n’est enregistré. {exceeded_limit}"
        this_part = _THIS_PART[PartKind(str(self.opts.model_name))]
        if row is not None:
            return _conflict_message(self._changes_since_opened(request, row), this_part, request)
        match = request.resolver_match
        if match is None or "object_id" not in match.kwargs:
            return ""
        return (
            f"{self.gone_sentence}\u00a0: le brouillon a changé pendant que vous aviez ouvert cette "
            "page. Vos saisies sont ci-dessous\u00a0: copiez ce qui sert encore, ou enregistrez pour "
            f"ajouter de nouveau {this_part}."
        )

    def _changes_since_opened(self, request: HttpRequest, row: Row | None) -> Sequence[Change]:
        """Returns the changes of a row since its page was opened, the newest first."""
        if row is None or row.pk is None:
            return []
        text = request.POST.get(LAST_CHANGE_FIELD, "")
        # A number of 19 digits may be too large for the database.
        last_known = int(text) if text.isdecimal() and len(text) < 19 else 0
        return list(part_changes(row).filter(pk__gt=last_known))


def _hidden_field_values(guide: Guide) -> dict[str, object]:
    """Returns the context of the hidden fields of a page: the last change and the guide.

    The caller reads the row afterwards. A change in between is then reported as a conflict, even
    though the page shows it. In the other order, it would be overwritten without a warning.
    """
    return {"last_change": str(last_change_id(guide)), "edited_guide": guide}


def _conflict_message(changes: Sequence[Change], this_part: str, request: HttpRequest) -> str:
    """Returns « Edith a modifié cette règle à 14 h 32, pendant que vous l’aviez ouverte : … »."""
    if not changes:
        return ""
    repeated = changes[:MAX_SENTENCES_REPEATED][::-1]
    clause = saved_meanwhile_clause(changes, request_author(request), this_part, changes[0].at)
    return format_html(
        "{}\u00a0: <ul>{}</ul> Ces modifications "
        "sont reprises ci-dessous là où vous n’aviez rien changé. Ailleurs, votre saisie est gardée, "
        "et l’autre est rappelée à côté. Vérifiez, puis enregistrez de nouveau.",
        clause,
        format_html_join("", "<li>{}</li>", ((change.sentence,) for change in repeated)),
    )
