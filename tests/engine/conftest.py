"""The engine's tests need no database; in none but its own may durable_rules fail unseen."""

from collections.abc import Iterator

import pytest

from rules.engine.compiled import engine_failures


@pytest.fixture(autouse=True)
def counted_failures(request: pytest.FixtureRequest) -> Iterator[None]:
    """The oracle answers while durable_rules is broken: without this, a test might compare it with itself."""
    engine_failures.clear()
    yield
    if "broken_engine" not in request.fixturenames:
        assert not engine_failures
    engine_failures.clear()
