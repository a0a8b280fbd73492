"""Proves random guides that are built to be hard: `python -m tests.proof.bench_hard_proofs 20`.

Each line is a guide and what its proof took within one of the bounds. A process of its own proves it, so
that the memory is that of this proof. The exit status is 1 if a proof took more than it may.

The time is that of the processor: on a machine with other work, the clock stops a proof even earlier.
"""

import random
import subprocess
import sys
from hashlib import sha256
from time import process_time

from rules.engine.compiled import CompiledGuide
from rules.proof import comparison_search
from rules.proof.bounds import QUICK_BOUND, THOROUGH_BOUND, ProofBound
from rules.proof.prove import prove_guide
from tests.proof.bench_proof import peak_megabytes
from tests.proof.hard_guides import make_bomb, random_hard_guide
from tests.proof.small_guides import random_guide

MAX_MORE_SECONDS = 0.25
"""The seconds that a proof may take after it has reached its bound, to end what it is about."""
MAX_MORE_MEGABYTES = 100
"""The memory that a proof may take besides what it counts: for what the engine caches meanwhile."""
BOUNDS = {"quick": QUICK_BOUND, "thorough": THOROUGH_BOUND}
COLUMNS = "{:>5} {:<9} {:>9} {:>6} {:>8} {:>8} {:>6} {:>9} {:>6} {:>5}  {}"
TITLES = ("guide", "bound", "questions", "rules", "explored", "states", "found", "undecided")


def measure_proof(seed: int, bound_name: str) -> bool:
    """Prints what the proof of a guide takes. Returns True if it stays within its bound."""
    guide, bound = random_hard_guide(random.Random(seed)), BOUNDS[bound_name]
    compiled = CompiledGuide(guide)
    megabytes, began = peak_megabytes(), process_time()
    proof = prove_guide(compiled, bound)
    seconds, megabytes = process_time() - began, peak_megabytes() - megabytes
    counts = proof.explored_count, len(proof.graph.states), len(proof.findings)
    undecided, end = len(proof.undecided_rules), proof.stopped_by or "complete"
    size = len(guide.questions), len(guide.rules)
    figures = f"{seconds:.2f}", f"{megabytes:.0f}"
    print(COLUMNS.format(seed, bound_name, *size, *counts, undecided, *figures, end))
    return (
        seconds < bound.seconds + MAX_MORE_SECONDS
        and megabytes < bound.megabytes + MAX_MORE_MEGABYTES
    )


def digest_proofs() -> str:
    """Returns a value that is different if anything in some proofs that stop early is different.

    The searches of this process stop early from then on, so that some rules are undecided.
    """
    comparison_search.MAX_SEARCH_STEPS = 3
    small = (random_guide(random.Random(seed)) for seed in range(20))
    hard = (random_hard_guide(random.Random(seed), max_rules=12) for seed in range(12))
    digest = sha256()
    for guide in (*small, *hard, make_bomb()):
        proof = prove_guide(CompiledGuide(guide), ProofBound(400, seconds=3_600, megabytes=1))
        parts = proof.graph, proof.findings, proof.stopped_by, proof.undecided_rules
        digest.update(repr(parts).encode())
    return digest.hexdigest()


def main(guide_count: int) -> int:
    print(COLUMNS.format(*TITLES, "s", "MB", "end"), flush=True)
    status = 0
    for seed in range(guide_count):
        for bound_name in BOUNDS:
            command = [sys.executable, "-m", "tests.proof.bench_hard_proofs", str(seed), bound_name]
            status |= subprocess.run(command, check=False).returncode
    return status


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["digest"]:
            print(digest_proofs())
        case [seed, bound_name]:
            sys.exit(not measure_proof(int(seed), bound_name))
        case [guide_count]:
            sys.exit(main(int(guide_count)))
