"""The keys that are made from titles."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document.keys import unused_key
from rules.document.limits import KEY_LENGTH, KEY_PATTERN


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("L’élève connaît-il son identifiant ?", "l-eleve-connait-il-son-identifiant"),
        ("L'élève", "l-eleve"),
        ("a_b", "a-b"),
        ("– (aucune)", "aucune"),
        ("日本", "question"),
        ("", "question"),
    ],
)
def test_a_key_is_made_of_the_letters_of_the_title(title: str, key: str) -> None:
    assert unused_key(title, taken=(), fallback="question") == key


def test_a_key_in_use_gets_a_number() -> None:
    assert unused_key("Oui", taken={"oui", "oui-2"}, fallback="reponse") == "oui-3"


@given(st.text(max_size=400), st.integers(0, 12))
def test_any_title_gives_an_unused_and_valid_key(title: str, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others + 1):
        key = unused_key(title, taken=taken, fallback="question")
        assert key not in taken
        assert re.fullmatch(KEY_PATTERN, key)
        assert len(key) <= KEY_LENGTH
        taken.add(key)
