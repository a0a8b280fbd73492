"""Sentences about changed texts and names, with the words that differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import SequenceMatcher
from itertools import groupby, takewhile

from rules.comparison.change_sentences import (
    Mark,
    PartName,
    Segment,
    Sentence,
    phrase_with_de,
    sentence_about,
)
from rules.markdown import to_plain_text
from rules.sentences import quote_text

MAX_STEPS = 200_000_000
"""The most steps in which the words of all passages of a comparison may be aligned: some ten seconds.

A passage of 200 words takes up to 100,000. Passages for which no steps are left are shown as replaced.
"""
CONTEXT_WORDS = 25
"""The number of unchanged words that are shown before and after a difference."""
_ONLY_SPACES = " (seuls des espaces ou des retours à la ligne changent)"
_ONLY_FORMATTING = " (seule la mise en forme change)"
_ONLY_QUOTES = " (seuls des guillemets changent)"
_steps_left = ContextVar("steps left", default=MAX_STEPS)


@contextmanager
def limit_steps() -> Iterator[None]:
    """Makes all texts that are compared in a `with` block share `MAX_STEPS`."""
    token = _steps_left.set(MAX_STEPS)
    try:
        yield
    finally:
        _steps_left.reset(token)


def text_change_sentences(
    subject: str, name: PartName, old: str, new: str, *, feminine: bool = False
) -> Iterator[Sentence]:
    """Yields « L’explication de … a changé. » with the differences, or nothing for equal texts.

    `subject` is the noun of the text (« L’explication »), and `name` names its part.
    """
    if old == new:
        return
    plain = to_plain_text(old), to_plain_text(new)
    predicate = f"est {'ajouté' if new else 'supprimé'}{'e' * feminine}"
    if old and new:
        formatting = _ONLY_FORMATTING * (plain[0] == plain[1])
        predicate = f"a changé{_ONLY_SPACES if differ_in_spaces(old, new) else formatting}"
    yield Sentence(
        f"{subject}{phrase_with_de(name.under_heading)} {predicate}.",
        f"{subject}{phrase_with_de(name.in_full)} {predicate}.",
        text_segments(old, new),
        text_segments(*plain),
    )


def renaming_sentences(name: PartName, old: str, new: str) -> Iterator[Sentence]:
    """Yields « … s’appelle maintenant … », or nothing for equal names.

    The heading of a renamed part shows only its new name, so the sentence below it adds the old one.
    """
    if old != new:
        remark = _remark_on_likeness(old, new)
        predicate = f"s’appelle maintenant {quote_text(new)}"
        sentence = sentence_about(name, f"{predicate}{remark}")
        repeating = sentence_about(name, f"{predicate} au lieu de {quote_text(old)}{remark}")
        yield sentence if name.under_heading else Sentence(repeating.text, sentence.standalone)


def line_change_sentences(subject: str, name: PartName, old: str, new: str) -> Iterator[Sentence]:
    """Yields « Le nom court de … est maintenant « … » au lieu de « … ». », or nothing for equal texts.

    `subject` is the noun of the text (« le nom court »), and `name` names its part.
    """
    if old == new:
        return
    line = PartName(
        f"{subject}{phrase_with_de(name.in_full)}", f"{subject}{phrase_with_de(name.under_heading)}"
    )
    former = f" au lieu de {quote_text(old)}{_remark_on_likeness(old, new)}" if old else ""
    yield sentence_about(
        line, f"est maintenant {quote_text(new)}{former}" if new else "est supprimé"
    )


def _remark_on_likeness(old: str, new: str) -> str:
    """Returns what to add to two different texts that look the same when they are quoted."""
    quotes = _ONLY_QUOTES * (quote_text(old) == quote_text(new))
    return _ONLY_SPACES if differ_in_spaces(old, new) else quotes


def differ_in_spaces(old: str, new: str) -> bool:
    """True if two texts differ only in their spaces and line ends."""
    return old != new and old.split() == new.split()


def text_segments(old: str, new: str) -> tuple[Segment, ...]:
    """Returns the segments of two texts: the unchanged, the removed and the added words, in order.

    Long unchanged segments are shortened to the words next to a difference.
    """
    segments = [part for part in _compare_words(_words_of(old), _words_of(new)) if part.text]
    joined = [
        Segment("".join(part.text for part in group), mark)
        for mark, group in groupby(segments, key=lambda part: part.mark)
    ]
    for index, segment in enumerate(joined):
        if segment.mark is Mark.UNCHANGED:
            words = _words_of(segment.text)
            head = words[:CONTEXT_WORDS] if index > 0 else []
            tail = words[-CONTEXT_WORDS:] if index < len(joined) - 1 else []
            if len(words) > len(head) + len(tail) + CONTEXT_WORDS:
                joined[index] = Segment("".join([*head, "[…] ", *tail]), Mark.UNCHANGED)
    return tuple(joined)


def _words_of(text: str) -> list[str]:
    """Returns the words of a text, each with the spaces after it."""
    return re.findall(r"\S+\s*|\s+", text)


def _compare_words(old: list[str], new: list[str]) -> Iterator[Segment]:
    """Yields the segments of two texts, given as lists of words. Some segments may be empty."""
    start, end = _common_ends(old, new)
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    yield Segment("".join(old[:start]), Mark.UNCHANGED)
    counts, left = Counter(new_middle), _steps_left.get()
    # Each word of the shorter passage is found by at most one look at each word of the old passage
    # and at each equal word of the new one.
    looks = len(old_middle) + sum(counts[word] for word in old_middle)
    steps = min(len(old_middle), len(new_middle)) * looks
    if steps > left:
        yield from _replacement_segments("".join(old_middle), "".join(new_middle))
    else:
        _steps_left.set(left - steps)
        matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=False)
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
            after = "".join(new_middle[new_start:new_end])
            if tag == "equal":
                yield Segment(after, Mark.UNCHANGED)
            else:
                yield from _replacement_segments("".join(old_middle[old_start:old_end]), after)
    yield Segment("".join(old[len(old) - end :]), Mark.UNCHANGED)


def _replacement_segments(old: str, new: str) -> Iterator[Segment]:
    """Yields the segments of an old and a new passage that were found to be different.

    If only spaces differ, signs make them visible. Otherwise, the words and spaces with which both
    passages begin or end are unchanged.
    """
    if differ_in_spaces(old, new):
        yield Segment(_with_visible_spaces(old), Mark.REMOVED)
        yield Segment(_with_visible_spaces(new), Mark.ADDED)
        return
    before, after = re.findall(r"\S+|\s+", old), re.findall(r"\S+|\s+", new)
    start, end = _common_ends(before, after)
    yield Segment("".join(before[:start]), Mark.UNCHANGED)
    yield Segment("".join(before[start : len(before) - end]), Mark.REMOVED)
    yield Segment("".join(after[start : len(after) - end]), Mark.ADDED)
    yield Segment("".join(after[len(after) - end :]), Mark.UNCHANGED)


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Returns how many words are common at the start, and how many of the others at the end."""
    start = _common_start(old, new)
    return start, _common_start(old[start:][::-1], new[start:][::-1])


def _common_start(old: Sequence[str], new: Sequence[str]) -> int:
    equal_pairs = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    return len(list(equal_pairs))


def _with_visible_spaces(text: str) -> str:
    return text.replace("\n", "↵\n").replace("\u00a0", "⍽").replace(" ", "·")
