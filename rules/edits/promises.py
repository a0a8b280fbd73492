"""What edits promise about the paths of visitors.

A path is a complete series of answers to the older content: it ends where that content concludes, is
stuck, or asks a question without choices. A path is *as before* if the newer content asks the same
questions in the same order, given the same answers, and has the same end: the same conclusions and the
same advice, in order.
"""

from dataclasses import dataclass

from rules.edits.arrows import Arrow
from rules.parcours.stops import Destination


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """Whoever takes one of the arrows comes to the destination next; all other paths are as before."""

    arrows: tuple[Arrow, ...]
    destination: Destination


@dataclass(frozen=True, slots=True)
class AsksOnTheWay:
    """The question is asked on the arrows, and whatever is answered, visitors go on as before.

    All other paths are as before.
    """

    arrows: tuple[Arrow, ...]
    question: str


@dataclass(frozen=True, slots=True)
class ChangesOnlyAdvice:
    """All paths have the same questions and conclusions as before, and the same other advice.

    Paths without any of the choices are as before. Paths with one of them get the advice at their
    end if `is_given`; otherwise other rules may still give it.
    """

    outcome: str
    question: str
    choices: tuple[str, ...]
    is_given: bool


@dataclass(frozen=True, slots=True)
class ChangesOnlyPathsWith:
    """Paths on which the question has none of the choices are as before.

    Without choices, paths on which the question is not asked are as before.
    """

    question: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeavesOutQuestion:
    """Paths on which the question is not asked are as before; the others only lose this question.

    With a choice, nothing is promised about the paths on which the question has another choice.
    """

    question: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class ReplacesOutcome:
    """Paths that do not get the outcome are as before.

    The others have the same questions, and get the replacement in its place, once.
    """

    outcome: str
    replacement: str


@dataclass(frozen=True, slots=True)
class ChangesOnlyPathsTo:
    """Paths that do not get the outcome, neither as a conclusion nor as advice, are as before."""

    outcome: str


@dataclass(frozen=True, slots=True)
class ChangesNothing:
    """All paths are as before."""


@dataclass(frozen=True, slots=True)
class RemovesFault:
    """The fault that `place` and `kind` name is gone, and the proof finds no new one."""

    place: tuple[str | int, ...]
    """The place of the fault in the older content."""
    kind: str
    """The value of its `FindingKind`."""


@dataclass(frozen=True, slots=True)
class ShowsChanges:
    """Nothing is promised: the editor sees what changes for visitors, and decides."""


Promise = (
    LeadsTo
    | AsksOnTheWay
    | ChangesOnlyAdvice
    | ChangesOnlyPathsWith
    | LeavesOutQuestion
    | ReplacesOutcome
    | ChangesOnlyPathsTo
    | ChangesNothing
    | RemovesFault
    | ShowsChanges
)
