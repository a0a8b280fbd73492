"""Rules about words: what a program can refuse in names, docstrings and comments.

Whether a sentence is plain is for readers; `tests/words.py` says what is looked for here.
"""

from collections import defaultdict

import pytest

from tests.measure_code import measure_code
from tests.words import ROOT, SAME_NAME_ON_TWO_LEVELS, TOP_FOLDERS, python_files, word_problems

CODE = python_files([ROOT / "rules", ROOT / "diagnostics"])


@pytest.mark.parametrize("room", TOP_FOLDERS)
def test_docstrings_are_sentences_and_functions_say_what_they_act_on(room: str) -> None:
    files = python_files([ROOT / room])
    assert files
    assert [problem for file in files for problem in word_problems(file)] == []


def test_two_modules_have_one_name_only_for_one_thing_on_two_levels() -> None:
    modules = defaultdict(set)
    for file in CODE:
        if file.stem != "__init__":
            modules[file.stem].add(file.relative_to(ROOT).as_posix())
    shared = {name for name, files in modules.items() if len(files) > 1}
    assert shared == set(SAME_NAME_ON_TWO_LEVELS)


def test_few_helpers_are_private_and_used_once() -> None:
    figures = measure_code(ROOT)
    for room in ("rules", "diagnostics"):
        functions = len(figures[room].function_lines)
        assert figures[room].private_used_once <= 0.15 * functions
