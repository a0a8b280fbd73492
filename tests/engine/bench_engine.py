"""Compares the speed of durable_rules with that of the oracle: `python -m tests.engine.bench_engine`.

For each set of answers, it measures a first evaluation by durable_rules, the same one again (which
is in the memo by then), and one by the oracle. Other processes of the machine change the times, so
only the ratio is reliable.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers
from rules.engine.failures import engine_failures
from rules.engine.oracle import fired_positions
from tests.engine.memory import resident_mb
from tests.engine.tables import QUESTIONS, answer_sets, make_table

SIZES = (16, 200, 2_000, 10_000)
SETS = 150
TITLES = (
    "operator",
    "rules",
    "fired",
    "engine µs",
    "memo µs",
    "oracle µs",
    "ratio",
    "compile ms",
    "MB",
)
COLUMNS = "{:>8} {:>7} {:>6} {:>10} {:>8} {:>10} {:>6} {:>11} {:>5}"


def measure_microseconds(fire: Callable[[Answers], object], answers: Answers) -> float:
    start = time.perf_counter()
    fire(answers)
    return (time.perf_counter() - start) * 1e6


def measure_table(size: int, *, mixed: bool) -> list[str]:
    """Measures a table of `size` rules, and returns its line of the output as cells."""
    guide = make_table(size, mixed=mixed)
    memory, start = resident_mb(), time.perf_counter()
    compiled = CompiledGuide(guide)
    milliseconds = (time.perf_counter() - start) * 1e3
    engine, memo, oracle, fired = [], [], [], []
    for answers in (a for a in answer_sets(2 * SETS, seed=1) if len(a) == QUESTIONS):
        engine.append(measure_microseconds(compiled.fire, answers))
        memo.append(measure_microseconds(compiled.fire, answers))
        oracle.append(
            measure_microseconds(lambda given: fired_positions(guide.rules, given), answers)
        )
        fired.append(len(compiled.fire(answers)))
    return [
        "all" if mixed else "is",
        f"{size:,}",
        f"{median(fired):.0f}",
        f"{median(engine):.1f}",
        f"{median(memo):.1f}",
        f"{median(oracle):.1f}",
        f"{median(engine) / median(oracle):.2f}",
        f"{milliseconds:.0f}",
        f"{resident_mb() - memory:.0f}",
    ]


def main() -> None:
    print(COLUMNS.format(*TITLES))
    for mixed in (False, True):
        for size in SIZES:
            print(COLUMNS.format(*measure_table(size, mixed=mixed)))
    if engine_failures:
        sys.exit(f"durable_rules failed: {dict(engine_failures)}")


if __name__ == "__main__":
    main()
