"""The partition of rules has every rule, stays within the limits and has no equal conjunctions."""

from itertools import product

import pytest

from rules.engine.content import Match, RuleContent
from rules.engine.partition import (
    MAX_CONJUNCTIONS,
    MAX_PROPERTIES,
    MAX_STACK_SIZE,
    Shard,
    ShardsByAnchors,
    partition_rules,
)
from rules.engine.terms import answered_terms
from tests.engine.guides import choice_is, has_answer, numbered_rules
from tests.engine.tables import make_table


def all_shards(shards_by_anchors: ShardsByAnchors) -> list[Shard]:
    return [shard for shards in shards_by_anchors.values() for shard in shards]


def positions_in_shards(shards_by_anchors: ShardsByAnchors) -> set[int]:
    return {
        position
        for shard in all_shards(shards_by_anchors)
        for _, positions in shard.conjunctions
        for position in positions
    }


@pytest.mark.parametrize("size", [1, 16, 200, 2_000])
def test_every_rule_is_in_a_shard(size: int) -> None:
    assert positions_in_shards(partition_rules(make_table(size).rules)) == set(range(size))


@pytest.mark.parametrize("size", [200, 2_000])
def test_every_shard_is_within_its_limits(size: int) -> None:
    for shard in all_shards(partition_rules(make_table(size).rules)):
        assert len(shard.conjunctions) <= MAX_CONJUNCTIONS
        assert shard.tree.stack_size_with(()) <= MAX_STACK_SIZE
        assert len(shard.properties) <= MAX_PROPERTIES


def test_rules_with_the_same_conditions_in_another_order_share_a_conjunction() -> None:
    first, second = choice_is("x", "a"), has_answer("y")
    rules = numbered_rules([(first, second), (second, first), (first, second, first)])
    [shard] = all_shards(partition_rules(rules))
    assert [positions for _, positions in shard.conjunctions] == [(0, 1, 2)]


def test_each_condition_of_a_rule_that_matches_any_is_a_conjunction() -> None:
    rules = numbered_rules([(choice_is("x", "a"), has_answer("y"))], Match.ANY)
    [shard] = all_shards(partition_rules(rules))
    assert [positions for _, positions in shard.conjunctions] == [(0,), (0,)]


def test_a_small_guide_has_no_anchors() -> None:
    assert list(partition_rules(make_table(150).rules)) == [()]


def anchored_rules() -> list[RuleContent]:
    """Returns 300 rules with two possible anchors, and 10 rules with none.

    The first anchor is in all of the 300 rules, the second one in a tenth of them.
    """
    rare = [
        (choice_is("x", "a"), choice_is(f"y{index % 10}", "a"), has_answer(f"z{index}"))
        for index in range(300)
    ]
    return numbered_rules([*rare, *((has_answer(f"z{index}"),) for index in range(10))])


def test_rules_of_a_large_guide_are_grouped_by_their_rarest_anchor() -> None:
    anchors = {each[0].property.question for each in partition_rules(anchored_rules()) if each}
    assert anchors == {f"y{index}" for index in range(10)}


def test_each_conjunction_begins_with_its_anchor() -> None:
    for anchors, shards in partition_rules(anchored_rules()).items():
        for shard in shards:
            assert not anchors or all(terms[0] in anchors for terms, _ in shard.conjunctions)


def test_a_guide_of_very_many_anchors_has_one_shard_for_several_of_them() -> None:
    """Each of 60 answers to 20 questions is the anchor of one rule: alone, each would be a ruleset."""
    answers = product(range(20), range(60))
    rules = numbered_rules([(choice_is(f"q{one}", f"c{two}"),) for one, two in answers])
    groups = partition_rules(rules)
    assert [len(anchors) for anchors in groups] == [60] * 20
    assert positions_in_shards(groups) == set(range(1_200))


def test_rules_without_an_anchor_are_always_evaluated() -> None:
    always = partition_rules(anchored_rules())[()]
    assert sum(len(shard.conjunctions) for shard in always) == 10


def test_a_guide_without_rules_has_no_shard() -> None:
    assert all_shards(partition_rules([])) == []


def test_conjunctions_with_the_same_anchor_are_cut_into_shards() -> None:
    """Each of 15 answers to x is the anchor of 225 conjunctions, few of them true at once."""
    choices = [f"choice-{index}" for index in range(15)]
    conditions = [
        tuple(choice_is(question, choice) for question, choice in zip("xyz", chosen, strict=True))
        for chosen in product(choices, repeat=3)
    ]
    shards = all_shards(partition_rules(numbered_rules(conditions)))
    assert max(len(shard.conjunctions) for shard in shards) == MAX_CONJUNCTIONS


def test_a_shard_has_room_for_as_many_true_terms_as_may_be_on_the_stack() -> None:
    shard = Shard()
    for position in range(MAX_STACK_SIZE):
        conjunction = answered_terms(f"question-{position}")
        assert shard.has_room_for(conjunction)
        shard.add(conjunction, (position,))
    assert not shard.has_room_for(answered_terms("another"))
