"""What the pages of questions, outcomes, rules and examples share."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.text import capfirst

from rules.admin.conflicts.conflict_admin import ConflictAdmin, RefusableForm
from rules.admin.form_fields import FORM_FIELDS
from rules.admin.history_pages import history_page
from rules.admin.links import add_url, change_url
from rules.admin.parts_of_guide import GUIDE_LIST, PartsOfGuideAdmin, guide_from_request
from rules.admin.problems_after_save import warn_of_problems
from rules.admin.recording import record_changes
from rules.drafts.content import rule_sentences
from rules.drafts.references import References
from rules.drafts.rows import DraftRow, row_create
from rules.models import Guide
from rules.sentences import quote_text, shorten_title


class PartForm(RefusableForm):
    """A row that belongs to one guide from its creation, whatever is posted."""

    guide: ClassVar[Guide]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.guide = self.guide


class PartAdmin(ConflictAdmin, PartsOfGuideAdmin):
    form = PartForm
    formfield_overrides = FORM_FIELDS
    readonly_fields = ["key"]
    new_title: str

    def called(self, row: Any) -> str:
        """How sentences call this row."""
        return f"{self.opts.verbose_name} {quote_text(shorten_title(str(row)))}"

    def key_words(self, row: Any) -> str:
        """What the key of a new row is made from."""
        return str(row)

    def usage(self, row: Any) -> References:
        return References([], [])

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.guide = self.edited_guide(request, obj)
        return form

    def edited_guide(self, request: HttpRequest, row: Any = None) -> Guide | None:
        return row.guide if row else guide_from_request(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if guide_from_request(request) is None:
            return redirect(GUIDE_LIST)
        return super().add_view(request, form_url, extra_context)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        return self.redirect_to_guides(request)

    def redirect_to_guides(self, request: HttpRequest) -> HttpResponse:
        """From a row that someone deleted, or that is new since the draft was set back."""
        words = f"{self.gone_sentence}\u00a0: le brouillon a changé entre-temps."
        self.message_user(request, words, messages.WARNING)
        return redirect(GUIDE_LIST)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context["original"]
        context["guide"] = self.edited_guide(request, row)
        context["title"] = capfirst(self.opts.verbose_name) if row else self.new_title
        context["subtitle"] = self.subtitle(row) if row else None
        return super().render_change_form(request, context, *args, **kwargs)

    def subtitle(self, row: Any) -> str:
        return str(row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        if change:
            obj.save()
        else:
            row_create(row=obj, title=self.key_words(obj))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """What is saved is told by the comparison of the draft before and after."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Idem."""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, row: DraftRow) -> HttpResponse:
        self.message_user(
            request,
            format_html(
                'Enregistré dans le brouillon\u00a0: <a href="{}">{}</a>. '
                "Le brouillon sera en ligne une fois publié.",
                change_url(row),
                self.called(row),
            ),
        )
        warn_of_problems(request, row.guide)
        if "_addanother" in request.POST:
            return redirect(add_url(self.model, row.guide))
        if "_continue" in request.POST:
            return redirect(change_url(row))
        return redirect(self.home(row))

    def home(self, row: DraftRow) -> str:
        """Where one goes when done with a row."""
        return f"{change_url(row.guide)}#{self.opts.model_name}"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            return self.redirect_to_guides(request)
        return history_page(self, request, row, subtitle=self.subtitle(row))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        if row is None:
            return self.redirect_to_guides(request)
        if request.method == "POST" and self._delete(request, row):
            warn_of_problems(request, row.guide)
            return redirect(self.home(row))
        return self._deletion_page(request, row)

    def _delete(self, request: HttpRequest, row: DraftRow) -> bool:
        """Deletes the row unless it is used."""
        with record_changes(request, row.guide):
            if self.usage(row):
                return False
            self.message_user(request, f"Supprimé\u00a0: {self.called(row)}.")
            row.delete()
            return True

    def _deletion_page(self, request: HttpRequest, row: DraftRow) -> HttpResponse:
        usage = self.usage(row)
        sentences = rule_sentences(row.guide) if usage.rules else {}
        context = {
            **self.admin_site.each_context(request),
            "title": "Suppression impossible" if usage else "Supprimer",
            "opts": self.opts,
            "guide": row.guide,
            "called": self.called(row),
            "back": change_url(row),
            "rules": [(change_url(rule), sentences[rule.key]) for rule in usage.rules],
            "examples": [(change_url(example), example.name) for example in usage.examples],
            "used": bool(usage),
        }
        return TemplateResponse(request, "admin/rules/delete.html", context)
