"""Where a diagnostic stands: keys only, sentences are made elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

Answer = tuple[str, str]
"""Question key, choice key."""


class Status(StrEnum):
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that gave something, and the answers that made it hold."""

    rule: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class GivenOutcome:
    """An outcome, and every rule that gave it, in rule order."""

    outcome: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class State:
    """`answers` are those on the path, in its order; `question` is what to ask next, if anything.

    `ignored` are answered questions off the path, in the guide's order; `fired` the rules of
    the last firing, in rule order.
    """

    status: Status
    answers: tuple[Answer, ...]
    ignored: tuple[str, ...]
    question: str | None
    advice: tuple[GivenOutcome, ...]
    outcomes: tuple[GivenOutcome, ...]
    fired: tuple[str, ...]
