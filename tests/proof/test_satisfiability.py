"""Rules that no answers make hold are found, also if their conditions compare many questions."""

import random
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent, RuleContent
from rules.engine.oracle import rule_holds
from rules.proof.bounds import COMMAND_BOUND, Effort, ProofBound
from rules.proof.findings import FindingKind
from rules.proof.prove import prove_guide
from rules.proof.satisfiability import find_unsatisfiable_rules
from tests.engine.guides import make_question, other_choice
from tests.proof.hard_guides import make_bomb, make_guide_of, random_hard_guide

SMALL = {"max_questions": 5, "max_choices": 4, "max_rules": 12}


def some_answers_make_it_hold(guide: GuideContent, rule: RuleContent) -> bool:
    """Tries every way to answer, or not to answer, the questions of the guide."""
    keys = [question.key for question in guide.questions]
    choices = ([None, *(choice.key for choice in q.choices)] for q in guide.questions)
    return any(
        rule_holds(rule, {key: one for key, one in zip(keys, chosen, strict=True) if one})
        for chosen in product(*choices)
    )


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**64))
def test_rules_that_compare_questions_are_solved_as_by_trying_all_answers(seed: int) -> None:
    guide = random_hard_guide(random.Random(seed), **SMALL)
    found = find_unsatisfiable_rules(guide, Effort(COMMAND_BOUND))
    assert found.undecided == []
    assert found.unsatisfiable == [
        position
        for position, rule in enumerate(guide.rules)
        if not some_answers_make_it_hold(guide, rule)
    ]


def test_a_triangle_of_two_choices_among_many_separate_pairs_is_found_at_once() -> None:
    guide = make_bomb()
    proof = prove_guide(CompiledGuide(guide), ProofBound(states=10, seconds=60))
    unsatisfiable = [
        finding.place for finding in proof.findings if finding.kind is FindingKind.UNSATISFIABLE
    ]
    bombs = [rule.target.startswith("tip") for rule in guide.rules]
    assert unsatisfiable == [("rules", position) for position, bomb in enumerate(bombs) if bomb]
    assert proof.undecided_rules == ()


def guide_with_a_clique(size: int) -> GuideContent:
    """Returns a guide with a rule that needs different answers to all of its questions.

    Each question has one choice less than there are questions, and one that only it has.
    """
    common = [f"c{index}" for index in range(size - 2)]
    questions = [make_question(f"q{index}", *common, f"own{index}") for index in range(size)]
    pairs = combinations([question.key for question in questions], 2)
    when = tuple(other_choice(*pair) for pair in pairs)
    return make_guide_of(questions, [RuleContent("", when, Effect.ADVISE, "tip")])


def test_a_rule_is_undecided_after_too_many_steps_and_the_proof_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = CompiledGuide(guide_with_a_clique(9))
    assert prove_guide(compiled, ProofBound(states=5)).undecided_rules == ()
    monkeypatch.setattr("rules.proof.comparison_search.MAX_SEARCH_STEPS", 2)
    assert prove_guide(compiled, ProofBound(states=5)).undecided_rules == (9,)


def test_a_rule_that_fires_on_a_path_is_not_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.proof.comparison_search.MAX_SEARCH_STEPS", 0)
    proof = prove_guide(CompiledGuide(guide_with_a_clique(4)), COMMAND_BOUND)
    assert proof.complete
    assert proof.undecided_rules == ()
