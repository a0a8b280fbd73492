"""Acts, the edits that they propose, and refusals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rules.edits.promises import Promise
from rules.engine.content import GuideContent
from rules.parcours.stops import Parcours
from rules.proof.bounds import THOROUGH_BOUND, BoundKind, Effort


@dataclass(frozen=True, slots=True)
class MappedDraft:
    """A draft, which may be unfinished, with its parcours."""

    guide: GuideContent
    """The whole draft, also the parts that cannot be evaluated yet."""
    parcours: Parcours
    effort: Effort = field(default_factory=lambda: Effort(THOROUGH_BOUND), compare=False)
    """The time in which an act proposes its edits. Once it is over, the act raises `BoundReachedError`."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A new content of a draft, and what it promises."""

    content: GuideContent
    promise: Promise
    sentence: str
    """What the act does, in French, for messages and the history: « Mail » mène à « … »."""
    stopped_by: BoundKind | None = None
    """The bound at which the check of one of several steps stopped: the edit cannot be proved then."""


class RefusedActError(Exception):
    """Raised when an act cannot be done. `str(error)` is a French sentence that says why.

    `rule` is the key of the rule that the editor can change instead; empty if there is none.
    """

    def __init__(self, sentence: str, *, rule: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule


Act = Callable[[MappedDraft], Iterable[Edit]]
"""Proposes edits of a draft, the best first. Raises `RefusedActError` if there is none.

Raises `BoundReachedError` if it has proposed none, or not all of them, when its time is over.
"""
