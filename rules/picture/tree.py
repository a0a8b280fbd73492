"""Turns a picture into nested lists, for screen readers and for servers without Graphviz."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from rules.picture.boxes import Arrow, Box, Picture

MAX_TREE_DEPTH = 8
"""The number of nested levels. Deeper boxes begin another list."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A box in a list, with the boxes that it leads to."""

    arrow: Arrow | None
    """The arrow that leads here from the box above; None for the first box of a tree."""
    box: Box
    continues_elsewhere: bool
    """True if the branches of this box are elsewhere in the lists."""
    branches: tuple["Branch", ...]


def build_trees(picture: Picture) -> Iterator[Branch]:
    """Yields the lists of a picture, each as its first branch.

    First comes the list of the first box, then a list for each box that was too deep in another one,
    then the unreachable boxes.
    """
    builder = _TreeBuilder(picture)
    for box in picture.boxes[:1]:
        yield builder.build_branch(box, None, 0)
    while builder.cut_off:
        box = builder.cut_off.popleft()
        if box.name not in builder.shown:
            yield builder.build_branch(box, None, 0)
    for box in picture.boxes:
        if box.is_unreachable and box.name not in builder.shown:
            yield builder.build_branch(box, None, 0)


def build_branches_of_questions(picture: Picture) -> dict[str, tuple[Branch, ...]]:
    """Returns what the answers of each question lead to, by the key of the question.

    A branch ends at the next question, whose own branches continue it.
    """
    boxes = {box.name: box for box in picture.boxes}

    def follow_arrows(source: str) -> tuple[Branch, ...]:
        arrows = [one for one in picture.arrows if one.source == source and not one.rule_number]
        targets = [(arrow, boxes[arrow.target]) for arrow in arrows]
        return tuple(
            Branch(arrow, box, box.is_question, () if box.is_question else follow_arrows(box.name))
            for arrow, box in targets
        )

    return {box.key: follow_arrows(box.name) for box in picture.boxes if box.is_question}


class _TreeBuilder:
    def __init__(self, picture: Picture) -> None:
        self.shown: set[str] = set()
        """The names of the boxes whose branches are in a list already."""
        self.cut_off: deque[Box] = deque()
        """The boxes that are in a list without their branches."""
        self._boxes = {box.name: box for box in picture.boxes}
        self._arrows_from: dict[str, list[Arrow]] = {}
        for arrow in picture.arrows:
            self._arrows_from.setdefault(arrow.source, []).append(arrow)

    def build_branch(self, box: Box, arrow: Arrow | None, depth: int) -> Branch:
        """Returns the branch of a box. Its branches are empty if they are elsewhere or too deep."""
        arrows = self._arrows_from.get(box.name, [])
        if box.name in self.shown or (arrows and depth == MAX_TREE_DEPTH):
            self.cut_off.append(box)
            return Branch(arrow, box, bool(arrows), ())
        self.shown.add(box.name)
        branches = []
        for following in arrows:
            target = self._boxes[following.target]
            if not following.rule_number:
                branches.append(self.build_branch(target, following, depth + 1))
                continue
            # After a rule that never holds, the list does not continue: the branches of its question
            # are elsewhere. An unreachable outcome is listed here, and not again at the end.
            if target.is_unreachable and not target.is_question:
                self.shown.add(target.name)
            branches.append(Branch(following, target, target.is_question, ()))
        return Branch(arrow, box, False, tuple(branches))
