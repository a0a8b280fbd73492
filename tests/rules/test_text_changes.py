"""The words that a comparison marks as changed in a text, and the sentences that quote them."""

from dataclasses import replace
from time import process_time

import pytest

from rules.comparison import Mark, compare_guides, text_changes
from rules.comparison.text_changes import text_segments
from tests.rules.test_comparison import GUIDE, replace_no_break_spaces


def test_only_the_words_that_differ_are_marked() -> None:
    segments = text_segments("Il faut le faire avant.", "Il faut tout faire avant. Vite.")
    marked = [(part.mark, part.text) for part in segments if part.mark is not Mark.UNCHANGED]
    assert marked == [(Mark.REMOVED, "le"), (Mark.ADDED, "tout"), (Mark.ADDED, " Vite.")]


def test_unchanged_text_far_from_a_difference_is_left_out() -> None:
    text = " ".join(f"mot{index}" for index in range(500))
    before, removed, added, after = text_segments(text, text.replace("mot250", "neuf"))
    assert (removed.text, added.text) == ("mot250", "neuf")
    assert before.text.startswith("[…] ")
    assert len(before.text.split()) < 30 > len(after.text.split())


def test_a_sentence_with_changed_words_quotes_the_words_that_differ() -> None:
    [change] = compare_guides(GUIDE, replace(GUIDE, introduction="Bonjour à vous tous."))
    assert (
        replace_no_break_spaces(change.sentences[0].with_changed_words)
        == "L’introduction a changé. Ajouté : « vous »."
    )


def test_a_sentence_with_changed_words_has_no_markdown() -> None:
    new = "**Bonjour** à [tous](https://a.fr).\n\n1. Un\n2. `Deux`"
    [change] = compare_guides(GUIDE, replace(GUIDE, introduction=new))
    assert replace_no_break_spaces(change.sentences[0].with_changed_words) == (
        "L’introduction a changé. Retiré : « tous. ». Ajouté : « tous (https://a.fr). Un Deux »."
    )


def test_a_change_of_formatting_only_is_mentioned() -> None:
    [change] = compare_guides(GUIDE, replace(GUIDE, introduction="**Bonjour** à tous."))
    assert replace_no_break_spaces(change.sentences[0].with_changed_words) == (
        "L’introduction a changé (seule la mise en forme change)."
    )


def test_long_texts_without_a_word_in_common_are_shown_as_replaced() -> None:
    segments = text_segments("a " * 10_000, "b " * 10_000)
    assert [part.mark for part in segments] == [Mark.REMOVED, Mark.ADDED, Mark.UNCHANGED]


def test_texts_that_are_hard_to_compare_are_shown_as_replaced() -> None:
    began = process_time()
    old, new = ("ab" * 10_000, "aabb" * 5_000)
    segments = text_segments(" ".join(old), "x " + " ".join(new))
    assert [part.mark for part in segments if part.mark is not Mark.UNCHANGED] == [
        Mark.REMOVED,
        Mark.ADDED,
    ]
    assert process_time() - began < 1


def test_the_texts_of_one_comparison_share_the_steps_to_compare_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_changes, "MAX_STEPS", 50)
    outcomes = tuple(replace(GUIDE.outcomes[0], key=key, body="a b c d") for key in ("e", "f"))
    old, new = (
        replace(GUIDE, rules=(), examples=(), outcomes=each)
        for each in (outcomes, tuple(replace(one, body="x b y d z") for one in outcomes))
    )
    are_aligned = [
        any(part.mark is Mark.UNCHANGED for part in change.sentences[0].segments)
        for change in compare_guides(old, new)
    ]
    assert are_aligned == [True, False]
