"""The values that the comparison of two contents for visitors returns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rules.proof.bounds import BoundKind
from rules.proof.walk import Path


class PathEnd(NamedTuple):
    """How a path ends: with conclusions or, without them, stuck.

    A path that is stuck in both contents ends the same way: nobody gets anything else.

    With the answers of an older path, the newer content may also stop at a question: at
    `asked_again` if it no longer has the choice that was its answer, or at `new_question` if the
    answers to this question, which is not on the path, lead to different ends.
    """

    outcomes: tuple[str, ...] = ()
    asked_again: str = ""
    new_question: str = ""


class AdviceDifference(NamedTuple):
    """How the advice at the end of a path differs.

    Advice whose rules were edited is named by its key. Other advice differs too if the questions that
    its rules look at are no longer asked, for example.
    """

    removed: tuple[str, ...] = ()
    """Advice with edited rules that only the older content gives: its keys, sorted."""
    added: tuple[str, ...] = ()
    """Advice with edited rules that only the newer content gives: its keys, sorted."""
    loses_others: bool = False
    """True if advice whose rules are the same is no longer given."""
    gains_others: bool = False
    """True if advice whose rules are the same is given in addition."""
    is_reordered: bool = False
    """True if both contents give the same advice, in another order."""


class Difference(NamedTuple):
    """What the newer content makes of a path of the older one.

    The advice is compared only if the conclusions are the same.
    """

    before: PathEnd
    after: PathEnd
    advice: AdviceDifference = AdviceDifference()
    question_more: str = ""
    """A question that only the newer content asks: the first one. Its answers make no difference.

    It is empty unless `has_same_end`.
    """
    has_question_less: bool = False
    """True if only the older content asks a question of the path. False unless `has_same_end`."""

    @property
    def has_same_end(self) -> bool:
        """True if the path ends as before, and with the same advice."""
        return self.before == self.after and self.advice == AdviceDifference()

    @property
    def is_none(self) -> bool:
        return self.has_same_end and not self.question_more and not self.has_question_less


class PathGroup(NamedTuple):
    """The paths of the older content with the same difference."""

    difference: Difference
    path_count: int
    answers: Path
    """The answers of a shortest of these paths."""


class ChangedText(NamedTuple):
    """A part of the guide whose texts differ for visitors: the kind of its place, and its key.

    The kind is `questions` or `outcomes`, or empty for the guide itself.
    """

    kind: str
    key: str


class NewChoice(NamedTuple):
    """A choice that only the newer content has, of a question that both have."""

    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class VisitorChanges:
    """Everything that changes for visitors from an older content of a guide to a newer one."""

    groups: tuple[PathGroup, ...] = ()
    """The paths by their differences, the largest group first; also those without a difference."""
    stopped_by: BoundKind | None = None
    """The bound that ended the walk; None if it compared all paths."""
    compared_answers: int = 0
    """If the walk was stopped: after so many answers, all paths were the same or had ended."""
    texts: tuple[ChangedText, ...] = ()
    new_choices: tuple[NewChoice, ...] = ()
    """The choices that only the newer content has, of questions that both have."""
    new_path_count: int | None = 0
    """The number of paths of the newer content with a new choice; None if there was no time to count."""

    @property
    def path_count(self) -> int:
        """The number of paths that were compared to their end."""
        return _count_paths(self.groups)

    @property
    def changed(self) -> tuple[PathGroup, ...]:
        return tuple(group for group in self.groups if not group.difference.has_same_end)

    @property
    def changed_count(self) -> int:
        return _count_paths(self.changed)

    @property
    def same_end(self) -> tuple[PathGroup, ...]:
        """The paths whose only difference is a question more or less."""
        groups = (group for group in self.groups if group.difference.has_same_end)
        return tuple(group for group in groups if not group.difference.is_none)

    @property
    def is_nothing(self) -> bool:
        """True if it is proved that nothing changes for visitors."""
        differs = any(not group.difference.is_none for group in self.groups)
        return self.stopped_by is None and not (differs or self.texts or self.new_path_count != 0)


def _count_paths(groups: Iterable[PathGroup]) -> int:
    return sum(group.path_count for group in groups)
