"""The compiled guides of a process: the ones in use last, so that memory is bounded."""

from collections import OrderedDict
from collections.abc import Callable

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.engine.locks import process_lock

_compilation = process_lock()
"""Two threads that ask for the same missing version compile it once.

Made after the lock of evaluation (imported above), hence taken before it at a fork, as in `get`.
"""


class CompiledGuides:
    """An evicted guide is freed when its last user lets go, never while it evaluates.

    A live ruleset takes about 0.02 MB a rule: a guide of 200 rules about 4 MB.
    """

    def __init__(self, size: int = 32) -> None:
        self._size = size
        self._compiled: OrderedDict[str, CompiledGuide] = OrderedDict()

    def get(self, digest: str, load: Callable[[], GuideContent]) -> CompiledGuide:
        """The guide whose document has this digest; `load` is called when it is not here."""
        with _compilation:
            if digest not in self._compiled:
                self._compiled[digest] = CompiledGuide(load())
            self._compiled.move_to_end(digest)
            if len(self._compiled) > self._size:
                self._compiled.popitem(last=False)
            return self._compiled[digest]
