"""Computes how a guide's last diagnostics ended, and how their answers would end on the draft."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.models import Session
from diagnostics.replay.changed_endings import (
    ChangedEndings,
    ReplayedSession,
    ending_of_state,
    group_changed_endings,
)
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, GuideContent
from rules.engine.resolve import known_answers
from rules.models import Guide, Version
from rules.publication.versions import VersionAlteredError, compiled_version

MAX_SESSIONS_REPLAYED = 1_000
"""How many diagnostics of a guide are replayed, newest first."""

MissingAnswer = tuple[str, str]
"""The title of a question and the label of a choice, which the draft no longer has.

The label is empty if the draft has no such question at all.
"""


@dataclass(frozen=True, slots=True)
class Replay:
    """The result of a replay: the changed endings, and what could not be replayed."""

    known: ChangedEndings
    """The changed endings of the diagnostics whose answers the draft knows, all of them."""
    partly_known: ChangedEndings
    """The changed endings of the other diagnostics, replayed with the answers that the draft knows."""
    missing: tuple[tuple[MissingAnswer, int], ...]
    """The answers that the draft does not know, each with its number of diagnostics."""
    altered: int
    """The number of diagnostics left out because their version was altered."""
    titles: dict[str, str]
    """The titles of the outcomes of all versions, by key."""


def replay_last_sessions(guide: Guide, draft: CompiledGuide) -> Replay:
    """Replays the newest diagnostics of a guide on its draft, in two queries."""
    sessions = Session.objects.exclude_expired().filter(version__guide=guide)
    newest = sessions.order_by("-updated_at").values_list("version_id", "answers")
    rows: list[tuple[int, Answers]] = list(newest[:MAX_SESSIONS_REPLAYED])
    versions = _compiled_versions({version_id for version_id, _ in rows})
    replayed: dict[bool, list[ReplayedSession]] = {True: [], False: []}
    missing: Counter[MissingAnswer] = Counter()
    for version_id, answers in rows:
        if version := versions.get(version_id):
            known = known_answers(draft.guide, answers)
            before = ending_of_state(version.resolve(answers))
            state, knows_all = draft.resolve(known), len(known) == len(answers)
            has_new_question = knows_all and state.question is not None
            session = ReplayedSession(
                before, ending_of_state(state), tuple(known.items()), has_new_question
            )
            replayed[knows_all].append(session)
            missing.update(_missing_answers(version.guide, draft.guide, answers, known))
    return Replay(
        known=group_changed_endings(replayed[True]),
        partly_known=group_changed_endings(replayed[False]),
        missing=tuple(missing.most_common()),
        altered=sum(version_id not in versions for version_id, _ in rows),
        titles={o.key: o.title for version in versions.values() for o in version.guide.outcomes},
    )


def _compiled_versions(ids: Iterable[int]) -> dict[int, CompiledGuide]:
    """Returns the compiled versions by id, lowest number first; altered versions are left out."""
    compiled = {}
    for version in Version.objects.filter(pk__in=ids).order_by("number"):
        try:
            compiled[version.pk] = compiled_version(version)
        except VersionAlteredError:
            continue
    return compiled


def _missing_answers(
    guide: GuideContent, draft: GuideContent, answers: Answers, known: Answers
) -> list[MissingAnswer]:
    """Returns the answers of one diagnostic that the draft does not know."""
    questions = [guide.question[key] for key in answers if key not in known]
    return [
        (row.name, row.find_choice(answers[row.key]).label if row.key in draft.question else "")
        for row in questions
    ]
