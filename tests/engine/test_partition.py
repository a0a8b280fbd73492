"""The partition of rules: within every limit, complete, and without identical conjunctions."""

import pytest

from rules.engine.content import Match, RuleContent
from rules.engine.partition import (
    MAX_CONJUNCTIONS,
    MAX_PROPERTIES,
    MAX_TRUE_AT_ONCE,
    Groups,
    Shard,
    partition_rules,
)
from tests.engine.guides import choice_is, has_answer, numbered_rules
from tests.engine.tables import make_table


def shards_of_groups(groups: Groups) -> list[Shard]:
    return [shard for group in groups.values() for shard in group]


def positions_of_groups(groups: Groups) -> set[int]:
    return {
        position
        for shard in shards_of_groups(groups)
        for _, rules in shard.conjunctions
        for position in rules
    }


@pytest.mark.parametrize("size", [1, 16, 200, 2_000])
def test_every_rule_is_in_a_shard(size: int) -> None:
    assert positions_of_groups(partition_rules(make_table(size).rules)) == set(range(size))


@pytest.mark.parametrize("size", [200, 2_000])
def test_every_shard_is_within_its_limits(size: int) -> None:
    for shard in shards_of_groups(partition_rules(make_table(size).rules)):
        assert len(shard.conjunctions) <= MAX_CONJUNCTIONS
        assert len(shard.true_at_once) <= MAX_TRUE_AT_ONCE
        assert len(shard.properties) <= MAX_PROPERTIES


def test_rules_with_one_meaning_are_one_conjunction() -> None:
    first, second = choice_is("x", "a"), has_answer("y")
    rules = numbered_rules([(first, second), (second, first), (first, second, first)])
    [shard] = shards_of_groups(partition_rules(rules))
    assert [rules for _, rules in shard.conjunctions] == [(0, 1, 2)]


def test_each_condition_of_a_rule_that_matches_any_is_a_conjunction() -> None:
    rules = numbered_rules([(choice_is("x", "a"), has_answer("y"))], Match.ANY)
    [shard] = shards_of_groups(partition_rules(rules))
    assert [rules for _, rules in shard.conjunctions] == [(0,), (0,)]


def test_a_small_guide_is_one_group() -> None:
    assert list(partition_rules(make_table(150).rules)) == [None]


def anchored_rules() -> list[RuleContent]:
    """Returns 300 rules with a common condition and a rarer one, and 10 rules with neither."""
    rare = [
        (choice_is("x", "a"), choice_is(f"y{index % 10}", "a"), has_answer(f"z{index}"))
        for index in range(300)
    ]
    return numbered_rules([*rare, *((has_answer(f"z{index}"),) for index in range(10))])


def test_rules_of_a_large_guide_are_under_their_rarest_anchor() -> None:
    groups = partition_rules(anchored_rules())
    anchors = {anchor.property.question for anchor in groups if anchor}
    assert anchors == {f"y{index}" for index in range(10)}


def test_the_anchor_stays_in_its_rules() -> None:
    for anchor, group in partition_rules(anchored_rules()).items():
        for shard in group:
            assert anchor is None or all(terms[0] == anchor for terms, _ in shard.conjunctions)


def test_rules_without_an_anchor_are_always_evaluated() -> None:
    always = partition_rules(anchored_rules())[None]
    assert sum(len(shard.conjunctions) for shard in always) == 10


def test_a_guide_without_rules_has_no_shard() -> None:
    assert shards_of_groups(partition_rules([])) == []
