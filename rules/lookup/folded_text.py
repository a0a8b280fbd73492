"""Compares texts as people search them: accents, case and the shapes of quotation marks do not count."""

import re
import unicodedata
from collections.abc import Iterator

MAX_QUERY_LENGTH = 300
"""The most characters of a query that count: a title that someone pastes has no more."""
MAX_WORDS = 20
"""The most words of a query that count. The others are left out."""

MarkedText = tuple[tuple[str, bool], ...]
"""The pieces of a text, each with whether it is one of the words that were sought."""

_SAME_CHARACTERS = {
    **dict.fromkeys("’‘‛ʼ′´`", "'"),
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("‐‒–—−", "-"),
    "œ": "oe",
    "æ": "ae",
}
_AROUND_WORDS = "\"'?!:;,.()[]…→*_#"
"""The characters at the ends of a word of a query that do not count, as in « oui » ?"""


class _FoldedCharacters(dict[int, str]):
    """What each character becomes in a folded text, by its code; filled when it is needed."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        shown = (char for char in folded if unicodedata.category(char) not in {"Mn", "Cf"})
        self[code] = "".join(_SAME_CHARACTERS.get(char, char) for char in shown)
        return self[code]


_folded_characters = _FoldedCharacters()


def fold_text(text: str) -> str:
    """Returns what two texts have in common if a search takes them for the same."""
    return text.translate(_folded_characters)


def search_words(query: str) -> tuple[str, ...]:
    """Returns the folded words of a query, each once: all of them must be found."""
    folded = re.sub(r"\bn\s*°", " ", fold_text(query))
    words = (word.strip(_AROUND_WORDS) for word in folded.split())
    return tuple(dict.fromkeys(filter(None, words)))[:MAX_WORDS]


def has_word(folded: str, word: str) -> bool:
    """True if some word of a folded text begins with `word`."""
    return word in folded and bool(re.search(rf"(?<!\w){re.escape(word)}", folded))


def mark_words(text: str, words: tuple[str, ...]) -> MarkedText:
    """Cuts a text into pieces, so that each place where it has one of the words is a piece."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in _find_words(text, words):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return tuple(piece for piece in (*pieces, (text[end:], False)) if piece[0])


def cut_excerpt(text: str, words: tuple[str, ...], characters: int) -> MarkedText:
    """Returns at most so many characters around the longest of the words, with the words marked.

    A text that is not longer is returned whole. Line ends become spaces.
    """
    line = " ".join(text.split())
    if len(line) <= characters:
        return mark_words(line, words)
    places = _find_words(line, words)
    found = max(places, key=lambda place: place[1] - place[0], default=(0, 0))[0]
    start = max(0, min(found - characters // 2, len(line) - characters))
    if start:
        start = line.find(" ", start, found) + 1 or start
    stop = start + characters
    if stop < len(line):
        stop = max(line.rfind(" ", start, stop), found + 1)
    shown = f"{'… ' if start else ''}{line[start:stop].strip()}{' …' if stop < len(line) else ''}"
    return mark_words(shown, words)


def _find_words(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yields the beginning and the end of each place where a text has one of the words."""
    if not words:
        return
    longest_first = sorted(words, key=len, reverse=True)
    places = [index for index, char in enumerate(text) for _ in _folded_characters[ord(char)]]
    places.append(len(text))
    end = 0
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})"
    for match in re.finditer(pattern, fold_text(text)):
        start = max(end, places[match.start()])
        end = max(places[match.end()], places[match.end() - 1] + 1)
        yield start, end
