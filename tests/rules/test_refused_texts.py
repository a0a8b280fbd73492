"""What is refused in a document that someone writes, with its place."""

import json
from contextlib import suppress
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bounded_cache import BoundedCache
from rules.document import refused_texts
from rules.document.files import load_document
from rules.document.limits import MARKDOWN_LENGTH
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Place
from rules.document.refused_texts import (
    TOO_MUCH_MARKDOWN,
    document_refusals,
    find_guide_refusals,
    guide_refusals,
    parse_written_document,
)
from rules.document.serialising import canonical_json, guide_to_document
from rules.engine.content import GuideContent
from tests.recorded_calls import record_calls
from tests.rules.documents import documented_guides, small_document
from tests.rules.test_parsing import change_document

pytestmark = pytest.mark.no_cover  # other tests take the same branches

LINK = "Voir [Pix](pix.fr)"
LINK_REFUSAL = "l’adresse « pix.fr » n’est pas complète : ajoutez https:// devant."
MARK, INVISIBLE = "Oui\u202e", "\u2060"
MARK_REFUSAL = (
    "« Oui  » contient une marque invisible de sens d’écriture (U+202E) : "
    "tapez ce texte de nouveau, sans le coller."
)
INVISIBLE_REFUSAL = "ce texte n’a aucun caractère visible : écrivez-y au moins une lettre."
FIRST_CHOICES = ("questions", 0, "choices")
OUTCOME_LINK = {"label": "Pix", "url": "https://pix.fr"}

RESERVED = ("api", "healthz", "images", "metrics", "plan-du-site", "readyz")

REFUSED: list[tuple[Place, object, str]] = [
    *(
        (("slug",), slug, f"« slug » : « {slug} » est une adresse réservée au site : choisissez-en une autre.")
        for slug in RESERVED
    ),
    (("introduction",), LINK, f"« introduction » : {LINK_REFUSAL}"),
    (("questions", 1, "help"), LINK, f"question 2 (« q2 »), « help » : {LINK_REFUSAL}"),
    (
        (*FIRST_CHOICES, 1, "help"),
        LINK,
        f"question 1 (« q1 »), réponse 2 (« b »), « help » : {LINK_REFUSAL}",
    ),
    (("outcomes", 1, "body"), LINK, f"conclusion 2 (« fin »), « body » : {LINK_REFUSAL}"),
    (("outcomes", 1, "for_pupil"), LINK, f"conclusion 2 (« fin »), « for_pupil » : {LINK_REFUSAL}"),
    (
        ("outcomes", 1, "link"),
        OUTCOME_LINK | {"url": "https://:80"},
        "conclusion 2 (« fin »), « link », « url » : l’adresse « https://:80 » n’est pas complète : "
        "ajoutez le nom du site, comme dans https://pix.fr.",
    ),
    (
        ("outcomes", 1, "link"),
        OUTCOME_LINK | {"url": f"https://pix.fr/{MARK}"},
        f"conclusion 2 (« fin »), « link », « url » : {MARK_REFUSAL.replace('Oui', 'https://pix.fr/Oui')}",
    ),
    (
        ("outcomes", 1, "link"),
        OUTCOME_LINK | {"label": INVISIBLE},
        f"conclusion 2 (« fin »), « link », « label » : {INVISIBLE_REFUSAL}",
    ),
    (("title",), MARK, f"« title » : {MARK_REFUSAL}"),
    (("title",), INVISIBLE, f"« title » : {INVISIBLE_REFUSAL}"),
    (("questions", 0, "title"), MARK, f"question 1 (« q1 »), « title » : {MARK_REFUSAL}"),
    (("questions", 0, "short"), MARK, f"question 1 (« q1 »), « short » : {MARK_REFUSAL}"),
    (("questions", 0, "for_pupil"), MARK, f"question 1 (« q1 »), « for_pupil » : {MARK_REFUSAL}"),
    (("outcomes", 0, "title"), MARK, f"conseil 1 (« conseil »), « title » : {MARK_REFUSAL}"),
    (("examples", 0, "name"), MARK, f"cas type 1 (« {MARK.replace(MARK[-1], ' ')} »), « name » : {MARK_REFUSAL}"),
    (
        (*FIRST_CHOICES, 0, "label"),
        INVISIBLE,
        f"question 1 (« q1 »), réponse 1 (« a »), « label » : {INVISIBLE_REFUSAL}",
    ),
    (
        (*FIRST_CHOICES, 0, "aliases"),
        ["Un", MARK],
        f"question 1 (« q1 »), réponse 1 (« a »), « aliases », élément 2 : {MARK_REFUSAL}",
    ),
    (
        (*FIRST_CHOICES, 1, "label"),
        "a\u200b",
        "question 1 (« q1 »), réponse 2 (« b »), « label » : « a  » se lit comme « A », une autre "
        "réponse de cette question : donnez à chacune son propre texte.",
    ),
    (
        (*FIRST_CHOICES, 0, "aliases"),
        ["b"],
        "question 1 (« q1 »), réponse 1 (« a »), « aliases », élément 1 : "
        "« b » est aussi le texte de la réponse « B » : enlevez cette autre écriture.",
    ),
]  # fmt: skip

FULL_DOCUMENT: dict[str, Any] = small_document() | {"introduction": "Bonjour"}
FULL_DOCUMENT["outcomes"][1] |= {"link": OUTCOME_LINK, "body": "Corps"}
FULL_DOCUMENT["questions"][0]["choices"][0]["aliases"] = ["Un"]

RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([LINK, MARK, INVISIBLE, "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "questions",
                    "outcomes",
                    "choices",
                    "label",
                    "aliases",
                    "title",
                    "help",
                    "link",
                    "url",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
)


def refusals_of(document: object) -> list[str]:
    return [str(problem).replace("\u00a0", " ") for problem in document_refusals(document)]


@pytest.mark.parametrize(("place", "value", "refusal"), REFUSED, ids=[case[2] for case in REFUSED])
def test_each_text_is_refused_at_its_place_and_stored_ones_are_still_read(
    place: Place, value: object, refusal: str
) -> None:
    copy: dict[str, Any] = json.loads(json.dumps(small_document()))  # no two parts are one object
    document = change_document(copy, place, value)
    assert refusals_of(document) == [refusal]
    assert refusals_of(guide_to_document(parse_document(document))) == [refusal]
    with pytest.raises(DocumentError):
        parse_written_document(document)


def test_labels_of_different_questions_may_be_equal() -> None:
    assert document_refusals(small_document()) == []
    assert parse_written_document(small_document()) == parse_document(small_document())


def test_refusals_are_listed_together_with_the_problems_of_the_form_of_a_document() -> None:
    document = small_document() | {"slug": "Été", "introduction": LINK}
    document["outcomes"][0]["link"] = {"label": "L", "url": "pix.fr"}
    with pytest.raises(DocumentError) as refused:
        parse_written_document(document)
    places = [problem.place for problem in refused.value.problems]
    assert places == [("outcomes", 0, "link", "url"), ("slug",), ("introduction",)]


def test_a_note_is_no_markdown() -> None:
    document = change_document(small_document(), ("rules", 0, "note"), LINK)
    assert document_refusals(document) == []


@given(RAW)
def test_a_document_of_any_form_is_read_without_an_error(document: object) -> None:
    for problem in document_refusals(document):
        assert problem.message


@given(documented_guides())
def test_a_guide_that_is_not_refused_is_read_as_a_stored_one(guide: GuideContent) -> None:
    document = guide_to_document(guide)
    if not document_refusals(document):
        assert parse_written_document(document) == parse_document(document)


BROKEN = st.text(st.sampled_from("a\ud800\udfff\x00\x1f /:.@[]()<>"), max_size=8) | st.sampled_from(
    ["https://a.fr/\ud800", "[a](https://a.fr/\ud800)", "Oui\x00", "https://\x00", "mailto:\ud800"]
)  # fmt: skip


def unshared_document() -> dict[str, Any]:
    """Returns a document with texts of all kinds, in which no two parts are one object."""
    found: dict[str, Any] = json.loads(json.dumps(FULL_DOCUMENT))
    return found


def text_places(value: object, place: Place = ()) -> list[Place]:
    """Returns the places of all texts of a raw document."""
    if isinstance(value, str):
        return [place]
    names = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    return [found for name in names for found in text_places(value[name], (*place, name))]  # type: ignore[index]


@given(st.data())
def test_forbidden_characters_in_any_text_raise_only_document_errors(data: st.DataObject) -> None:
    document: dict[str, Any] = unshared_document()
    for place in data.draw(st.lists(st.sampled_from(text_places(document)), max_size=3)):
        document = change_document(document, place, data.draw(BROKEN))
    for raw in (document, load_document(json.dumps(document))):
        with suppress(DocumentError):
            assert parse_written_document(raw)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (("outcomes", 1, "link", "url"), "https://a.fr/\ud800"),
        (("outcomes", 1, "body"), "[a](https://a.fr/\ud800)"),
        (("introduction",), "[a](a.fr)\x00"),
        ((*FIRST_CHOICES, 1, "label"), "A\x00"),
        ((*FIRST_CHOICES, 0, "aliases", 0), "B\x00"),
    ],
)
def test_a_forbidden_character_is_the_only_problem_of_its_text(place: Place, text: str) -> None:
    for document in (
        change_document(unshared_document(), place, text),
        load_document(json.dumps(change_document(unshared_document(), place, text))),
    ):
        with pytest.raises(DocumentError) as refused:
            parse_written_document(document)
        [problem] = refused.value.problems
        assert problem.place == place
        assert "caractère interdit" in problem.message


def test_a_text_beyond_the_limit_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    document = small_document() | {"introduction": LINK + "x" * MARKDOWN_LENGTH}
    assert document_refusals(document) == []
    lines = LINK + "\r\n" * (MARKDOWN_LENGTH - len(LINK))  # a line end counts as one character
    assert len(document_refusals(small_document() | {"introduction": lines})) == 1


@pytest.mark.parametrize("alias", ["B\r\n", "B\n"])
def test_a_line_end_at_the_end_of_an_alias_does_not_count(alias: str) -> None:
    document = change_document(unshared_document(), (*FIRST_CHOICES, 0, "aliases"), [alias])
    assert len(document_refusals(document)) == 1


def test_a_guide_that_is_checked_again_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = canonical_json(parse_document(small_document() | {"introduction": LINK}))
    found = guide_refusals(text)
    assert len(found) == 1
    monkeypatch.setattr("rules.document.refused_texts.document_refusals", None)
    assert guide_refusals(text) == found


def test_only_the_latest_guides_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        canonical_json(parse_document(small_document() | {"title": f"T{number}"}))
        for number in range(40)
    ]
    monkeypatch.setattr(refused_texts, "_cached_refusals", BoundedCache(16, lambda _: 1))
    calls = record_calls(monkeypatch, find_guide_refusals)
    for text in [*texts, *texts[-16:], texts[0]]:
        guide_refusals(text)
    assert len(calls) == 41


def test_the_texts_of_a_guide_with_a_link_for_each_choice_are_checked_in_a_second() -> None:
    document = small_document()
    link = "Voir [Pix Orga](https://orga.pix.fr/aide) ou [Pix](https://pix.fr)."
    document["questions"][0]["choices"] = [
        {"key": f"c{number}", "label": f"Réponse {number}", "help": link}
        for number in range(40_000)
    ]
    begun = process_time()
    assert [problem.place for problem in document_refusals(document)] == [FIRST_CHOICES]
    assert process_time() - begun < 2.5


def test_the_markdown_of_a_guide_is_parsed_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused_texts, "MAX_SIGNS_TO_PARSE", 20)
    outcomes = [
        {"key": f"k{number}", "title": "T", "final": False, "body": "[a](b) [c](d) [e](f)"}
        for number in range(6)
    ]
    found = document_refusals(small_document() | {"outcomes": outcomes})
    bodies = [problem for problem in found if problem.place[-1:] == ("body",)]
    assert found[-1].message == TOO_MUCH_MARKDOWN
    assert {problem.place[1] for problem in bodies} == {0, 1, 2}
