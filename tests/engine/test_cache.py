"""Compiled versions: the ones in use last, each compiled once, freed when nobody uses them."""

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


class Shelf:
    """Counts what is loaded from it."""

    def __init__(self) -> None:
        self.loaded: list[str] = []

    def guide(self, digest: str) -> GuideContent:
        self.loaded.append(digest)
        return make_table(3, seed=int(digest))


def test_a_version_in_memory_is_not_loaded_again() -> None:
    cache, shelf = CompiledGuides(), Shelf()
    first = cache.get("1", lambda: shelf.guide("1"))
    assert cache.get("1", lambda: shelf.guide("1")) is first
    assert shelf.loaded == ["1"]


def test_the_version_used_longest_ago_leaves_first() -> None:
    cache, shelf = CompiledGuides(size=2), Shelf()
    for digest in ("1", "2", "1", "3", "1", "2"):
        cache.get(digest, partial(shelf.guide, digest))
    assert shelf.loaded == ["1", "2", "3", "2"]


def test_a_version_that_cannot_be_loaded_leaves_the_cache_as_it_was() -> None:
    cache, shelf = CompiledGuides(), Shelf()

    def fail() -> GuideContent:
        raise LookupError

    with pytest.raises(LookupError):
        cache.get("1", fail)
    assert cache.get("1", lambda: shelf.guide("1")).guide == make_table(3, seed=1)


def test_an_evicted_version_is_freed_when_its_last_user_lets_go() -> None:
    cache, shelf = CompiledGuides(size=1), Shelf()
    used = cache.get("1", lambda: shelf.guide("1"))
    freed = weakref.ref(used)
    cache.get("2", lambda: shelf.guide("2"))
    assert freed() is used
    assert used.fire({}) == used.fire({})
    gc.disable()
    try:
        del used
        assert freed() is None
    finally:
        gc.enable()


def test_threads_that_ask_for_the_same_missing_version_compile_it_once() -> None:
    cache, shelf = CompiledGuides(), Shelf()

    def slowly() -> GuideContent:
        time.sleep(0.05)
        return shelf.guide("1")

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: cache.get("1", slowly), range(8)))
    assert len(set(map(id, got))) == 1
    assert shelf.loaded == ["1"]


def test_two_versions_never_see_each_other_s_rules() -> None:
    questions = [make_question("x")]
    old = compile_guide(questions, numbered_rules([(choice_is("x", "a"),), (choice_is("x", "b"),)]))
    new = compile_guide(questions, numbered_rules([(choice_is("x", "c"),), (choice_is("x", "a"),)]))
    for _ in range(3):
        assert [old.fire({"x": each}) for each in "abc"] == [(0,), (1,), ()]
        assert [new.fire({"x": each}) for each in "abc"] == [(1,), (), (0,)]
