"""Nothing typed reaches durable_rules, and none of our own names can be mistaken for another."""

import json
from collections.abc import Mapping

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.durable import GUARD, Comparison, Ruleset
from rules.engine.partition import MAX_CONJUNCTIONS, MAX_PROPERTIES
from tests.engine.guides import (
    choice_is,
    choice_is_not,
    compile_guide,
    make_question,
    numbered_rules,
    other_choice,
    same_choice,
)

TYPED = ["médiacentre", "costarring", "liquid", "x" * 64]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is given to durable_rules, as text."""
    texts: list[str] = []
    make, run = Ruleset.__init__, Ruleset.run

    def made(self: Ruleset, rules: Mapping[str, list[Comparison]]) -> None:
        texts.append(json.dumps(rules))
        make(self, rules)

    def ran(self: Ruleset, properties: str) -> list[str]:
        texts.append(properties)
        return run(self, properties)

    monkeypatch.setattr(Ruleset, "__init__", made)
    monkeypatch.setattr(Ruleset, "run", ran)
    return texts


def typed_guide() -> CompiledGuide:
    one, two, *_ = TYPED
    rules = [
        (choice_is(one, two),),
        (choice_is_not(one, *TYPED[:2]),),
        (same_choice(one, two),),
        (other_choice(one, two),),
    ]
    return compile_guide([make_question(key, *TYPED) for key in TYPED], numbered_rules(rules))


def test_no_key_reaches_durable_rules(seen: list[str]) -> None:
    typed_guide().fire(dict.fromkeys(TYPED, TYPED[1]))
    assert len(seen) >= 3
    assert not [key for key in TYPED for text in seen if key in text]


def test_all_that_reaches_durable_rules_is_short_ascii(seen: list[str]) -> None:
    typed_guide().fire(dict.fromkeys(TYPED, TYPED[1]))
    words = [word for text in seen for word in text.split('"')[1::2]]
    assert words
    assert max(map(len, words)) <= 4
    assert all(text.isascii() for text in seen)


def fnv1a(name: str) -> int:
    """How durable_rules tells names apart."""
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) % 2**32
    return value


def test_this_is_the_hash_under_which_two_words_are_one() -> None:
    assert fnv1a("costarring") == fnv1a("liquid")


def test_no_two_names_of_a_ruleset_have_one_hash() -> None:
    names = {*GUARD, "id", "sid", "m", "$s", "~"}
    names |= {f"p{at}" for at in range(MAX_PROPERTIES + 1)}
    names |= {f"r{at}" for at in range(MAX_CONJUNCTIONS)}
    assert len({fnv1a(name) for name in names}) == len(names)


def test_questions_alike_to_the_hash_of_durable_rules_are_two_questions() -> None:
    rules = [(choice_is("costarring", "a"),), (choice_is("liquid", "a"),)]
    guide = compile_guide(
        [make_question("costarring"), make_question("liquid")], numbered_rules(rules)
    )
    assert guide.fire({"costarring": "a"}) == (0,)
    assert guide.fire({"liquid": "a"}) == (1,)


def test_choices_that_differ_in_their_last_character_are_two_choices() -> None:
    one, two = "a" * 63 + "b", "a" * 63 + "c"
    guide = compile_guide(
        [make_question("x", one, two)],
        numbered_rules([(choice_is("x", one),), (choice_is("x", two),)]),
    )
    assert [guide.fire({"x": each}) for each in (one, two)] == [(0,), (1,)]


def test_questions_that_no_rule_looks_at_do_not_fill_the_memo() -> None:
    guide = compile_guide(
        [make_question("x"), make_question("y")], numbered_rules([(choice_is("x", "a"),)])
    )
    assert guide.fire({"x": "a", "y": "a"}) is guide.fire({"x": "a", "y": "b"})
