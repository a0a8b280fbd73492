"""A guide made ready for durable_rules: answers in, the rules that hold out.

Never a wrong or an empty answer: whatever fails in durable_rules, the rulesets are thrown away
and made again, and if that fails too the oracle answers.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rules.engine.content import Answers, GuideContent, RuleContent
from rules.engine.durable import EngineError
from rules.engine.encoding import Codes, Encoding
from rules.engine.locks import process_lock
from rules.engine.oracle import fired_positions
from rules.engine.resolve import check_answers, resolve
from rules.engine.rulesets import Rulesets
from rules.engine.state import State

MAX_CONDITIONS = 40
"""Of one rule: what durable_rules was shown to hold."""
MEMO_SIZE = 2048
"""Sets of answers whose rules are remembered, for each guide."""

engine_failures: Counter[str] = Counter()
"""Since the process began: how often durable_rules "failed", and "answered by the oracle"."""

_logger = logging.getLogger("rules.engine")
_evaluation = process_lock()
"""One evaluation at a time: the engine holds the GIL in every call, so no speed is lost."""


class RuleTooComplexError(ValueError):
    """Rules beyond what durable_rules was shown to hold; `keys` names them."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def too_complex(rules: Iterable[RuleContent]) -> tuple[str, ...]:
    """The keys of the rules that no guide may be published with."""
    return tuple(rule.key for rule in rules if len(rule.when) > MAX_CONDITIONS)


class CompiledGuide:
    """One version of a guide, compiled. Raises `RuleTooComplexError`."""

    def __init__(self, guide: GuideContent) -> None:
        if keys := too_complex(guide.rules):
            raise RuleTooComplexError(keys)
        self.guide = guide
        self._encoding = Encoding(guide)
        evaluation = _Evaluation(guide, self._encoding)
        self._fire = lru_cache(MEMO_SIZE)(evaluation.fire)

    def fire(self, answers: Answers) -> tuple[int, ...]:
        """The positions of all rules that hold, in rule order. Raises `UnknownAnswerError`."""
        try:
            codes = self._encoding.encode(answers)
        except KeyError:
            check_answers(self.guide, answers)
            raise
        return self._fire(codes)

    def resolve(self, answers: Answers) -> State:
        return resolve(self.guide, answers, self.fire)


class _Evaluation:
    """Apart from `CompiledGuide` so that the memo makes no cycle: rulesets are freed at once."""

    def __init__(self, guide: GuideContent, encoding: Encoding) -> None:
        self._rules = guide.rules
        self._encoding = encoding
        self._rulesets: Rulesets | None = None
        self._attempt(encoding.encode({}))  # compiles now, not on the first visitor's time

    def fire(self, codes: Codes) -> tuple[int, ...]:
        for _ in range(2):
            fired = self._attempt(codes)
            if fired is not None:
                return fired
        engine_failures["answered by the oracle"] += 1
        _logger.error("durable_rules failed twice: the oracle answers")
        return fired_positions(self._rules, self._encoding.decode(codes))

    def _attempt(self, codes: Codes) -> tuple[int, ...] | None:
        with _evaluation:
            try:
                return self._run(codes)
            except EngineError as failure:
                engine_failures["failed"] += 1
                _logger.error("durable_rules failed, its rulesets are made again: %s", failure)
                return None

    def _run(self, codes: Codes) -> tuple[int, ...]:
        """The rulesets are put back only after a whole run: what was interrupted is not used again."""
        rulesets, self._rulesets = self._rulesets, None
        if rulesets is None:
            rulesets = Rulesets(self._rules, self._encoding)
        fired = rulesets.fire(codes)
        self._rulesets = rulesets
        return fired
