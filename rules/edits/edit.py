"""Acts, the edits that they propose, and refusals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.edits.promises import Promise
from rules.engine.content import GuideContent
from rules.parcours.stops import Parcours


@dataclass(frozen=True, slots=True)
class MappedDraft:
    """A draft, which may be unfinished, with its parcours."""

    guide: GuideContent
    """The whole draft, also the parts that cannot be evaluated yet."""
    parcours: Parcours


@dataclass(frozen=True, slots=True)
class Edit:
    """A new content of a draft, and what it promises."""

    content: GuideContent
    promise: Promise
    sentence: str
    """What the act does, in French, for messages and the history: « Mail » mène à « … »."""


class RefusedActError(Exception):
    """Raised when an act cannot be done. `str(error)` is a French sentence that says why.

    `rule` is the key of the rule that the editor can change instead; empty if there is none.
    """

    def __init__(self, sentence: str, *, rule: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule


Act = Callable[[MappedDraft], Iterable[Edit]]
"""Proposes edits of a draft, the best first. Raises `RefusedActError` if there is none."""
