"""The base of the pages of questions, outcomes, rules and examples."""

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.text import capfirst

from rules.admin.acts.entrance_pages import Entrance
from rules.admin.acts.removal_forms import RemovalForm
from rules.admin.acts.removal_pages import REMOVAL_TEMPLATE, run_removal
from rules.admin.admin_pages import render_admin_page
from rules.admin.conflicts.conflict_admin import (
    ConflictAdmin,
    ConflictAwareForm,
    redirect_if_row_deleted,
)
from rules.admin.form_fields import FORM_FIELDS
from rules.admin.history_pages import render_history
from rules.admin.links import add_url, change_url, place_url
from rules.admin.parts_of_guide import PartsOfGuideAdmin, guide_from_request
from rules.admin.permissions import CHANGE_PERMISSION, get_permitted_row, require_permissions
from rules.admin.problems_after_save import warn_of_problems
from rules.admin.recording import DraftEdit, record_changes
from rules.admin.undo_messages import message_with_undo
from rules.document.problems import Place
from rules.drafts.content import draft_read, find_readable_draft
from rules.drafts.rows import DraftRow, row_create
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.sentences import quote_text, shorten_title
from rules.typed_text import leave_deleted_page

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec as Fieldsets

Row = TypeVar("Row", bound=DraftRow)


class PartForm(ConflictAwareForm[Row]):
    """The form of a part. A new part belongs to the guide of its page, whatever is posted."""

    guide: ClassVar[Guide]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.guide = self.guide


class PartAdmin(ConflictAdmin[Row], PartsOfGuideAdmin[Row]):
    """The pages of one kind of part: list, add, change, delete, history."""

    form: type[PartForm[Row]] = PartForm
    formfield_overrides = FORM_FIELDS
    readonly_fields = ["key"]
    new_title: str
    another: str
    """The end of the button « Enregistrer et ajouter … », such as « une autre règle »."""
    removal_form: type[RemovalForm] = RemovalForm
    list_anchor = "parcours"
    """The id of the list of such parts on the page of the guide."""

    def row_name(self, row: Row, draft: GuideContent) -> str:
        """Returns what sentences call a row, such as « question « Êtes-vous prêt ? » ».

        The name of a rule contains its number, which it has in the draft.
        """
        return titled_name(row)

    def deleted_name(self, row: Row, draft: GuideContent) -> str:
        """Returns what a deleted row is called, when its page no longer says what it was."""
        return self.row_name(row, draft)

    def key_source(self, row: Row) -> str:
        """Returns the text from which the key of a new row is made."""
        return str(row)

    def part_key(self, row: Row, draft: GuideContent) -> str:
        """Returns the key of a row in its draft; empty if it has none.

        Raises `DoesNotExist` if someone has deleted it.
        """
        return ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        return super().get_queryset(request).select_related("guide")

    def get_form(
        self, request: HttpRequest, obj: Row | None = None, change: bool = False, **kwargs: object
    ) -> type[PartForm[Row]]:
        form = super().get_form(request, obj, change, **kwargs)
        assert issubclass(form, PartForm), "pages of parts have forms of parts"
        if guide := self.guide_of_row(request, obj):
            form.guide = guide
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Row | None = None) -> "Fieldsets":
        """Returns the `fieldsets` of the class, then the key of the part if it exists already."""
        key = ("Nom pour les programmes", {"fields": ["key"], "classes": ["collapse"]})
        return [*(self.fieldsets or ()), *([key] if obj else [])]

    def guide_of_row(self, request: HttpRequest, row: Row | None) -> Guide | None:
        """Returns the guide of a row or, for a new row, the guide that the request names."""
        return row.guide if row else guide_from_request(request)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        if guide_from_request(request) is None:
            return leave_deleted_page(request, "Ce guide n’existe plus.")
        return super().add_view(request, form_url, extra_context)

    def page_context(self, request: HttpRequest, row: Row | None) -> dict[str, object]:
        context = {
            "guide": self.guide_of_row(request, row),
            "title": capfirst(self.opts.verbose_name) if row else self.new_title,
            "subtitle": str(row) if row else None,
            "another": self.another,
        }
        draft = find_readable_draft(row.guide) if row else None
        return context | (self.draft_context(row, draft) if row and draft else {})

    def draft_context(self, row: Row, draft: GuideContent) -> dict[str, object]:
        """Returns what the page of a row shows of its draft, such as the place of the row."""
        return {}

    def page_subtitle(self, row: Row) -> str:
        return str(row)

    def save_model(self, request: HttpRequest, obj: Row, form: object, change: bool) -> None:
        if change:
            obj.save()
        else:
            row_create(row=obj, title=self.key_source(obj))

    def url_after_save(self, request: HttpRequest, row: Row, edit: DraftEdit) -> str:
        if "_addanother" in request.POST:
            return add_url(self.model, row.guide)
        if "_continue" in request.POST:
            return change_url(row)
        return self.url_when_done(row, edit.after)

    def report_save(self, request: HttpRequest, row: Row, edit: DraftEdit) -> None:
        message_with_undo(
            request,
            format_html(
                'Enregistré dans le brouillon\u00a0: <a class="saved-part" href="{}">{}</a>. '
                "Le brouillon sera en ligne une fois publié.",
                change_url(row),
                self.row_name(row, edit.after),
            ),
            edit.snapshot,
        )
        if entrance := self.find_entrance(row, edit.after):
            link = 'Aucun visiteur n’y vient encore\u00a0: <a href="{}">{}</a>'
            messages.warning(request, format_html(link, entrance.url, entrance.label))
        warn_of_problems(request, row.guide, edit.after, self._place_of_row(row))

    def find_entrance(self, row: Row, draft: GuideContent) -> Entrance | None:
        """Returns the link that leads visitors to a part if no rule does."""
        return None

    def _place_of_row(self, row: Row) -> Place:
        """Returns the place of a row in its draft, such as `("questions", 2)`; empty if it is deleted."""
        rows = self.model._default_manager.filter(guide=row.guide)
        ids = list(rows.values_list("pk", flat=True))
        return (f"{self.opts.model_name}s", ids.index(row.pk)) if row.pk in ids else ()

    def url_when_done(self, row: Row, draft: GuideContent) -> str:
        """Returns the address of the place of a row on the page of its guide."""
        return place_url(row.guide, self.row_anchor(row))

    def row_anchor(self, row: Row) -> str:
        """Returns the id of the place of a row on the page of its guide."""
        return str(self.opts.model_name)

    @redirect_if_row_deleted
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        row = get_permitted_row(self, request, object_id, self.has_view_permission)
        if row is None:
            return self.redirect_to_guides(request)
        return render_history(request, row, subtitle=self.page_subtitle(row))

    @redirect_if_row_deleted
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """Deletes a part; what others depend on goes with what falls with it, or is replaced."""
        row = get_permitted_row(self, request, object_id, self.has_delete_permission)
        if row is None:
            return self.redirect_to_guides(request)
        if request.method != "POST":
            form = self.make_removal_form(request, row, draft_read(row.guide))
            return self.run_removal(request, row, form)
        with record_changes(request, row.guide) as edit:
            row = self.get_object(request, unquote(object_id))
            if row is None:
                return self.redirect_to_guides(request)
            form = self.make_removal_form(request, row, edit.before)
            if not form.needs_review:
                row.delete()
        if form.needs_review:
            return self.run_removal(request, row, form)
        sentence = f"Supprimé\u00a0: {self.deleted_name(row, edit.before)}."
        message_with_undo(request, sentence, edit.snapshot)
        warn_of_problems(request, row.guide, edit.after)
        return redirect(self.url_when_done(row, edit.after))

    def make_removal_form(self, request: HttpRequest, row: Row, draft: GuideContent) -> RemovalForm:
        data = request.POST if request.method == "POST" else None
        return self.removal_form(data, draft=draft, part=self.part_key(row, draft))

    def run_removal(self, request: HttpRequest, row: Row, form: RemovalForm) -> HttpResponse:
        """Shows the form that removes a part, or runs it."""
        require_permissions(request, [CHANGE_PERMISSION])
        result = run_removal(
            request,
            row.guide,
            form,
            name=self.deleted_name(row, form.draft),
            place=self.list_anchor,
            back=change_url(row),
        )
        if isinstance(result, HttpResponse):
            return result
        return render_admin_page(request, REMOVAL_TEMPLATE, {"opts": self.opts, **result})


def titled_name(row: Model) -> str:
    """Returns the kind and the quoted title of a row, such as « question « Êtes-vous prêt ? » »."""
    return f"{row._meta.verbose_name} {quote_text(shorten_title(str(row)))}"
