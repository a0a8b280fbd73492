"""The state of a guide in one line: what is online, what is in its draft, and who waits for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib.auth.models import AnonymousUser, User
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from rules.admin.guide.shipped_texts_page import is_former_content
from rules.admin.links import action_url, change_url
from rules.admin.permissions import CHANGE_PERMISSION, PUBLISH_PERMISSION
from rules.admin.presented_problems import problem_counts
from rules.counts import count_label
from rules.models import Guide, PublicationRequest, Version
from rules.proof.finding_sentences import stop_clause
from rules.publication.review import PublicationReview
from rules.publication.timeline import moment_label
from rules.publication.unpublished_changes import UnpublishedChanges

MAX_AUTHORS_NAMED = 5


@dataclass(frozen=True, slots=True)
class StatePart:
    """A clause of the state, such as « 3 points à corriger »."""

    text: str
    url: str = ""
    """The page to open for it; empty if there is none."""
    level: str = ""
    """The class with which a page marks it: `wrong`, `notice`, or empty for plain text."""


def guide_state(review: PublicationReview, user: User | AnonymousUser) -> list[StatePart]:
    """Returns the clauses of the state of a guide, as `user` may act on them."""
    return [
        *describe_versions(review, user),
        *describe_draft(review),
        *describe_new_texts(review, user),
        *describe_request(review, user),
    ]


class PublishedState(Protocol):
    """What is said of a guide without its draft; a review knows it, and the first page of the admin."""

    publication_request: PublicationRequest | None

    @property
    def guide(self) -> Guide: ...
    @property
    def live_version(self) -> Version | None: ...
    @property
    def scheduled_versions(self) -> list[Version]: ...
    @property
    def awaits_approval(self) -> bool: ...


def describe_versions(review: PublishedState, user: User | AnonymousUser) -> Iterator[StatePart]:
    if live := review.live_version:
        stage = "Version" if review.guide.closed else "En ligne\u00a0: version"
        label = f"{stage} {live.number}, du {day_label(live.published_at)}"
        yield StatePart(label, change_url(live))
    else:
        yield StatePart("Pas encore en ligne" if review.scheduled_versions else "Jamais publié")
    if review.guide.closed:
        may_open = user.has_perm(PUBLISH_PERMISSION)
        url = action_url(review.guide, "settings") if may_open else ""
        yield StatePart("fermé aux nouveaux visiteurs", url, "wrong")
    for version in review.scheduled_versions:
        yield StatePart(
            f"version {version.number} programmée pour le {moment_label(version.published_at)}",
            change_url(version),
            "notice",
        )


def describe_draft(review: PublicationReview) -> Iterator[StatePart]:
    yield draft_clause(
        changes_label(review.unpublished_changes),
        is_live=not review.has_unpublished_changes,
        is_scheduled=review.is_scheduled,
    )
    yield from map(untaken_clause, review.untaken_versions)
    proof_url = action_url(review.guide, "proof")
    if counts := problem_counts(review.check):
        yield StatePart(counts, proof_url, "wrong")
    if warnings := len(review.check.warnings):
        yield StatePart(count_label(warnings, "avertissement{s}"), proof_url, "notice")
    if stopped_by := review.check.proof.stopped_by:
        yield StatePart(stop_clause(stopped_by), proof_url, "notice")


def describe_new_texts(
    review: PublicationReview, user: User | AnonymousUser
) -> Iterator[StatePart]:
    """Says that there are new texts for a shipped guide that nobody has changed."""
    live, url = review.live_version, action_url(review.guide, "new_texts")
    is_untouched = live and is_former_content(live.sha256, review.check.digest)
    if is_untouched and user.has_perm(CHANGE_PERMISSION):
        yield StatePart("nouveaux textes proposés", url, "notice")


def draft_clause(changes: str, *, is_live: bool, is_scheduled: bool) -> StatePart:
    """Says whether a draft is live or scheduled, or otherwise what its `changes_label` says."""
    if is_live:
        return StatePart("brouillon à jour")
    if is_scheduled:
        return StatePart("c’est ce que dit le brouillon")
    return StatePart(changes)


def untaken_clause(version: Version) -> StatePart:
    """Says that a scheduled version has changes that the draft does not have; its link takes them."""
    text = f"la version {version.number} contient des changements que le brouillon n’a pas"
    return StatePart(f"{text}\u00a0: les reprendre", action_url(version, "take"), "wrong")


def changes_label(unpublished: UnpublishedChanges) -> str:
    """Returns « brouillon modifié par marc et lea », or what a restoration has left in the draft."""
    modified = f"modifié{people_clause(unpublished.authors)}"
    if withdrawing := unpublished.withdrawing_version:
        label = f"le brouillon contient encore ce que la version {withdrawing.number} a retiré"
        return f"{label}, {modified} depuis" if unpublished.authors else label
    if version := unpublished.rescheduled_version:
        label = f"le brouillon n’a pas ce que la version {version.number}, gardée, a apporté"
        return f"{label}, {modified} depuis" if unpublished.authors else label
    return f"brouillon {modified}"


def people_clause(names: Sequence[str]) -> str:
    """Returns « par marc, paul et lea », with the space before it; empty without names."""
    if not names:
        return ""
    named = [*names[:MAX_AUTHORS_NAMED]]
    if others := len(names) - len(named):
        named.append(count_label(others, "autre{s}"))
    *first, last = named
    return f" par {', '.join(first)} et {last}" if first else f" par {last}"


def describe_request(review: PublishedState, user: User | AnonymousUser) -> Iterator[StatePart]:
    if (request := review.publication_request) is None:
        return
    may_approve, url = user.has_perm(PUBLISH_PERMISSION), action_url(review.guide, "approve")
    if not review.awaits_approval:
        why = "le brouillon a changé depuis" if request.author else "ce compte n’existe plus"
        text = f"la publication demandée par {request.author_name} ne vaut plus ({why})"
        yield StatePart(text, url, "wrong")
    elif request.author_id == user.pk:
        yield StatePart("votre demande de publication attend un accord", url, "notice")
    else:
        whose = "votre accord" if may_approve else "l’accord d’une autre personne"
        yield StatePart(f"{request.author_name} attend {whose}", url, "notice")


def day_label(moment: datetime) -> str:
    """Returns « 12 novembre », with the year unless it is this one."""
    local = localtime(moment)
    return date_format(local, "j F" if local.year == localdate().year else "j F Y")
