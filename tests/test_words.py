"""Rules about words: what a program can refuse in names, docstrings and comments.

Whether a sentence is plain is for readers; `tests/words.py` says what is looked for here.
"""

import ast
from collections import defaultdict

import pytest

from tests.measure_code import measure_code
from tests.words import (
    CALLED_BY_FRAMEWORKS,
    METHOD_VERBS,
    PRODUCT_TERMS,
    ROOT,
    SAME_NAME_ON_TWO_LEVELS,
    TOP_FOLDERS,
    names_given,
    python_files,
    word_problems,
)

pytestmark = pytest.mark.no_cover  # these tests read the code and do not run it

CODE = python_files([ROOT / "rules", ROOT / "diagnostics"])


@pytest.mark.parametrize("room", TOP_FOLDERS)
def test_docstrings_are_sentences_and_functions_say_what_they_act_on(room: str) -> None:
    files = python_files([ROOT / room])
    assert files
    assert [problem for file in files for problem in word_problems(file)] == []


def test_two_modules_have_one_name_only_for_one_thing_on_two_levels() -> None:
    places = defaultdict(set)
    for file in CODE:
        place = file.parent if file.stem == "__init__" else file
        places[place.stem].add(place.relative_to(ROOT).as_posix())
    shared = {name for name, files in places.items() if len(files) > 1}
    assert shared == set(SAME_NAME_ON_TWO_LEVELS)


def test_each_exception_to_the_rule_of_one_word_is_used() -> None:
    names = {name for file in CODE for _, name in names_given(ast.parse(file.read_text()))}
    assert {*CALLED_BY_FRAMEWORKS, *METHOD_VERBS, *PRODUCT_TERMS} - names == set()


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ('"""Of a guide that someone deletes, the list says so."""', "begins as a fragment"),
        ("# Idem, but for versions.", "begins as a fragment"),
        ('"""Returns the guide that was sought"""', "does not end as a sentence"),
        ("def points(): ...", "a function of one word"),
        (
            'def list_guides():\n    """What guides there are in the database."""',
            "begin with a verb",
        ),
        ("for at, rule in enumerate(rules): ...", "a name with many meanings"),
    ],
)
def test_a_slip_of_words_is_seen(code: str, problem: str) -> None:
    assert [
        found for found in word_problems(ROOT / "rules" / "example.py", code) if problem in found
    ]


def test_few_helpers_are_private_and_used_once() -> None:
    figures = measure_code(ROOT)
    for room in ("rules", "diagnostics"):
        functions = len(figures[room].function_lines)
        assert figures[room].private_used_once <= 0.15 * functions
