from collections.abc import Callable

from rules.engine.compiled import CompiledGuide
from rules.engine.guide import Guide


class CompiledGuides:
    def __init__(self, size: int = 8) -> None:
        self._d: dict[str, CompiledGuide] = {}

    def get(self, digest: str, load: Callable[[], Guide]) -> CompiledGuide:
        if digest not in self._d:
            self._d[digest] = CompiledGuide(load())
        return self._d[digest]
