"""What no example meets."""

from dataclasses import replace

from rules.engine.compiled import CompiledGuide
from rules.engine.content import ExampleContent, GuideContent
from rules.proof.coverage import Coverage, example_coverage
from tests.engine.guides import advise, answered, ask, conclude, is_, question, unanswered
from tests.proof.broken import draft

Q, R = (question(key, "a", "b") for key in "qr")
GUIDE = draft(
    "",
    [Q, R],
    [
        advise("welcome", unanswered("q")),
        ask("q"),
        conclude("end", is_("q", "a")),
        ask("r", is_("q", "b")),
        conclude("other", answered("r")),
    ],
).guide


def left(*examples: ExampleContent) -> Coverage:
    guide: GuideContent = replace(GUIDE, examples=examples)
    return example_coverage(CompiledGuide(guide))


def test_without_examples_nothing_is_met() -> None:
    met = left()
    assert met.rules == (0, 1, 2, 3, 4)
    assert met.outcomes == (0, 1, 2)
    assert met.choices == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert not met.whole


def test_what_was_said_on_the_way_is_met() -> None:
    met = left(ExampleContent("short", {"q": "a"}, ("end",)))
    assert met.rules == (3, 4)
    assert met.outcomes == (2,)
    assert met.choices == ((0, 1), (1, 0), (1, 1))


def test_an_example_meets_what_it_reaches_whatever_it_expects() -> None:
    right = left(ExampleContent("right", {"q": "a"}, ("end",)))
    assert left(ExampleContent("wrong", {"q": "a"}, ("other",))) == right
    assert left(ExampleContent("off its path", {"q": "a", "r": "a"}, ("end",))) == right


def test_all_is_met_by_examples_of_every_answer() -> None:
    met = left(
        ExampleContent("short", {"q": "a"}, ("end",)),
        ExampleContent("long", {"q": "b", "r": "a"}, ("other",)),
        ExampleContent("long too", {"q": "b", "r": "b"}, ("other",)),
    )
    assert met.whole
