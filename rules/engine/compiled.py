"""Guides compiled for durable_rules, which find the rules that hold for a set of answers.

The result is always right. A run of durable_rules that finds other rules than plain Python has
failed (`rules.engine.durable`). After a failure the rulesets are compiled again, and after a second
one the oracle (`rules.engine.oracle`) finds the rules of this guide for a minute.
"""

import math
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache, wraps
from threading import RLock
from time import monotonic
from typing import TypeVar
from weakref import WeakKeyDictionary

from rules.engine.content import Answers, GuideContent, RuleContent
from rules.engine.durable import EngineError
from rules.engine.encoding import Codes, Encoding
from rules.engine.failures import count_failed_run, count_oracle_answer
from rules.engine.oracle import fired_positions
from rules.engine.resolve import check_answers, resolve
from rules.engine.rulesets import Rulesets
from rules.engine.state import State

MAX_CONDITIONS = 40
"""The most conditions that a rule may have. The tests show that durable_rules works with them."""
MEMO_SIZE = 2048
"""The size of a guide's memo: the last sets of answers, each with the rules that hold for it."""
MAX_RULES_IN_MEMO = 2_000_000
"""The number of rules in all sets of a memo together, if all rules hold: they take 16 MB."""

SECONDS_OF_ORACLE = 60
"""How long the oracle answers for a guide after two failures in a row.

Without this pause, each evaluation of a guide that fails every time would compile it twice.
"""


Result = TypeVar("Result")


def make_fork_safe_lock() -> RLock:
    """Returns a lock that the process acquires before each fork, and releases after it.

    gunicorn forks processes while threads evaluate guides. With this lock, a fork waits for them,
    so that the child never starts in the middle of a compilation or an evaluation. A fork acquires
    the lock that was created last first.
    """
    lock = RLock()
    os.register_at_fork(
        before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
    )
    return lock


_evaluation_lock = make_fork_safe_lock()
"""Lets one evaluation run at a time. This costs no speed: durable_rules holds the GIL in every call."""
_compilation_lock = make_fork_safe_lock()
"""Prevents two threads that need the same version from both compiling it.

It is created after `_evaluation_lock`, so that a fork acquires both in the same order as
`CompiledGuides.get`: a deadlock is impossible.
"""


class RuleTooComplexError(ValueError):
    """The rules named by `keys` have more than `MAX_CONDITIONS` conditions, and are not left out."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def too_complex_rule_keys(rules: Iterable[RuleContent]) -> tuple[str, ...]:
    """Returns the keys of the rules with more than `MAX_CONDITIONS` conditions that are not left out."""
    return tuple(
        rule.key for rule in rules if len(rule.when) > MAX_CONDITIONS and not rule.is_left_out
    )


class CompiledGuide:
    """A guide with its rulesets for durable_rules. The constructor raises `RuleTooComplexError`."""

    def __init__(self, guide: GuideContent) -> None:
        if keys := too_complex_rule_keys(guide.rules):
            raise RuleTooComplexError(keys)
        self.guide = guide
        self.size = sum(1 + len(rule.when) for rule in guide.rules)
        """The number of rules and conditions, which take up to 15 KB of memory each."""
        self._encoding = Encoding(guide)
        evaluation = _Evaluation(guide, self._encoding)
        self._fire = lru_cache(min(MEMO_SIZE, MAX_RULES_IN_MEMO // (len(guide.rules) + 1)))(
            evaluation.fire
        )

    def fire(self, answers: Answers) -> tuple[int, ...]:
        """Returns the positions of all rules that hold, in rule order.

        Raises `UnknownAnswerError`.
        """
        try:
            codes = self._encoding.encode(answers)
        except KeyError:
            check_answers(self.guide, answers)
            raise
        return self._fire(codes)

    def resolve(self, answers: Answers) -> State:
        """Returns the state for these answers. Raises `UnknownAnswerError`."""
        return resolve(self.guide, answers, self.fire)


class _Evaluation:
    """Evaluates one guide with its rulesets, and handles their failures.

    It is a class of its own so that the memo of a `CompiledGuide` does not refer to the compiled
    guide. Without this reference cycle, the rulesets are freed together with the guide.
    """

    def __init__(self, guide: GuideContent, encoding: Encoding) -> None:
        self._rules = guide.rules
        self._encoding = encoding
        self._rulesets: Rulesets | None = None
        self._oracle_until = -math.inf
        # Other guides can be evaluated meanwhile, because this takes seconds for a large guide.
        with suppress(EngineError):  # the first run tries again and counts the failure
            self._rulesets = Rulesets(guide.rules, encoding)
        self.fire(encoding.encode({}))

    def fire(self, codes: Codes) -> tuple[int, ...]:
        """Returns the positions of all rules that hold, found by durable_rules or by the oracle."""
        with _evaluation_lock:
            fired = self._fire_rulesets(codes)
            if fired is None:
                count_oracle_answer()
                fired = fired_positions(self._rules, self._encoding.decode(codes))
            return fired

    def _fire_rulesets(self, codes: Codes) -> tuple[int, ...] | None:
        """Returns the positions of all rules that hold, or None if the oracle must find them."""
        if monotonic() < self._oracle_until:
            return None
        fired = self._try_to_fire(codes)
        if fired is None:
            fired = self._try_to_fire(codes)
        if fired is None:
            self._oracle_until = monotonic() + SECONDS_OF_ORACLE
        return fired

    def _try_to_fire(self, codes: Codes) -> tuple[int, ...] | None:
        """Returns the positions of all rules that hold, or None if durable_rules failed.

        Rulesets that fail or are interrupted in a run are not used again: the next run compiles
        new ones.
        """
        rulesets, self._rulesets = self._rulesets, None
        try:
            if rulesets is None:
                rulesets = Rulesets(self._rules, self._encoding)
            fired = rulesets.fire(codes)
        except EngineError as failure:
            count_failed_run(failure)
            return None
        self._rulesets = rulesets
        return fired


def cache_for_guide(
    function: Callable[[CompiledGuide], Result],
) -> Callable[[CompiledGuide], Result]:
    """Makes a function remember its result for each compiled guide, as long as the guide is in memory."""
    results: WeakKeyDictionary[CompiledGuide, Result] = WeakKeyDictionary()

    @wraps(function)
    def find_result(compiled: CompiledGuide) -> Result:
        if compiled not in results:
            results[compiled] = function(compiled)
        return results[compiled]

    return find_result


class CompiledGuides:
    """A cache of the compiled guides that were used last: `max_guides` at most, of `max_size` in all.

    A guide that is removed from the cache stays in memory while a caller still uses it.
    """

    def __init__(self, max_guides: int = 32, max_size: int = 80_000) -> None:
        self._max_guides = max_guides
        self._max_size = max_size
        self._compiled: OrderedDict[str, CompiledGuide] = OrderedDict()

    def get(self, digest: str, load: Callable[[], GuideContent]) -> CompiledGuide:
        """Returns the guide whose document has this digest, after compiling it if it is not cached.

        `load` returns its content. Raises `RuleTooComplexError` and whatever `load` raises.
        """
        # What is cached is found without the lock, which another guide may hold for seconds.
        compiled = self._compiled.get(digest)
        if compiled is None:
            with _compilation_lock:
                compiled = self._compiled.get(digest) or CompiledGuide(load())
                self._compiled[digest] = compiled
                while len(self._compiled) > self._max_guides or self._is_too_large:
                    self._compiled.popitem(last=False)
        with suppress(KeyError):  # another thread may have removed it
            self._compiled.move_to_end(digest)
        return compiled

    @property
    def _is_too_large(self) -> bool:
        """True if a guide must go. The last one stays, however large it is."""
        size = sum(compiled.size for compiled in list(self._compiled.values()))
        return size > self._max_size and len(self._compiled) > 1
