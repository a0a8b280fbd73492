"""The search in a guide: which parts it finds, in which order, and the words that it marks."""

from dataclasses import replace

import pytest

from rules.document.files import read_guide_file
from rules.engine.content import GuideContent
from rules.guides import SHIPPED_GUIDE
from rules.lookup.folded_text import cut_excerpt, mark_words, search_words
from rules.lookup.part_search import FoundKind, search_guide


@pytest.fixture(scope="module")
def guide() -> GuideContent:
    return read_guide_file(SHIPPED_GUIDE)


def found_names(guide: GuideContent, query: str, kind: FoundKind) -> list[str]:
    return [part.name for part in search_guide(guide, query).get(kind, [])]


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("prenom", FoundKind.CONCLUSION, "Associer le compte Pix au Médiacentre"),
        ("L'ETABLISSEMENT", FoundKind.CONCLUSION, "Associer le compte Pix au Médiacentre"),
        ('"mot de passe"', FoundKind.EXAMPLE, "Compte mail, mot de passe perdu"),
        ("gar", FoundKind.CHOICE, "Médiacentre"),  # another spelling of it
        ("mail methode", FoundKind.CHOICE, "Mail"),  # a word of its question
        ("jamais-participe", FoundKind.ADVICE, "Ce que veut dire «\u00a0–\u00a0»"),  # its key
        ("l’affiche comparer", FoundKind.RULE, "Règle 14 (→ Contacter le support Pix)"),  # its note
        ("support", FoundKind.RULE, "Règle 14 (→ Contacter le support Pix)"),
        ("console d’affectation", FoundKind.QUESTION, "Attribution dans le GAR"),
    ],
)
def test_a_part_is_found_by_the_words_of_its_texts(
    guide: GuideContent, query: str, kind: FoundKind, name: str
) -> None:
    assert [found for found in found_names(guide, query, kind) if found.startswith(name)]


def test_all_words_of_a_query_must_be_found_each_at_the_beginning_of_a_word(
    guide: GuideContent,
) -> None:
    assert found_names(guide, "identifiant perdu", FoundKind.EXAMPLE) == [
        "Compte identifiant, mot de passe perdu"
    ]
    assert search_guide(guide, "identifiant introuvable") == {}
    assert search_guide(guide, "dentifiant") == {}


def test_the_words_of_a_question_do_not_find_all_its_choices(guide: GuideContent) -> None:
    assert found_names(guide, "méthode", FoundKind.CHOICE) == []


@pytest.mark.parametrize("query", ["", " ", "?", "«\u00a0»", "\u200b"])
def test_a_query_without_words_finds_nothing(guide: GuideContent, query: str) -> None:
    assert search_guide(guide, query) == {}


@pytest.mark.parametrize("query", ["14", "règle 14", "Regle n°14", "comptes-differents"])
def test_a_rule_is_found_first_by_its_number_or_its_key(guide: GuideContent, query: str) -> None:
    found = search_guide(guide, query)
    assert next(iter(found)) is FoundKind.RULE
    assert found[FoundKind.RULE][0].place == ("rules", 13)


def test_the_part_whose_key_is_the_query_comes_first(guide: GuideContent) -> None:
    last = replace(guide.outcomes[-1], key="mail")
    found = search_guide(replace(guide, outcomes=(*guide.outcomes[:-1], last)), "mail")
    assert list(found)[:2] == [FoundKind.CHOICE, FoundKind.CONCLUSION]
    assert found[FoundKind.CONCLUSION][0].name == last.title


def test_parts_with_the_words_in_their_name_come_before_others(guide: GuideContent) -> None:
    names = found_names(guide, "médiacentre", FoundKind.RULE)
    assert ["Médiacentre" in name for name in names] == [True, True, False, False]


def test_the_words_are_marked_in_a_text_as_it_is_written() -> None:
    words = search_words("deja CŒUR")
    assert mark_words("Déjà vu : le cœur, les coeurs", words) == (
        ("Déjà", True),
        (" vu : le ", False),
        ("cœur", True),
        (", les ", False),
        ("coeur", True),
        ("s", False),
    )
    assert mark_words("De\u0301ja\u0300", words) == (("De\u0301ja\u0300", True),)
    assert mark_words("œ", ("o",)) == (("œ", True),)


def test_an_excerpt_is_cut_around_the_longest_word_that_was_found() -> None:
    text = "Un début. " * 30 + "L’élève choisit\nun nouveau code. " + "La suite. " * 30
    excerpt = "".join(piece for piece, _ in cut_excerpt(text, ("un", "nouveau"), 80))
    assert "choisit un nouveau code." in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) <= 84
