"""The bounds of a proof: how many states, how much time and how much memory it may take.

Proofs of ordinary guides end long before. A guide that is built to be hard would otherwise take hours
and gigabytes.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from time import monotonic
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class ProofBound(NamedTuple):
    """What one proof may take. It stops at the first of its bounds, and says which one it was."""

    states: int = 20_000
    """The number of merged states."""
    seconds: float = 10
    """The duration on a clock, which also goes on while other programs run."""
    megabytes: int = 150
    """The memory, as an estimate from the number and the size of what is stored.

    It does not depend on the machine, so that the same guide always stops at the same state.
    """


QUICK_BOUND = ProofBound(states=500, seconds=0.3)
"""For pages that only count the faults of a guide."""
THOROUGH_BOUND = ProofBound(seconds=10)
"""For the pages that show a proof or decide on a publication."""
COMMAND_BOUND = ProofBound(seconds=60)
"""For commands, whose users can wait."""


class BoundKind(StrEnum):
    """The bound of a proof that it reached first."""

    STATES = "states"
    SECONDS = "seconds"
    MEGABYTES = "megabytes"
    TURN = "turn"
    """Other proofs were being made, so that this one got only the time of a quick one."""
    EXAMPLES = "examples"
    """The proof itself is complete, but there was no time for all examples of the guide."""


class BoundReachedError(Exception):
    """A proof has reached its bound."""

    def __init__(self, kind: BoundKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


class Effort:
    """The time and memory that one proof has taken so far, which must stay within its bound."""

    def __init__(self, bound: ProofBound) -> None:
        self.bound = bound
        self._deadline = monotonic() + bound.seconds
        self._bytes_left = bound.megabytes * 10**6

    @property
    def seconds_left(self) -> float:
        return max(self._deadline - monotonic(), 0)

    def check_time(self) -> None:
        """Raises `BoundReachedError` if the time is over."""
        if monotonic() > self._deadline:
            raise BoundReachedError(BoundKind.SECONDS)

    def watch_time(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yields the items. Raises `BoundReachedError` before an item if the time is over."""
        for item in items:
            self.check_time()
            yield item

    def take_memory(self, size: int) -> None:
        """Counts bytes that are stored. Raises `BoundReachedError` if they are too many."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise BoundReachedError(BoundKind.MEGABYTES)

    def free_memory(self, size: int) -> None:
        """Counts bytes that are not stored any more."""
        self._bytes_left += size
