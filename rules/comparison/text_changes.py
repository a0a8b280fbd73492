"""The words that differ in a long text."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, takewhile

from rules.comparison.change import Mark, PartName, Segment, Sentence, of, told
from rules.markdown import to_plain_text
from rules.sentences import quote_text

ALIGNED_WORDS = 2_000
"""Where more differ, from the first to the last, the passage is told as replaced."""
_ONLY_SPACES = " (seuls des espaces ou des retours à la ligne changent)"
_ONLY_LOOKS = " (seule la mise en forme change)"
_ONLY_QUOTES = " (seuls des guillemets changent)"
AROUND = 25
"""Words shown on each side of a difference."""


def text_change_sentences(
    name: str, called: PartName, old: str, new: str, *, feminine: bool = False
) -> Iterator[Sentence]:
    """« L’explication de … a changé. », with its words; nothing where it is the same."""
    if old == new:
        return
    plain = to_plain_text(old), to_plain_text(new)
    done = f"est {'ajouté' if new else 'supprimé'}{'e' * feminine}"
    if old and new:
        looks = _ONLY_LOOKS * (plain[0] == plain[1])
        done = f"a changé{_ONLY_SPACES if only_spaces(old, new) else looks}"
    yield Sentence(
        f"{name}{of(called.here)} {done}.",
        f"{name}{of(called.standalone)} {done}.",
        text_segments(old, new),
        text_segments(*plain),
    )


def renaming_sentences(called: PartName, old: str, new: str) -> Iterator[Sentence]:
    """A heading has the new name only: the old one stands below it."""
    if old != new:
        quotes = _ONLY_QUOTES * (quote_text(old) == quote_text(new))
        but = _ONLY_SPACES if only_spaces(old, new) else quotes
        now = f"s’appelle maintenant {quote_text(new)}"
        alone = told(called, f"{now}{but}")
        instead = told(called, f"{now} au lieu de {quote_text(old)}{but}")
        yield alone if called.here else Sentence(instead.text, alone.standalone)


def only_spaces(old: str, new: str) -> bool:
    return old != new and old.split() == new.split()


def text_segments(old: str, new: str) -> tuple[Segment, ...]:
    """The text with its differences, between a few words of what stays."""
    parts = [part for part in _segments(_words(old), _words(new)) if part.text]
    found = [
        Segment("".join(part.text for part in same), mark)
        for mark, same in groupby(parts, key=lambda part: part.mark)
    ]
    last = len(found) - 1
    return tuple(
        _shortened(part, first=not at, last=at == last) if part.mark is Mark.KEPT else part
        for at, part in enumerate(found)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _segments(old: list[str], new: list[str]) -> Iterator[Segment]:
    start, end = _same_ends(old, new)
    yield Segment("".join(old[:start]), Mark.KEPT)
    yield from _between(old[start : len(old) - end], new[start : len(new) - end])
    yield Segment("".join(old[len(old) - end :]), Mark.KEPT)


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words begin both, and how many of the others end both."""
    start = _same_start(old, new)
    return start, _same_start(old[start:][::-1], new[start:][::-1])


def _same_start(old: Sequence[str], new: Sequence[str]) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    return len(list(same))


def _between(old: list[str], new: list[str]) -> Iterator[Segment]:
    if max(len(old), len(new)) > ALIGNED_WORDS:
        yield from _replaced("".join(old), "".join(new))
        return
    for tag, *at in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[at[0] : at[1]]), "".join(new[at[2] : at[3]])
        if tag == "equal":
            yield Segment(after, Mark.KEPT)
        else:
            yield from _replaced(before, after)


def _replaced(old: str, new: str) -> Iterator[Segment]:
    """But for the words and the spaces that begin or end both."""
    if only_spaces(old, new):
        yield Segment(_visible(old), Mark.REMOVED)
        yield Segment(_visible(new), Mark.ADDED)
        return
    before, after = re.findall(r"\S+|\s+", old), re.findall(r"\S+|\s+", new)
    start, end = _same_ends(before, after)
    yield Segment("".join(before[:start]), Mark.KEPT)
    yield Segment("".join(before[start : len(before) - end]), Mark.REMOVED)
    yield Segment("".join(after[start : len(after) - end]), Mark.ADDED)
    yield Segment("".join(after[len(after) - end :]), Mark.KEPT)


def _visible(text: str) -> str:
    """Spaces as signs, where they are all that differs."""
    return text.replace("\n", "↵\n").replace("\u00a0", "⍽").replace(" ", "·")


def _shortened(part: Segment, *, first: bool, last: bool) -> Segment:
    """What stays, without its middle; what begins or ends the text, without the far side."""
    words = _words(part.text)
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    if len(words) <= len(head) + len(tail) + AROUND:
        return part
    return Segment("".join([*head, "[…] ", *tail]), Mark.KEPT)
