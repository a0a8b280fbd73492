"""A compiled guide finds the right rules even if durable_rules fails."""

import logging
from collections.abc import Callable

import pytest

from rules.engine.compiled import CompiledGuide, engine_failures
from rules.engine.durable import EngineError, Ruleset
from rules.engine.rulesets import Rulesets
from tests.engine.guides import choice_is, compile_guide, make_question, numbered_rules

Break = Callable[[int], None]
"""A function that makes the next runs of rulesets fail; its argument is their number."""


@pytest.fixture
def broken_engine(monkeypatch: pytest.MonkeyPatch) -> Break:
    runs_to_fail = 0
    run = Ruleset.run

    def run_or_fail(self: Ruleset, properties: str) -> list[str]:
        nonlocal runs_to_fail
        if runs_to_fail:
            runs_to_fail -= 1
            raise EngineError("Could not assert fact, error code: 303")
        return run(self, properties)

    def break_engine(runs: int) -> None:
        nonlocal runs_to_fail
        runs_to_fail = runs

    monkeypatch.setattr(Ruleset, "run", run_or_fail)
    return break_engine


@pytest.fixture
def guide() -> CompiledGuide:
    rules = numbered_rules([(choice_is("secret-question", "secret-choice"),), ()])
    return compile_guide([make_question("secret-question", "secret-choice", "other")], rules)


ANSWERS = {"secret-question": "secret-choice"}


def test_after_one_failure_the_rulesets_are_compiled_again(
    guide: CompiledGuide, broken_engine: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    compilations = []
    compile_rulesets = Rulesets.__init__

    def count_and_compile(*arguments: object) -> None:
        compilations.append(1)
        compile_rulesets(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Rulesets, "__init__", count_and_compile)
    broken_engine(1)
    assert guide.fire(ANSWERS) == (0, 1)
    assert (compilations, engine_failures) == ([1], {"failed": 1})


def test_the_oracle_answers_while_durable_rules_fails_every_time(
    guide: CompiledGuide, broken_engine: Break
) -> None:
    broken_engine(1_000)
    assert guide.fire(ANSWERS) == (0, 1)
    assert guide.fire({}) == (1,)
    assert engine_failures == {"failed": 4, "answered by the oracle": 2}


def test_durable_rules_is_used_again_as_soon_as_it_works(
    guide: CompiledGuide, broken_engine: Break
) -> None:
    broken_engine(2)
    guide.fire(ANSWERS)
    engine_failures.clear()
    assert guide.fire({}) == (1,)
    assert not engine_failures


def test_a_guide_whose_first_compilation_failed_finds_the_right_rules(
    broken_engine: Break,
) -> None:
    broken_engine(1)
    guide = compile_guide([make_question("x")], numbered_rules([(choice_is("x", "a"),)]))
    assert guide.fire({"x": "a"}) == (0,)
    assert engine_failures == {"failed": 1}


def test_failures_are_logged_without_answers_or_keys(
    guide: CompiledGuide, broken_engine: Break, caplog: pytest.LogCaptureFixture
) -> None:
    broken_engine(1_000)
    guide.fire(ANSWERS)
    assert {record.name for record in caplog.records} == {"rules.engine"}
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3
    assert "secret" not in caplog.text


def test_rulesets_are_not_used_again_after_an_interrupted_run(
    guide: CompiledGuide, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal may interrupt a run before its fact is retracted.

    The ruleset would then refuse the same fact in the next run.
    """

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("rules.engine.durable.engine.retract_fact", interrupt)
        with pytest.raises(KeyboardInterrupt):
            guide.fire(ANSWERS)
    assert guide.fire(ANSWERS) == (0, 1)
    assert not engine_failures


def test_a_run_in_which_the_sentinel_does_not_fire_is_an_engine_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ruleset = Ruleset({"r0": [{"p0": "c0"}]})
    monkeypatch.setattr(Ruleset, "_fire_fact", lambda self, fact: ["r0"])
    with pytest.raises(EngineError, match="sentinel"):
        ruleset.run('"p0":"c0"')


def test_a_ruleset_that_durable_rules_refuses_is_an_engine_error() -> None:
    with pytest.raises(EngineError, match="102"):
        Ruleset({"r0": [{"p0": [1]}]})


def test_a_fact_that_durable_rules_refuses_is_an_engine_error() -> None:
    with pytest.raises(EngineError, match="202"):
        Ruleset({"r0": [{"p0": "c0"}]}).run('"p0":')


def overflow_ruleset() -> None:
    """Makes a run fail, because more comparisons are true at once than durable_rules can handle.

    The ruleset then still holds the fact.
    """
    names = [f"p{index}" for index in range(100)]
    ruleset = Ruleset({f"r{index}": [{name: "c0"}] for index, name in enumerate(names)})
    ruleset.run(",".join(f'"{name}":"c0"' for name in names))


def test_a_ruleset_that_failed_is_freed_without_a_crash() -> None:
    for _ in range(20):
        with pytest.raises(EngineError, match="303"):
            overflow_ruleset()
