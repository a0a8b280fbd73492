"""The cache of compiled guides: it compiles each version once, and frees those that nobody uses."""

import gc
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from rules.engine.compiled import CompiledGuides
from rules.engine.content import GuideContent
from tests.engine.guides import choice_is, compile_guide, make_question, numbered_rules
from tests.engine.tables import make_table


class Store:
    """A store of guides, which lists the digests of those that are loaded."""

    def __init__(self) -> None:
        self.loaded: list[str] = []

    def guide(self, digest: str) -> GuideContent:
        self.loaded.append(digest)
        return make_table(3, seed=int(digest))


def test_a_cached_version_is_not_loaded_again() -> None:
    cache, store = CompiledGuides(), Store()
    first = cache.get("1", lambda: store.guide("1"))
    assert cache.get("1", lambda: store.guide("1")) is first
    assert store.loaded == ["1"]


def test_the_least_recently_used_version_is_removed_first() -> None:
    cache, store = CompiledGuides(max_guides=2), Store()
    for digest in ("1", "2", "1", "3", "1", "2"):
        cache.get(digest, partial(store.guide, digest))
    assert store.loaded == ["1", "2", "3", "2"]


def test_large_versions_leave_room_for_fewer_of_them() -> None:
    rules = numbered_rules([(choice_is("q", choice),) * 3 for choice in "abcdefgh"])
    large = GuideContent("large", "Large", (make_question("q", *"abcdefgh"),), (), tuple(rules))
    cache, store = CompiledGuides(max_size=33), Store()
    for digest in ("1", "2", "1"):
        cache.get(digest, partial(store.guide, digest))
    cache.get("large", lambda: large)
    cache.get("1", partial(store.guide, "1"))
    assert store.loaded == ["1", "2", "1"]


def test_a_version_that_cannot_be_loaded_leaves_the_cache_as_it_was() -> None:
    cache, store = CompiledGuides(), Store()

    def fail_to_load() -> GuideContent:
        raise LookupError

    with pytest.raises(LookupError):
        cache.get("1", fail_to_load)
    assert cache.get("1", lambda: store.guide("1")).guide == make_table(3, seed=1)


def test_a_version_removed_from_the_cache_is_freed_after_its_last_use() -> None:
    cache, store = CompiledGuides(max_guides=1), Store()
    used = cache.get("1", lambda: store.guide("1"))
    freed = weakref.ref(used)
    cache.get("2", lambda: store.guide("2"))
    assert freed() is used
    assert used.fire({}) == used.fire({})
    gc.disable()
    try:
        del used
        assert freed() is None
    finally:
        gc.enable()


def test_threads_that_ask_for_the_same_missing_version_compile_it_once() -> None:
    cache, store = CompiledGuides(), Store()

    def load_slowly() -> GuideContent:
        time.sleep(0.05)
        return store.guide("1")

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: cache.get("1", load_slowly), range(8)))
    assert len(set(map(id, found))) == 1
    assert store.loaded == ["1"]


def test_two_versions_of_a_guide_do_not_share_rules() -> None:
    questions = [make_question("x")]
    old = compile_guide(questions, numbered_rules([(choice_is("x", "a"),), (choice_is("x", "b"),)]))
    new = compile_guide(questions, numbered_rules([(choice_is("x", "c"),), (choice_is("x", "a"),)]))
    for _ in range(3):
        assert [old.fire({"x": choice}) for choice in "abc"] == [(0,), (1,), ()]
        assert [new.fire({"x": choice}) for choice in "abc"] == [(1,), (), (0,)]
