"""The exact messages about wrong documents and files, and the exact JSON that guides become."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from rules.document.files import dump_json, load_document, read_guide_file
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Place, place_label, quote_value
from rules.document.serialising import canonical_json, document_digest
from rules.engine.content import GuideContent
from tests.rules.documents import small_document

EMPTY_GUIDE = GuideContent("vide", "L’été", (), (), ())


def document_with(place: Place, value: object) -> dict[str, Any]:
    """Returns the small document with `value` at a place, in which there may be another value."""
    *steps, last = place
    document: dict[str, Any] = small_document()
    inside: Any = document
    for step in steps:
        inside = inside[step]
    if isinstance(inside, list) and last == len(inside):
        inside.append(value)
    else:
        inside[last] = value
    return document


def problems_of(document: object) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        parse_document(document)
    return [str(problem).replace("\u00a0", " ") for problem in refused.value.problems]


NO_TEXT = "« 3 » n’est pas un texte : mettez la valeur entre guillemets."


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("slug",), 3, f"« slug » : {NO_TEXT}"),
        (("title",), 3, f"« title » : {NO_TEXT}"),
        (
            ("outcomes", 1, "link"),
            {"label": "L", "url": 3},
            f"conclusion 2 (« fin »), « link », « url » : {NO_TEXT}",
        ),
        (("rules", 0, "then"), {"ask": 3}, f"règle 1 (« r1 »), « then », « ask » : {NO_TEXT}"),
        (
            ("examples", 0, "answers"),
            ["q1"],
            "cas type 1 (« Cas »), « answers » : il faut ici des champs nommés.",
        ),
        (
            ("questions", 2),
            {"key": "q3", "title": "Trois", "choices": "ab"},
            "question 3 (« q3 »), « choices » : il faut ici une liste.",
        ),
    ],
    ids=str,
)
def test_a_value_of_a_wrong_type_is_one_problem(place: Place, value: object, problem: str) -> None:
    assert problems_of(document_with(place, value)) == [problem]


def test_choices_in_a_condition_on_an_unknown_question_are_no_further_problems() -> None:
    place = ("rules", 1, "when", 0, "question")
    assert problems_of(document_with(place, "q9")) == [
        "règle 2 (« r2 »), condition 1, « question » : la question « q9 » n’existe pas."
    ]


def test_a_condition_with_an_unknown_operator_only_has_no_comparison() -> None:
    condition = {"question": "q1", "contains": ["a"]}
    assert problems_of(document_with(("rules", 1, "when", 0), condition)) == [
        "règle 2 (« r2 »), condition 1 : le champ « contains » n’existe pas ici.",
        "règle 2 (« r2 »), condition 1 : une condition a exactement une comparaison.",
    ]


def test_the_line_end_at_the_end_of_a_title_is_removed() -> None:
    assert parse_document(small_document() | {"title": "Petit guide\n"}).title == "Petit guide"


def test_the_message_of_a_document_error_has_a_line_for_each_problem() -> None:
    with pytest.raises(DocumentError) as refused:
        parse_document(small_document() | {"slug": "s" * 65, "title": ""})
    assert str(refused.value).replace("\u00a0", " ") == (
        "« slug » : ce texte a 65 caractères, 64 au plus sont permis.\n« title » : ce texte est vide."
    )


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (("rules", 9), "règle 10"),
        (("rules", 0, "note"), "règle 1 (« r1 »), « note »"),
        (("title", "label"), "« title », « label »"),
        (("rules", "r1"), "« rules », « r1 »"),
    ],
    ids=str,
)
def test_a_place_that_is_not_in_the_document_has_a_label_too(place: Place, label: str) -> None:
    assert place_label(place, small_document()).replace("\u00a0", " ") == label


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        (None, "null"),
        (1.5, "1.5"),
        (10**40 - 1, "9" * 40),
        (10**40, "…"),
        (["a"], "…"),
        ("a\nb\x00c", "a b c"),
        ("x" * 79 + "yz", "x" * 79 + "y"),
    ],
)
def test_a_quoted_value_has_at_most_80_characters_on_one_line(value: object, quoted: str) -> None:
    assert quote_value(value) == f"«\u00a0{quoted}\u00a0»"


def test_a_yaml_value_without_quotes_may_be_a_number_a_boolean_or_null() -> None:
    raw = load_document("a: 1.5\nb: 2\nc: true\nd: null\ne: ~\nf:\ng: 2024-01-01\n")
    assert raw == {"a": 1.5, "b": 2, "c": True, "d": None, "e": None, "f": None, "g": "2024-01-01"}


def test_the_address_of_a_link_has_at_most_2_000_characters() -> None:
    link = {"label": "L", "url": "https://pix.fr/".ljust(2_000, "x")}
    assert parse_document(document_with(("outcomes", 1, "link"), link)).outcomes[1].link
    link["url"] += "x"
    assert problems_of(document_with(("outcomes", 1, "link"), link)) == [
        "conclusion 2 (« fin »), « link », « url » : "
        "ce texte a 2001 caractères, 2000 au plus sont permis."
    ]


def test_json_after_blank_lines_and_tabs_is_read_as_json() -> None:
    assert load_document('\n\t{"a": "b"}') == {"a": "b"}


def test_a_file_with_the_longest_permitted_text_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(small_document() | {"introduction": "🎓" * 20_000}, ensure_ascii=False)
    size = len(text.encode())
    for module in ("files", "limits"):
        monkeypatch.setattr(f"rules.document.{module}.MAX_FILE_BYTES", size)
    file = tmp_path / "guide.json"
    file.write_text(text)
    assert read_guide_file(file).introduction == "🎓" * 20_000
    file.write_text(f"{text} ")
    with pytest.raises(DocumentError, match=f"ce texte fait {size + 1:,}".replace(",", "\u00a0")):
        read_guide_file(file)


def test_the_message_about_a_file_that_cannot_be_read_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read_guide_file(tmp_path)
    quoted = quote_value(str(tmp_path))
    assert str(refused.value) == f"le fichier {quoted} n’existe pas ou ne peut pas être lu."


def test_the_message_about_a_file_in_another_encoding_has_no_place(tmp_path: Path) -> None:
    file = tmp_path / "guide.yaml"
    file.write_bytes("été".encode("latin-1"))
    with pytest.raises(DocumentError) as refused:
        read_guide_file(file)
    assert str(refused.value) == "ce fichier n’est pas un texte en UTF-8."


def test_json_is_indented_keeps_accents_and_ends_with_a_line_end() -> None:
    assert dump_json(EMPTY_GUIDE) == (
        "{\n"
        '  "format": 1,\n'
        '  "slug": "vide",\n'
        '  "title": "L’été",\n'
        '  "questions": [],\n'
        '  "outcomes": [],\n'
        '  "rules": [],\n'
        '  "examples": []\n'
        "}\n"
    )


def test_the_canonical_text_has_no_spaces_and_keeps_accents() -> None:
    assert canonical_json(EMPTY_GUIDE) == (
        '{"format":1,"slug":"vide","title":"L’été","questions":[],"outcomes":[],"rules":[],'
        '"examples":[]}'
    )


def test_a_digest_is_the_sha_256_of_the_text_in_utf_8() -> None:
    assert document_digest("été") == hashlib.sha256(b"\xc3\xa9t\xc3\xa9").hexdigest()
