"""The coverage of a guide by its examples: which parts no example reaches."""

from dataclasses import replace

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import ExampleContent, GuideContent
from rules.proof.coverage import Coverage, example_coverage
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
)
from tests.proof.broken import make_draft

Q, R = (make_question(key, "a", "b") for key in "qr")
GUIDE = make_draft(
    "",
    [Q, R],
    [
        advise_when("welcome", has_no_answer("q")),
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        ask_when("r", choice_is("q", "b")),
        conclude_when("other", has_answer("r")),
    ],
).guide


def coverage_by(*examples: ExampleContent) -> Coverage:
    guide: GuideContent = replace(GUIDE, examples=examples)
    coverage = example_coverage(CompiledGuide(guide))
    assert coverage is not None
    return coverage


def test_the_coverage_is_not_known_as_long_as_following_the_examples_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guide = replace(GUIDE, examples=(ExampleContent("short", {"q": "a"}, ("end",)),))
    compiled = CompiledGuide(guide)
    with monkeypatch.context() as busy:
        busy.setattr("rules.proof.coverage.MAX_SECONDS", -1)
        assert example_coverage(compiled) is None
    assert example_coverage(compiled) == coverage_by(*guide.examples)


def test_without_examples_nothing_is_covered() -> None:
    coverage = coverage_by()
    assert coverage.unfired_rules == (0, 1, 2, 3, 4)
    assert coverage.ungiven_outcomes == (0, 1, 2)
    assert coverage.unanswered_choices == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert not coverage.is_complete


def test_rules_and_outcomes_before_the_last_answer_are_covered() -> None:
    coverage = coverage_by(ExampleContent("short", {"q": "a"}, ("end",)))
    assert coverage.unfired_rules == (3, 4)
    assert coverage.ungiven_outcomes == (2,)
    assert coverage.unanswered_choices == ((0, 1), (1, 0), (1, 1))


def test_the_expected_outcomes_of_an_example_have_no_influence_on_coverage() -> None:
    right = coverage_by(ExampleContent("right", {"q": "a"}, ("end",)))
    assert coverage_by(ExampleContent("wrong", {"q": "a"}, ("other",))) == right
    assert coverage_by(ExampleContent("off its path", {"q": "a", "r": "a"}, ("end",))) == right


def test_examples_of_every_answer_cover_everything() -> None:
    coverage = coverage_by(
        ExampleContent("short", {"q": "a"}, ("end",)),
        ExampleContent("long", {"q": "b", "r": "a"}, ("other",)),
        ExampleContent("long too", {"q": "b", "r": "b"}, ("other",)),
    )
    assert coverage.is_complete
