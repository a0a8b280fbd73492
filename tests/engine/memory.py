"""What the memory tests run in a process of their own: prints by how many MB it grew.

python -m tests.engine.memory evaluations 200000
python -m tests.engine.memory versions 600
"""

import os
import random
import sys
from functools import partial
from pathlib import Path

from rules.engine.compiled import CompiledGuide, CompiledGuides, engine_failures
from tests.engine.tables import CHOICES, QUESTIONS, answer_sets, make_table


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def evaluations(count: int) -> float:
    """The memo is full after the first tenth: what grows then is a leak."""
    compiled = CompiledGuide(make_table(16))
    chance = random.Random(0)
    before = 0.0
    for at in range(count):
        if at == count // 10:
            before = resident_mb()
        compiled.fire(
            {f"question-{q}": f"choice-{chance.randrange(CHOICES)}" for q in range(QUESTIONS)}
        )
    return resident_mb() - before


def versions(count: int) -> float:
    """Each compiled, used and let go by a cache of four."""
    cache = CompiledGuides(size=4)
    answers = list(answer_sets(5))
    before = 0.0
    for at in range(count):
        if at == count // 10:
            before = resident_mb()
        compiled = cache.get(str(at), partial(make_table, 100, at))
        for each in answers:
            compiled.fire(each)
    return resident_mb() - before


if __name__ == "__main__":
    measure = {"evaluations": evaluations, "versions": versions}[sys.argv[1]]
    grown = measure(int(sys.argv[2]))
    assert not engine_failures
    sys.stdout.write(f"{grown:.1f}\n")
