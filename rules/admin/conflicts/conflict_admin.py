"""Two people on one page: the second is told what the first has changed, and loses nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate, localtime

from rules.admin.conflicts.merged_forms import MarkedForm, form_settle, made_read, made_written
from rules.admin.conflicts.merged_rows import rows_settle
from rules.admin.links import add_url
from rules.admin.recording import record_changes, request_author
from rules.comparison import PartKind
from rules.drafts.history import last_change_id, part_changes
from rules.models import Change, Guide

SHOWN = 20
"""Sentences of others that a page repeats; the history has them all."""
_SELF, _AND = "Vous", " et "
_THIS = {
    PartKind.GUIDE: "ce guide",
    PartKind.QUESTION: "cette question",
    PartKind.OUTCOME: "ce conseil ou cette conclusion",
    PartKind.RULE: "cette règle",
    PartKind.EXAMPLE: "ce cas type",
}


class RefusableForm(MarkedForm):
    """Not saved where there is a `refusal`; comes back with all that was typed."""

    refusal: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class ConflictAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    """Pages carry `seen`, the last change of the guide when they were made, their `guide` and
    what they showed (`made`).
    """

    form = RefusableForm
    gone: str
    """What is said of a row that is no longer there."""

    guide: Callable[..., Guide | None]
    """Of a request and a row: whose part is edited; none where a guide itself is new."""
    to_guides: Callable[[HttpRequest], HttpResponse]
    """From a page of what is no longer there."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = self._refusal(request, obj)
        self._mark(request, obj, form)
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            made: Any = formset
            self._mark(request, obj, made.form)
            yield formset, inline

    def _mark(self, request: HttpRequest, row: Any, form: type[MarkedForm]) -> None:
        later = self._later(request, row) if request.method == "POST" else []
        form.changed_by = _names(later, request) if later else ""
        form.made = made_read(request.POST.get("made", ""))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["made"] = made_written(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        row = self.get_object(request, unquote(object_id)) if object_id else None
        guide = self.guide(request, row)
        if guide is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            context = _seen(guide) | (extra_context or {})
            return super().changeform_view(request, object_id, form_url, context)
        with record_changes(request, guide):
            return self._save(request, guide, object_id, form_url)

    def _save(
        self, request: HttpRequest, guide: Guide, object_id: str | None, form_url: str
    ) -> HttpResponse:
        """Under the guide's lock. What is gone is offered as new."""
        if object_id:
            row = self.get_object(request, unquote(object_id))
            if row is None and not self.has_add_permission(request):
                return self.to_guides(request)
            if row is None:
                object_id, form_url = None, add_url(self.model, guide)
            if row is not None and self._is_saved(request, row):
                return self.response_change(request, row)
            self._settle(request, row)
        return super().changeform_view(request, object_id, form_url, _seen(guide))

    def _is_saved(self, request: HttpRequest, row: Any) -> bool:
        """Of the second click of a double one: all that is sent is there already."""
        if not self.has_change_permission(request, row):
            return False
        if {change.author for change in self._later(request, row)} != {request_author(request)}:
            return False
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        formsets = self._formsets(request, row, request.POST)
        return not any(sent.has_changed() for sent in (form, *formsets))

    def _settle(self, request: HttpRequest, row: Any) -> None:
        data = request.POST.copy()
        changed, made = bool(self._later(request, row)), made_read(data.get("made", ""))
        if changed:
            form_settle(data, self.get_form(request, row, change=True)(instance=row), made)
        for now in self._formsets(request, row):
            rows_settle(data, now, made, changed=changed)
        request.POST = data  # type: ignore[assignment]  # a copy is not frozen

    def _formsets(
        self, request: HttpRequest, row: Any, sent: QueryDict | None = None
    ) -> Iterator[Any]:
        for formset_class, inline in self.get_formsets_with_inlines(request, row):
            make: Any = formset_class
            prefix, rows = make.get_default_prefix(), inline.get_queryset(request)
            yield make(sent, instance=row or self.model(), prefix=prefix, queryset=rows)

    def _refusal(self, request: HttpRequest, row: Any) -> str:
        if request.method != "POST":
            return ""
        this = _THIS[PartKind(str(self.opts.model_name))]
        if row is not None:
            return _told(self._later(request, row), this, request)
        match = request.resolver_match
        if match is None or "object_id" not in match.kwargs:
            return ""
        return (
            f"{self.gone}\u00a0: le brouillon a changé pendant que vous aviez ouvert cette page. Vos "
            f"saisies sont ci-dessous\u00a0: copiez ce qui sert encore, ou enregistrez pour ajouter "
            f"de nouveau {this}."
        )

    def _later(self, request: HttpRequest, row: Any) -> Sequence[Change]:
        """What was changed in this row since its page was made."""
        if row is None or row.pk is None:
            return []
        later = part_changes(row).filter(pk__gt=_number(request.POST.get("seen", "")))
        return list(later)


def _seen(guide: Guide) -> dict[str, Any]:
    """Read before the row is, so that what is shown is never older than it says."""
    return {"seen": str(last_change_id(guide)), "part_of": guide}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _told(later: Sequence[Change], this: str, request: HttpRequest) -> str:
    """« Edith a modifié cette règle à 14 h 32, pendant que vous l’aviez ouverte : … »"""
    if not later:
        return ""
    return format_html(
        "{} {} {}, pendant que vous l’aviez ouverte\u00a0: <ul>{}</ul> Ces modifications sont "
        "reprises ci-dessous là où vous n’aviez rien changé. Ailleurs, votre saisie est gardée, et "
        "l’autre est rappelée à côté. Vérifiez, puis enregistrez de nouveau.",
        _who(later, request),
        this,
        _when(later[0]),
        format_html_join("", "<li>{}</li>", ((each.sentence,) for each in later[:SHOWN][::-1])),
    )


def _who(changes: Sequence[Change], request: HttpRequest) -> str:
    names = _names(changes, request)
    if names == _SELF:
        return "Vous avez modifié"
    return f"{names} {'ont' if _AND in names else 'a'} modifié"


def _names(changes: Sequence[Change], request: HttpRequest) -> str:
    authors = {change.author for change in changes}
    if authors == {request_author(request)}:
        return _SELF
    names = sorted(each.get_full_name() or each.get_username() for each in authors if each)
    return _AND.join(names) or "Quelqu’un"


def _when(change: Change) -> str:
    at = localtime(change.at)
    day = "" if at.date() == localdate() else f"le {date_format(at, 'j F Y')} "
    return f"{day}à {date_format(at, 'H')}\u00a0h\u00a0{date_format(at, 'i')}"
