"""Prints figures about the code of one or more checkouts, e.g. the median length of functions.

    python -m tests.measure_code [FOLDER ...]

Each folder is the root of a checkout; the default is this one. The figures of `rules`,
`diagnostics` and `tests` are in columns side by side.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.words import begins_as_fragment

TOP_FOLDERS = ("rules", "diagnostics", "tests")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Figures:
    """The figures of one top folder of a checkout."""

    files: int = 0
    lines: int = 0
    function_lines: list[int] = field(default_factory=list)
    """The length of each function, in lines."""
    top_level_lines: list[int] = field(default_factory=list)
    """The lengths of functions that are not methods."""
    private: int = 0
    private_used_once: int = 0
    one_word: int = 0
    docstrings: int = 0
    fragments: int = 0
    any_annotations: int = 0
    type_ignores: int = 0
    test_functions: int = 0

    def rows(self) -> dict[str, str]:
        """Returns the figures as texts, by their labels."""
        functions = len(self.function_lines)
        return {
            "files": str(self.files),
            "lines": str(self.lines),
            "functions": str(functions),
            "median lines of a function": str(median(self.function_lines or [0])),
            "median lines at module level": str(median(self.top_level_lines or [0])),
            "functions of more than 20 lines": str(sum(n > 20 for n in self.function_lines)),
            "private functions": part_with_percentage(self.private, functions),
            "private and used once": part_with_percentage(self.private_used_once, functions),
            "names of one word": part_with_percentage(self.one_word, functions),
            "docstrings": str(self.docstrings),
            "docstrings that begin as a fragment": part_with_percentage(
                self.fragments, self.docstrings
            ),
            "Any": str(self.any_annotations),
            "type: ignore": str(self.type_ignores),
            "test functions": str(self.test_functions),
        }


def measure_code(root: Path) -> dict[str, Figures]:
    """Returns the figures of each top folder of a checkout, without migrations."""
    sources = {
        file: file.read_text()
        for folder in TOP_FOLDERS
        for file in sorted((root / folder).glob("**/*.py"))
        if "migrations" not in file.parts
    }
    trees = {file: ast.parse(text) for file, text in sources.items()}
    figures = {folder: Figures() for folder in TOP_FOLDERS}
    for file, text in sources.items():
        _count_file(figures[file.relative_to(root).parts[0]], text, trees[file])
    return figures


def _count_file(figures: Figures, text: str, tree: ast.Module) -> None:
    uses = Counter(_names_used(tree))
    figures.files += 1
    figures.lines += len(text.splitlines())
    figures.type_ignores += len(re.findall(r"#\s*type: ignore", text))
    figures.any_annotations += sum(
        isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree)
    )
    for node in ast.walk(tree):
        if isinstance(node, Function):
            _count_function(figures, node, uses)
        if isinstance(node, Function | ast.ClassDef | ast.Module):
            docstring = ast.get_docstring(node)
            figures.docstrings += docstring is not None
            figures.fragments += docstring is not None and begins_as_fragment(docstring)


def _count_function(figures: Figures, node: Function, uses: Counter[str]) -> None:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    figures.function_lines.append(lines)
    if node.col_offset == 0:
        figures.top_level_lines.append(lines)
    name = node.name
    if name.startswith("test_"):
        figures.test_functions += 1
        return
    private = name.startswith("_") and not name.startswith("__")
    figures.private += private
    figures.private_used_once += private and uses[name] <= 1
    figures.one_word += "_" not in name.strip("_")


def _names_used(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def part_with_percentage(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else str(part)


def print_table(roots: list[Path]) -> None:
    measured = [measure_code(root) for root in roots]
    heads = [f"{folder} {number}" for folder in TOP_FOLDERS for number in range(1, len(roots) + 1)]
    print(f"{'':38}" + "".join(f"{head:>16}" for head in heads))
    columns = [figures[folder].rows() for folder in TOP_FOLDERS for figures in measured]
    for label in columns[0]:
        print(f"{label:38}" + "".join(f"{column[label]:>16}" for column in columns))


if __name__ == "__main__":
    print_table([Path(name).resolve() for name in sys.argv[1:]] or [Path(__file__).parent.parent])
