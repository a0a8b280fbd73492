"""Fixtures of the engine's tests, which need no database."""

from collections.abc import Iterator

import pytest

from rules.engine.compiled import engine_failures


@pytest.fixture(autouse=True)
def no_engine_failure(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which durable_rules failed, unless the test breaks it on purpose.

    The oracle answers when durable_rules fails, so a test might compare the oracle with itself.
    """
    engine_failures.clear()
    yield
    if "broken_engine" not in request.fixturenames:
        assert not engine_failures
    engine_failures.clear()
