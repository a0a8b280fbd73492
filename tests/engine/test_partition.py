"""How rules are laid out: within every limit, none lost, merged where they are one."""

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


def shards(groups: Groups) -> list[Shard]:
    return [shard for group in groups.values() for shard in group]


def positions(groups: Groups) -> set[int]:
    return {at for shard in shards(groups) for _, rules in shard.conjunctions for at in rules}


@pytest.mark.parametrize("size", [1, 16, 200, 2_000])
def test_every_rule_is_laid_out(size: int) -> None:
    assert positions(partition_rules(make_table(size).rules)) == set(range(size))


@pytest.mark.parametrize("size", [200, 2_000])
def test_every_shard_is_within_its_limits(size: int) -> None:
    for shard in shards(partition_rules(make_table(size).rules)):
        assert len(shard.conjunctions) <= MAX_CONJUNCTIONS
        assert len(shard.true_at_once) <= MAX_TRUE_AT_ONCE
        assert len(shard.properties) <= MAX_PROPERTIES


def test_rules_with_one_meaning_are_one_conjunction() -> None:
    one, two = choice_is("x", "a"), has_answer("y")
    rules = numbered_rules([(one, two), (two, one), (one, two, one)])
    [shard] = shards(partition_rules(rules))
    assert [rules for _, rules in shard.conjunctions] == [(0, 1, 2)]


def test_each_condition_of_a_rule_that_matches_any_stands_alone() -> None:
    rules = numbered_rules([(choice_is("x", "a"), has_answer("y"))], Match.ANY)
    [shard] = shards(partition_rules(rules))
    assert [rules for _, rules in shard.conjunctions] == [(0,), (0,)]


def test_a_small_guide_is_one_group() -> None:
    assert list(partition_rules(make_table(150).rules)) == [None]


def anchored_rules() -> list[RuleContent]:
    """A common condition in all, a rarer one in each, and rules with neither."""
    rare = [
        (choice_is("x", "a"), choice_is(f"y{at % 10}", "a"), has_answer(f"z{at}"))
        for at in range(300)
    ]
    return numbered_rules([*rare, *((has_answer(f"z{at}"),) for at in range(10))])


def test_rules_of_a_large_guide_stand_under_their_rarest_anchor() -> None:
    groups = partition_rules(anchored_rules())
    anchors = {anchor.property.question for anchor in groups if anchor}
    assert anchors == {f"y{at}" for at in range(10)}


def test_the_anchor_stays_in_its_rules() -> None:
    for anchor, group in partition_rules(anchored_rules()).items():
        for shard in group:
            assert anchor is None or all(terms[0] == anchor for terms, _ in shard.conjunctions)


def test_rules_without_an_anchor_are_always_entered() -> None:
    always = partition_rules(anchored_rules())[None]
    assert sum(len(shard.conjunctions) for shard in always) == 10


def test_a_guide_without_rules_has_no_shard() -> None:
    assert shards(partition_rules([])) == []
