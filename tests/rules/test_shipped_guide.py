"""The shipped guide gives the same advice and conclusions as the poster, on each of its 52 paths."""

import pytest

from rules.document.files import load_document
from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, GuideContent
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
from rules.engine.state import State, Status
from rules.guides import SHIPPED_GUIDE
from tests.paths import DecisionPath, decision_paths

PATHS = pytest.mark.parametrize("path", decision_paths(), ids=str)


@pytest.fixture(scope="module")
def guide() -> GuideContent:
    return parse_document(load_document(SHIPPED_GUIDE.read_text()))


@pytest.fixture(scope="module")
def compiled(guide: GuideContent) -> CompiledGuide:
    return CompiledGuide(guide)


def state_by_oracle(guide: GuideContent, answers: Answers) -> State:
    return resolve(guide, answers, lambda path: fired_positions(guide.rules, path))


def advice_and_outcomes(state: State) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        tuple(advice.outcome for advice in state.advice),
        tuple(outcome.outcome for outcome in state.outcomes),
    )


def test_the_poster_has_52_paths() -> None:
    assert len(decision_paths()) == 52


@PATHS
def test_a_path_gives_its_advice_and_outcomes_in_order(
    compiled: CompiledGuide, path: DecisionPath
) -> None:
    state = compiled.resolve(path.answers)
    assert (state.status, *advice_and_outcomes(state)) == (
        Status.COMPLETED,
        path.advice,
        path.outcomes,
    )


@PATHS
def test_the_oracle_gives_the_same_advice_and_outcomes(
    guide: GuideContent, path: DecisionPath
) -> None:
    assert advice_and_outcomes(state_by_oracle(guide, path.answers)) == (path.advice, path.outcomes)


@PATHS
def test_the_questions_of_a_path_are_asked_in_its_order(
    compiled: CompiledGuide, path: DecisionPath
) -> None:
    answers: dict[str, str] = {}
    for question, choice in path.answers.items():
        assert compiled.resolve(answers).question == question
        answers[question] = choice
    assert compiled.resolve(answers).question is None
