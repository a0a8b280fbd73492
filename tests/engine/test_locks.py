"""No visitor waits for a guide that someone else compiles, which takes seconds if it is large."""

from collections.abc import Iterator, Sequence
from threading import Event, Thread

import pytest

from rules.engine import compiled as compiled_module
from rules.engine.compiled import CompiledGuides
from rules.engine.content import RuleContent
from rules.engine.encoding import Encoding
from rules.engine.rulesets import Rulesets
from tests.engine.tables import make_table

TIMEOUT_SECONDS = 20


@pytest.fixture
def slow_rulesets(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Makes the compilation of rulesets wait. The events are that it has begun, and that it may end."""
    has_begun, may_end = Event(), Event()

    def compile_slowly(rules: Sequence[RuleContent], encoding: Encoding) -> Rulesets:
        has_begun.set()
        may_end.wait(TIMEOUT_SECONDS)
        return Rulesets(rules, encoding)

    monkeypatch.setattr(compiled_module, "Rulesets", compile_slowly)
    yield has_begun, may_end
    may_end.set()


def test_guides_are_found_and_evaluated_while_another_one_is_compiled(
    request: pytest.FixtureRequest,
) -> None:
    guides = CompiledGuides()
    known = guides.get("1", lambda: make_table(3, seed=1))
    has_begun, may_end = request.getfixturevalue("slow_rulesets")
    found: list[tuple[int, ...]] = []

    def evaluate() -> None:
        compiled = guides.get("1", lambda: make_table(3, seed=1))
        question = compiled.guide.questions[0]
        found.append(compiled.fire({question.key: question.choices[0].key}))

    compilation = Thread(target=lambda: guides.get("2", lambda: make_table(3, seed=2)))
    compilation.start()
    assert has_begun.wait(TIMEOUT_SECONDS)
    evaluation = Thread(target=evaluate)
    evaluation.start()
    evaluation.join(5)
    assert len(found) == 1
    may_end.set()
    compilation.join(TIMEOUT_SECONDS)
    assert known is guides.get("1", lambda: make_table(3, seed=1))
