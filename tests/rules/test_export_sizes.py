"""Guides within the limit of 5 MB can be exported and imported again."""

import string
from dataclasses import replace

import pytest
from hypothesis import given

from rules.document.files import WRITERS, load_document
from rules.document.limits import MAX_DOCUMENT_BYTES, MAX_FILE_BYTES
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError
from rules.document.refused_texts import parse_written_document
from rules.document.serialising import document_size
from rules.engine.content import ChoiceContent, ConditionContent, GuideContent, Operator
from tests.rules.documents import documented_guides, small_document

pytestmark = pytest.mark.no_cover  # other tests take the same branches

KEYS = tuple(string.ascii_lowercase + string.digits)
GROWTH = MAX_FILE_BYTES // MAX_DOCUMENT_BYTES


def spread_guide(rule_count: int, text: str = "") -> GuideContent:
    """Returns a guide of what grows the most in exports: lists of short keys, texts of short lines."""
    guide = parse_document(small_document())
    choices = tuple(ChoiceContent(key, key, text, (f"{key}{key}",)) for key in KEYS)
    rules = [replace(guide.rules[0], key=f"r{number}") for number in range(rule_count)]
    condition = ConditionContent("q1", Operator.IS, choices=KEYS)
    return replace(
        guide,
        questions=(replace(guide.questions[0], choices=choices),),
        outcomes=guide.outcomes[1:],
        rules=tuple(replace(rule, when=(condition,) * 40) for rule in rules),
    )


def count_sent_bytes(text: str) -> int:
    """Returns how many bytes browsers send for a text: two for the end of each line."""
    return len(text.replace("\n", "\r\n").encode())


def largest_guide(maximum: int) -> GuideContent:
    """Returns a guide of exactly `maximum` bytes, with as many rules as fit."""
    size = document_size(spread_guide(1))
    room = maximum - size
    guide = spread_guide(room // (document_size(spread_guide(2)) - size + 3))
    note = "x" * (maximum - document_size(guide) - len(',"note":""'))
    return replace(guide, rules=(replace(guide.rules[0], note=note), *guide.rules[1:]))


@pytest.mark.slow
def test_a_guide_as_large_as_the_limit_is_imported_from_its_export_and_a_larger_one_is_not() -> (
    None
):
    guide = largest_guide(MAX_DOCUMENT_BYTES)
    assert document_size(guide) == MAX_DOCUMENT_BYTES
    text = WRITERS["json"](guide)
    assert 3 * MAX_DOCUMENT_BYTES < count_sent_bytes(text) <= MAX_FILE_BYTES
    assert parse_written_document(load_document(text)) == guide
    larger = replace(guide, title=f"{guide.title}x")
    with pytest.raises(DocumentError) as refused:
        parse_written_document(load_document(WRITERS["json"](larger)))
    assert str(refused.value).replace("\u00a0", " ") == (
        "ce guide fait 5 000 001 octets ; le maximum est 5 000 000 (5 Mo)."
    )


@pytest.mark.parametrize("file_format", WRITERS)
def test_exports_of_a_guide_as_large_as_a_smaller_limit_are_imported(
    monkeypatch: pytest.MonkeyPatch, file_format: str
) -> None:
    maximum = 30_000
    monkeypatch.setattr("rules.document.limits.MAX_DOCUMENT_BYTES", maximum)
    monkeypatch.setattr("rules.document.limits.MAX_FILE_BYTES", GROWTH * maximum)
    guide = largest_guide(maximum)
    text = WRITERS[file_format](guide)
    assert len(text.encode()) > 2 * maximum
    assert parse_written_document(load_document(text)) == guide


@pytest.mark.parametrize("file_format", WRITERS)
@pytest.mark.parametrize(
    "text",
    [
        "a\n" * 9_999 + "a",
        "\U0001ffff" * 20_000,
        "\ufffe a\n" * 4_000,
        "\x80 " * 9_999,
        "\n" * 19_999 + "a",
        "'" * 20_000,
    ],
)
def test_an_export_is_not_longer_than_a_file_may_be(file_format: str, text: str) -> None:
    for guide in (
        spread_guide(0, text),
        replace(spread_guide(0), title=text[:300].replace("\n", ".")),
    ):
        assert count_sent_bytes(WRITERS[file_format](guide)) <= GROWTH * document_size(guide)


@given(documented_guides())
def test_an_export_of_any_guide_is_not_longer_than_a_file_may_be(guide: GuideContent) -> None:
    for write in WRITERS.values():
        assert count_sent_bytes(write(guide)) <= GROWTH * document_size(guide)
