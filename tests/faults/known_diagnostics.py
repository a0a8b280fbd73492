"""What a visitor knows of a diagnostic: what was acknowledged, and what the oracle expects of it."""

from dataclasses import dataclass, field, replace

from rules.engine.content import Answers, GuideContent, Tone
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve


@dataclass(frozen=True)
class SeenState:
    """The state of a diagnostic, as an answer of the API or a page shows it, in keys."""

    status: str
    path: tuple[tuple[str, str], ...]
    """The answers on the path, in order."""
    ignored: tuple[str, ...]
    """The questions whose answers are not on the path."""
    question: str | None
    choices: tuple[str, ...]
    """The choices of the question being asked."""
    advice: tuple[str, ...]
    outcomes: tuple[str, ...]

    def as_on_pages(self, guide: GuideContent) -> "SeenState":
        """Returns what pages show of this state, with advice and outcomes in alphabetical order.

        Pages have an order of their own, by what is to be done. That of a result leaves out advice which
        only says that all is well.
        """
        advice = sorted(
            key
            for key in self.advice
            if self.question or guide.outcome[key].tone is not Tone.SUCCESS
        )
        return replace(self, advice=tuple(advice), outcomes=tuple(sorted(self.outcomes)))


def expected_state(guide: GuideContent, answers: Answers) -> SeenState:
    """Returns the state that the oracle finds for these answers, without durable_rules."""
    state = resolve(guide, answers, lambda path: fired_positions(guide.rules, path))
    question = guide.question[state.question] if state.question else None
    return SeenState(
        status=state.status.value,
        path=state.answers,
        ignored=state.ignored,
        question=state.question,
        choices=tuple(question.choice) if question else (),
        advice=tuple(given.outcome for given in state.advice),
        outcomes=tuple(given.outcome for given in state.outcomes),
    )


@dataclass(frozen=True)
class ClockRange:
    """The earliest and the latest time that the clock of a server showed during a request.

    They are numbers of seconds that the clock was ahead, since nothing but moves of it count here.
    """

    earliest: float
    latest: float


EXPIRY_SECONDS = 30 * 24 * 3600


@dataclass
class KnownDiagnostic:
    """A diagnostic that a visitor began, with the answers that may be stored for each question."""

    id: str
    possible_versions: range
    """The numbers of the versions that may have been live when the diagnostic was begun."""
    changed: ClockRange
    """When the last acknowledged answer was stored, by the clock of the server."""
    version: int = 0
    """The number of its version, 0 until the visitor knows it."""
    possible: dict[str, set[str | None]] = field(default_factory=dict)
    """The choices that may be stored for each question; None stands for no answer.

    After an acknowledged answer it is that choice alone. After a request without an answer, it is
    that of the request, too.
    """

    def begin_change(self, question: str, choice: str | None) -> None:
        """Notes that an answer is sent, which may be stored from now on."""
        self.possible.setdefault(question, {None}).add(choice)

    def confirm_change(self, question: str, choice: str | None) -> None:
        """Notes that an answer was acknowledged: it must be stored from now on."""
        self.possible[question] = {choice}

    @property
    def is_certain(self) -> bool:
        """True if each answer that was sent was acknowledged."""
        return all(len(choices) == 1 for choices in self.possible.values())

    def may_have_expired(self, asked: ClockRange) -> bool:
        return asked.latest - self.changed.earliest >= EXPIRY_SECONDS

    def must_have_expired(self, asked: ClockRange) -> bool:
        return asked.earliest - self.changed.latest >= EXPIRY_SECONDS

    def find_mistakes(self, seen: SeenState, guide: GuideContent) -> list[str]:
        """Returns what is wrong in a state that follows from its own answers, by the oracle."""
        expected = expected_state(guide, dict(seen.path))
        found = replace(seen, ignored=())
        if found not in (expected, expected.as_on_pages(guide)):
            return [f"version {self.version}: {found} instead of {expected}"]
        return [
            f"version {self.version}: {question} has the answer {choice}, which nobody sent"
            for question, choice in seen.path
            if choice not in self.possible.get(question, ())
        ]

    def find_lost_answers(self, seen: SeenState) -> list[str]:
        """Returns what was acknowledged and is not stored. Narrows what may be stored to what is."""
        path, lost = dict(seen.path), []
        for question, choices in self.possible.items():
            if question in seen.ignored:
                stored = choices - {None}
            else:
                stored = choices & {path.get(question)}
            if not stored:
                lost.append(f"{question}: {choices} was acknowledged, {seen} is stored")
            self.possible[question] = stored or choices
        return lost
