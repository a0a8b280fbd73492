"""Rules are evaluated along paths: the same ones hold, without evaluating each rule after each choice."""

import random
from itertools import pairwise
from unittest.mock import patch

from rules.engine.content import Effect
from rules.engine.oracle import fired_positions, rule_holds
from rules.parcours.build import build_parcours
from rules.parcours.live_rules import RuleEvaluation
from rules.proof.prove import prove_guide
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    compile_guide,
    conclude_when,
    has_answer,
    make_question,
)
from tests.proof.small_guides import random_guide


def count_evaluations(choices: str, question_count: int) -> int:
    """Returns how often a rule is evaluated for the parcours of a chain of questions.

    The last 20 rules need an answer to each question, and tell apart one choice of the first one.
    """
    keys = [f"q{index}" for index in range(question_count)]
    compiled = compile_guide(
        [make_question(key, *choices) for key in keys],
        [
            ask_when(keys[0]),
            *(ask_when(after, has_answer(before)) for before, after in pairwise(keys)),
            conclude_when("end", has_answer(keys[-1])),
            *[advise_when("tip", choice_is(keys[0], "a"), *map(has_answer, keys))] * 20,
        ],
    )
    graph = prove_guide(compiled).graph
    with patch("rules.parcours.live_rules.rule_holds", wraps=rule_holds) as evaluated:
        build_parcours(compiled.guide, graph)
    return evaluated.call_count


def test_choices_that_no_rule_tells_apart_are_evaluated_once() -> None:
    assert count_evaluations("abcdefghij", 2) == count_evaluations("ab", 2)


def test_a_rule_is_not_evaluated_before_all_its_questions_have_answers() -> None:
    assert count_evaluations("ab", 10) - count_evaluations("ab", 2) < 100


def test_the_rules_that_hold_for_one_path_after_another_are_those_of_the_oracle() -> None:
    chance = random.Random(15)
    for guide in (random_guide(chance) for _ in range(40)):
        evaluation = RuleEvaluation(guide)
        for _ in range(20):
            asked = chance.sample(guide.questions, chance.randint(0, len(guide.questions)))
            path = {question.key: chance.choice(question.choices).key for question in asked}
            expected = (
                position
                for position in fired_positions(guide.rules, path)
                if guide.rules[position].effect is not Effect.ASK
                or guide.rules[position].target not in path
            )
            assert evaluation.fire(path) == tuple(expected)
