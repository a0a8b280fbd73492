"""Edge cases of the sentences about a proof: singular and plural, early rules, equal keys."""

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent, OutcomeContent
from rules.proof.finding_sentences import (
    MAX_EXACT_PATHS,
    figures_sentence,
    finding_sentence,
    path_count_label,
    place_with_article,
    proof_sentence,
    root_cause_sentence,
    touched_paths_sentence,
)
from rules.proof.findings import FindingKind, Place
from rules.proof.prove import prove_guide
from rules.proof.root_causes import RootCause
from tests.engine.guides import advise_when, ask_when, choice_is, conclude_when, make_question
from tests.proof.broken import (
    indistinguishable_finding,
    make_draft,
    stuck_finding,
    unreachable_finding,
)


def with_plain_spaces(sentence: str) -> str:
    """Replaces the no-break spaces of a sentence."""
    return sentence.replace("\u00a0", " ")


def small_guide() -> GuideContent:
    rules = [ask_when("q"), advise_when("z", choice_is("q", "a")), conclude_when("end")]
    questions = [make_question("q", "a", "b", "c", "d"), make_question("z", "a", "b")]
    return make_draft("", questions, rules).guide


@pytest.mark.parametrize(
    ("paths", "longest", "figures"),
    [
        (1, 0, "1 parcours possible, 0 question au plus, prouvé en 0,50 s."),
        (1, 1, "1 parcours possible, 1 question au plus, prouvé en 0,50 s."),
        (2, 2, "2 parcours possibles, 2 questions au plus, prouvé en 0,50 s."),
    ],
)
def test_nouns_are_singular_or_plural_as_their_number_requires(
    paths: int, longest: int, figures: str
) -> None:
    assert with_plain_spaces(figures_sentence(paths, longest, 0.5)) == figures


def test_a_sentence_shows_numbers_of_paths_up_to_a_thousand_billion() -> None:
    label = "1 000 000 000 000 parcours possibles"
    assert with_plain_spaces(path_count_label(MAX_EXACT_PATHS)) == label
    assert path_count_label(MAX_EXACT_PATHS + 1).startswith("Plus de mille milliards")


def test_a_guide_with_faults_is_checked_but_not_proved() -> None:
    proof = prove_guide(CompiledGuide(make_draft("", [], []).guide))
    sentence = "1 parcours possible, 0 question au plus, vérifié en "
    assert with_plain_spaces(proof_sentence(proof)).startswith(sentence)


@pytest.mark.parametrize(
    ("early_rules", "consequences", "sentence"),
    [
        ((0,), 1, "La règle 1 conclut dès le départ : 1 élément n’est plus atteint."),
        ((2,), 2, "La règle 3 conclut dès le départ : 2 éléments ne sont plus atteints."),
        (
            (0, 1, 4),
            3,
            "Les règles 1, 2 et 5 concluent dès le départ : 3 éléments ne sont plus atteints.",
        ),
    ],
)
def test_early_rules_are_listed_with_the_number_of_their_consequences(
    early_rules: tuple[int, ...], consequences: int, sentence: str
) -> None:
    hidden = tuple(unreachable_finding("rules", position) for position in range(consequences))
    cause = RootCause(None, hidden, early_rules)
    assert with_plain_spaces(root_cause_sentence(small_guide(), cause)) == sentence


def test_the_sentence_of_a_root_cause_is_that_of_its_fault() -> None:
    cause = RootCause(stuck_finding(), ())
    assert root_cause_sentence(small_guide(), cause) == finding_sentence(
        small_guide(), stuck_finding()
    )


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (("rules", 1), "la règle 2 (→ z)"),
        (("questions", 1), "la question « z »"),
        (("outcomes", 0), "le conseil « z »"),
        (("outcomes", 1), "la conclusion « end »"),
    ],
)
def test_a_place_is_named_with_its_article(place: Place, name: str) -> None:
    assert with_plain_spaces(place_with_article(small_guide(), place)) == name


def test_a_rule_that_gives_an_outcome_does_not_count_as_asking_the_question_with_its_key() -> None:
    rules = [
        ask_when("q"),
        advise_when("z", choice_is("q", "a")),
        advise_when("tip", choice_is("z", "a")),
    ]
    guide = make_draft("", [make_question("q"), make_question("z")], rules).guide
    sentence = with_plain_spaces(finding_sentence(guide, unreachable_finding("rules", 2)))
    assert sentence.endswith("aucune règle ne pose la question « z ».")


def test_indistinguishable_choices_are_listed_by_their_labels() -> None:
    finding = indistinguishable_finding(0, "a", "b", "d")
    sentence = "Les réponses « a », « b » et « d » à « q » ont toujours la même suite."
    assert with_plain_spaces(finding_sentence(small_guide(), finding)) == sentence


def test_an_outcome_that_no_rule_gives_is_called_advice_or_conclusion() -> None:
    unused = [OutcomeContent("fin", "Fin", final=True), OutcomeContent("tip", "Tip", final=False)]
    guide = make_draft("", [], [], unused=unused).guide
    findings = [unreachable_finding("outcomes", position) for position in range(2)]
    assert [with_plain_spaces(finding_sentence(guide, finding)) for finding in findings] == [
        "La conclusion « Fin » n’est donnée à aucun visiteur : aucune règle ne la donne.",
        "Le conseil « Tip » n’est donné à aucun visiteur : aucune règle ne le donne.",
    ]


@pytest.mark.parametrize(
    ("kind", "count", "total", "sentence"),
    [
        (FindingKind.STUCK, 12, 52, "12 parcours sur 52 s’arrêtent ici."),
        (FindingKind.STUCK, 1, 52, "1 parcours sur 52 s’arrête ici."),
        (FindingKind.STUCK, 1, 1, "1 parcours sur 1 s’arrête ici."),
        (FindingKind.UNFINISHED, 52, 52, "Tous les parcours s’arrêtent ici."),
        (FindingKind.SEVERAL_CONCLUSIONS, 2, 52, "2 parcours sur 52 y mènent."),
        (FindingKind.INDISTINGUISHABLE, 2, 9, "2 parcours sur 9 passent par cette question."),
        (
            FindingKind.STUCK,
            1_000,
            MAX_EXACT_PATHS + 1,
            "1 000 parcours sur plus de mille milliards s’arrêtent ici.",
        ),
        (
            FindingKind.STUCK,
            2 * MAX_EXACT_PATHS,
            8 * MAX_EXACT_PATHS,
            "Environ 25 % des parcours s’arrêtent ici.",
        ),
        (
            FindingKind.STUCK,
            2 * MAX_EXACT_PATHS,
            10**6 * MAX_EXACT_PATHS,
            "Moins de 1 % des parcours s’arrêtent ici.",
        ),
    ],
)
def test_the_sentence_about_paths_that_a_finding_touches(
    kind: FindingKind, count: int, total: int, sentence: str
) -> None:
    assert with_plain_spaces(touched_paths_sentence(kind, count, total)) == sentence
