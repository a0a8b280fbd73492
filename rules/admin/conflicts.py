"""Two people on one page: the second is told what the first has changed, and loses nothing."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate, localtime

from rules.admin.history import author, recorded
from rules.admin.inline_rows import rows_settle
from rules.admin.links import add_url
from rules.comparison import Kind
from rules.history import last_change, part_changes
from rules.models import Change, Guide

SHOWN = 20
"""Sentences of others that a page repeats; the history has them all."""
_THIS = {
    Kind.GUIDE: "ce guide",
    Kind.QUESTION: "cette question",
    Kind.OUTCOME: "ce conseil ou cette conclusion",
    Kind.RULE: "cette règle",
    Kind.EXAMPLE: "ce cas type",
}


class RefusableForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's has no parameter
    """Not saved where there is a `refusal`; comes back with all that was typed."""

    refusal: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class ConflictAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # idem
    """Pages carry `seen`, the last change of the guide when they were made, and their `guide`."""

    form = RefusableForm
    gone: str
    """What is said of a row that is no longer there."""

    def guide(self, request: HttpRequest, row: Any = None) -> Guide | None:
        """Whose part is edited; none where a guide itself is new."""
        raise NotImplementedError

    def to_guides(self, request: HttpRequest) -> HttpResponse:
        """From a page of what is no longer there."""
        raise NotImplementedError

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = self._refusal(request, obj)
        return form

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
        with recorded(request, guide):
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
            self._settle_rows(request, row)
        return super().changeform_view(request, object_id, form_url, _seen(guide))

    def _settle_rows(self, request: HttpRequest, row: Any) -> None:
        data = request.POST.copy()
        for formset_class, inline in self.get_formsets_with_inlines(request, row):
            now: Any = formset_class(
                instance=row or self.model(),
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            rows_settle(data, now, show_all=bool(self._later(request, row)))
        request.POST = data  # type: ignore[assignment]  # a copy is not frozen

    def _refusal(self, request: HttpRequest, row: Any) -> str:
        if request.method != "POST":
            return ""
        this = _THIS[Kind(str(self.opts.model_name))]
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
        if row is None:
            return []
        later = part_changes(row).filter(pk__gt=_number(request.POST.get("seen", "")))
        return list(later)


def _seen(guide: Guide) -> dict[str, Any]:
    """Read before the row is, so that what is shown is never older than it says."""
    return {"seen": str(last_change(guide)), "part_of": guide}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _told(later: Sequence[Change], this: str, request: HttpRequest) -> str:
    """« Edith a modifié cette règle à 14 h 32, pendant que vous l’aviez ouverte : … »"""
    if not later:
        return ""
    return format_html(
        "{} {} {}, pendant que vous l’aviez ouverte\u00a0: <ul>{}</ul> Vérifiez, puis enregistrez "
        "de nouveau\u00a0: vos saisies sont ci-dessous.",
        _who(later, request),
        this,
        _when(later[0]),
        format_html_join("", "<li>{}</li>", ((each.sentence,) for each in later[:SHOWN][::-1])),
    )


def _who(changes: Sequence[Change], request: HttpRequest) -> str:
    authors = {change.author for change in changes}
    if authors == {author(request)}:
        return "Vous avez modifié"
    names = sorted(each.get_full_name() or each.get_username() for each in authors if each)
    if not names:
        return "Quelqu’un a modifié"
    return f"{' et '.join(names)} {'ont' if len(names) > 1 else 'a'} modifié"


def _when(change: Change) -> str:
    at = localtime(change.at)
    day = "" if at.date() == localdate() else f"le {date_format(at, 'j F Y')} "
    return f"{day}à {date_format(at, 'H')}\u00a0h\u00a0{date_format(at, 'i')}"
