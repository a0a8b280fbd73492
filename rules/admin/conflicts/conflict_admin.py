"""Pages that two people may edit at the same time. The second one to save sees what the first one
has changed, and loses nothing of what they have typed.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate, localtime

from rules.admin.conflicts.merged_forms import (
    SHOWN_VALUES_FIELD,
    MergedForm,
    merge_posted_form,
    read_shown_values,
    write_shown_values,
)
from rules.admin.conflicts.merged_rows import merge_posted_rows
from rules.admin.links import add_url
from rules.admin.recording import record_changes, request_author
from rules.comparison import PartKind
from rules.drafts.history import last_change_id, part_changes
from rules.models import Change, Guide

LAST_CHANGE_FIELD = "seen"
"""Name of the hidden field in which a page sends back the last change that it knew of."""
MAX_SENTENCES_REPEATED = 20
"""How many changes of others a page repeats; the history has all of them."""
_SELF, _AND = "Vous", " et "
_THIS_PART = {
    PartKind.GUIDE: "ce guide",
    PartKind.QUESTION: "cette question",
    PartKind.OUTCOME: "ce conseil ou cette conclusion",
    PartKind.RULE: "cette règle",
    PartKind.EXAMPLE: "ce cas type",
}


class RefusableForm(MergedForm):
    """A form that is not saved while it has a `refusal`; its page shows again what was typed."""

    refusal: ClassVar[str] = ""
    """Why the form is not saved; empty if it may be."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class ConflictAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    """Pages that merge what is posted with what others have saved since they were opened.

    For that, each page sends back the guide, its last change and the values that the page showed.
    """

    form = RefusableForm
    gone_sentence: str
    """What a page says of a row that is no longer there, without its full stop."""

    edited_guide: Callable[..., Guide | None]
    """Returns the guide that a request edits, given its row; None if the request adds a guide."""
    redirect_to_guides: Callable[[HttpRequest], HttpResponse]
    """Answers the page of a row that is no longer there."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = self._refusal_of_post(request, obj)
        self._prepare_merge(request, obj, form)
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset_class: Any = formset
            self._prepare_merge(request, obj, formset_class.form)
            yield formset, inline

    def _prepare_merge(self, request: HttpRequest, row: Any, form: type[MergedForm]) -> None:
        later = self._later_changes(request, row) if request.method == "POST" else []
        form.changed_by = _author_names(later, request) if later else ""
        form.shown_values = read_shown_values(request.POST.get(SHOWN_VALUES_FIELD, ""))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["shown_values"] = write_shown_values(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        row = self.get_object(request, unquote(object_id)) if object_id else None
        guide = self.edited_guide(request, row)
        if guide is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            context = _values_to_send_back(guide) | (extra_context or {})
            return super().changeform_view(request, object_id, form_url, context)
        with record_changes(request, guide):
            if object_id:
                row = self.get_object(request, unquote(object_id))
                if row is None and not self.has_add_permission(request):
                    return self.redirect_to_guides(request)
                if row is None:  # what was typed is shown again, as a new row
                    object_id, form_url = None, add_url(self.model, guide)
                elif self._is_repeated_post(request, row):
                    return self.response_change(request, row)
                self._merge_post(request, row)
            context = _values_to_send_back(guide)
            return super().changeform_view(request, object_id, form_url, context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Does nothing: `record_changes` writes the history, from the draft before and after."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Does nothing, for the same reason as `log_addition`."""

    def _is_repeated_post(self, request: HttpRequest, row: Any) -> bool:
        """True if this POST repeats what the same user has just saved (a double click)."""
        if not self.has_change_permission(request, row):
            return False
        authors = {change.author for change in self._later_changes(request, row)}
        if authors != {request_author(request)}:
            return False
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        formsets = self._build_formsets(request, row, request.POST)
        return not any(posted.has_changed() for posted in (form, *formsets))

    def _merge_post(self, request: HttpRequest, row: Any) -> None:
        """Merges the posted values with the saved ones, in the request."""
        data = request.POST.copy()
        changed = bool(self._later_changes(request, row))
        shown_values = read_shown_values(data.get(SHOWN_VALUES_FIELD, ""))
        if changed:
            form = self.get_form(request, row, change=True)(instance=row)
            merge_posted_form(data, form, shown_values)
        for formset in self._build_formsets(request, row):
            merge_posted_rows(data, formset, shown_values, changed=changed)
        request.POST = data  # type: ignore[assignment]  # a copy is not frozen

    def _build_formsets(
        self, request: HttpRequest, row: Any, posted: QueryDict | None = None
    ) -> Iterator[Any]:
        for formset, inline in self.get_formsets_with_inlines(request, row):
            formset_class: Any = formset
            yield formset_class(
                posted,
                instance=row or self.model(),
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )

    def _refusal_of_post(self, request: HttpRequest, row: Any) -> str:
        """Why this POST is not saved: its row has changed or is gone; empty if it may be saved."""
        if request.method != "POST":
            return ""
        this_part = _THIS_PART[PartKind(str(self.opts.model_name))]
        if row is not None:
            return _conflict_message(self._later_changes(request, row), this_part, request)
        match = request.resolver_match
        if match is None or "object_id" not in match.kwargs:
            return ""
        return (
            f"{self.gone_sentence}\u00a0: le brouillon a changé pendant que vous aviez ouvert cette "
            "page. Vos saisies sont ci-dessous\u00a0: copiez ce qui sert encore, ou enregistrez pour "
            f"ajouter de nouveau {this_part}."
        )

    def _later_changes(self, request: HttpRequest, row: Any) -> Sequence[Change]:
        """The changes of a row since its page was opened, newest first."""
        if row is None or row.pk is None:
            return []
        text = request.POST.get(LAST_CHANGE_FIELD, "")
        last_known = int(text) if text.isdecimal() and len(text) < 19 else 0  # fits in the database
        return list(part_changes(row).filter(pk__gt=last_known))


def _values_to_send_back(guide: Guide) -> dict[str, Any]:
    """The context of the hidden fields of a page.

    It is read before the row is, so that the row shown is never older than the last change says.
    """
    return {"last_change": str(last_change_id(guide)), "edited_guide": guide}


def _conflict_message(later: Sequence[Change], this_part: str, request: HttpRequest) -> str:
    """« Edith a modifié cette règle à 14 h 32, pendant que vous l’aviez ouverte : … »"""
    if not later:
        return ""
    names = _author_names(later, request)
    have = "avez" if names == _SELF else "ont" if _AND in names else "a"
    repeated = later[:MAX_SENTENCES_REPEATED][::-1]
    changed_at = localtime(later[0].at)
    day = "" if changed_at.date() == localdate() else f"le {date_format(changed_at, 'j F Y')} "
    return format_html(
        "{} {} modifié {} {}, pendant que vous l’aviez ouverte\u00a0: <ul>{}</ul> Ces modifications "
        "sont reprises ci-dessous là où vous n’aviez rien changé. Ailleurs, votre saisie est gardée, "
        "et l’autre est rappelée à côté. Vérifiez, puis enregistrez de nouveau.",
        names,
        have,
        this_part,
        f"{day}à {date_format(changed_at, 'H')}\u00a0h\u00a0{date_format(changed_at, 'i')}",
        format_html_join("", "<li>{}</li>", ((change.sentence,) for change in repeated)),
    )


def _author_names(changes: Sequence[Change], request: HttpRequest) -> str:
    authors = {change.author for change in changes}
    if authors == {request_author(request)}:
        return _SELF
    names = sorted(user.get_full_name() or user.get_username() for user in authors if user)
    return _AND.join(names) or "Quelqu’un"
