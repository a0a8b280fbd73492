"""The answers of a guide's last diagnostics, resolved on their versions and on the draft."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.models import Session
from diagnostics.replay.outcome_changes import (
    ChangeGroups,
    ReplayedSession,
    group_changes,
    standing_of_state,
)
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, GuideContent
from rules.engine.resolve import known_answers
from rules.models import Guide, Version
from rules.publication.versions import VersionAlteredError, compiled_version

MAX_SESSIONS_REPLAYED = 1_000
"""Diagnostics that are replayed."""

Missing = tuple[str, str]
"""What the draft no longer has: the title of a question and, where that is still there, the
label of its choice.
"""


@dataclass(frozen=True, slots=True)
class Replay:
    known: ChangeGroups
    """Of the diagnostics whose answers the draft knows."""
    partly_known: ChangeGroups
    """Of the others, without the answers that it does not."""
    missing: tuple[tuple[Missing, int], ...]
    altered: int
    """Diagnostics whose version was altered: they were left out."""
    titles: dict[str, str]
    """Of the outcomes of the versions, by key."""


def replay_last_sessions(guide: Guide, draft: CompiledGuide) -> Replay:
    """In two queries."""
    last = _last(guide)
    versions = _compiled({version for version, _ in last})
    read = [(versions[version], answers) for version, answers in last if version in versions]
    rows: dict[bool, list[ReplayedSession]] = {True: [], False: []}
    missing: Counter[Missing] = Counter()
    for version, answers in read:
        known = known_answers(draft.guide, answers)
        rows[len(known) == len(answers)].append(_replayed(version, draft, answers, known))
        missing.update(_missing(version.guide, draft.guide, answers, known))
    return Replay(
        known=group_changes(rows[True]),
        partly_known=group_changes(rows[False]),
        missing=tuple(missing.most_common()),
        altered=len(last) - len(read),
        titles={o.key: o.title for version in versions.values() for o in version.guide.outcomes},
    )


def _last(guide: Guide) -> list[tuple[int, Answers]]:
    """The ids of their versions, and their answers."""
    sessions = (
        Session.objects.exclude_expired().filter(version__guide=guide).order_by("-updated_at")
    )
    return list(sessions.values_list("version_id", "answers")[:MAX_SESSIONS_REPLAYED])


def _compiled(ids: Iterable[int]) -> dict[int, CompiledGuide]:
    """By id, oldest first, without those that were altered."""
    found = {}
    for version in Version.objects.filter(pk__in=ids).order_by("number"):
        try:
            found[version.pk] = compiled_version(version)
        except VersionAlteredError:
            continue
    return found


def _replayed(
    version: CompiledGuide, draft: CompiledGuide, answers: Answers, known: Answers
) -> ReplayedSession:
    return ReplayedSession(
        standing_of_state(version.resolve(answers)),
        standing_of_state(draft.resolve(known)),
        tuple(known.items()),
    )


def _missing(
    guide: GuideContent, draft: GuideContent, answers: Answers, known: Answers
) -> list[Missing]:
    questions = [guide.question[key] for key in answers if key not in known]
    return [
        (row.title, row.find_choice(answers[row.key]).label if row.key in draft.question else "")
        for row in questions
    ]
