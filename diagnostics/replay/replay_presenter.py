"""The sentences and links of the page of a replay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diagnostics.replay.changed_endings import ChangedEndings, Ending
from diagnostics.replay.session_replay import Replay
from diagnostics.trials.trial import ORIGIN
from diagnostics.trials.trial_addresses import trial_address
from rules.engine.content import GuideContent
from rules.engine.state import Status
from rules.sentences import answer_label, quote_text

MAX_ANSWERS_LISTED = 20
"""How many sets of answers the page lists in each group."""
UNCONCLUDED_ENDS = {Status.IN_PROGRESS: "diagnostic en cours", Status.STUCK: "aucune conclusion"}


@dataclass(frozen=True, slots=True)
class AnswersLine:
    """A set of answers in a group."""

    url: str
    """The address of the try with these answers."""
    labels: str
    count: int
    """The number of diagnostics with these answers."""


@dataclass(frozen=True, slots=True)
class GroupLines:
    """The lines of the page for the diagnostics that go from one ending to another."""

    before: str
    after: str
    count: int
    lines: list[AnswersLine]
    others: int
    """The number of diagnostics whose answers are not listed."""


@dataclass(frozen=True, slots=True)
class ReplayPresenter:
    """Turns a replay into the groups, sentences and links that its page shows."""

    draft: GuideContent
    replay: Replay
    try_url: str
    """The address of the try of the draft, without answers."""

    @property
    def known(self) -> list[GroupLines]:
        return list(self._present_groups(self.replay.known))

    @property
    def partly_known(self) -> list[GroupLines]:
        return list(self._present_groups(self.replay.partly_known))

    @property
    def missing(self) -> list[tuple[str, int]]:
        return [
            (_missing_answer_sentence(question, label), count)
            for (question, label), count in self.replay.missing
        ]

    def _present_groups(self, changes: ChangedEndings) -> Iterator[GroupLines]:
        titles = {outcome.key: outcome.title for outcome in self.draft.outcomes}
        for group in changes.groups:
            lines = []
            for answers, count in group.answers[:MAX_ANSWERS_LISTED]:
                url = trial_address(self.try_url, dict(answers), **{ORIGIN: "replay"})
                labels = ", ".join(answer_label(self.draft, answer) for answer in answers)
                lines.append(AnswersLine(url, labels or "aucune réponse", count))
            yield GroupLines(
                _describe_ending(group.before, self.replay.titles),
                _describe_ending(group.after, titles),
                group.count,
                lines,
                group.count - sum(line.count for line in lines),
            )


def _describe_ending(ending: Ending, titles: Mapping[str, str]) -> str:
    conclusions = ", puis ".join(quote_text(titles[key]) for key in ending.outcomes)
    return conclusions or UNCONCLUDED_ENDS[ending.status]


def _missing_answer_sentence(question: str, label: str) -> str:
    if label:
        return f"la réponse {quote_text(label)} à la question {quote_text(question)}"
    return f"la question {quote_text(question)}"
