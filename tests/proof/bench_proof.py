"""Measures the time and memory that proofs of large guides take: `python -m tests.proof.bench_proof`.

Each guide is proved in a process of its own, and the memory is the peak of this process. The last
guide, called exploding, has so many states that its proof stops at the limit.
"""

import re
import subprocess
import sys
from math import log10
from pathlib import Path

from rules.engine.compiled import CompiledGuide
from rules.proof.bounds import COMMAND_BOUND
from rules.proof.finding_sentences import proof_sentence
from rules.proof.prove import prove_guide
from tests.proof.large_guides import SHAPES

SIZES = (50, 100, 200)
EXPLODING_SIZE = 80
"""The number of questions of the exploding guide.

One of its rules compares them in pairs, which takes the most conditions that a rule may have.
"""
TITLES = ("guide", "questions", "rules", "before merging", "after", "paths", "found", "s", "MB")
COLUMNS = "{:<10} {:>9} {:>6} {:>14} {:>7} {:>9} {:>6} {:>6} {:>5}"


def format_count(count: int) -> str:
    return f"{count:,}" if count < 10**6 else f"10^{log10(count):.0f}"


def measure_guide(shape: str, size: int) -> str:
    guide = SHAPES[shape](size)
    proof = prove_guide(CompiledGuide(guide), COMMAND_BOUND)
    graph = proof.graph
    row = COLUMNS.format(
        shape,
        size,
        len(guide.rules),
        format_count(graph.prefix_count) if proof.complete else "?",
        f"{len(graph.states):,}",
        format_count(graph.path_count) if proof.complete else "?",
        len(proof.findings),
        f"{proof.seconds:.2f}",
        f"{peak_megabytes():.0f}",
    )
    return row if proof.complete else f"{row}\n{proof_sentence(proof)}"


def peak_megabytes() -> float:
    """Returns the most memory that this process has taken.

    `getrusage` would not do: its peak includes that of the process which started this one.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1e3


def main() -> None:
    print(COLUMNS.format(*TITLES), flush=True)
    for shape in SHAPES:
        for size in SIZES if shape != "exploding" else (EXPLODING_SIZE,):
            print(measure_in_process(shape, size), flush=True)


def measure_in_process(shape: str, size: int) -> str:
    """Measures the proof of a guide in a process of its own, and returns its line of the output."""
    command = [sys.executable, "-m", "tests.proof.bench_proof", shape, str(size)]
    completed = subprocess.run(command, check=True, capture_output=True, text=True)
    return completed.stdout.strip()


if __name__ == "__main__":
    if arguments := sys.argv[1:]:
        print(measure_guide(arguments[0], int(arguments[1])))
    else:
        main()
