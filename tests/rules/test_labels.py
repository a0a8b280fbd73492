"""Labels and aliases that people cannot see or tell apart."""

import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document.labels import label_refusals, line_refusal, normalise_label

HIDDEN = "\u200b\u200d\u2060\u00ad\ufeff\ufe0f\u034f\u180b\u17b4\u115f\u3164\uffa0\ufff0\x80\U000e0100\U000e0041"
LABELS = st.lists(
    st.sampled_from(["é", "e\u0301", "É", "a", "A", "ﬁ", "fi", "ß", "SS", " ", "\u00a0", "\u200b", "2", "²"]),
    max_size=3,
).map("".join)  # fmt: skip
TEXTS = LABELS | st.text(max_size=10)


def refusals_of(*choices: tuple[str, list[str]]) -> dict[str, str]:
    """Returns the refusals of labels and aliases by their places, such as « 1 label »."""
    return {
        " ".join(map(str, place)): refusal.replace("\u00a0", " ")
        for place, refusal in label_refusals(choices)
    }


@given(TEXTS)
def test_a_normalised_text_stays_the_same(text: str) -> None:
    assert normalise_label(normalise_label(text)) == normalise_label(text)


@given(
    TEXTS,
    st.sampled_from(
        [
            str.casefold,
            lambda text: f" {text}\u00a0",
            lambda text: text.replace(" ", "\t  "),
            *(lambda text, form=form: unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")),
        ]
    ),
)  # fmt: skip
def test_case_composition_and_spaces_do_not_count(text: str, change: Callable[[str], str]) -> None:
    assert normalise_label(change(text)) == normalise_label(text)


@given(TEXTS, st.sampled_from(HIDDEN), st.integers(0, 10))
def test_invisible_characters_do_not_count(text: str, hidden: str, index: int) -> None:
    assert normalise_label(text[:index] + hidden + text[index:]) == normalise_label(text)


@pytest.mark.parametrize(
    ("one", "other"), [("Oui", "Non"), ("é", "e"), ("A-B", "AB"), ("가", "나")]
)
def test_what_people_can_tell_apart_stays_different(one: str, other: str) -> None:
    assert normalise_label(one) != normalise_label(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("❤", "❤\ufe0f"),
        ("a b", "a\u2800b"),
        # Two orders of the marks of one letter, of which case folding makes a letter of its own.
        ("α\u0345\u0301", "α\u0301\u0345"),
    ],
)
def test_what_people_cannot_tell_apart_is_equal(one: str, other: str) -> None:
    assert normalise_label(one) == normalise_label(other)


def test_no_format_or_control_character_counts() -> None:
    hidden = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(char) in {"Cf", "Cc"} and not char.isspace()
    ]
    assert len(hidden) > 200
    assert normalise_label("".join(hidden)) == ""


@given(st.lists(TEXTS, max_size=6))
def test_a_label_is_refused_if_and_only_if_an_earlier_one_is_equal_once_normalised(
    labels: list[str],
) -> None:
    names = [normalise_label(label) for label in labels]
    repeated = [f"{i} label" for i, name in enumerate(names) if name and name in names[:i]]
    assert list(refusals_of(*((label, []) for label in labels))) == repeated


@given(st.lists(TEXTS, unique_by=normalise_label, min_size=2, max_size=4), st.data())
def test_an_alias_is_refused_if_and_only_if_another_choice_has_it(
    labels: list[str], data: st.DataObject
) -> None:
    drawn = st.lists(st.sampled_from(labels) | TEXTS, max_size=3)
    choices = [(label, data.draw(drawn)) for label in labels]
    names = [normalise_label(label) for label in labels]
    found = refusals_of(*choices)
    earlier: dict[str, int] = {}
    for index, (_, aliases) in enumerate(choices):
        for alias_index, alias in enumerate(aliases):
            name = normalise_label(alias)
            owner = names.index(name) if name in names else earlier.setdefault(name, index)
            assert (f"{index} aliases {alias_index}" in found) == (bool(name) and owner != index)


def test_refusals_quote_both_texts_and_say_what_to_do() -> None:
    assert refusals_of(("Oui", ["GAR"]), ("OUI", []), ("Non", ["oui", "gar", "non"])) == {
        "1 label": "« OUI » se lit comme « Oui », une autre réponse de cette question : "
        "donnez à chacune son propre texte.",
        "2 aliases 0": "« oui » est aussi le texte de la réponse « Oui » : "
        "enlevez cette autre écriture.",
        "2 aliases 1": "« gar » est aussi une autre écriture de la réponse « Oui » : "
        "ne la laissez qu’à l’une des deux.",
    }


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_a_direction_mark_is_refused_by_its_number(mark: str) -> None:
    assert f"(U+{ord(mark):04X})" in line_refusal(f"Oui{mark}")


@pytest.mark.parametrize("text", [*HIDDEN, " \u2800", "\u0301", "\u200b \u200b"])
def test_a_text_without_a_visible_character_is_refused(text: str) -> None:
    assert "aucun caractère visible" in line_refusal(text)


@pytest.mark.parametrize(
    "text", ["?", "–", "👩\u200d🎓", "❤\ufe0f", "क्\u200dष", "שלום", "\ue000", " a", "1"]
)
def test_every_visible_text_is_accepted(text: str) -> None:
    assert line_refusal(text) == ""


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_a_blank_text_is_left_to_the_check_of_blank_texts(text: str) -> None:
    assert line_refusal(text) == ""
