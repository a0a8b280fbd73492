"""All rules of a guide, compiled into rulesets of durable_rules.

Not for two threads at once: `rules.engine.compiled` holds the lock.
"""

from collections.abc import Sequence
from functools import lru_cache

from rules.engine.content import RuleContent
from rules.engine.durable import Ruleset
from rules.engine.encoding import Codes, Encoding
from rules.engine.partition import Shard, partition
from rules.engine.terms import UNANSWERED, Term

SHARD_MEMO = 64
"""Facts whose rules are remembered, for each shard: neighbouring answers differ in few of them."""


class Rulesets:
    """Entered by the answers given: one look-up a question finds the shards worth running."""

    def __init__(self, rules: Sequence[RuleContent], encoding: Encoding) -> None:
        self._encoding = encoding
        self._always: list[_Compiled] = []
        self._entered: list[dict[str, list[_Compiled]]] = [{} for _ in encoding.questions]
        for anchor, shards in partition(rules).items():
            self._add(anchor, [_Compiled(shard, encoding) for shard in shards])

    def _add(self, anchor: Term | None, shards: list["_Compiled"]) -> None:
        if anchor is None:
            self._always += shards
            return
        question = anchor.property.question
        entered = self._entered[list(self._encoding.questions).index(question)]
        for answer in (UNANSWERED, *self._encoding.questions[question]):
            if anchor.property.value(answer) == anchor.value:
                entered.setdefault(self._encoding.code(answer), []).extend(shards)

    def fire(self, codes: Codes) -> tuple[int, ...]:
        """The positions of all rules that hold, in rule order."""
        shards = list(self._always)
        for entered, code in zip(self._entered, codes, strict=True):
            shards += entered.get(code, ())
        fired: set[int] = set()
        for shard in shards:
            fired |= shard.fire(codes)
        return tuple(sorted(fired))


class _Compiled:
    """One shard as a ruleset, and the parts from which its facts are put together."""

    def __init__(self, shard: Shard, encoding: Encoding) -> None:
        names = {looked_at: f"p{at}" for at, looked_at in enumerate(sorted(shard.properties))}
        self._members = [
            (at, encoding.members(question, names))
            for at, question in enumerate(encoding.questions)
            if any(looked_at.question == question for looked_at in names)
        ]
        rules = {f"r{at}": rules for at, (_, rules) in enumerate(shard.conjunctions)}
        ruleset = Ruleset(
            {
                f"r{at}": [encoding.comparison(term, names) for term in terms]
                for at, (terms, _) in enumerate(shard.conjunctions)
            }
        )

        def run(fact: str) -> frozenset[int]:
            return frozenset(at for name in ruleset.run(fact) for at in rules[name])

        self._run = lru_cache(SHARD_MEMO)(run)

    def fire(self, codes: Codes) -> frozenset[int]:
        """The positions of the rules that hold."""
        return self._run(",".join([members[codes[at]] for at, members in self._members]))
