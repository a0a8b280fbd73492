"""What the page of a replay says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from diagnostics.replay.outcome_changes import ChangeGroup, ChangeGroups, Standing
from diagnostics.replay.replay import Replay
from diagnostics.trials.trial import FROM
from rules.engine.content import GuideContent
from rules.engine.state import Answer, Status
from rules.sentences import quote_text, short_answer_labels

MAX_ANSWERS_LISTED = 20
"""Different answers of a group that are listed."""
ENDS = {Status.IN_PROGRESS: "diagnostic en cours", Status.STUCK: "aucune conclusion"}


@dataclass(frozen=True, slots=True)
class AnswersLine:
    url: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupLines:
    before: str
    after: str
    count: int
    lines: list[AnswersLine]
    others: int
    """Diagnostics whose answers are not listed."""


@dataclass(frozen=True, slots=True)
class ReplayPresenter:
    draft: GuideContent
    replay: Replay
    try_url: str

    @property
    def known(self) -> list[GroupLines]:
        return list(self._groups(self.replay.known))

    @property
    def partly_known(self) -> list[GroupLines]:
        return list(self._groups(self.replay.partly_known))

    @property
    def missing(self) -> list[tuple[str, int]]:
        return [
            (_missing(question, label), count) for (question, label), count in self.replay.missing
        ]

    def _groups(self, grouped: ChangeGroups) -> Iterator[GroupLines]:
        titles = {outcome.key: outcome.title for outcome in self.draft.outcomes}
        for group in grouped.groups:
            lines = self._lines(group)
            yield GroupLines(
                _end(group.before, self.replay.titles),
                _end(group.after, titles),
                group.count,
                lines,
                group.count - sum(line.count for line in lines),
            )

    def _lines(self, group: ChangeGroup) -> list[AnswersLine]:
        return [
            AnswersLine(self._address(answers), self._words(answers), count)
            for answers, count in group.answers[:MAX_ANSWERS_LISTED]
        ]

    def _address(self, answers: tuple[Answer, ...]) -> str:
        return f"{self.try_url}?{urlencode([*answers, (FROM, 'replay')])}"

    def _words(self, answers: tuple[Answer, ...]) -> str:
        return ", ".join(short_answer_labels(self.draft, answers)) or "aucune réponse"


def _end(standing: Standing, titles: Mapping[str, str]) -> str:
    words = ", puis ".join(quote_text(titles[key]) for key in standing.outcomes)
    return words or ENDS[standing.status]


def _missing(question: str, label: str) -> str:
    if label:
        return f"la réponse {quote_text(label)} à la question {quote_text(question)}"
    return f"la question {quote_text(question)}"
