"""Summaries of drafts for the first page of the admin, kept in the cache of the site.

A summary is kept until its draft changes. The page of a guide makes it, and the first page those of
small drafts: the proof and the examples of a large one may take long.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import TypedDict

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from rules.admin.guide.state_line import changes_label
from rules.admin.presented_problems import problem_counts
from rules.document.serialising import document_digest
from rules.drafts.content import UnreadableDraftError, draft_read
from rules.models import Change, ChangeEvent, Example, Guide, Question, Rule, Version
from rules.proof.bounds import QUICK_BOUND
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.review import PublicationReview
from rules.publication.timeline import scheduled_versions
from rules.publication.unpublished_changes import UnpublishedChanges
from rules.publication.untaken_versions import find_untaken_versions

MAX_SIZE = 500
"""The most rules and examples of a draft that the first page evaluates itself."""
CACHE_SECONDS = 24 * 3600
DECISIONS = {
    ChangeEvent.PUBLISHED,
    ChangeEvent.APPROVED,
    ChangeEvent.REQUESTED,
    ChangeEvent.REFUSED,
    ChangeEvent.WITHDRAWN,
}
UNREADABLE = "ce brouillon ne se lit pas"


class DraftSummary(TypedDict):
    """A draft as the first page describes it. The cache of the site keeps it."""

    digest: str
    """The digest of the draft; empty if it cannot be read."""
    changes: str
    """A clause about a draft that is not online: « brouillon modifié par marc et lea »."""
    problems: str
    """A clause that says why it cannot be published: « 3 points à corriger »; empty if it can."""
    is_proved: bool
    untaken: list[int]
    """The numbers of the scheduled versions with changes that the draft does not have."""


class GuideFacts(TypedDict):
    """The columns that the query adds to the row of each guide."""

    last_change: int | None
    last_question: int | None
    last_decision: str | None
    """The newest event that publishes the draft, or is about a publication request."""
    last_reason: str | None
    """The reason why this refuses a request; empty if it does not."""
    last_requester: int | None
    """The account that made the newest publication request."""
    size: int
    """The number of rules and examples."""


def guides_with_facts() -> "QuerySet[WithAnnotations[Guide, GuideFacts]]":
    changes = Change.objects.filter(guide=OuterRef("pk")).order_by("-pk")
    decisions = changes.filter(kind=Change.GUIDE, event__in=DECISIONS)
    requests = changes.filter(kind=Change.GUIDE, event=ChangeEvent.REQUESTED)
    questions = Question.objects.filter(guide=OuterRef("pk")).order_by("-pk")
    return Guide.objects.annotate(
        last_change=Subquery(changes.values("pk")[:1]),
        last_question=Subquery(questions.values("pk")[:1]),
        last_decision=Subquery(decisions.values("event")[:1]),
        last_reason=Subquery(decisions.values("reason")[:1]),
        last_requester=Subquery(requests.values("author")[:1]),
        size=_count_of(Rule) + _count_of(Example),
    )


def _count_of(model: type[Rule] | type[Example]) -> Coalesce:
    """Returns the number of rows of a guide, for a query about guides."""
    rows = model._default_manager.filter(guide=OuterRef("pk")).order_by().values("guide")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def is_large(guide: "WithAnnotations[Guide, GuideFacts]") -> bool:
    """True if the first page does not wait for the proof and the examples of a draft."""
    return guide.size > MAX_SIZE


def summary_key(guide: "WithAnnotations[Guide, GuideFacts]", live: Version | None) -> str:
    """Returns a key of the cache that no other draft or live version of the guide has.

    Each change of a draft adds to the history of its guide, except that of a draft that was empty.
    """
    texts = document_digest("\n".join((guide.slug, guide.title, guide.introduction)))
    facts = live.number if live else 0, guide.last_change or 0, guide.last_question or 0
    return f"summary:{guide.pk}:{':'.join(map(str, facts))}:{texts}"


def read_summary(guide: Guide, live: Version | None) -> DraftSummary:
    """Reads a draft, evaluates it quickly, and returns what the first page says of it."""
    try:
        draft = draft_read(guide)
    except (UnreadableDraftError, DatabaseError):
        return {
            "digest": "",
            "changes": "",
            "problems": UNREADABLE,
            "is_proved": False,
            "untaken": [],
        }
    check = publication_check(draft, QUICK_BOUND)
    untaken = find_untaken_versions(draft, live, scheduled_versions(guide))
    return summarise_check(check, UnpublishedChanges(guide, live), untaken)


def summarise_check(
    check: PublicationCheck, unpublished: UnpublishedChanges, untaken: Sequence[Version]
) -> DraftSummary:
    return {
        "digest": check.digest,
        "changes": changes_label(unpublished),
        "problems": problem_counts(check),
        "is_proved": check.proof.complete,
        "untaken": [version.number for version in untaken],
    }


def keep_summary(key: str, summary: DraftSummary) -> None:
    with suppress(Exception):  # without a cache, the next page reads the draft again
        if cache.get(key) != summary:
            cache.set(key, summary, CACHE_SECONDS)


def keep_reviewed_summary(
    guide: "WithAnnotations[Guide, GuideFacts] | None", review: PublicationReview
) -> None:
    """Keeps the summary of a draft. `guide` was read before the draft was reviewed, if it existed."""
    if guide:
        summary = summarise_check(review.check, review.unpublished_changes, review.untaken_versions)
        keep_summary(summary_key(guide, review.live_version), summary)
