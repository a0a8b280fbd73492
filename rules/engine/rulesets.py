"""All rules of a guide, compiled into rulesets of durable_rules: one for each shard.

Two threads must not use the rulesets at once, so `rules.engine.compiled` calls this under a lock.
"""

from collections.abc import Sequence
from functools import lru_cache

from rules.engine.content import RuleContent
from rules.engine.durable import Ruleset
from rules.engine.encoding import Codes, Encoding
from rules.engine.partition import Anchors, Shard, partition_rules
from rules.engine.terms import UNANSWERED

SHARD_MEMO_SIZE = 64
"""The number of facts for which each shard remembers the rules that hold.

From one set of answers to the next few answers change, so the facts of most shards stay the same.
"""


class Rulesets:
    """The rulesets of a guide. The answer to each question selects those that must run."""

    def __init__(self, rules: Sequence[RuleContent], encoding: Encoding) -> None:
        self._encoding = encoding
        self._always: list[_CompiledShard] = []
        self._by_code: list[dict[str, list[_CompiledShard]]] = [{} for _ in encoding.questions]
        for anchors, shards in partition_rules(rules).items():
            self._add_group(anchors, [_CompiledShard(shard, encoding) for shard in shards])

    def _add_group(self, anchors: Anchors, shards: list["_CompiledShard"]) -> None:
        """Files the shards of a group under the code of each answer that makes one of its anchors true.

        Without anchors, the shards run for any answers.
        """
        if not anchors:
            self._always += shards
            return
        question = anchors[0].property.question
        by_code = self._by_code[list(self._encoding.questions).index(question)]
        for answer in (UNANSWERED, *self._encoding.questions[question]):
            if any(anchor.property.value_of(answer) == anchor.value for anchor in anchors):
                by_code.setdefault(self._encoding.code_of_answer(answer), []).extend(shards)

    def fire(self, codes: Codes) -> tuple[int, ...]:
        """Returns the positions of all rules that hold, in rule order. Raises `EngineError`."""
        shards = list(self._always)
        for by_code, code in zip(self._by_code, codes, strict=True):
            shards += by_code.get(code, ())
        fired: set[int] = set()
        for shard in shards:
            fired |= shard.fire(codes)
        return tuple(sorted(fired))


class _CompiledShard:
    """A shard compiled into a ruleset, with the JSON members from which its facts are composed."""

    def __init__(self, shard: Shard, encoding: Encoding) -> None:
        names = {observed: f"p{index}" for index, observed in enumerate(sorted(shard.properties))}
        self._members = [
            (index, encoding.fact_members(question, names))
            for index, question in enumerate(encoding.questions)
            if any(observed.question == question for observed in names)
        ]
        rules = {f"r{index}": rules for index, (_, rules) in enumerate(shard.conjunctions)}
        ruleset = Ruleset(
            {
                f"r{index}": [encoding.comparison_of_term(term, names) for term in terms]
                for index, (terms, _) in enumerate(shard.conjunctions)
            }
        )

        def run_fact(fact: str) -> frozenset[int]:
            return frozenset(position for name in ruleset.run(fact) for position in rules[name])

        self._run_fact = lru_cache(SHARD_MEMO_SIZE)(run_fact)

    def fire(self, codes: Codes) -> frozenset[int]:
        """Returns the positions of the rules of this shard that hold."""
        return self._run_fact(",".join([members[codes[index]] for index, members in self._members]))
