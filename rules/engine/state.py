"""The state of a diagnostic, in keys: the sentences are written elsewhere."""

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
    """A rule that gave an outcome, and the answers that made it hold."""

    rule: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class GivenOutcome:
    """An outcome, and every rule that gave it, in rule order."""

    outcome: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What a guide says to a set of answers."""

    status: Status
    answers: tuple[Answer, ...]
    """The answers on the path, in the order in which they are asked."""
    ignored: tuple[str, ...]
    """The questions that have an answer but are not on the path, in the guide's order."""
    question: str | None
    """The question to ask next; None if the path ends here."""
    advice: tuple[GivenOutcome, ...]
    outcomes: tuple[GivenOutcome, ...]
    """The conclusions; there are some only in a completed diagnostic."""
    fired: tuple[str, ...]
    """The rules that hold for the whole path, in rule order."""
