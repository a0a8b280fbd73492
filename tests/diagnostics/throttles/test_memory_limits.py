"""Tests the limits that each worker counts in its memory."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from diagnostics.throttles import memory_limits
from diagnostics.throttles.memory_limits import BATCH_ROWS, CALLS, DIAGNOSTICS_BEGUN, MemoryLimit
from diagnostics.throttles.token_bucket import TooManyRequestsError

pytestmark = pytest.mark.usefixtures("clock")

NETWORK, OTHER_NETWORK = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def two_a_minute() -> MemoryLimit:
    return MemoryLimit(2, period_seconds=60)


def count_accepted(limit: MemoryLimit, network: str = NETWORK, amount: int = 1) -> int:
    """Returns how many requests a limit accepts until it refuses one."""
    for count in range(10_000):
        try:
            limit.take(network, amount)
        except TooManyRequestsError:
            return count
    pytest.fail("the limit refuses nothing")


def test_the_limits_are_those_of_the_documentation() -> None:
    limits = [(limit.limit, limit.period_seconds) for limit in (CALLS, BATCH_ROWS)]
    assert limits == [(6_000, 60), (60_000, 60)]
    assert (DIAGNOSTICS_BEGUN.limit, DIAGNOSTICS_BEGUN.period_seconds) == (20_000, 86_400)


def test_each_network_has_the_whole_limit(two_a_minute: MemoryLimit) -> None:
    assert count_accepted(two_a_minute) == 2
    assert count_accepted(two_a_minute, OTHER_NETWORK) == 2


def test_the_next_period_begins_at_zero(two_a_minute: MemoryLimit, clock: list[float]) -> None:
    count_accepted(two_a_minute)
    clock[0] += 59
    assert count_accepted(two_a_minute) == 0
    clock[0] += 1
    assert count_accepted(two_a_minute) == 2


def test_the_refusal_says_when_the_next_period_begins(
    two_a_minute: MemoryLimit, clock: list[float]
) -> None:
    count_accepted(two_a_minute)
    clock[0] += 12.5
    with pytest.raises(TooManyRequestsError) as refused:
        two_a_minute.take(NETWORK)
    assert refused.value.retry_after == 48


def test_a_refused_amount_leaves_what_a_smaller_one_may_take() -> None:
    rows = MemoryLimit(10, period_seconds=60)
    assert count_accepted(rows, amount=4) == 2
    assert count_accepted(rows, amount=2) == 1


def test_a_first_amount_is_accepted_even_if_it_exceeds_the_share_of_a_worker() -> None:
    assert count_accepted(MemoryLimit(10, period_seconds=60), amount=1_000) == 1


@pytest.mark.parametrize(("workers", "share"), [(1, 6_000), (2, 3_000), (4, 1_500), (7, 858)])
def test_a_worker_accepts_its_share_of_the_limit(
    settings: Settings, workers: int, share: int
) -> None:
    settings.WORKERS = workers
    assert count_accepted(MemoryLimit(6_000, period_seconds=60)) == share


def test_no_limit_holds_with_throttling_off(two_a_minute: MemoryLimit, settings: Settings) -> None:
    settings.THROTTLING = False
    for _ in range(5):
        two_a_minute.take(NETWORK)


def test_the_network_of_the_oldest_request_is_forgotten_first(
    two_a_minute: MemoryLimit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_limits, "MAX_NETWORKS", 2)
    for network in ("older", NETWORK, "older", OTHER_NETWORK):
        count_accepted(two_a_minute, network)
    assert count_accepted(two_a_minute, "older") == 0
    assert count_accepted(two_a_minute, NETWORK) == 2


class PausingDict(dict[str, int]):
    """A dictionary that lets other threads run while a limit is between reading and writing it."""

    def pop(self, key: str, default: int) -> int:  # type: ignore[override]
        found = super().pop(key, default)
        sleep(0.000_1)
        return found


def test_threads_together_take_no_more_than_the_limit() -> None:
    limit = MemoryLimit(100, period_seconds=60)
    limit.take(OTHER_NETWORK)
    limit._taken = PausingDict()
    with ThreadPoolExecutor(8) as threads:
        accepted = sum(threads.map(lambda _: count_accepted(limit), range(8)))
    assert accepted == 100


@pytest.mark.django_db
def test_a_request_within_a_limit_costs_no_query(
    two_a_minute: MemoryLimit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        two_a_minute.take(NETWORK)
