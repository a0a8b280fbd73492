"""The first page of the admin: the state of each guide, what waits for the user, the latest changes.

It makes as many queries for fifty guides as for five. Therefore it reads few drafts: what it found in
a draft is kept in the cache of the site until the draft changes, and a draft about which nothing is
kept yet is said to be unverified.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TypedDict, cast

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django_stubs_ext import WithAnnotations

from rules.admin.guide.state_line import (
    StatePart,
    changes_label,
    describe_request,
    describe_versions,
    draft_clause,
)
from rules.admin.links import action_url, change_url
from rules.admin.permissions import PUBLISH_PERMISSION, VIEW_PERMISSION
from rules.admin.presented_problems import problem_counts
from rules.admin_site import EditorsSite
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import UnreadableDraftError, draft_read
from rules.drafts.history import latest_changes
from rules.list_pages import LazyRows
from rules.models import Change, Guide, PublicationRequest, Question, Version
from rules.models.signed_row import account_name
from rules.proof.bounds import QUICK_BOUND
from rules.publication.approvals import refusal_beginning
from rules.publication.check import publication_check
from rules.publication.timeline import live_versions
from rules.publication.unpublished_changes import UnpublishedChanges

MAX_DRAFTS_READ = 5
"""One page reads and proves this many drafts at most, and says of the others that it has not."""
SECONDS_FOR_DRAFTS = 0.5
"""After this time it begins with no other draft."""
CACHE_SECONDS = 24 * 3600
UNREADABLE = "ce brouillon ne se lit pas"
UNVERIFIED = "brouillon à vérifier\u00a0: ouvrez le guide"


class DraftSummary(TypedDict):
    """What the first page says of a draft. It is kept in the cache of the site."""

    digest: str
    """The digest of the draft; empty if it cannot be read."""
    changes: str
    """What is said of a draft that is not online: « brouillon modifié par marc et lea »."""
    problems: str
    """What keeps it from being published, such as « 3 points à corriger »; empty if nothing does."""
    is_proved: bool


class GuideFacts(TypedDict):
    """What is read of each guide together with its row."""

    last_change: int | None
    last_question: int | None
    last_decision: str | None
    """The newest sentence of the history about a version or a publication request."""


class GuideStanding:
    """The versions and the publication request of a guide, and the summary of its draft."""

    def __init__(
        self,
        guide: Guide,
        summary: DraftSummary | None,
        live_version: Version | None,
        last_decision: str,
    ) -> None:
        self.guide = guide
        self.summary = summary
        self.live_version = live_version
        self.last_decision = last_decision
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
    beginning = refusal_beginning(account_name(user)) if isinstance(user, User) else None
    if beginning and standing.last_decision.startswith(beginning):
        reason = standing.last_decision.removeprefix(beginning)
        refused = f"Votre demande de publier «\u00a0{standing.guide.title}\u00a0» a été refusée"
        yield StatePart(f"{refused}\u00a0: {reason}", change_url(standing.guide), "wrong")


def find_standings() -> list[GuideStanding]:
    """Returns the standing of each guide, in the order of titles."""
    guides = list(_guides_with_facts())
    live = {version.guide_id: version for version in live_versions()}
    keys = {guide.pk: _summary_key(guide, live.get(guide.pk)) for guide in guides}
    summaries: dict[str, DraftSummary] = {}
    with suppress(Exception):  # a cache that does not answer keeps nothing
        summaries = cache.get_many(keys.values())
    standings, read_until, reads_left = [], monotonic() + SECONDS_FOR_DRAFTS, MAX_DRAFTS_READ
    for guide in guides:
        summary: DraftSummary | None = summaries.get(keys[guide.pk])
        if summary is None and reads_left and monotonic() < read_until:
            summary = _summarise_draft(guide, live.get(guide.pk))
            reads_left -= 1
            with suppress(Exception):  # the next page reads the draft again
                cache.set(keys[guide.pk], summary, CACHE_SECONDS)
        decision = guide.last_decision or ""
        standings.append(GuideStanding(guide, summary, live.get(guide.pk), decision))
    _add_scheduled_and_requests({standing.guide.pk: standing for standing in standings})
    return standings


def _guides_with_facts() -> "QuerySet[WithAnnotations[Guide, GuideFacts]]":
    changes = Change.objects.filter(guide=OuterRef("pk")).order_by("-pk")
    decisions = changes.filter(
        Q(sentence__startswith="La version ") | Q(sentence__startswith="La publication "),
        kind=Change.GUIDE,
    )
    questions = Question.objects.filter(guide=OuterRef("pk")).order_by("-pk")
    return Guide.objects.annotate(
        last_change=Subquery(changes.values("pk")[:1]),
        last_question=Subquery(questions.values("pk")[:1]),
        last_decision=Subquery(decisions.values("sentence")[:1]),
    )


def _summary_key(guide: "WithAnnotations[Guide, GuideFacts]", live: Version | None) -> str:
    """Returns a key of the cache that no other draft or live version of the guide has.

    Each change of a draft adds to the history of its guide, except that of a draft that was empty.
    """
    texts = document_digest("\n".join((guide.slug, guide.title, guide.introduction)))
    facts = live.number if live else 0, guide.last_change or 0, guide.last_question or 0
    return f"draft:{guide.pk}:{':'.join(map(str, facts))}:{texts}"


def _summarise_draft(guide: Guide, live: Version | None) -> DraftSummary:
    try:
        draft = draft_read(guide)
    except (UnreadableDraftError, DatabaseError):
        return {"digest": "", "changes": "", "problems": UNREADABLE, "is_proved": False}
    check = publication_check(draft, QUICK_BOUND)
    return {
        "digest": document_digest(canonical_json(draft)),
        "changes": changes_label(UnpublishedChanges(guide, live)),
        "problems": problem_counts(check),
        "is_proved": check.proof.complete,
    }


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
