"""Compares two ordered lists of parts: finds which parts are new, removed or moved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Key, Part]):
    """The differences between an old and a new list of parts, by key."""

    pairs: Mapping[Key, tuple[Part, Part]]
    """The old and the new part of each key that both lists have, in the new order."""
    added: Mapping[Key, Part]
    """The parts of the new list only."""
    removed: Mapping[Key, Part]
    """The parts of the old list only."""
    moved: Mapping[Key, Part | None]
    """For each moved part, the part that now comes before it; None if it is now the first."""


def align_parts(old: Mapping[Key, Part], new: Mapping[Key, Part]) -> Alignment[Key, Part]:
    """Compares two ordered lists of parts. As few parts as possible count as moved."""
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
    """Returns the indexes of a longest increasing subsequence. The numbers must be distinct.

    While it reads the numbers, `tails[n]` is the smallest last number of the increasing subsequences
    of length n + 1, and `tail_indexes[n]` the index of this number. `previous` are, for each number,
    the index of the number before it in its subsequence.
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
