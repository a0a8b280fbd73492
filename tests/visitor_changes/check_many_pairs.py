"""Compares random pairs with brute force: `python -m tests.visitor_changes.check_many_pairs FIRST LAST`."""

import sys
from collections import Counter

from tests.visitor_changes.test_brute_force_agreement import check_pair


def main(first: int, last: int) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(first, last):
        kinds.update(check_pair(seed))
    figures = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
    sys.stdout.write(f"{last - first:,} pairs agree; pairs with each kind: {figures}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
