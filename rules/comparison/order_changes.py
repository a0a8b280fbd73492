"""Two orders of the same things: what is new, what is gone, and the few that really moved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Aligned(Generic[Key, Part]):
    """`pairs` and `added` are in the new order; `moved` names what each one now comes after."""

    pairs: Mapping[Key, tuple[Part, Part]]
    added: Mapping[Key, Part]
    removed: Mapping[Key, Part]
    moved: Mapping[Key, Part | None]


def align(old: Mapping[Key, Part], new: Mapping[Key, Part]) -> Aligned[Key, Part]:
    """What has the same key in both is the same thing."""
    return Aligned(
        pairs={key: (old[key], part) for key, part in new.items() if key in old},
        added={key: part for key, part in new.items() if key not in old},
        removed={key: part for key, part in old.items() if key not in new},
        moved=_moved(old, new),
    )


def _moved(old: Mapping[Key, Part], new: Mapping[Key, Part]) -> dict[Key, Part | None]:
    places = {key: at for at, key in enumerate(old)}
    common = [key for key in new if key in places]
    rising = longest_rising([places[key] for key in common])
    stayed = {common[at] for at in rising}
    before = dict(zip(new, [None, *new.values()], strict=False))
    return {key: before[key] for key in common if key not in stayed}


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Where a longest increasing subsequence stands: these may stay, the others moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [at]
        before.append(ends[length - 1] if length else None)
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
