"""A cache whose values have weights."""

from rules.bounded_cache import BoundedCache


def test_the_values_used_last_stay() -> None:
    cache = BoundedCache[str](6, len)
    for key, value in (("a", "aa"), ("b", "bb"), ("c", "cc")):
        cache.store_value(key, value)
    assert cache.find_value("a") == "aa"
    cache.store_value("d", "dd")
    assert [cache.find_value(key) for key in "abcd"] == ["aa", None, "cc", "dd"]


def test_a_heavy_value_takes_the_place_of_several() -> None:
    cache = BoundedCache[str](6, len)
    for value in ("aa", "bb", "cc", "heavy"):
        cache.store_value(value, value)
    assert [cache.find_value(value) for value in ("aa", "bb", "cc")] == [None, None, None]
    assert cache.find_value("heavy") == "heavy"


def test_a_value_that_is_too_heavy_is_not_cached() -> None:
    cache = BoundedCache[str](2, len)
    cache.store_value("a", "heavy")
    assert cache.find_value("a") is None


def test_a_value_that_is_stored_again_counts_once() -> None:
    cache = BoundedCache[str](4, len)
    for value in ("aa", "a", "bbb"):
        cache.store_value(value[0], value)
    assert [cache.find_value(key) for key in "ab"] == ["a", "bbb"]
