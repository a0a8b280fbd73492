"""What edits promise about the paths of visitors.

A path is a complete series of answers to the older content: it ends where that content concludes, is
stuck, or asks a question without choices. A path is *as before* if the newer content asks the same
questions in the same order, given the same answers, and has the same end: the same conclusions and the
same advice, in order. A path that ends at a question without choices is as before if the newer content
asks this question too, with choices or without.
"""

from dataclasses import dataclass

from rules.edits.arrows import Arrow
from rules.engine.state import Answer
from rules.parcours.stops import Destination


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """Whoever takes one of the arrows comes to the destination next; all other paths are as before.

    Until they take the first of the arrows, visitors are asked the same questions as before.
    """

    arrows: tuple[Arrow, ...]
    destination: Destination


@dataclass(frozen=True, slots=True)
class AsksOnTheWay:
    """The question is asked on the arrows, and whatever is answered, visitors go on as before.

    Nothing is asked on an arrow if the question is on the path already, or comes next anyway. If
    the older content asks it later on the path, it is not asked again, and its answer is the one that
    was given on the arrow. All other paths are as before.
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
class BehavesAs:
    """Whoever gives a new choice of the question goes on as with the choice that it is like.

    That is: each path with the other choice, on which the new one is given instead, has the same
    questions and the same end. All paths are as before, except those with a choice in `changed`.
    """

    question: str
    like_choices: tuple[tuple[str, str], ...]
    """Each new choice, with the one that it is like."""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeavesOutQuestion:
    """Paths on which the question is not asked are as before; the others only lose this question.

    With a choice, nothing is promised about the paths on which the question has another choice. If
    `loses_advice`, the others also lose the advice that they got because of an answer to the question.
    """

    question: str
    choice: str = ""
    loses_advice: bool = False


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
    """The finding that `place` and `kind` name is gone, and the proof has no new one as serious."""

    place: tuple[str | int, ...]
    """The place of the finding in the older content."""
    kind: str
    """The value of its `FindingKind`."""
    answer: Answer | None = None
    """For visitors who are stuck: the answer after which they are; None if it may be any."""
    keys: tuple[str, ...] = ()
    """For several conclusions: those that are given together; empty if they may be any."""


@dataclass(frozen=True, slots=True)
class ShowsChanges:
    """Nothing is promised: the editor sees what changes for visitors, and decides."""


Promise = (
    LeadsTo
    | AsksOnTheWay
    | ChangesOnlyAdvice
    | ChangesOnlyPathsWith
    | BehavesAs
    | LeavesOutQuestion
    | ReplacesOutcome
    | ChangesOnlyPathsTo
    | ChangesNothing
    | RemovesFault
    | ShowsChanges
)
