"""Two orders of the same parts: which are new, which are removed, and the few that moved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Key, Part]):
    """The parts of two orders, by key."""

    pairs: Mapping[Key, tuple[Part, Part]]
    """The parts that both orders have, old and new, in the new order."""
    added: Mapping[Key, Part]
    """The parts of the new order only."""
    removed: Mapping[Key, Part]
    """The parts of the old order only."""
    moved: Mapping[Key, Part | None]
    """For each part that moved, the part that now comes before it; None if it is now the first."""


def align_parts(old: Mapping[Key, Part], new: Mapping[Key, Part]) -> Alignment[Key, Part]:
    """Compares two orders of parts by their keys. As few parts as possible count as moved."""
    old_positions = {key: position for position, key in enumerate(old)}
    common = [key for key in new if key in old_positions]
    staying = longest_increasing_subsequence([old_positions[key] for key in common])
    stayed = {common[index] for index in staying}
    above = dict(zip(new, [None, *new.values()], strict=False))
    return Alignment(
        pairs={key: (old[key], part) for key, part in new.items() if key in old},
        added={key: part for key, part in new.items() if key not in old},
        removed={key: part for key, part in old.items() if key not in new},
        moved={key: above[key] for key in common if key not in stayed},
    )


def longest_increasing_subsequence(numbers: Sequence[int]) -> list[int]:
    """Returns the indexes of a longest increasing subsequence of different numbers.

    `tails` holds the smallest number that ends an increasing subsequence of each length, and
    `tail_indexes` its index; `previous` holds the index before each number.
    """
    tails: list[int] = []
    tail_indexes: list[int] = []
    previous: list[int | None] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length : length + 1] = [number]
        tail_indexes[length : length + 1] = [index]
        previous.append(tail_indexes[length - 1] if length else None)
    indexes: list[int] = []
    last = tail_indexes[-1] if tail_indexes else None
    while last is not None:
        indexes.append(last)
        last = previous[last]
    return indexes[::-1]
