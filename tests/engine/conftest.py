"""Fixtures of the engine's tests, which use no database."""

from collections.abc import Iterator

import pytest

from rules.engine.failures import engine_failures


@pytest.fixture(autouse=True)
def no_engine_failure(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which durable_rules failed, unless the test makes it fail on purpose.

    Otherwise a test could compare the oracle with itself, because the oracle answers whenever
    durable_rules fails.
    """
    engine_failures.clear()
    yield
    if "broken_engine" not in request.fixturenames:
        assert not engine_failures
    engine_failures.clear()
