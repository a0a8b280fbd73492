"""Errors of the engine: their messages, and error codes that durable_rules returns."""

import pytest

from rules.engine.compiled import CompiledGuide, RuleTooComplexError
from rules.engine.durable import EngineError, Ruleset
from rules.engine.resolve import UnknownAnswerError
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
    """Returns a guide of three rules: x has no answer, x is not a, and x is a."""
    conditions = [(has_no_answer("x"),), (choice_is_not("x", "a"),), (choice_is("x", "a"),)]
    return compile_guide([make_question("x"), make_question("y")], numbered_rules(conditions))


@pytest.mark.usefixtures("broken_engine")
def test_the_oracle_evaluates_unanswered_questions_if_durable_rules_fails() -> None:
    guide = compile_small()
    assert guide.fire({}) == (0,)
    assert guide.fire({"x": "b"}) == (1,)


def test_an_error_code_that_durable_rules_returns_is_an_engine_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ruleset = Ruleset({"r0": [{"p0": "c0"}]})
    monkeypatch.setattr("rules.engine.durable.engine.assert_fact", lambda *_: (1, "0"))
    with pytest.raises(EngineError, match="code 1"):
        ruleset.run('"p0":"c0"')


def test_the_message_of_an_unknown_answer_has_its_keys() -> None:
    assert str(UnknownAnswerError("question")) == "question"
    assert str(UnknownAnswerError("question", "choice", ("a", "b"))) == "question: choice"


def test_the_message_about_rules_too_complex_has_their_keys() -> None:
    assert str(RuleTooComplexError(("first", "second"))) == "first, second"
