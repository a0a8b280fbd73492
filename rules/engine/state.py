"""The state of a diagnostic. It consists of keys; `rules.sentences` writes the sentences."""

from dataclasses import dataclass
from enum import StrEnum

Answer = tuple[str, str]
"""The key of a question and the key of the choice that answers it."""


class Status(StrEnum):
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Reason:
    """The key of a rule that gave an outcome, and the answers that made the rule hold."""

    rule: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class GivenOutcome:
    """The key of an outcome, and every rule that gave it, in rule order."""

    outcome: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What a guide asks, advises and concludes for a set of answers."""

    status: Status
    answers: tuple[Answer, ...]
    """The path: the answers to the questions that were asked, in the order of the questions."""
    ignored: tuple[str, ...]
    """The answered questions that are not on the path, in the order of the guide."""
    question: str | None
    """The question to ask next; None if the path ends here."""
    advice: tuple[GivenOutcome, ...]
    outcomes: tuple[GivenOutcome, ...]
    """The conclusions; empty unless the diagnostic is completed."""
    fired: tuple[str, ...]
    """The keys of the rules that hold for the whole path, in rule order."""
