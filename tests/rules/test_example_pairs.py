"""Examples have no key: a comparison pairs them by their names, answers and places."""

from dataclasses import replace

import pytest

from rules.comparison import compare_guides, pair_examples
from rules.engine.content import (
    ExampleContent,
)
from tests.rules.test_comparison import GUIDE, replace_no_break_spaces


def named_examples(*written: str) -> tuple[ExampleContent, ...]:
    """Returns examples written as their name and their answer to the first question: "Cas oui"."""
    pairs = (text.split() for text in written)
    return tuple(ExampleContent(name, {"q1": answer}, ()) for name, answer in pairs)


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        (["A 1", "A 2"], ["A 1", "A 3"], ["A", "A\n2"]),
        (["A 1", "A 2"], ["A 3", "A 2"], ["A", "A\n2"]),
        (["A 1", "A 2"], ["A 2", "A 2"], ["A", "A\n2"]),
        (["A 1", "A 2"], ["A 2"], ["A\n2", "A"]),
        (["A 2"], ["A 1", "A 2"], ["A\n2"]),
        (["A 1", "A 2"], ["A 2", "A 1"], ["A\n2", "A"]),
        (["A 1", "A 2"], ["B 1", "A 2"], ["B", "A"]),
        (["A 1", "A 2"], ["B 3", "A 2"], ["B", "A"]),
        (["A 1", "A 2"], ["B 1", "A 3"], ["B", "A"]),
        (["A 1", "A 2", "A 3"], ["A 3"], ["A\n2", "A\n3", "A"]),
        (["A 1", "B 2"], ["B 1", "A 2"], ["A", "B"]),
        (["A 1", "B 2"], ["B 3"], ["A", "B"]),
        ([], ["A 1", "A 1"], []),
        (["A 1", "A 1"], ["C 1", "A 1"], ["C", "A"]),
        (["A 1", "A 1"], ["A 1", "C 1"], ["A", "C"]),
        (["C 1", "A 1"], ["A 1", "A 1"], ["A", "A\n2"]),
        (["A 1", "C 1", "B 2"], ["A 1", "A 1", "D 2"], ["A", "A\n2", "D"]),
        (["A 1", "B 2", "A 1"], ["B 2", "A 1"], ["A\n2", "B", "A"]),
        (["A 1", "B 2", "A 1"], ["A 1", "B 2"], ["A", "B", "A\n2"]),
        (["B 2", "A 1"], ["A 1", "B 2", "A 1"], ["B", "A\n2"]),
        (["A 1", "A 1", "B 2"], ["B 2", "A 1", "A 1"], ["A", "A\n2", "B"]),
        (["A 1", "A 1", "A 1"], ["A 2", "A 1", "A 1"], ["A", "A\n2", "A\n3"]),
    ],
    ids=str,
)
def test_examples_of_one_name_are_told_apart(
    old: list[str], new: list[str], keys: list[str]
) -> None:
    before, after = named_examples(*old), named_examples(*new)
    paired, new_by_key = pair_examples(before, after)
    assert list(paired) == keys
    assert tuple(paired.values()) == before
    assert tuple(new_by_key.values()) == after


def test_examples_are_paired_by_their_rows_if_these_are_known() -> None:
    twins, rest = named_examples("A 1", "A 1", "A 1"), named_examples("A 2", "A 1")
    paired, _ = pair_examples(twins, rest, ([7, 8, 9], [9, 8]))
    assert list(paired) == ["A\n3", "A\n2", "A"]


def test_sentences_say_which_example_of_a_name_they_are_about() -> None:
    twins = replace(GUIDE, examples=(GUIDE.examples[0], replace(GUIDE.examples[1], name="Cas")))
    changed = replace(twins, examples=(twins.examples[0], replace(twins.examples[1], answers={})))
    [change] = compare_guides(twins, changed)
    assert change.title == "Cas (2e de ce nom)"
    assert replace_no_break_spaces(change.sentences[0].standalone) == (
        "Le cas type « Cas » (2e de ce nom) ne répond plus à la question « Prêt ? »."
    )


def test_the_removal_of_an_example_does_not_change_another_of_its_name() -> None:
    twins = replace(GUIDE, examples=(GUIDE.examples[0], replace(GUIDE.examples[1], name="Cas")))
    [change] = compare_guides(twins, replace(twins, examples=twins.examples[1:]))
    assert replace_no_break_spaces(change.sentences[0].standalone) == (
        "Le cas type « Cas » (1er de ce nom) est supprimé."
    )
