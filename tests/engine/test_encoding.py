"""durable_rules receives short codes instead of keys, and never confuses two of them."""

import json
from collections.abc import Mapping

import pytest

from rules.engine.comparisons import Comparison
from rules.engine.compiled import CompiledGuide
from rules.engine.durable import GUARD, Ruleset
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
def received(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that durable_rules receives."""
    texts: list[str] = []
    compile_rules, run = Ruleset.__init__, Ruleset.run

    def note_rules(self: Ruleset, rules: Mapping[str, list[Comparison]]) -> None:
        texts.append(json.dumps(rules))
        compile_rules(self, rules)

    def note_properties(self: Ruleset, properties: str) -> list[str]:
        texts.append(properties)
        return run(self, properties)

    monkeypatch.setattr(Ruleset, "__init__", note_rules)
    monkeypatch.setattr(Ruleset, "run", note_properties)
    return texts


def typed_guide() -> CompiledGuide:
    first, second, *_ = TYPED
    rules = [
        (choice_is(first, second),),
        (choice_is_not(first, *TYPED[:2]),),
        (same_choice(first, second),),
        (other_choice(first, second),),
    ]
    return compile_guide([make_question(key, *TYPED) for key in TYPED], numbered_rules(rules))


def test_durable_rules_receives_no_key(received: list[str]) -> None:
    typed_guide().fire(dict.fromkeys(TYPED, TYPED[1]))
    assert len(received) >= 3
    assert not [key for key in TYPED for text in received if key in text]


def test_durable_rules_receives_only_short_ascii_texts(received: list[str]) -> None:
    typed_guide().fire(dict.fromkeys(TYPED, TYPED[1]))
    words = [word for text in received for word in text.split('"')[1::2]]
    assert words
    assert max(map(len, words)) <= 4
    assert all(text.isascii() for text in received)


def fnv1a_hash(name: str) -> int:
    """Returns the hash by which durable_rules compares names."""
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) % 2**32
    return value


def test_two_known_words_have_the_same_hash() -> None:
    assert fnv1a_hash("costarring") == fnv1a_hash("liquid")


def test_no_two_names_of_a_ruleset_have_the_same_hash() -> None:
    names = {*GUARD, "id", "sid", "m", "$s", "~"}
    names |= {f"p{index}" for index in range(MAX_PROPERTIES + 1)}
    names |= {f"r{index}" for index in range(MAX_CONJUNCTIONS)}
    assert len({fnv1a_hash(name) for name in names}) == len(names)


def test_questions_whose_keys_have_the_same_hash_are_distinguished() -> None:
    rules = [(choice_is("costarring", "a"),), (choice_is("liquid", "a"),)]
    guide = compile_guide(
        [make_question("costarring"), make_question("liquid")], numbered_rules(rules)
    )
    assert guide.fire({"costarring": "a"}) == (0,)
    assert guide.fire({"liquid": "a"}) == (1,)


def test_choices_whose_keys_differ_in_the_last_character_are_distinguished() -> None:
    first, second = "a" * 63 + "b", "a" * 63 + "c"
    guide = compile_guide(
        [make_question("x", first, second)],
        numbered_rules([(choice_is("x", first),), (choice_is("x", second),)]),
    )
    assert [guide.fire({"x": choice}) for choice in (first, second)] == [(0,), (1,)]


def test_answers_that_no_rule_looks_at_do_not_fill_the_memo() -> None:
    guide = compile_guide(
        [make_question("x"), make_question("y")], numbered_rules([(choice_is("x", "a"),)])
    )
    assert guide.fire({"x": "a", "y": "a"}) is guide.fire({"x": "a", "y": "b"})
