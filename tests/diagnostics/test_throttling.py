"""Tests how often one visitor may do something, and which requests count as the same visitor."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from pytest_django import Settings

from diagnostics.throttling import Throttle, TooManyRequestsError, places_purge

pytestmark = pytest.mark.django_db

ONCE = Throttle("once", limit=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diagnostics.throttling.time", lambda: 1_800_001_800.0)


def take_place(address: str, forwarded: str = "", *, throttle: Throttle = ONCE) -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return throttle.take(RequestFactory().get("/", headers=headers, REMOTE_ADDR=address))


def are_same_visitor(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """True if two requests count as the same visitor.

    Each request is an address and, behind a proxy, the header X-Forwarded-For.
    """
    place = take_place(*first)
    try:
        take_place(*second)
    except TooManyRequestsError:
        return True
    finally:
        ONCE.give_back(place)
    return False


def test_each_request_takes_another_place_until_none_is_left() -> None:
    twice = Throttle("twice", limit=2)
    assert take_place("192.0.2.1", throttle=twice) != take_place("192.0.2.1", throttle=twice)
    with pytest.raises(TooManyRequestsError) as refused:
        take_place("192.0.2.1", throttle=twice)
    assert refused.value.retry_after == 1_800


def test_a_place_given_back_can_be_taken_again() -> None:
    place = take_place("192.0.2.1")
    ONCE.give_back(place)
    assert take_place("192.0.2.1") == place


def test_each_throttle_has_its_own_places() -> None:
    take_place("192.0.2.1")
    assert take_place("192.0.2.1", throttle=Throttle("other", limit=1))


def test_each_ipv4_address_is_a_visitor() -> None:
    assert are_same_visitor(("192.0.2.1",), ("192.0.2.1",))
    assert not are_same_visitor(("192.0.2.1",), ("192.0.2.2",))


def test_each_ipv6_network_is_a_visitor() -> None:
    assert are_same_visitor(("2001:db8:1:2::1",), ("2001:db8:1:2:a:b:c:d",))
    assert not are_same_visitor(("2001:db8:1:2::1",), ("2001:db8:1:3::1",))


def test_an_ipv4_address_written_as_ipv6_is_the_same_visitor() -> None:
    assert are_same_visitor(("::ffff:192.0.2.1",), ("192.0.2.1",))
    assert not are_same_visitor(("::ffff:192.0.2.1",), ("::ffff:192.0.2.2",))


def test_behind_a_proxy_the_visitor_is_the_address_that_the_proxy_adds(settings: Settings) -> None:
    settings.HTTPS = True
    assert not are_same_visitor(("10.0.0.1", "192.0.2.1"), ("10.0.0.1", "192.0.2.2"))
    assert are_same_visitor(("10.0.0.1", "192.0.2.1"), ("10.0.0.2", "192.0.2.1"))


@pytest.mark.parametrize("address", ["192.0.2.1", "[2001:db8::1]"])
def test_a_port_that_the_proxy_adds_does_not_change_the_visitor(
    address: str, settings: Settings
) -> None:
    settings.HTTPS = True
    proxy = "10.0.0.1"
    assert are_same_visitor((proxy, f"{address}:5001"), (proxy, f"{address}:5002"))
    assert are_same_visitor((proxy, address.strip("[]")), (proxy, f"{address}:5002"))


def test_behind_a_proxy_earlier_entries_of_the_header_are_ignored(settings: Settings) -> None:
    settings.HTTPS = True
    assert are_same_visitor(("10.0.0.1", "198.51.100.1, 192.0.2.1"), ("10.0.0.1", "x,192.0.2.1"))


def test_without_a_proxy_the_header_is_ignored() -> None:
    assert are_same_visitor(("192.0.2.1", "198.51.100.1"), ("192.0.2.1", "198.51.100.2"))


@pytest.mark.parametrize("address", ["", "unknown", "\x00", "x" * 5_000, "é"])
def test_requests_with_the_same_malformed_address_are_the_same_visitor(
    address: str, settings: Settings
) -> None:
    settings.HTTPS = True
    assert are_same_visitor(("", address), ("", address))


def test_only_expired_entries_are_purged() -> None:
    def count_entries() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM cache")
            return int(cursor.fetchone()[0])

    before = count_entries()
    take_place("192.0.2.1", throttle=Throttle("purged", limit=1))
    cache.set("expired", 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cache SET expires = %s WHERE cache_key LIKE %s", ["2026-01-01", "%expired"]
        )
    assert count_entries() == before + 2
    places_purge()
    assert count_entries() == before + 1
