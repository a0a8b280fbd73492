"""Tests the limits that all workers share."""

import pytest
from django.core.cache import cache, caches
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from diagnostics.throttles.token_bucket import TokenBucket, TooManyRequestsError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TWO_TOKENS = TokenBucket("two", capacity=2, seconds_per_token=12)


def count_tokens(bucket: TokenBucket, key: str = "key") -> int:
    """Takes all tokens that a bucket has, and returns how many they were."""
    count = 0
    while True:
        try:
            bucket.take(key)
        except TooManyRequestsError:
            return count
        count += 1


def test_a_full_cache_forgets_the_tokens_of_no_bucket_altogether(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It forgets a third of its entries, those whose names come first in the alphabet."""
    monkeypatch.setattr(caches["default"], "_max_entries", 150)
    buckets = [TokenBucket(name, capacity=40, seconds_per_token=900) for name in ("aaa", "zzz")]
    for bucket in buckets:
        count_tokens(bucket)
    count_tokens(TokenBucket("others", capacity=80, seconds_per_token=900))
    assert all(count_tokens(bucket) < 40 for bucket in buckets)


def test_a_bucket_that_nobody_used_is_full() -> None:
    assert count_tokens(TWO_TOKENS) == 2


@pytest.mark.parametrize(("seconds", "tokens"), [(11, 0), (12, 1), (23, 1), (24, 2), (3_600, 2)])
def test_tokens_come_back_one_after_another_up_to_the_capacity(
    clock: list[float], seconds: int, tokens: int
) -> None:
    count_tokens(TWO_TOKENS)
    clock[0] += seconds
    assert count_tokens(TWO_TOKENS) == tokens


def test_the_refusal_says_when_the_next_token_comes_back(clock: list[float]) -> None:
    count_tokens(TWO_TOKENS)
    clock[0] += 4.5
    with pytest.raises(TooManyRequestsError) as refused:
        TWO_TOKENS.take("key")
    assert refused.value.retry_after == 8


def test_a_token_given_back_can_be_taken_again() -> None:
    token = TWO_TOKENS.take("key")
    TWO_TOKENS.take("key")
    TWO_TOKENS.give_back(token)
    assert TWO_TOKENS.take("key") == token


def test_each_key_and_each_limit_has_its_own_bucket() -> None:
    count_tokens(TWO_TOKENS)
    assert count_tokens(TWO_TOKENS, "other") == 2
    assert count_tokens(TokenBucket("other", capacity=1, seconds_per_token=12)) == 1


def test_the_cache_tells_neither_the_key_nor_which_tokens_have_the_same_key() -> None:
    count_tokens(TWO_TOKENS, "192.0.2.1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache WHERE cache_key LIKE %s", ["%.two"])
        rows = cursor.fetchall()
    assert len(rows) == len({name.removesuffix(".two")[-64:] for name, _ in rows}) == 2
    assert "192.0.2.1" not in str(rows)


def test_the_tokens_that_are_taken_are_read_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    bucket = TokenBucket("hundred", capacity=100, seconds_per_token=12)
    count_tokens(bucket)
    with django_assert_num_queries(1), pytest.raises(TooManyRequestsError):
        bucket.take("key")


def test_no_token_is_taken_with_throttling_off(settings: Settings) -> None:
    settings.THROTTLING = False
    assert [TWO_TOKENS.take("key") for _ in range(3)] == [""] * 3
    settings.THROTTLING = True
    assert count_tokens(TWO_TOKENS) == 2


@pytest.mark.parametrize("backend", ["db.DatabaseCache", "locmem.LocMemCache"])
def test_a_token_that_another_request_takes_meanwhile_is_not_taken_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    name = f"django.core.cache.backends.{backend}"
    settings.CACHES = {"default": {"BACKEND": name, "LOCATION": "cache"}}
    with monkeypatch.context() as patches:
        patches.setattr(cache, "get_many", lambda _: {})  # the others come after this reading
        assert TWO_TOKENS.take("key") != TWO_TOKENS.take("key")
        with pytest.raises(TooManyRequestsError):
            TWO_TOKENS.take("key")
