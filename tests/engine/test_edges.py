"""The engine at its edges: errors that durable_rules returns, full shards, threads after a fork."""

import os
from itertools import product
from threading import Thread

import pytest

from rules.engine.compiled import CompiledGuide, RuleTooComplexError
from rules.engine.durable import EngineError, Ruleset
from rules.engine.partition import MAX_CONJUNCTIONS, MAX_TRUE_AT_ONCE, Shard, partition_rules
from rules.engine.resolve import UnknownAnswerError
from rules.engine.terms import answered_terms
from tests.engine.guides import (
    choice_is,
    choice_is_not,
    compile_guide,
    has_no_answer,
    make_question,
    numbered_rules,
)


@pytest.fixture
def broken_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every run of durable_rules fail."""

    def fail(*_: object) -> None:
        raise EngineError("broken")

    monkeypatch.setattr(Ruleset, "run", fail)


def compile_small() -> CompiledGuide:
    """Returns a guide whose rules hold without an answer, with another one, and with a."""
    conditions = [(has_no_answer("x"),), (choice_is_not("x", "a"),), (choice_is("x", "a"),)]
    return compile_guide([make_question("x"), make_question("y")], numbered_rules(conditions))


@pytest.mark.usefixtures("broken_engine")
def test_the_oracle_knows_which_questions_have_no_answer() -> None:
    guide = compile_small()
    assert guide.fire({}) == (0,)
    assert guide.fire({"x": "b"}) == (1,)


def test_a_code_of_failure_that_durable_rules_returns_is_an_engine_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ruleset = Ruleset({"r0": [{"p0": "c0"}]})
    monkeypatch.setattr("rules.engine.durable.engine.assert_fact", lambda *_: (1, "0"))
    with pytest.raises(EngineError, match="code 1"):
        ruleset.run('"p0":"c0"')


def test_an_unknown_answer_is_named_by_its_keys() -> None:
    assert str(UnknownAnswerError("question")) == "question"
    assert str(UnknownAnswerError("question", "choice", ("a", "b"))) == "question: choice"


def test_rules_too_complex_are_listed_by_their_keys() -> None:
    assert str(RuleTooComplexError(("first", "second"))) == "first, second"


def test_a_group_of_more_conjunctions_than_a_ruleset_takes_is_cut() -> None:
    """Each of 15 answers to x anchors 225 conjunctions of which few can be true at once."""
    choices = [f"choice-{index}" for index in range(15)]
    conditions = [
        tuple(choice_is(question, choice) for question, choice in zip("xyz", chosen, strict=True))
        for chosen in product(choices, repeat=3)
    ]
    shards = [
        shard for group in partition_rules(numbered_rules(conditions)).values() for shard in group
    ]
    assert max(len(shard.conjunctions) for shard in shards) == MAX_CONJUNCTIONS


def test_a_shard_has_room_for_as_many_conditions_as_may_be_true_at_once() -> None:
    shard = Shard()
    for position in range(MAX_TRUE_AT_ONCE):
        terms = answered_terms(f"question-{position}")
        assert shard.has_room_for(terms)
        shard.add(terms, (position,))
    assert not shard.has_room_for(answered_terms("another"))


def test_a_thread_of_a_forked_child_evaluates() -> None:
    """The threads of a web server belong to processes that were forked from one which evaluated."""
    guide = compile_small()
    fired: list[tuple[int, ...]] = []
    child = os.fork()
    if not child:
        thread = Thread(target=lambda: fired.append(guide.fire({"x": "a"})), daemon=True)
        thread.start()
        thread.join(20)
        os._exit(0 if fired == [(2,)] else 1)
    assert os.waitpid(child, 0)[1] == 0
