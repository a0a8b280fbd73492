"""Several threads or processes that use the same compiled guides find the right rules."""

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent
from rules.engine.oracle import fired_positions
from rules.engine.rulesets import Rulesets
from tests.engine.tables import answer_sets, make_table

pytestmark = pytest.mark.no_cover  # tests of one thread take the same branches

THREADS, VERSIONS, CACHE_SIZE = 8, 12, 4
EVALUATIONS = 300
CHILDREN = 4


@pytest.fixture
def eager_switches() -> Iterator[None]:
    """Makes threads take turns a hundred times more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-5)
    yield
    sys.setswitchinterval(usual)


def count_right_evaluations(compiled: CompiledGuide, seed: int, count: int) -> int:
    """Returns how many of `count` evaluations agree with the oracle.

    Another seed gives other answers. Threads use different seeds, so that few results come from the
    memo, which holds those of earlier evaluations.
    """
    return sum(
        compiled.fire(answers) == fired_positions(compiled.guide.rules, answers)
        for answers in answer_sets(count, seed)
    )


@pytest.mark.usefixtures("eager_switches")
def test_8_threads_find_the_right_rules_of_12_versions_in_a_cache_of_4() -> None:
    cache = CompiledGuides(max_guides=CACHE_SIZE)
    versions = [make_table(30, seed) for seed in range(VERSIONS)]

    def load_version(number: int) -> GuideContent:
        return versions[number]

    def evaluate_versions(thread: int) -> int:
        chance = random.Random(thread)
        numbers = [chance.randrange(VERSIONS) for _ in range(EVALUATIONS)]
        return sum(
            count_right_evaluations(cache.get(str(number), partial(load_version, number)), seed, 1)
            for seed, number in enumerate(numbers, thread * EVALUATIONS)
        )

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(evaluate_versions, range(THREADS))) == [EVALUATIONS] * THREADS


@pytest.mark.usefixtures("eager_switches")
def test_8_threads_find_the_right_rules_of_one_version() -> None:
    compiled = CompiledGuide(make_table(200))
    with ThreadPoolExecutor(THREADS) as threads:
        found = threads.map(
            lambda thread: count_right_evaluations(compiled, thread, EVALUATIONS), range(THREADS)
        )
        assert list(found) == [EVALUATIONS] * THREADS


@pytest.mark.usefixtures("eager_switches")
def test_several_threads_share_the_rulesets_of_a_guide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = CompiledGuide(make_table(200))
    compilations: list[object] = []
    monkeypatch.setattr(Rulesets, "__init__", lambda *arguments: compilations.append(arguments))
    with ThreadPoolExecutor(THREADS) as threads:
        list(
            threads.map(
                lambda thread: count_right_evaluations(compiled, thread, 50), range(THREADS)
            )
        )
    assert compilations == []


def fork_child(compiled: CompiledGuide, seed: int) -> int:
    """Forks a child that evaluates the guide, and returns its process number.

    The child exits with status 0 if all of its evaluations are right.
    """
    child = os.fork()
    if not child:
        status = 1
        try:
            status = 0 if count_right_evaluations(compiled, seed, 200) == 200 else 2
        finally:
            os._exit(status)
    return child


def statuses_of_children(children: list[int], seconds: float = 30) -> list[int]:
    """Returns the exit statuses of child processes.

    A child that still runs after `seconds` is killed, so its status is not 0.
    """
    deadline = time.monotonic() + seconds
    ended: dict[int, int] = {}
    while len(ended) < len(children) and time.monotonic() < deadline:
        for child in set(children) - set(ended):
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                ended[pid] = status
        time.sleep(0.01)
    for child in set(children) - set(ended):
        os.kill(child, 9)
        ended[child] = os.waitpid(child, 0)[1]
    return [ended[child] for child in children]


def test_parent_and_4_children_find_the_right_rules_of_a_guide_compiled_before_the_fork() -> None:
    compiled = CompiledGuide(make_table(200))
    children = [fork_child(compiled, seed) for seed in range(CHILDREN)]
    assert count_right_evaluations(compiled, CHILDREN, 200) == 200
    assert statuses_of_children(children) == [0] * CHILDREN


@pytest.mark.usefixtures("eager_switches")
def test_children_forked_while_threads_evaluate_find_the_right_rules() -> None:
    compiled = CompiledGuide(make_table(200))
    done = threading.Event()

    def evaluate(seed: int) -> None:
        while not done.is_set():
            count_right_evaluations(compiled, seed, 1)
            seed += THREADS

    threads = [threading.Thread(target=evaluate, args=[seed]) for seed in range(3)]
    for thread in threads:
        thread.start()
    try:
        children = [fork_child(compiled, 1_000 + seed) for seed in range(2 * CHILDREN)]
        assert statuses_of_children(children) == [0] * len(children)
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_a_thread_of_a_child_forked_after_an_evaluation_finds_the_right_rules() -> None:
    compiled = CompiledGuide(make_table(30))
    right: list[int] = []
    child = os.fork()
    if not child:
        thread = threading.Thread(
            target=lambda: right.append(count_right_evaluations(compiled, 1, 1)), daemon=True
        )
        thread.start()
        thread.join(20)
        os._exit(0 if right == [1] else 1)
    assert statuses_of_children([child]) == [0]
