"""*Rejouer le réel*: what the answers of a guide's last diagnostics would lead to on its draft."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from diagnostics.admin.draft_access import (
    UNUSABLE_DRAFT_ERRORS,
    get_viewable_guide,
    unusable_draft_page,
)
from diagnostics.replay.replay_presenter import ReplayPresenter
from diagnostics.replay.session_replay import MAX_SESSIONS_REPLAYED, replay_last_sessions
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read

TITLE = "Rejouer le réel"


class ReplaysAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.replay_view)
        url = path("replay/<int:pk>/", view, name="diagnostics_session_replay")
        return [url, *super().get_urls()]

    def replay_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("diagnostics.view_session"):
            raise PermissionDenied
        guide = get_viewable_guide(request, pk)
        draft = draft_read(guide)
        try:
            compiled = compiled_draft(draft)
        except UNUSABLE_DRAFT_ERRORS:
            return unusable_draft_page(self.admin_site, request, guide, draft, title=TITLE)
        replay = replay_last_sessions(guide, compiled)
        try_url = reverse("admin:diagnostics_session_try", args=[guide.pk])
        context = self.admin_site.each_context(request) | {
            "guide": guide,
            "title": TITLE,
            "last": f"{MAX_SESSIONS_REPLAYED:,}".replace(",", "\u00a0"),
            "replay": replay,
            "presenter": ReplayPresenter(compiled.guide, replay, try_url),
        }
        return TemplateResponse(request, "admin/diagnostics/replay.html", context)
