"""Documents as JSON and YAML texts: written guides are read back the same, invalid texts refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rules.document.files import (
    dump_json,
    dump_yaml,
    load_document,
    read_guide_file,
)
from rules.document.limits import MAX_FILE_BYTES
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError
from rules.document.serialising import canonical_json, guide_to_document
from rules.engine.content import ChoiceContent, GuideContent, QuestionContent
from rules.guides import SHIPPED_GUIDE
from tests.rules.documents import (
    HOSTILE_TEXTS,
    HOSTILE_TITLES,
    KEYS_THAT_YAML_MISREADS,
    documented_guides,
    small_document,
)

DUMPS = pytest.mark.parametrize("dump", [dump_yaml, dump_json])
Dump = Callable[[GuideContent], str]


def problem_of(text: str) -> str:
    with pytest.raises(DocumentError) as refused:
        parse_document(load_document(text))
    return str(refused.value).replace("\u00a0", " ")


@pytest.mark.slow
@given(guide=documented_guides())
def test_a_written_guide_is_read_back_the_same(guide: GuideContent) -> None:
    for dump in (dump_yaml, dump_json):
        assert canonical_json(parse_document(load_document(dump(guide)))) == canonical_json(guide)


@DUMPS
@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_a_hostile_title_is_read_back_the_same(dump: Dump, title: str) -> None:
    guide = parse_document(small_document() | {"title": title})
    assert parse_document(load_document(dump(guide))) == guide


@DUMPS
@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "é" * 20_000])
def test_a_hostile_text_is_read_back_the_same(dump: Dump, text: str) -> None:
    guide = parse_document(small_document() | {"introduction": text})
    assert parse_document(load_document(dump(guide))) == guide


@DUMPS
@pytest.mark.parametrize("key", KEYS_THAT_YAML_MISREADS)
def test_a_key_that_yaml_misreads_without_quotes_is_read_back_the_same(
    dump: Dump, key: str
) -> None:
    question = QuestionContent(key, "Titre", (ChoiceContent(key, "A"), ChoiceContent("autre", "B")))
    guide = GuideContent("guide", "Guide", (question,), (), ())
    assert parse_document(load_document(dump(guide))) == guide


@pytest.mark.parametrize("key", ["no", "on", "true", "0", "007", "0x1f"])
def test_a_problem_asks_for_quotes_around_a_key_that_yaml_misreads(key: str) -> None:
    document = dump_yaml(parse_document(small_document())).replace("key: r1", f"key: {key}")
    assert "mettez la valeur entre guillemets" in problem_of(document)


def test_equal_guides_are_written_as_equal_texts() -> None:
    text = SHIPPED_GUIDE.read_text()
    assert dump_yaml(parse_document(load_document(text))) == dump_yaml(
        parse_document(load_document(text))
    )


def test_the_shipped_guide_is_written_as_export_writes_it() -> None:
    text = SHIPPED_GUIDE.read_text()
    assert dump_yaml(parse_document(load_document(text))) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "ce document est vide."),
        ('{"a": 1,\n"a": 2}', "le champ « a » est écrit deux fois au même endroit."),
        ('{"format": %s}' % ("9" * 5000), "ce document contient un nombre trop long."),
        ("a: 1\na: 2", "ligne 2, colonne 1 : le champ « a » est écrit deux fois."),
        ("a: \x80", "ligne 1, colonne 4 : ce texte contient un caractère interdit (U+0080)."),
        ("[" * 5000, "ce document est imbriqué trop profondément."),
        ('{"a":' * 100_000, "ce document est imbriqué trop profondément."),
        (
            "é" * (MAX_FILE_BYTES // 2 + 1),
            "ce texte fait 25 000 002 octets ; le maximum est 25 000 000 (25 Mo).",
        ),
    ],
)
def test_an_invalid_text_is_refused_with_the_line_of_the_problem(text: str, problem: str) -> None:
    assert problem_of(text) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x b\nc: *x", "ligne 2, colonne 4 : les alias (*) ne sont pas permis."),
        ("a: &x b", "ligne 1, colonne 4 : les ancres (&) ne sont pas permises."),
        ("a: !!int ''", "ligne 1, colonne 4 : les types (!) ne sont pas permis."),
        ("a: !!python/name:os.system", "ligne 1, colonne 4 : les types (!) ne sont pas permis."),
    ],
)
def test_aliases_anchors_and_types_of_yaml_are_refused(text: str, problem: str) -> None:
    assert problem_of(text).startswith(problem)


def test_the_merge_key_of_yaml_is_an_unknown_field() -> None:
    assert "le champ « << » n’existe pas ici." in problem_of("<<: {format: 1}")


def test_yaml_may_begin_with_a_brace() -> None:
    assert load_document("{format: 1, title: 2024-13-45}") == {"format": 1, "title": "2024-13-45"}


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    document = dump_yaml(parse_document(small_document())).replace(
        "key: r1", f"key: 0x{'f' * 5000}"
    )
    assert "règle 1, « key » : « … » n’est pas un texte" in problem_of(document)


@given(st.text() | st.text(st.sampled_from("{}[]:,-&*!|>'\"%@`#?\n\t ax01\\u")))
@example('{"\\ud800": 1}')
@example('"\\ud800"')
def test_a_random_text_raises_a_document_error_and_no_other(text: str) -> None:
    with pytest.raises(DocumentError) as refused:
        parse_document(load_document(text))
    str(refused.value).encode()


def test_the_shipped_guide_as_json_is_valid_yaml() -> None:
    document = guide_to_document(parse_document(load_document(SHIPPED_GUIDE.read_text())))
    assert yaml.safe_load(json.dumps(document)) == document


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(small_document()), encoding="utf-8-sig")
    assert read_guide_file(file) == parse_document(small_document())


def test_a_pasted_text_may_begin_with_a_byte_order_mark() -> None:
    assert load_document('\ufeff{\t"a": "b"}') == {"a": "b"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("title: été".encode("utf-16"), "ce fichier est en UTF-16\u00a0: enregistrez-le en UTF-8."),
        (None, "n’existe pas ou ne peut pas être lu."),
        (b"title: \xe9t\xe9", "ce fichier n’est pas un texte en UTF-8."),
        (b"", "ce document est vide."),
    ],
)
def test_a_missing_empty_or_wrongly_encoded_file_is_refused(
    tmp_path: Path, content: bytes | None, problem: str
) -> None:
    file = tmp_path / "guide.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DocumentError, match=problem):
        read_guide_file(file)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="ne peut pas être lu"):
        read_guide_file(tmp_path)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("title: [" + "[]," * 11 + "a]", "être lu en YAML"),
        ("title:\n" + "- a\n" * 21, "être lu en YAML"),
        ('x: "\t"\ntitle:\n' + "- a\n" * 11, "être lu en YAML"),
        ('{"title": [' + "[]," * 11 + "1]}", "un guide"),
        ('{"title": [' + "[]," * 11 + "1]", "un guide"),
    ],
)
def test_a_text_of_many_tiny_values_is_refused_before_they_fill_the_memory(
    text: str, refusal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.document.yaml_reading._FastReader.max_events", 20)
    monkeypatch.setattr("rules.document.yaml_reading._DocumentReader.max_events", 10)
    monkeypatch.setattr("rules.document.files.MAX_DOCUMENT_BYTES", 30)
    with pytest.raises(DocumentError, match=f"ce texte a trop de valeurs pour {refusal}"):
        load_document(text)
