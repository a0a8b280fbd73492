"""Measures parcours, or checks those of many random guides against brute force.

    python -m tests.parcours.bench_parcours [GUIDES]

Without a number, it prints the CPU time and memory that the parcours of large guides take.
"""

import random
import sys
import tracemalloc
from collections import Counter
from itertools import chain
from time import process_time

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.proof.bounds import COMMAND_BOUND
from rules.proof.prove import prove_guide
from tests.parcours.brute_steps import (
    CHECKS,
    BruteSteps,
    count_conditions,
    prove_small_guide,
    random_parcours_guide,
)
from tests.proof.hard_guides import random_hard_guide
from tests.proof.large_guides import SHAPES
from tests.proof.small_guides import random_guide

SIZES = (40, 100, 200)
COLUMNS = "{:<14} {:>9} {:>6} {:>7} {:>9} {:>6} {:>6} {:>10} {:>6} {:>5}"
TITLES = (
    *("guide", "questions", "rules", "states", "complete", "lines", "cases"),
    *("conditions", "CPU s", "MB"),
)


def measure_parcours(name: str, guide: GuideContent) -> None:
    graph = prove_guide(CompiledGuide(guide), COMMAND_BOUND).graph
    began = process_time()
    parcours = build_parcours(guide, graph)
    seconds = process_time() - began
    tracemalloc.start()
    build_parcours(guide, graph)
    megabytes = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    lines = [line for stop in parcours.stops for line in stop.lines]
    cases = [case.requirements for line in lines for case in line.cases]
    required = [*cases, *(advice.requirements for line in lines for advice in line.advice)]
    row = (
        *(name, len(guide.questions), len(guide.rules), len(graph.states)),
        *("yes" if graph.complete else "no", len(lines), len(cases)),
        sum(len(requirement.conditions) for requirement in chain(*required)),
        *(f"{seconds:.3f}", f"{megabytes:.0f}"),
    )
    print(COLUMNS.format(*row), flush=True)


def measure_large_guides() -> None:
    print(COLUMNS.format(*TITLES))
    for shape, make_guide in SHAPES.items():
        for size in SIZES if shape != "exploding" else (12, 40):
            measure_parcours(f"{shape}-{size}", make_guide(size))
    for seed in (3, 13):
        measure_parcours(f"tree-{seed}", random_guide(random.Random(seed), 40, 300))
    for seed in (0, 2):
        chance = random.Random(seed)
        measure_parcours(f"hard-{seed}", random_hard_guide(chance, max_rules=150))


def check_many_guides(count: int) -> None:
    counts: Counter[str] = Counter()
    began = process_time()
    for seed in range(count):
        guide = random_parcours_guide(random.Random(seed))
        graph = prove_small_guide(guide)
        if graph is None:
            counts["guides with too many paths"] += 1
            continue
        brute, parcours = BruteSteps(guide), build_parcours(guide, graph)
        for check in CHECKS:
            check(brute, parcours)
        counts += count_conditions(brute, parcours)
    for name, number in counts.items():
        print(f"{name}: {number:,}")
    print(f"{process_time() - began:.0f} s")


if __name__ == "__main__":
    if arguments := sys.argv[1:]:
        check_many_guides(int(arguments[0]))
    else:
        measure_large_guides()
