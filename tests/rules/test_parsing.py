"""Parsing a document returns its guide, or raises an error with all problems and their places."""

from copy import deepcopy
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document.files import load_document
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Place
from rules.document.serialising import guide_to_document
from rules.engine.content import GuideContent, Match, Scope, Tone
from rules.guides import SHIPPED_GUIDE
from tests.rules.documents import documented_guides, small_document

DELETED: Any = object()
SHIPPED = load_document(SHIPPED_GUIDE.read_text())
LONG = "x" * 301


def change_document(document: object, place: Place, value: object) -> dict[str, Any]:
    """Adds, replaces or deletes the value at a place of a document, and returns the document."""
    *steps, last = place
    inside: Any = document
    for step in steps:
        inside = inside[step]
    if value is DELETED:
        del inside[last]
    elif isinstance(inside, list) and last == len(inside):
        inside.append(value)
    else:
        inside[last] = value
    return cast("dict[str, Any]", document)


def problems_of(document: object) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        parse_document(document)
    return [str(problem).replace("\u00a0", " ") for problem in refused.value.problems]


PROBLEMS: list[tuple[Place, object, str]] = [
    (("format",), 2, "« format » : seul le format 1 est connu."),
    (("format",), True, "« format » : seul le format 1 est connu."),
    (("format",), "1", "« format » : seul le format 1 est connu."),
    (("format",), DELETED, "il manque « format »."),
    (("slug",), DELETED, "il manque « slug »."),
    (("slug",), None, "il manque « slug »."),
    (
        ("slug",),
        "Été",
        "« slug » : une adresse s’écrit avec des lettres minuscules sans accent, "
        "des chiffres et des tirets.",
    ),
    (("slug",), "s" * 65, "« slug » : ce texte a 65 caractères, 64 au plus sont permis."),
    (("title",), "", "« title » : ce texte est vide."),
    (("title",), " \u00a0 ", "« title » : ce texte est vide."),
    (("title",), LONG, "« title » : ce texte a 301 caractères, 300 au plus sont permis."),
    (("title",), "a\nb", "« title » : ce texte tient sur une seule ligne."),
    (("title",), "a\x00", "« title » : ce texte contient un caractère interdit (U+0000)."),
    (("title",), "\ud800", "« title » : ce texte contient un caractère interdit (U+D800)."),
    (
        ("title",),
        3,
        "« title » : « 3 » n’est pas un texte : mettez la valeur entre guillemets.",
    ),
    (("title",), ["a"], "« title » : il faut ici un texte."),
    (
        ("introduction",),
        "x" * 20_001,
        "« introduction » : ce texte a 20001 caractères, 20000 au plus sont permis.",
    ),
    (("titre",), "x", "le champ « titre » n’existe pas ici."),
    (("questions",), {}, "« questions » : il faut ici une liste."),
    (("questions",), "q", "« questions » : il faut ici une liste."),
    (("questions", 2), None, "question 3 : cette valeur est vide."),
    (("questions", 2), "q", "question 3 : il faut ici des champs nommés."),
    (
        ("questions", 1, "key"),
        False,
        "question 2, « key » : « false » n’est pas un texte : mettez la valeur entre guillemets.",
    ),
    (("questions", 0, "title"), DELETED, "question 1 (« q1 ») : il manque « title »."),
    (
        ("questions", 0, "short"),
        "x" * 41,
        "question 1 (« q1 »), « short » : ce texte a 41 caractères, 40 au plus sont permis.",
    ),
    (
        ("questions", 0, "scope"),
        "classe",
        "question 1 (« q1 »), « scope » : « classe » n’est pas permis ici : school, pupil.",
    ),
    (
        ("questions", 0, "choices", 1),
        DELETED,
        "question 1 (« q1 »), « choices » : une question a au moins deux réponses.",
    ),
    (
        ("questions", 0, "choices", 1, "key"),
        "a",
        "question 1 (« q1 »), réponse 2 (« a ») : la clé « a » est déjà prise.",
    ),
    (("questions", 1, "key"), "q1", "question 2 (« q1 ») : la clé « q1 » est déjà prise."),
    (
        ("questions", 0, "choices", 0, "aliases"),
        ["x", ""],
        "question 1 (« q1 »), réponse 1 (« a »), « aliases », élément 2 : ce texte est vide.",
    ),
    (
        ("outcomes", 0, "key"),
        "fin",
        "conclusion 2 (« fin ») : la clé « fin » est déjà prise.",
    ),
    (
        ("outcomes", 1, "final"),
        "oui",
        "conseil 2 (« fin »), « final » : il faut ici « true » ou « false ».",
    ),
    (
        ("outcomes", 1, "tone"),
        [],
        "conclusion 2 (« fin »), « tone » : « … » n’est pas permis ici : "
        "info, success, action, contact.",
    ),
    (
        ("outcomes", 1, "link"),
        {"label": "L", "url": "javascript:alert(1)"},
        "conclusion 2 (« fin »), « link », « url » : l’adresse « javascript:alert(1) » commence par "
        "« javascript: » : seuls https:, http:, mailto: et tel: sont permis.",
    ),
    (
        ("outcomes", 1, "link"),
        {"url": "https://pix.fr"},
        "conclusion 2 (« fin »), « link » : il manque « label ».",
    ),
    (("rules", 0, "key"), "r2", "règle 2 (« r2 ») : la clé « r2 » est déjà prise."),
    (
        ("rules", 0, "match"),
        "none",
        "règle 1 (« r1 »), « match » : « none » n’est pas permis ici : all, any.",
    ),
    (
        ("rules", 0, "then"),
        {},
        "règle 1 (« r1 »), « then » : "
        "une règle a exactement un effet parmi : ask, advise, conclude.",
    ),
    (
        ("rules", 0, "then"),
        {"ask": "q1", "conclude": "fin"},
        "règle 1 (« r1 »), « then » : "
        "une règle a exactement un effet parmi : ask, advise, conclude.",
    ),
    (
        ("rules", 0, "then"),
        {"ask": "q9"},
        "règle 1 (« r1 »), « then », « ask » : la question « q9 » n’existe pas.",
    ),
    (
        ("rules", 1, "then"),
        {"conclude": "x"},
        "règle 2 (« r2 »), « then », « conclude » : le conseil « x » n’existe pas.",
    ),
    (
        ("rules", 1, "then"),
        {"advise": "fin"},
        "règle 2 (« r2 »), « then », « advise » : "
        "« fin » est une conclusion : écrivez « conclude ».",
    ),
    (
        ("rules", 1, "then"),
        {"conclude": "conseil"},
        "règle 2 (« r2 »), « then », « conclude » : "
        "« conseil » est un conseil : écrivez « advise ».",
    ),
    (
        ("rules", 1, "when", 0),
        {"question": "q1"},
        "règle 2 (« r2 »), condition 1 : une condition a exactement une comparaison.",
    ),
    (
        ("rules", 1, "when", 0),
        {"question": "q1", "is": ["a"], "is_not": ["b"]},
        "règle 2 (« r2 »), condition 1 : une condition a exactement une comparaison.",
    ),
    (
        ("rules", 1, "when", 0, "question"),
        "q9",
        "règle 2 (« r2 »), condition 1, « question » : la question « q9 » n’existe pas.",
    ),
    (
        ("rules", 1, "when", 0, "is"),
        ["a", "z"],
        "règle 2 (« r2 »), condition 1, « is », élément 2 : la réponse « z » n’existe pas.",
    ),
    (
        ("rules", 1, "when", 0, "is"),
        [],
        "règle 2 (« r2 »), condition 1, « is » : cette liste de réponses est vide.",
    ),
    (
        ("rules", 1, "when", 0, "is"),
        "a",
        "règle 2 (« r2 »), condition 1, « is » : il faut ici une liste.",
    ),
    (
        ("rules", 1, "when", 0),
        {"question": "q1", "same_as": "q1"},
        "règle 2 (« r2 »), condition 1, « same_as » : une question ne se compare pas à elle-même.",
    ),
    (
        ("rules", 1, "when", 0),
        {"question": "q1", "answered": "yes"},
        "règle 2 (« r2 »), condition 1, « answered » : il faut ici « true » ou « false ».",
    ),
    (("examples", 0, "name"), "", "cas type 1, « name » : ce texte est vide."),
    (
        ("examples", 0, "answers"),
        {"q9": "a"},
        "cas type 1 (« Cas »), « answers », « q9 » : la question « q9 » n’existe pas.",
    ),
    (
        ("examples", 0, "answers"),
        {"q1": "z"},
        "cas type 1 (« Cas »), « answers », « q1 » : la réponse « z » n’existe pas.",
    ),
    (
        ("examples", 0, "answers"),
        {"q1": None},
        "cas type 1 (« Cas »), « answers », « q1 » : il manque la réponse.",
    ),
    (
        ("examples", 0, "answers"),
        {False: "a"},
        "cas type 1 (« Cas »), « answers » : "
        "« false » n’est pas un texte : mettez la valeur entre guillemets.",
    ),
    (
        ("examples", 0, "outcomes"),
        ["conseil"],
        "cas type 1 (« Cas »), conclusion 1 : « conseil » n’est pas une conclusion.",
    ),
    (
        ("examples", 0, "outcomes"),
        ["fin", "fin"],
        "cas type 1 (« Cas »), conclusion 2 : « fin » est citée deux fois.",
    ),
]


@pytest.mark.parametrize(("place", "value", "problem"), PROBLEMS, ids=[p[2] for p in PROBLEMS])
def test_a_problem_is_found_with_its_place(place: Place, value: object, problem: str) -> None:
    assert problem in problems_of(change_document(small_document(), place, value))


@pytest.mark.parametrize(
    "place", [("questions", 2), ("outcomes", 2), ("rules", 2), ("questions", 0, "choices", 2)]
)
def test_an_empty_item_is_one_problem(place: Place) -> None:
    assert len(problems_of(change_document(small_document(), place, None))) == 1


def test_all_problems_are_listed_at_once() -> None:
    document = small_document() | {"slug": "s" * 65, "title": ""}
    document["rules"][0]["then"] = {"ask": "q9"}
    assert problems_of(document) == [
        "règle 1 (« r1 »), « then », « ask » : la question « q9 » n’existe pas.",
        "« slug » : ce texte a 65 caractères, 64 au plus sont permis.",
        "« title » : ce texte est vide.",
    ]


@pytest.mark.parametrize("document", [None, [], "texte", 3, True])
def test_a_value_without_named_fields_is_refused(document: object) -> None:
    assert "il faut ici des champs nommés." in problems_of(document)


def test_optional_fields_may_be_absent_or_null() -> None:
    document = small_document() | {"introduction": None}
    document["questions"][0] |= {"short": None, "for_pupil": None, "help": None, "scope": None}
    document["outcomes"][1] |= {"body": None, "tone": None, "link": None, "for_pupil": None}
    document["rules"][0] |= {"match": None, "when": None, "note": None}
    guide = parse_document(document)
    assert guide == parse_document(small_document())
    assert (guide.questions[0].scope, guide.outcomes[1].tone) == (Scope.PUPIL, Tone.INFO)
    assert guide.rules[0].match is Match.ALL


def test_windows_line_ends_become_plain_ones() -> None:
    assert parse_document(small_document() | {"introduction": "a\r\nb"}).introduction == "a\nb"


def test_a_choice_named_twice_by_a_condition_counts_once() -> None:
    document = change_document(small_document(), ("rules", 1, "when", 0, "is"), ["a", "b", "a"])
    assert parse_document(document).rules[1].when[0].choices == ("a", "b")


@pytest.mark.parametrize(
    "url", ["https://pix.fr", "http://pix.fr/a?b#c", "mailto:a@b.fr", "tel:+33102030405"]
)
def test_a_link_of_an_allowed_scheme_is_accepted(url: str) -> None:
    document = change_document(
        small_document(), ("outcomes", 1, "link"), {"label": "L", "url": url}
    )
    link = parse_document(document).outcomes[1].link
    assert link is not None
    assert link.url == url


@pytest.mark.parametrize(
    "url",
    [
        "data:text/html,x", "ftp://a", "//pix.fr", "/admin/", "https://", "https:pix", "mailto:",
        "https://a b", "https://[", "\tjavascript:x", "JAVASCRIPT:x", "vbscript:x",
    ],
)  # fmt: skip
def test_a_link_with_any_other_address_is_refused(url: str) -> None:
    document = change_document(
        small_document(), ("outcomes", 1, "link"), {"label": "L", "url": url}
    )
    assert len(problems_of(document)) == 1


@given(documented_guides())
def test_a_serialised_guide_is_parsed_back_the_same(guide: GuideContent) -> None:
    assert parse_document(guide_to_document(guide)) == guide


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.text(st.characters(categories=["Cs"]), max_size=2)
    | st.sampled_from(["q1", "a", "fin", "conseil", 10**50, b"x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "is", "ask", "q1", "when", "then"]) | st.text() | st.booleans(),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


def places_of(value: object, place: Place = ()) -> list[Place]:
    """Returns the places of all values inside a raw value, whose own place is `place`."""
    steps: list[Any] = []
    if isinstance(value, dict):
        steps = list(value)
    elif isinstance(value, list):
        steps = list(range(len(value)))
    inside = [(step, value[step]) for step in steps]  # type: ignore[index]
    below = (found for step, item in inside for found in places_of(item, (*place, step)))
    return [*([place] if place else []), *below]


def assert_parsed_or_refused(document: object) -> None:
    """Checks that parsing returns a guide that can be written, or raises a `DocumentError`."""
    try:
        guide = parse_document(document)
    except DocumentError as error:
        str(error).encode()
    else:
        assert parse_document(guide_to_document(guide)) == guide


@given(ANYTHING)
def test_a_random_value_is_parsed_or_refused(value: object) -> None:
    assert_parsed_or_refused(value)


@given(st.data())
def test_a_document_with_random_changes_is_parsed_or_refused(data: st.DataObject) -> None:
    document = deepcopy(data.draw(st.sampled_from([SHIPPED, small_document()])))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places_of(document)))
        value = data.draw(st.just(DELETED) | ANYTHING)
        change_document(document, place, value)
    assert_parsed_or_refused(document)
