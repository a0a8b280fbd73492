"""*Rejouer les derniers diagnostics*: what the answers of a guide's last diagnostics would lead to on its draft."""

from django.http import HttpRequest
from django.urls import reverse

from diagnostics.replay.replay_presenter import ReplayPresenter
from diagnostics.replay.session_replay import MAX_SESSIONS_REPLAYED, replay_last_sessions
from rules.admin.admin_pages import Context, guide_page
from rules.admin.permissions import VIEW_PERMISSION
from rules.counts import format_number
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read
from rules.models import Guide


@guide_page(
    "diagnostics.view_session",
    VIEW_PERMISSION,
    template="admin/diagnostics/replay.html",
    title="Rejouer les derniers diagnostics",
)
def replay_page(request: HttpRequest, guide: Guide) -> Context:
    compiled = compiled_draft(draft_read(guide))
    replay = replay_last_sessions(guide, compiled)
    try_url = reverse("admin:diagnostics_session_try", args=[guide.pk])
    return {
        "last": format_number(MAX_SESSIONS_REPLAYED),
        "replay": replay,
        "presenter": ReplayPresenter(compiled.guide, replay, try_url),
    }
