"""The lists of questions and of rules, whose order matters: buttons move or duplicate a row."""

from typing import TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from rules.admin.conflicts.conflict_admin import redirect_if_row_deleted
from rules.admin.links import action_url, change_url, ordered_list_url
from rules.admin.parts.part_admin import PartAdmin, titled_name
from rules.admin.permissions import get_permitted_row
from rules.admin.problems_after_save import warn_of_problems
from rules.admin.recording import (
    record_changes,
    request_author,
)
from rules.admin.undo_messages import message_with_undo
from rules.drafts.content import draft_read
from rules.drafts.draft_limits import LimitExceededError
from rules.drafts.history import change_create
from rules.drafts.rows import OrderedRow, row_lock, row_move
from rules.drafts.snapshots import snapshot_take
from rules.engine.content import GuideContent
from rules.models import ChangeEvent

Row = TypeVar("Row", bound=OrderedRow)


class OrderedPartAdmin(PartAdmin[Row]):
    list_display_links = None

    def duplicate_row(self, row: Row) -> Row:
        """Creates a copy of a row, and returns it."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        name = f"rules_{self.opts.model_name}"
        own = [("move", self.move_view), ("duplicate", self.duplicate_view)]
        return [
            path(f"<int:pk>/{action}/", self.admin_site.admin_view(view), name=f"{name}_{action}")
            for action, view in own
        ] + super().get_urls()

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        columns = tuple(map(str, super().get_list_display(request)))
        return (*columns, "moves") if self.has_change_permission(request) else columns

    @admin.display(description="ordre")
    def moves(self, row: Row) -> SafeString:
        """Returns the three buttons of a row. The name is part of the HTML of the list."""
        return render_to_string(
            "admin/rules/moves.html",
            {
                "anchor": _row_anchor(row),
                "row_name": self.listed_name(row),
                "move": action_url(row, "move"),
                "duplicate": action_url(row, "duplicate"),
            },
        )

    def listed_name(self, row: Row) -> str:
        """Returns what the list calls a row."""
        return titled_name(row)

    def new_place_clause(self, row: Row, draft: GuideContent) -> str:
        """Returns the end of the sentence about a moved row: what the new place means."""
        return ""

    @method_decorator(require_POST)
    @redirect_if_row_deleted
    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_permitted_row(self, request, str(pk), self.has_change_permission)
        direction = request.POST.get("direction")
        if direction not in {"up", "down"}:
            raise Http404
        if row is None:
            return self.redirect_to_guides(request)
        if not self._move_row(request, row, up=direction == "up"):
            place = "première" if direction == "up" else "dernière"
            self.message_user(request, f"Déjà à la {place} place.", messages.WARNING)
        return redirect(self._url_in_list(row))

    def _move_row(self, request: HttpRequest, row: Row, *, up: bool) -> bool:
        """Moves a row by one place, says so with its new number, if any, and returns True.

        Returns False and does nothing if the row is the first or the last one already.
        """
        with transaction.atomic():
            row_lock(row=row)
            before = draft_read(row.guide)
            name = self.row_name(row, before)
            if not row_move(row=row, up=up):
                return False
            draft = draft_read(row.guide)
            verb, place = "monte" if up else "descend", self.new_place_clause(row, draft)
            sentence = f"La {name} {verb} d’une place{place}."
            author = request_author(request)
            snapshot = snapshot_take(
                guide=row.guide, before=before, sentence=sentence, author=author
            )
            change_create(
                part=row,
                sentence=sentence,
                author=author,
                snapshot=snapshot,
                event=ChangeEvent.DRAFT,
            )
        message_with_undo(request, sentence, snapshot)
        warn_of_problems(request, row.guide, draft)
        return True

    def _url_in_list(self, row: Row) -> str:
        """Returns the address of a row in the list, which has several pages if it is long."""
        rows = type(row)._default_manager.filter(guide=row.guide)
        position = rows.filter(pk=row.pk).values("position")[:1]
        page = 1 + rows.filter(position__lt=Subquery(position)).count() // self.list_per_page
        return f"{ordered_list_url(self.model, row.guide, page)}#{_row_anchor(row)}"

    @method_decorator(require_POST)
    @redirect_if_row_deleted
    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_permitted_row(self, request, str(pk), self.has_change_permission)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if row is None:
            return self.redirect_to_guides(request)
        try:
            with record_changes(request, row.guide) as edit:
                copy = self.duplicate_row(row)
        except LimitExceededError as error:
            self.message_user(request, f"Rien n’est copié. {error}", messages.ERROR)
            return redirect(ordered_list_url(self.model, row.guide))
        sentence = "Voici la copie\u00a0: modifiez-la, puis enregistrez."
        message_with_undo(request, sentence, edit.snapshot)
        return redirect(change_url(copy))


def _row_anchor(row: OrderedRow) -> str:
    return f"{row._meta.model_name}-{row.pk}"
