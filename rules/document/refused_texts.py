"""What is refused in a guide that someone writes: that is saved, imported or published.

`parse_document` accepts all of it, because versions, snapshots and drafts that were stored before
something was refused are still read. A draft shows it as problems, which keep it from publication.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from rules.bounded_cache import BoundedCache
from rules.document.cursor import text_problems
from rules.document.labels import Spellings, label_refusals, line_refusal
from rules.document.limits import (
    KEY_LENGTH,
    MARKDOWN_LENGTH,
    MAX_DOCUMENT_BYTES,
    RESERVED_SLUGS,
    TITLE_LENGTH,
    URL_LENGTH,
    count_refusals,
    size_refusal,
)
from rules.document.link_addresses import (
    count_signs_to_parse,
    link_refusal,
    markdown_link_refusals,
)
from rules.document.parsing import parse_document
from rules.document.problems import (
    DocumentError,
    FieldOrIndex,
    Place,
    Problem,
    cap_problems,
    place_label,
    quote_value,
)
from rules.document.serialising import canonical_json, document_digest
from rules.engine.content import GuideContent

_LINE_PATHS = (
    *("title", "questions.*.title", "questions.*.short", "questions.*.for_pupil"),
    "questions.*.choices.*.label",
    *("questions.*.choices.*.aliases.*", "outcomes.*.title", "outcomes.*.link.label"),
    "examples.*.name",
)
_LINK_PATHS = ("outcomes.*.link.url",)
_MARKDOWN_PATHS = (
    *("introduction", "questions.*.help", "questions.*.choices.*.help"),
    *("outcomes.*.body", "outcomes.*.for_pupil"),
)
"""The paths of texts of each kind in a document. A star stands for each item of a list."""

MAX_SIGNS_TO_PARSE = 300_000
"""How many signs of Markdown a guide may have in texts whose links must be looked for: 3 seconds."""
TOO_MUCH_MARKDOWN = (
    "les textes de ce guide ont trop de signes de mise en forme (crochets, étoiles…) pour que leurs "
    "liens soient tous vérifiés\u00a0; enlevez ceux qui ne servent pas."
)


def parse_written_document(document: object) -> GuideContent:
    """Returns the guide of a raw document that someone writes.

    Raises `DocumentError`, with the first problems and the number of the others, if it is not
    well-formed or something is refused. A document that is far too large is not read any further.
    """
    problems = _excessive_size_problems(document)
    if not problems:
        refusals = document_refusals(document)
        try:
            content = parse_document(document)
            problems = [*refusals, *_size_problems(len(canonical_json(content).encode()))]
        except DocumentError as error:
            counts = _place_refusals(document, count_refusals(document))
            problems = list(dict.fromkeys([*counts, *error.problems, *refusals]))
    if problems:
        raise DocumentError(cap_problems(problems))
    return content


def _excessive_size_problems(document: object) -> list[Problem]:
    """Returns the refusal of a raw document that has more than twice the largest size, without spaces.

    What is between the two sizes may be fields that the guide does not need, such as empty ones.
    """
    with suppress(ValueError):  # Python refuses to write integers of thousands of digits
        size = len(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
        return _size_problems(size) if size > 2 * MAX_DOCUMENT_BYTES else []
    return []


_cached_refusals = BoundedCache[Sequence[Problem]](50_000, lambda refusals: 1 + len(refusals))
"""The refusals of the latest guides, by the digests of their documents."""


def guide_refusals(canonical: str) -> Sequence[Problem]:
    """Does what `find_guide_refusals` does, and keeps the latest results."""
    digest = document_digest(canonical)
    return _cached_refusals.find_or_make(digest, lambda: find_guide_refusals(canonical))


def find_guide_refusals(canonical: str) -> Sequence[Problem]:
    """Returns what is refused in a guide, given as canonical JSON: its texts, counts and size.

    The guide may be an unfinished draft.
    """
    return (*document_refusals(json.loads(canonical)), *_size_problems(len(canonical.encode())))


def _size_problems(size: int) -> list[Problem]:
    """Returns the refusal of a guide of so many bytes; nothing if it is small enough."""
    refusal = size_refusal(size, "ce guide")
    return [Problem((), "", refusal)] if refusal else []


def document_refusals(document: object) -> list[Problem]:
    """Returns what is refused in the texts and counts of a raw document of any form.

    Texts that are too long or have forbidden characters are passed over: `parse_document` reports
    them.
    """
    found = [*_slug_refusals(document), *count_refusals(document)]
    links = list(_texts_at(_LINK_PATHS, document, URL_LENGTH))
    lines = [*_texts_at(_LINE_PATHS, document, TITLE_LENGTH), *links]
    found += [(place, line_refusal(text)) for place, text in lines]
    found += [(place, link_refusal(text)) for place, text in links]
    found += _markdown_refusals(_texts_at(_MARKDOWN_PATHS, document, MARKDOWN_LENGTH))
    for place, choices in _values_at("questions.*.choices", document):
        spellings = [_read_spellings(choice) for _, choice in _parts_at("*", choices)]
        found += [((*place, *step), refusal) for step, refusal in label_refusals(spellings)]
    return _place_refusals(document, found)


def _slug_refusals(document: object) -> Iterator[tuple[Place, str]]:
    for place, slug in _texts_at(["slug"], document, KEY_LENGTH):
        if slug in RESERVED_SLUGS:
            yield (
                place,
                f"{quote_value(slug)} est une adresse réservée au site\u00a0: choisissez-en une autre.",
            )


def _markdown_refusals(texts: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    """Yields the places and the refusals of links, until there is too much Markdown to go on."""
    sign_count = 0
    for place, text in texts:
        sign_count += count_signs_to_parse(text)
        if sign_count > MAX_SIGNS_TO_PARSE:
            yield (), TOO_MUCH_MARKDOWN
            return
        for refusal in markdown_link_refusals(text):
            yield place, refusal


def _place_refusals(document: object, found: Iterable[tuple[Place, str]]) -> list[Problem]:
    """Returns the refusals that are not empty as problems, whose places have names."""
    return [
        Problem(place, place_label(place, document), refusal) for place, refusal in found if refusal
    ]


def _texts_at(
    paths: Iterable[str], document: object, max_length: int
) -> Iterator[tuple[Place, str]]:
    """Yields the texts that paths lead to, each with its place. Empty ones are passed over."""
    for path in paths:
        for place, value in _values_at(path, document):
            if text := _read_text(value, max_length):
                yield place, text


def _read_text(value: object, max_length: int) -> str:
    """Returns a text with Unix line ends, or an empty text if `parse_document` refuses the value."""
    text = value.replace("\r\n", "\n") if isinstance(value, str) else ""
    return "" if text_problems(text, max_length) else text


def _values_at(path: str, document: object) -> list[tuple[Place, object]]:
    """Returns the values that a path leads to, each with its place."""
    found: list[tuple[Place, object]] = [((), document)]
    for step in path.split("."):
        found = [
            ((*place, name), value)
            for place, whole in found
            for name, value in _parts_at(step, whole)
        ]
    return found


def _parts_at(step: str, whole: object) -> Iterable[tuple[FieldOrIndex, object]]:
    """Returns the items of a list if `step` is a star, or else the field with this name, if any."""
    if step == "*":
        return enumerate(whole) if isinstance(whole, list) else ()
    return [(step, whole[step])] if isinstance(whole, dict) and step in whole else ()


def _read_spellings(choice: object) -> Spellings:
    """Returns the label and the aliases of a raw choice. An empty text stands for another value."""
    label, aliases = (
        [_read_text(value, TITLE_LENGTH) for _, value in _values_at(path, choice)]
        for path in ("label", "aliases.*")
    )
    return (label or [""])[0], aliases
