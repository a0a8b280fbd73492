"""A cache that is bounded by the weight of its values."""

from rules.bounded_cache import BoundedCache


def test_the_values_that_were_not_used_for_longest_make_room() -> None:
    cache = BoundedCache[str](5, len)
    cache.store_value(1, "aa")
    cache.store_value(2, "bb")
    cache.find_value(1)
    cache.store_value(3, "cc")
    assert [cache.find_value(key) for key in (1, 2, 3)] == ["aa", None, "cc"]


def test_a_value_that_is_stored_again_counts_once() -> None:
    cache = BoundedCache[str](5, len)
    for _ in range(9):
        cache.store_value(1, "aa")
    cache.store_value(2, "bbb")
    assert [cache.find_value(key) for key in (1, 2)] == ["aa", "bbb"]


def test_a_value_that_is_too_heavy_takes_the_place_of_no_other() -> None:
    cache = BoundedCache[str](5, len)
    cache.store_value(1, "aa")
    cache.store_value(2, "bbbbbb")
    assert [cache.find_value(key) for key in (1, 2)] == ["aa", None]
