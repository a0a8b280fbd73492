"""*Comparer*: the draft beside the live version, or any two versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.timezone import localtime

from rules.admin.change_groups import group_changes
from rules.admin.guide_actions import GuideActions
from rules.comparison import compare_guides
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide, Version
from rules.publication.timeline import Stage, guide_live_version, version_stages
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    version_content,
)

LIVE, DRAFT = "live", "draft"
_NEVER_LIVE = {
    Stage.SCHEDULED: "programmée pour le",
    Stage.SUPERSEDED: "jamais en ligne, était programmée pour le",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts that are compared: `live`, `draft` or a version's number."""

    name: str
    choice: str
    options: list[tuple[str, str]]


class CompareAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(compare=self.compare_view) + super().get_urls()

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        options = _options(guide)
        sides = [
            _side(request, "from", LIVE if options[0][0] == LIVE else DRAFT, options),
            _side(request, "to", DRAFT, options),
        ]
        return self.render_page(
            request,
            "admin/rules/guide/compare.html",
            guide,
            title="Comparer",
            sides=sides,
            never_published=len(options) == 1,
            **self._compared(request, guide, sides),
        )

    def _compared(self, request: HttpRequest, guide: Guide, sides: list[Side]) -> dict[str, Any]:
        contents = [self._content(request, guide, side.choice) for side in sides]
        if None in contents:
            return {"altered": True}
        old, new = filter(None, contents)
        return {"changes": group_changes(guide, compare_guides(old, new))}

    def _content(self, request: HttpRequest, guide: Guide, choice: str) -> GuideContent | None:
        """None, with a message, for a version that was altered."""
        if choice == DRAFT:
            return draft_read(guide)
        version = _version(guide, choice)
        try:
            return version_content(version)
        except VersionAlteredError:
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return None


def _options(guide: Guide) -> list[tuple[str, str]]:
    """What can be compared: the live version first, the draft, then each version, newest first."""
    live = Version.objects.live().filter(guide=guide).values_list("number", flat=True).first()
    stages = version_stages(guide)
    numbered = [
        (str(number), f"Version {number}, {_NEVER_LIVE.get(stages[number], 'du')} {_moment(at)}")
        for number, at in guide.versions.order_by("-number").values_list("number", "published_at")
    ]
    online = [(LIVE, f"Version en ligne (version {live})")] if live else []
    return [*online, (DRAFT, "Brouillon"), *numbered]


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "j F Y à H:i")


def _side(request: HttpRequest, name: str, default: str, options: list[tuple[str, str]]) -> Side:
    """What is not offered is passed over."""
    asked = request.GET.get(name, default)
    return Side(name, asked if asked in dict(options) else default, options)


def _version(guide: Guide, choice: str) -> Version:
    """One that was offered; none is ever deleted."""
    live = guide_live_version(guide) if choice == LIVE else None
    return live or guide.versions.get(number=choice)
