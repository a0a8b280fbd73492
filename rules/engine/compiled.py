"""Guides compiled for durable_rules, which say for a set of answers the rules that hold.

An answer is never wrong and never missing. When durable_rules fails, the rulesets are thrown
away and compiled again; if they fail a second time, the oracle answers.
"""

import logging
import os
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import RLock

from rules.engine.content import Answers, GuideContent, RuleContent
from rules.engine.durable import EngineError
from rules.engine.encoding import Codes, Encoding
from rules.engine.oracle import fired_positions
from rules.engine.resolve import check_answers, resolve
from rules.engine.rulesets import Rulesets
from rules.engine.state import State

MAX_CONDITIONS = 40
"""The most conditions of one rule with which durable_rules was shown to work."""
MEMO_SIZE = 2048
"""The number of sets of answers for which each guide remembers the rules that hold."""

engine_failures: Counter[str] = Counter()
"""Since the process began, the runs that "failed" and the evaluations "answered by the oracle"."""

_logger = logging.getLogger("rules.engine")


def make_fork_safe_lock() -> RLock:
    """Returns a lock that a fork cannot leave held: it is taken around each fork.

    gunicorn forks workers whose threads evaluate guides. A child therefore never inherits a
    compilation or an evaluation that was cut off in the middle. At a fork, the lock that was
    created last is taken first.
    """
    lock = RLock()
    os.register_at_fork(
        before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
    )
    return lock


_evaluation_lock = make_fork_safe_lock()
"""Lets one evaluation run at a time. No speed is lost: durable_rules holds the GIL in every call."""
_compilation_lock = make_fork_safe_lock()
"""Makes two threads that need the same missing version compile it once.

It is created after the lock of evaluation, so a fork takes both in the order in which
`CompiledGuides.get` takes them.
"""


class RuleTooComplexError(ValueError):
    """Some rules, named by `keys`, go beyond what durable_rules was shown to work with."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def too_complex_rule_keys(rules: Iterable[RuleContent]) -> tuple[str, ...]:
    """Returns the keys of the rules that prevent a guide from being published."""
    return tuple(rule.key for rule in rules if len(rule.when) > MAX_CONDITIONS)


class CompiledGuide:
    """One version of a guide, compiled. The constructor raises `RuleTooComplexError`."""

    def __init__(self, guide: GuideContent) -> None:
        if keys := too_complex_rule_keys(guide.rules):
            raise RuleTooComplexError(keys)
        self.guide = guide
        self._encoding = Encoding(guide)
        evaluation = _Evaluation(guide, self._encoding)
        self._fire = lru_cache(MEMO_SIZE)(evaluation.fire)

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
    """The rulesets of one guide and what is done when they fail.

    It is not a part of `CompiledGuide` because the memo would then refer to its owner: without
    this cycle, the rulesets are freed as soon as the compiled guide is.
    """

    def __init__(self, guide: GuideContent, encoding: Encoding) -> None:
        self._rules = guide.rules
        self._encoding = encoding
        self._rulesets: Rulesets | None = None
        # The first run compiles the rulesets, so that no visitor waits for it.
        self._try_to_fire(encoding.encode({}))

    def fire(self, codes: Codes) -> tuple[int, ...]:
        for _ in range(2):
            fired = self._try_to_fire(codes)
            if fired is not None:
                return fired
        engine_failures["answered by the oracle"] += 1
        _logger.error("durable_rules failed twice: the oracle answers")
        return fired_positions(self._rules, self._encoding.decode(codes))

    def _try_to_fire(self, codes: Codes) -> tuple[int, ...] | None:
        """Returns the positions of all rules that hold, or None if durable_rules failed.

        The rulesets are put back only after a whole run, so an interrupted run is never continued.
        """
        with _evaluation_lock:
            rulesets, self._rulesets = self._rulesets, None
            try:
                if rulesets is None:
                    rulesets = Rulesets(self._rules, self._encoding)
                fired = rulesets.fire(codes)
            except EngineError as failure:
                engine_failures["failed"] += 1
                _logger.error("durable_rules failed, its rulesets are made again: %s", failure)
                return None
            self._rulesets = rulesets
            return fired


class CompiledGuides:
    """The compiled guides that a process used last: memory is bounded by their number.

    A guide that leaves is freed when its last user lets go, never while it evaluates. A live
    ruleset takes about 0.02 MB a rule, so a guide of 200 rules takes about 4 MB.
    """

    def __init__(self, size: int = 32) -> None:
        self._size = size
        self._compiled: OrderedDict[str, CompiledGuide] = OrderedDict()

    def get(self, digest: str, load: Callable[[], GuideContent]) -> CompiledGuide:
        """Returns the guide whose document has this digest; calls `load` if it is not here."""
        with _compilation_lock:
            if digest not in self._compiled:
                self._compiled[digest] = CompiledGuide(load())
            self._compiled.move_to_end(digest)
            if len(self._compiled) > self._size:
                self._compiled.popitem(last=False)
            return self._compiled[digest]
