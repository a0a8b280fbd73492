"""A picture as nested lists, for people who hear it and for servers without Graphviz."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from rules.picture.boxes import Arrow, Box, Picture

MAX_TREE_DEPTH = 8
"""The levels of a list. What is deeper begins a list of its own."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A box in a list, with the boxes that it leads to."""

    arrow: Arrow | None
    """The arrow that leads here from the box above; None for the first box of a tree."""
    box: Box
    continues_elsewhere: bool
    """True if the branches are shown at another place in the lists."""
    branches: tuple["Branch", ...]


def build_trees(picture: Picture) -> Iterator[Branch]:
    """Yields the tree of the first box, the trees that were cut off, and the unreachable boxes."""
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


class _TreeBuilder:
    def __init__(self, picture: Picture) -> None:
        self.shown: set[str] = set()
        """The names of the boxes that are shown with their branches."""
        self.cut_off: deque[Box] = deque()
        """Boxes whose branches were left out where they were met."""
        self._boxes = {box.name: box for box in picture.boxes}
        self._arrows_from: dict[str, list[Arrow]] = {}
        for arrow in picture.arrows:
            self._arrows_from.setdefault(arrow.source, []).append(arrow)

    def build_branch(self, box: Box, arrow: Arrow | None, depth: int) -> Branch:
        """Builds the branch of a box, without its branches if they are shown or too deep."""
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
            # The lists do not go on from a rule that never holds. Its question is shown where
            # visitors come to it, or apart. An outcome that is unreachable is shown here only.
            if target.is_unreachable and not target.is_question:
                self.shown.add(target.name)
            branches.append(Branch(following, target, target.is_question, ()))
        return Branch(arrow, box, False, tuple(branches))
