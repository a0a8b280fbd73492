"""A compiled guide finds the right rules even if durable_rules fails."""

from collections.abc import Callable

import pytest

from rules.engine.compiled import SECONDS_OF_ORACLE, CompiledGuide
from rules.engine.durable import SENTINEL, EngineError, Ruleset
from rules.engine.failures import (
    ANSWERED_BY_ORACLE,
    FAILED_RUNS,
    engine_failures,
)
from rules.engine.rulesets import Rulesets
from tests.engine.guides import choice_is, compile_guide, make_question, numbered_rules

Break = Callable[[int], None]
"""A function that makes the next runs of rulesets fail; its argument is their number."""


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def read(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("rules.engine.compiled.monotonic", clock.read)
    return clock


@pytest.fixture
def broken_engine(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Break:
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


@pytest.fixture
def compilations(guide: CompiledGuide, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one with each compilation after that of `guide`."""
    compilations = []
    compile_rulesets = Rulesets.__init__

    def count_and_compile(*arguments: object) -> None:
        compilations.append(1)
        compile_rulesets(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Rulesets, "__init__", count_and_compile)
    return compilations


def test_after_one_failure_the_rulesets_are_compiled_again(
    guide: CompiledGuide, broken_engine: Break, compilations: list[int]
) -> None:
    broken_engine(1)
    assert guide.fire(ANSWERS) == (0, 1)
    assert (compilations, engine_failures) == ([1], {FAILED_RUNS: 1})


def test_after_two_failures_in_a_row_the_oracle_answers_and_nothing_is_compiled(
    guide: CompiledGuide, broken_engine: Break, compilations: list[int], clock: Clock
) -> None:
    broken_engine(1_000)
    assert guide.fire(ANSWERS) == (0, 1)
    clock.seconds += SECONDS_OF_ORACLE - 1
    assert guide.fire({}) == (1,)
    assert engine_failures == {FAILED_RUNS: 2, ANSWERED_BY_ORACLE: 2}
    assert compilations == [1]


def test_durable_rules_is_tried_again_after_a_minute(
    guide: CompiledGuide, broken_engine: Break, compilations: list[int], clock: Clock
) -> None:
    broken_engine(2)
    guide.fire(ANSWERS)
    engine_failures.clear()
    clock.seconds += SECONDS_OF_ORACLE
    assert guide.fire({}) == (1,)
    assert not engine_failures
    assert compilations == [1, 1]


def test_other_guides_use_durable_rules_while_the_oracle_answers_for_one(
    guide: CompiledGuide, broken_engine: Break
) -> None:
    other = compile_guide([make_question("x")], numbered_rules([(choice_is("x", "a"),)]))
    broken_engine(2)
    guide.fire(ANSWERS)
    engine_failures.clear()
    assert other.fire({"x": "a"}) == (0,)
    assert not engine_failures


def test_a_guide_whose_first_compilation_failed_finds_the_right_rules(
    broken_engine: Break,
) -> None:
    broken_engine(1)
    guide = compile_guide([make_question("x")], numbered_rules([(choice_is("x", "a"),)]))
    assert guide.fire({"x": "a"}) == (0,)
    assert engine_failures == {FAILED_RUNS: 1}


def test_failures_are_logged_without_answers_or_keys(
    guide: CompiledGuide, broken_engine: Break, caplog: pytest.LogCaptureFixture
) -> None:
    broken_engine(1_000)
    guide.fire(ANSWERS)
    failed = "A run of durable_rules failed: Could not assert fact, error code: 303"
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        *[("ERROR", failed)] * 2,
        ("WARNING", "The oracle evaluates a guide in place of durable_rules"),
    ]


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


@pytest.mark.parametrize(
    "fired",
    [
        pytest.param([SENTINEL], id="one too few"),
        pytest.param([SENTINEL, "r0", "r1"], id="one too many"),
        pytest.param([SENTINEL, "r0", "r2"], id="one that does not exist"),
    ],
)
def test_a_run_that_finds_wrong_rules_is_an_engine_error(
    monkeypatch: pytest.MonkeyPatch, fired: list[str]
) -> None:
    ruleset = Ruleset({"r0": [{"p0": "c0"}], "r1": [{"$neq": {"p0": "c0"}}]})
    monkeypatch.setattr(Ruleset, "_fire_fact", lambda self, fact: fired)
    with pytest.raises(EngineError, match="different rules"):
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
