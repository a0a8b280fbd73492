"""Measures how long it takes to find what changes for visitors in large guides.

`python -m tests.visitor_changes.bench_visitor_changes` prints a line for each guide and edit. The last
guide, called exploding, cannot be compared to the end: its lines say how far the walk came.
"""

from time import process_time

from rules.engine.compiled import CompiledGuide
from rules.proof.bounds import COMMAND_BOUND
from rules.visitor_changes.find_changes import find_visitor_changes
from tests.proof.bench_proof import EXPLODING_SIZE, SIZES, format_count
from tests.proof.large_guides import SHAPES
from tests.visitor_changes.large_edits import EDITS

TITLES = ("guide", "questions", "edit", "paths", "changed", "same end", "groups", "CPU s", "stop")
COLUMNS = "{:<10} {:>9} {:<24} {:>8} {:>8} {:>8} {:>6} {:>6} {}"


def measure_edit(shape: str, size: int, edit: str) -> str:
    older = SHAPES[shape](size)
    compiled = CompiledGuide(older), CompiledGuide(EDITS[edit](older))
    began = process_time()
    changes = find_visitor_changes(*compiled, COMMAND_BOUND)
    seconds = process_time() - began
    stop = changes.stopped_by and f"{changes.stopped_by}, after {changes.compared_answers} answers"
    return COLUMNS.format(
        shape,
        size,
        edit,
        format_count(changes.path_count),
        format_count(changes.changed_count),
        format_count(sum(group.path_count for group in changes.same_end)),
        len(changes.groups),
        f"{seconds:.2f}",
        stop or "",
    )


def main() -> None:
    print(COLUMNS.format(*TITLES), flush=True)
    for shape in SHAPES:
        for size in SIZES if shape != "exploding" else (EXPLODING_SIZE,):
            for edit in EDITS:
                if shape != "exploding" or edit != "advice rule moved":
                    print(measure_edit(shape, size, edit), flush=True)


if __name__ == "__main__":
    main()
