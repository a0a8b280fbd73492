"""The first page of the admin: the state of each guide, what waits for the user, the latest changes.

It makes as many queries for fifty guides as for five. Therefore it reads few drafts, and no large one:
it says what is kept about a draft (see `draft_summaries`), and a draft about which nothing is kept yet
is said to be unverified.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import cast

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django_stubs_ext import WithAnnotations

from rules.admin.guide.draft_summaries import (
    DraftSummary,
    GuideFacts,
    guides_with_facts,
    is_large,
    keep_summary,
    read_summary,
    summary_key,
)
from rules.admin.guide.state_line import (
    StatePart,
    describe_request,
    describe_versions,
    draft_clause,
    untaken_clause,
)
from rules.admin.links import action_url, change_url
from rules.admin.permissions import PUBLISH_PERMISSION, VIEW_PERMISSION
from rules.admin_site import EditorsSite
from rules.drafts.history import latest_changes
from rules.list_pages import LazyRows
from rules.models import ChangeEvent, Guide, PublicationRequest, Version
from rules.publication.timeline import live_versions

MAX_DRAFTS_READ = 5
"""One page reads and proves this many drafts at most, and says of the others that it has not."""
SECONDS_FOR_DRAFTS = 0.5
"""After this time it begins with no other draft."""
UNVERIFIED = "brouillon à vérifier\u00a0: ouvrez le guide"


class GuideStanding:
    """The versions and the publication request of a guide, and the summary of its draft."""

    def __init__(
        self,
        guide: "WithAnnotations[Guide, GuideFacts]",
        summary: DraftSummary | None,
        live_version: Version | None,
    ) -> None:
        self.guide = guide
        self.summary = summary
        self.live_version = live_version
        self.scheduled_versions: list[Version] = []
        self.publication_request: PublicationRequest | None = None

    @property
    def awaits_approval(self) -> bool:
        """True if an account requests the publication of the draft as it is, for all that is known."""
        request = self.publication_request
        is_current = request and (not self.summary or self.summary["digest"] == request.sha256)
        return bool(is_current and request and request.author_id)

    def add_scheduled_version(self, version: Version) -> None:
        """Adds the next scheduled version, unless one of a higher number goes live before it."""
        before = self.scheduled_versions[-1] if self.scheduled_versions else self.live_version
        if before is None or version.number > before.number:
            self.scheduled_versions.append(version)

    def describe_draft(self) -> Iterator[StatePart]:
        if self.summary is None:
            yield StatePart(UNVERIFIED, change_url(self.guide), "notice")
            return
        digest = self.summary["digest"]
        is_live = self.live_version is not None and self.live_version.sha256 == digest
        is_scheduled = any(version.sha256 == digest for version in self.scheduled_versions)
        if digest:
            yield draft_clause(self.summary["changes"], is_live=is_live, is_scheduled=is_scheduled)
        untaken = self.summary["untaken"]
        yield from map(untaken_clause, (v for v in self.scheduled_versions if v.number in untaken))
        proof_url = action_url(self.guide, "proof")
        if self.summary["problems"]:
            yield StatePart(self.summary["problems"], proof_url, "wrong")
        elif not self.summary["is_proved"]:
            yield StatePart("preuve à lancer", proof_url, "notice")


@dataclass(frozen=True, slots=True)
class PresentedGuide:
    guide: Guide
    url: str
    state: list[StatePart]


def front_page_context(request: HttpRequest) -> Mapping[str, object]:
    """Returns what the first page shows about guides; nothing if the user may not see them."""
    if not request.user.has_perm(VIEW_PERMISSION):
        return {}
    standings = find_standings()
    return {
        "changes": latest_changes(),
        "guides": LazyRows(standings, lambda standing: _present_guide(standing, request.user)),
        "waiting": [
            part for standing in standings for part in waiting_parts(standing, request.user)
        ],
    }


def _present_guide(standing: GuideStanding, user: User | AnonymousUser) -> PresentedGuide:
    state = [*describe_versions(standing, user), *standing.describe_draft()]
    state += describe_request(standing, user)
    return PresentedGuide(standing.guide, change_url(standing.guide), state)


def waiting_parts(standing: GuideStanding, user: User | AnonymousUser) -> Iterator[StatePart]:
    """Yields what a guide waits for from a user, and what the user waits for."""
    if (request := standing.publication_request) is None:
        yield from _describe_refusal(standing, user)
        return
    title, url = standing.guide.title, action_url(standing.guide, "approve")
    if request.author_id == user.pk:
        if standing.awaits_approval:
            yield StatePart(f"Votre demande de publier «\u00a0{title}\u00a0» attend un accord", url)
        else:
            changed = "ne vaut plus\u00a0: le brouillon a changé depuis"
            yield StatePart(
                f"Votre demande de publier «\u00a0{title}\u00a0» {changed}", url, "wrong"
            )
    elif standing.awaits_approval and user.has_perm(PUBLISH_PERMISSION):
        wish = f"{request.author_name} demande de publier «\u00a0{title}\u00a0»"
        yield StatePart(f"{wish}\u00a0: approuver ou refuser", url)


def _describe_refusal(standing: GuideStanding, user: User | AnonymousUser) -> Iterator[StatePart]:
    """Says that the last request was refused, if the user made it and nothing was published since."""
    guide = standing.guide
    if guide.last_decision == ChangeEvent.REFUSED and guide.last_requester == user.pk:
        refused = f"Votre demande de publier «\u00a0{guide.title}\u00a0» a été refusée"
        yield StatePart(f"{refused}\u00a0: {guide.last_reason}", change_url(guide), "wrong")


def find_standings() -> list[GuideStanding]:
    """Returns the standing of each guide, in the order of titles."""
    guides = list(guides_with_facts())
    live = {version.guide_id: version for version in live_versions()}
    keys = {guide.pk: summary_key(guide, live.get(guide.pk)) for guide in guides}
    summaries: dict[str, DraftSummary] = {}
    with suppress(Exception):  # a cache that does not answer keeps nothing
        summaries = cache.get_many(keys.values())
    standings, read_until, reads_left = [], monotonic() + SECONDS_FOR_DRAFTS, MAX_DRAFTS_READ
    for guide in guides:
        summary: DraftSummary | None = summaries.get(keys[guide.pk])
        may_read = reads_left and not is_large(guide) and monotonic() < read_until
        if summary is None and may_read:
            summary = read_summary(guide, live.get(guide.pk))
            keep_summary(keys[guide.pk], summary)
            reads_left -= 1
        standings.append(GuideStanding(guide, summary, live.get(guide.pk)))
    _add_scheduled_and_requests({standing.guide.pk: standing for standing in standings})
    return standings


def _add_scheduled_and_requests(standings: Mapping[int, GuideStanding]) -> None:
    """Reads the scheduled versions and the publication requests of all guides.

    A guide that someone has created since the others were read has no standing.
    """
    future = Version.objects.filter(published_at__gt=timezone.now(), cancellation=None)
    for version in future.defer("document").order_by("published_at", "-number"):
        if standing := standings.get(version.guide_id):
            standing.add_scheduled_version(version)
    for publication_request in PublicationRequest.objects.select_related("author"):
        if standing := standings.get(publication_request.guide_id):
            standing.publication_request = publication_request


cast("EditorsSite", admin.site).front_page_context = front_page_context
