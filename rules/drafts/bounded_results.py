"""Results of searches that may end at a bound: found one at a time, kept by a key, and used again.

A long search must not keep a process from its other work. Therefore each process does one quick search
and one long search at a time. Whoever asks for another long one waits for their turn, if nobody else
waits already, and otherwise gets what a quick search finds.

Each process keeps its latest results in memory. A result that is not complete is sought again after a
while, because a machine that has other work finishes less in the same time.
"""

from collections.abc import Callable, Hashable
from contextlib import ExitStack
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from rules.bounded_cache import BoundedCache
from rules.proof.bounds import ProofBound

SECONDS_OF_INCOMPLETE_RESULTS = 600

Result = TypeVar("Result")
Search = Callable[[ProofBound], Result]
"""A function that searches until it is done or reaches a bound."""

_quick_turn, _long_turn = Lock(), Lock()
_long_places = BoundedSemaphore(2)
"""Two threads do a long search or wait for their turn. The other threads answer other requests."""


class _CachedResult(NamedTuple, Generic[Result]):
    result: Result
    cached_at: float
    """The time of the monotonic clock."""


class BoundedResults(Generic[Result]):
    """The latest results of one kind of search, of a total weight of at most `max_weight`.

    Complete results are kept by their key, others by their key and the bound that they reached.
    """

    def __init__(
        self,
        max_weight: int,
        weigh: Callable[[Result], int],
        is_complete: Callable[[Result], bool],
    ) -> None:
        self._is_complete = is_complete
        self._cache = BoundedCache[_CachedResult[Result]](
            max_weight, lambda cached: weigh(cached.result)
        )

    def find_quickly(self, key: Hashable, bound: ProofBound, search: Search[Result]) -> Result:
        """Returns the result of a quick search, which may have been kept."""
        result = self._find_cached(key, bound)
        if result is None:
            with _quick_turn:
                result = self._find_cached(key, bound)
                if result is None:
                    result = self._search_and_keep(key, bound, search, bound.seconds)
        return result

    def find_in_turn(
        self, key: Hashable, bound: ProofBound, search: Search[Result]
    ) -> Result | None:
        """Returns the result of a long search, which may have been kept.

        It begins when it is its turn, and takes the rest of its time. Returns None if its turn does
        not come.
        """
        result = self._find_cached(key, bound)
        if result is not None:
            return result
        began = monotonic()
        with ExitStack() as turns:
            for turn, timeout in ((_long_places, 0.0), (_long_turn, bound.seconds)):
                if not turn.acquire(timeout=timeout):
                    return None
                turns.callback(turn.release)
            result = self._find_cached(key, bound)
            if result is None:
                rest = bound.seconds - (monotonic() - began)
                result = self._search_and_keep(key, bound, search, rest)
            return result

    def store_complete(self, key: Hashable, result: Result) -> None:
        """Keeps a complete result."""
        self._cache.store_value(key, _CachedResult(result, monotonic()))

    def _find_cached(self, key: Hashable, bound: ProofBound) -> Result | None:
        """Returns a complete result, or else one that ended at this bound a short while ago."""
        for any_key in (key, (key, bound)):
            cached = self._cache.find_value(any_key)
            if cached and (
                self._is_complete(cached.result)
                or monotonic() - cached.cached_at <= SECONDS_OF_INCOMPLETE_RESULTS
            ):
                return cached.result
        return None

    def _search_and_keep(
        self, key: Hashable, bound: ProofBound, search: Search[Result], seconds: float
    ) -> Result:
        """Searches for so many seconds, and keeps the result.

        If there was less than half of the time, it is kept only if it is complete.
        """
        result = search(bound._replace(seconds=seconds))
        if self._is_complete(result):
            self.store_complete(key, result)
        elif seconds > bound.seconds / 2:
            self._cache.store_value((key, bound), _CachedResult(result, monotonic()))
        return result
