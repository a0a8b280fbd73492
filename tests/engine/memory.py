"""Prints by how many MB evaluations or compilations make this process grow, for `test_memory`.

    python -m tests.engine.memory evaluations 200000
    python -m tests.engine.memory versions 600

The first tenth of them fills the memo or the cache and is not measured. Any later growth is a leak.
It ends with status 1 if the growth is more than memory allocators reserve.
"""

import os
import random
import sys
from functools import partial
from pathlib import Path

from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.failures import engine_failures
from tests.engine.tables import CHOICES, QUESTIONS, answer_sets, make_table

MAX_GROWTH_MB = 6
"""The growth that is allowed, because memory allocators reserve some MB.

Leaks are much larger: if one evaluation in a hundred leaked its state of 0.67 MB, 50,000 of them would
take 300 MB; if one version in ten leaked, 200 would take 50 MB.
"""


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def growth_by_evaluations(count: int) -> float:
    """Evaluates one guide `count` times with random answers, and returns the growth in MB."""
    compiled = CompiledGuide(make_table(16))
    chance = random.Random(0)
    before = 0.0
    for index in range(count):
        if index == count // 10:
            before = resident_mb()
        compiled.fire(
            {f"question-{q}": f"choice-{chance.randrange(CHOICES)}" for q in range(QUESTIONS)}
        )
    return resident_mb() - before


def growth_by_versions(count: int) -> float:
    """Compiles and evaluates `count` guides in a cache of four, and returns the growth in MB."""
    cache = CompiledGuides(max_guides=4)
    sets = list(answer_sets(5))
    before = 0.0
    for index in range(count):
        if index == count // 10:
            before = resident_mb()
        compiled = cache.get(str(index), partial(make_table, 100, index))
        for answers in sets:
            compiled.fire(answers)
    return resident_mb() - before


if __name__ == "__main__":
    measure = {"evaluations": growth_by_evaluations, "versions": growth_by_versions}[sys.argv[1]]
    growth = measure(int(sys.argv[2]))
    assert not engine_failures
    sys.stdout.write(f"{growth:.1f}\n")
    sys.exit(growth >= MAX_GROWTH_MB)
