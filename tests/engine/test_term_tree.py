"""The stack of durable_rules overflows exactly where the tree of terms says so."""

from collections.abc import Callable

import pytest

from rules.engine.content import GuideContent
from rules.engine.durable import EngineError, Ruleset
from rules.engine.encoding import Encoding
from rules.engine.partition import properties_of_terms
from rules.engine.term_tree import TermTree, steps_of_conjunction
from rules.engine.terms import (
    Conjunction,
    answered_terms,
    comparison_terms,
    inside_terms,
    outside_terms,
)
from tests.engine.guides import make_question

Shape = Callable[[int], list[Conjunction]]
"""A function that returns conjunctions which need a stack of the given size."""

STACK_SIZE = 64
"""The size of the stack of durable_rules."""
SAME = comparison_terms("x", "y", equal=True)[-1:]


def answered_terms_of(number: int) -> Conjunction:
    return answered_terms(f"question-{number}")


def stack_size(conjunctions: list[Conjunction]) -> int:
    tree = TermTree()
    for conjunction in conjunctions:
        tree.add(steps_of_conjunction(conjunction))
    return tree.stack_size_with(())


def different_terms(size: int) -> list[Conjunction]:
    return [answered_terms_of(number) for number in range(size)]


def shared_term(size: int) -> list[Conjunction]:
    return [(*answered_terms_of(0), *answered_terms_of(number)) for number in range(1, size + 1)]


def shared_comparison(size: int) -> list[Conjunction]:
    """Each conjunction has the same comparison and another one."""
    return [
        (*SAME, *comparison_terms("x", f"question-{number}", equal=True)[-1:])
        for number in range(size)
    ]


def terms_before_terms(size: int) -> list[Conjunction]:
    """While the last of 20 terms is followed by others, the first 19 terms wait on the stack."""
    return [
        (*answered_terms_of(first), *answered_terms_of(second))
        for first in range(20)
        for second in range(20, size + 1)
    ]


def comparisons_after_terms(size: int) -> list[Conjunction]:
    return [(*answered_terms_of(number), *SAME) for number in range(size)]


def lists_of_one_question(size: int) -> list[Conjunction]:
    """The properties of different lists of choices are true at once."""
    return [outside_terms("x", ("a", str(number))) for number in range(size)]


def plain_property_and_lists(size: int) -> list[Conjunction]:
    lists = [inside_terms("x", ("b", str(number))) for number in range(size - 1)]
    return [*lists, inside_terms("x", ("b",))]


SHAPES = (
    different_terms,
    shared_term,
    shared_comparison,
    terms_before_terms,
    comparisons_after_terms,
    lists_of_one_question,
    plain_property_and_lists,
)


ENCODING = Encoding(GuideContent("guide", "Guide", (make_question("x", "b"),), (), ()))


def run_conjunctions(conjunctions: list[Conjunction]) -> int:
    """Returns how many conjunctions durable_rules finds true if the answer to all questions is b."""
    properties = {found for terms in conjunctions for found in properties_of_terms(terms)}
    names = {observed: f"p{index}" for index, observed in enumerate(sorted(properties))}
    ruleset = Ruleset(
        {
            f"r{index}": [ENCODING.comparison_of_term(term, names) for term in terms]
            for index, terms in enumerate(conjunctions)
        }
    )
    values = {
        name: observed.value_of("b") if observed.choices else ENCODING.code_of_answer("b")
        for observed, name in names.items()
    }
    return len(ruleset.run(",".join(f'"{name}":"{value}"' for name, value in values.items())))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_run_succeeds_if_the_stack_is_just_large_enough(shape: Shape) -> None:
    conjunctions = shape(STACK_SIZE)
    assert stack_size(conjunctions) == STACK_SIZE
    assert run_conjunctions(conjunctions) == len(conjunctions)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_run_fails_if_the_stack_is_just_too_small(shape: Shape) -> None:
    conjunctions = shape(STACK_SIZE + 1)
    assert stack_size(conjunctions) == STACK_SIZE + 1
    with pytest.raises(EngineError, match="303"):
        run_conjunctions(conjunctions)


def test_different_values_of_a_property_are_on_the_stack_one_at_a_time() -> None:
    assert stack_size([inside_terms("x", (str(number),)) for number in range(300)]) == 1


def test_rules_that_share_comparisons_and_differ_by_a_value_need_no_larger_stack() -> None:
    conjunctions = [(*inside_terms("x", (str(number),)), *SAME) for number in range(300)]
    assert stack_size(conjunctions) == 1


def test_a_long_conjunction_is_on_the_stack_one_term_at_a_time() -> None:
    long = tuple(term for number in range(40) for term in answered_terms_of(number))
    assert stack_size([(*long, *SAME)]) == 1
    assert run_conjunctions([(*long, *SAME)]) == 1


def test_a_tree_says_how_large_its_stack_would_be_with_another_conjunction() -> None:
    tree = TermTree()
    for conjunction in different_terms(10):
        tree.add(steps_of_conjunction(conjunction))
    assert tree.stack_size_with(steps_of_conjunction(answered_terms_of(9))) == 10
    assert tree.stack_size_with(steps_of_conjunction(answered_terms_of(10))) == 11
