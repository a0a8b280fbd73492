"""A cache that is bounded by the weight of its values."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """The values that were used last, of a total weight of at most `max_weight`.

    A value that alone is heavier is not cached, and the others stay. Threads may use a cache at once.
    """

    def __init__(self, max_weight: int, weigh: Callable[[Value], int]) -> None:
        self._max_weight = max_weight
        self._weigh = weigh
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def find_value(self, key: Hashable) -> Value | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def find_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Returns the cached value of a key. Otherwise makes and caches it; two threads may both do."""
        value = self.find_value(key)
        if value is None:
            value = make()
            self.store_value(key, value)
        return value

    def store_value(self, key: Hashable, value: Value) -> None:
        with self._lock:
            if key in self._values:
                self._weight -= self._weigh(self._values.pop(key))
            if self._weigh(value) > self._max_weight:
                return
            self._values[key] = value
            self._weight += self._weigh(value)
            while self._weight > self._max_weight:
                _, oldest = self._values.popitem(last=False)
                self._weight -= self._weigh(oldest)
