"""A picture as nested lists: for those who hear it, and where Graphviz is not there."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from rules.picture.boxes import Arrow, Box, Picture

MAX_TREE_DEPTH = 8
"""Levels of a list; what comes below has a list of its own."""


@dataclass(frozen=True, slots=True)
class Branch:
    arrow: Arrow | None
    """What leads here; nothing to the first of a tree."""
    box: Box
    continues_elsewhere: bool
    """Its branches are in another place: where the box is first shown."""
    branches: tuple["Branch", ...]


def build_trees(drawn: Picture) -> Iterator[Branch]:
    """The tree from the first box, those that were cut off it, and what nobody comes to."""
    grower = _Grower(drawn)
    for box in drawn.boxes[:1]:
        yield grower.grow(box, None, 0)
    while grower.cut:
        box = grower.cut.popleft()
        if box.name not in grower.shown:
            yield grower.grow(box, None, 0)
    for box in drawn.boxes:
        if box.is_unreachable and box.name not in grower.shown:
            yield grower.grow(box, None, 0)


class _Grower:
    def __init__(self, drawn: Picture) -> None:
        self.shown: set[str] = set()
        self.cut: deque[Box] = deque()
        """Boxes that stand too deep to be shown where they are met."""
        self._boxes = {box.name: box for box in drawn.boxes}
        self._after: dict[str, list[Arrow]] = {}
        for arrow in drawn.arrows:
            self._after.setdefault(arrow.source, []).append(arrow)

    def grow(self, box: Box, arrow: Arrow | None, depth: int) -> Branch:
        after = self._after.get(box.name, [])
        if box.name in self.shown or (after and depth == MAX_TREE_DEPTH):
            self.cut.append(box)
            return Branch(arrow, box, bool(after), ())
        self.shown.add(box.name)
        branches = [self._below(following, depth + 1) for following in after]
        return Branch(arrow, box, False, tuple(branches))

    def _below(self, arrow: Arrow, depth: int) -> Branch:
        """Nobody goes on by a rule that never holds: what follows stands where it is reached, or
        with what nobody comes to.
        """
        box = self._boxes[arrow.target]
        if arrow.rule:
            if box.is_unreachable and not box.is_question:
                self.shown.add(box.name)
            return Branch(arrow, box, box.is_question, ())
        return self.grow(box, arrow, depth)
