"""Threads and forks, on guides compiled by one and used by others."""

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

THREADS, VERSIONS, KEPT = 8, 12, 4
EVALUATIONS = 300
CHILDREN = 4


@pytest.fixture
def eager_switches() -> Iterator[None]:
    """Threads take turns a hundred times more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-5)
    yield
    sys.setswitchinterval(usual)


def right(compiled: CompiledGuide, seed: int, count: int) -> int:
    """How many of these evaluations are right; answers differ with the seed, so few are remembered."""
    return sum(
        compiled.fire(answers) == fired_positions(compiled.guide.rules, answers)
        for answers in answer_sets(count, seed)
    )


@pytest.mark.usefixtures("eager_switches")
def test_8_threads_on_12_versions_of_which_4_are_kept_are_all_right() -> None:
    cache = CompiledGuides(size=KEPT)
    versions = [make_table(30, seed) for seed in range(VERSIONS)]

    def version(number: int) -> GuideContent:
        return versions[number]

    def work(thread: int) -> int:
        chance = random.Random(thread)
        numbers = [chance.randrange(VERSIONS) for _ in range(EVALUATIONS)]
        return sum(
            right(cache.get(str(number), partial(version, number)), seed, 1)
            for seed, number in enumerate(numbers, thread * EVALUATIONS)
        )

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(work, range(THREADS))) == [EVALUATIONS] * THREADS


@pytest.mark.usefixtures("eager_switches")
def test_8_threads_on_one_version_are_all_right() -> None:
    compiled = CompiledGuide(make_table(200))
    with ThreadPoolExecutor(THREADS) as threads:
        found = threads.map(lambda thread: right(compiled, thread, EVALUATIONS), range(THREADS))
        assert list(found) == [EVALUATIONS] * THREADS


@pytest.mark.usefixtures("eager_switches")
def test_threads_take_turns_and_never_make_rulesets_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = CompiledGuide(make_table(200))
    made: list[object] = []
    monkeypatch.setattr(Rulesets, "__init__", lambda *arguments: made.append(arguments))
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda thread: right(compiled, thread, 50), range(THREADS)))
    assert made == []


def forked(compiled: CompiledGuide, seed: int) -> int:
    """A child's process number; the child ends at once, with 0 when all is right in it."""
    child = os.fork()
    if not child:
        status = 1
        try:
            status = 0 if right(compiled, seed, 200) == 200 else 2
        finally:
            os._exit(status)
    return child


def statuses(children: list[int], seconds: float = 30) -> list[int]:
    """How the children ended; one that hangs is killed and has ended badly."""
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


def test_a_guide_compiled_before_the_fork_is_right_in_4_children_and_the_parent() -> None:
    compiled = CompiledGuide(make_table(200))
    children = [forked(compiled, seed) for seed in range(CHILDREN)]
    assert right(compiled, CHILDREN, 200) == 200
    assert statuses(children) == [0] * CHILDREN


@pytest.mark.usefixtures("eager_switches")
def test_children_forked_while_threads_evaluate_are_right() -> None:
    compiled = CompiledGuide(make_table(200))
    done = threading.Event()

    def evaluate(seed: int) -> None:
        while not done.is_set():
            right(compiled, seed, 1)
            seed += THREADS

    threads = [threading.Thread(target=evaluate, args=[seed]) for seed in range(3)]
    for thread in threads:
        thread.start()
    try:
        children = [forked(compiled, 1_000 + seed) for seed in range(2 * CHILDREN)]
        assert statuses(children) == [0] * len(children)
    finally:
        done.set()
        for thread in threads:
            thread.join()
