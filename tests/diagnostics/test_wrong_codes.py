"""Tests how many wrong codes can be tried, from one address and from many."""

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from diagnostics import wrong_codes
from diagnostics.models import Session
from diagnostics.throttles.token_bucket import TooManyRequestsError
from diagnostics.wrong_codes import WRONG_CODES, session_by_typed_code
from rules.models import Guide, Version

CODE, WRONG_CODE = "ABCDEFGH", "HGFEDCBA"
ADDRESS, OTHER_ADDRESS = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def session(shipped_guide: Guide, clock: list[float], settings: Settings) -> Session:
    settings.CACHES = {
        "default": {  # in memory, since the tests of the sums make thousands of requests
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }
    cache.clear()
    return Session.objects.create(version=Version.objects.get(), answers={}, code=CODE)


def try_code(code: str, address: str = ADDRESS) -> str:
    """Returns what a visitor sees: "right", "wrong" or the number of seconds to wait."""
    try:
        return "right" if session_by_typed_code(code, address) else "wrong"
    except TooManyRequestsError as refused:
        return str(refused.retry_after)


def count_wrong_codes(address: str = ADDRESS) -> int:
    """Tries wrong codes until one is refused, and returns how many were answered."""
    count = 0
    while try_code(WRONG_CODE, address) == "wrong":
        count += 1
    return count


def test_an_address_has_100_wrong_codes_and_gets_one_back_every_12_seconds(
    clock: list[float],
) -> None:
    assert count_wrong_codes() == 100
    for _ in range(5):
        clock[0] += 12
        assert count_wrong_codes() == 1


def test_a_right_code_costs_nothing() -> None:
    assert {try_code(CODE) for _ in range(101)} == {"right"}
    assert count_wrong_codes() == 100


def test_when_no_wrong_code_is_left_a_right_one_waits_12_seconds_at_most(
    clock: list[float],
) -> None:
    count_wrong_codes()
    assert (try_code(CODE), try_code(WRONG_CODE)) == ("12", "12")
    clock[0] += 12
    assert try_code(CODE) == "right"


def test_no_address_waits_for_the_wrong_codes_of_another() -> None:
    count_wrong_codes()
    assert try_code(CODE, OTHER_ADDRESS) == "right"


def test_after_too_many_wrong_codes_in_all_only_their_addresses_wait_a_minute(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wrong_codes.MAX_BEFORE_SLOWING == 5_000
    monkeypatch.setattr(wrong_codes, "MAX_BEFORE_SLOWING", 10)
    assert [try_code(WRONG_CODE, f"address {number % 5}") for number in range(10)] == ["wrong"] * 10
    assert try_code(CODE, "address 0") == "60"
    assert {try_code(CODE, OTHER_ADDRESS) for _ in range(5)} == {"right"}
    clock[0] += 60
    assert [try_code(WRONG_CODE, "address 0") for _ in range(2)] == ["wrong", "60"]
    clock[0] += 3_600
    assert try_code(WRONG_CODE, "address 0") == "wrong"
    assert try_code(CODE, "address 0") == "right"


def test_wrong_codes_that_find_the_same_free_number_are_all_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wrong_codes, "MAX_BEFORE_SLOWING", 3)
    monkeypatch.setattr(wrong_codes, "bisect_left", lambda *_, **__: 0)
    assert [try_code(WRONG_CODE) for _ in range(4)] == ["wrong"] * 3 + ["60"]


def test_one_address_tries_100_codes_and_then_300_an_hour(clock: list[float]) -> None:
    answered = count_wrong_codes()
    for _ in range(60):
        clock[0] += 10
        answered += count_wrong_codes()
    assert answered == 100 + 600 // 12


def test_many_addresses_together_try_the_limit_for_all_and_then_one_code_a_minute_each(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_codes, "MAX_BEFORE_SLOWING", 10)
    addresses, answered = ("a", "b", "c"), 0
    for _ in range(3_600 // 20):
        answered += sum(count_wrong_codes(address) for address in addresses)
        clock[0] += 20
    assert 10 + len(addresses) * 59 <= answered <= 10 + len(addresses) * 60


def test_the_cache_does_not_know_the_address(settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    }
    try_code(WRONG_CODE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache WHERE cache_key LIKE %s", ["%codes%"])
        rows = cursor.fetchall()
    assert (
        len(rows) == 4
    )  # the tokens of two limits, the address in this hour, and the first number
    assert ADDRESS not in str(rows)
    assert WRONG_CODES.take(ADDRESS) not in str(rows)
