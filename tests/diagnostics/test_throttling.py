"""Tests how often one visitor may do something."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from diagnostics.throttling import Throttle, places_purge
from diagnostics.token_bucket import TooManyRequestsError

pytestmark = pytest.mark.django_db

ONCE = Throttle("once", limit=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diagnostics.throttling.time", lambda: 1_800_001_800.0)


def take_place(address: str, *, throttle: Throttle = ONCE) -> str:
    return throttle.take(RequestFactory().get("/", REMOTE_ADDR=address))


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
