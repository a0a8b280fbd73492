"""The French sentences about a proof and its findings."""

from dataclasses import replace

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    GuideContent,
    Match,
    OutcomeContent,
    QuestionContent,
)
from rules.proof.bounds import BoundKind
from rules.proof.finding_sentences import answers_sentence, finding_sentence, proof_sentence
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from rules.proof.state_graph import MergedState, StateGraph
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.broken import make_draft

Q, R = (make_question(key, "a", "b") for key in "qr")
START = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    conclude_when("other", choice_is("q", "b")),
]


def add_titles(guide: GuideContent) -> GuideContent:
    """Returns the guide with titles that differ from its keys."""
    return replace(
        guide,
        questions=tuple(replace(part, title=f"Question {part.key} ?") for part in guide.questions),
        outcomes=tuple(replace(part, title=f"Titre {part.key}") for part in guide.outcomes),
    )


def finding_sentences(guide: GuideContent) -> list[str]:
    """Returns the sentences of all findings, with plain spaces."""
    guide = add_titles(guide)
    findings = prove_guide(CompiledGuide(guide)).findings
    return [finding_sentence(guide, finding).replace("\u00a0", " ") for finding in findings]


def make_proof(paths: int, *, seconds: float = 0.004) -> Proof:
    """Returns a proof of one question that has as many choices as there are paths."""
    states = (MergedState("q", successors=(1,) * paths), MergedState(outcomes=("end",)))
    return Proof(StateGraph(states, complete=True), (), seconds)


def test_sentence_about_a_guide_that_is_stuck_at_the_start() -> None:
    guide = make_draft("", [], []).guide
    assert finding_sentences(guide) == ["Dès le départ, rien n’est demandé et rien n’est conclu."]


def test_sentence_about_a_path_that_is_stuck_after_an_answer() -> None:
    guide = make_draft("", [Q], [ask_when("q"), conclude_when("end", choice_is("q", "a"))]).guide
    assert finding_sentences(guide) == [
        "Après la réponse « b » à « Question q ? », rien n’est demandé et rien n’est conclu."
    ]


def test_sentences_about_a_question_without_rules_and_one_whose_rules_never_hold() -> None:
    rules = [*START, ask_when("s", choice_is("r", "a"))]
    guide = make_draft("", [Q, R, make_question("s", "a", "b")], rules).guide
    assert finding_sentences(guide) == [
        "Cette règle ne s’applique à aucun visiteur : "
        "aucune règle ne pose la question « Question r ? ».",
        "La question « Question r ? » n’est posée à aucun visiteur : aucune règle ne la pose.",
        "La question « Question s ? » n’est posée à aucun visiteur : "
        "les règles qui la posent ne s’appliquent jamais.",
    ]


def test_sentence_about_a_conclusion_that_no_rule_gives() -> None:
    guide = make_draft("", [Q], START, unused=[OutcomeContent("vain", "vain", final=True)]).guide
    assert finding_sentences(guide) == [
        "La conclusion « Titre vain » n’est donnée à aucun visiteur : aucune règle ne la donne."
    ]


def test_sentences_about_an_advice_whose_rule_never_holds() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        ask_when("r", choice_is("q", "b")),
        conclude_when("other", choice_is("r", "a")),
        conclude_when("third", choice_is("r", "b")),
        advise_when("tip", choice_is("q", "a"), choice_is("r", "b")),
    ]
    assert finding_sentences(make_draft("", [Q, R], rules).guide) == [
        "Cette règle ne s’applique à aucun visiteur : "
        "aucun parcours ne mène à des réponses qui remplissent ses conditions.",
        "Le conseil « Titre tip » n’est donné à aucun visiteur : "
        "les règles qui le donnent ne s’appliquent jamais.",
    ]


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (
            [choice_is("q", "a"), choice_is("q", "b")],
            "deux de ses conditions se contredisent "
            "(« Question q ? » est « a », et « Question q ? » est « b »).",
        ),
        (
            [has_answer("r"), choice_is_not("q", "a", "b")],
            "l’une de ses conditions n’est jamais vraie "
            "(« Question q ? » n’est pas l’une de ces réponses (« a » ou « b »)).",
        ),
        (
            [has_answer("q"), choice_is("r", "a"), has_no_answer("q")],
            "deux de ses conditions se contredisent "
            "(« Question q ? » a une réponse, et « Question q ? » n’a pas de réponse).",
        ),
        (
            [choice_is("q", "a"), choice_is("r", "b"), same_choice("q", "r")],
            "aucune réponse ne remplit ses conditions.",
        ),
    ],
    ids=["two answers", "none of all", "answered and not", "three conditions"],
)
def test_the_sentence_about_an_unsatisfiable_rule_says_why(
    when: list[ConditionContent], why: str
) -> None:
    guide = make_draft("", [Q, R], [*START, advise_when("tip", *when)]).guide
    assert f"Cette règle ne peut jamais s’appliquer : {why}" in finding_sentences(guide)


def test_sentence_about_a_rule_that_needs_one_of_several_impossible_conditions() -> None:
    neither = advise_when(
        "tip", choice_is_not("q", "a", "b"), choice_is_not("r", "a", "b"), match=Match.ANY
    )
    guide = make_draft("", [Q, R], [*START, neither]).guide
    never = "Cette règle ne peut jamais s’appliquer : "
    assert f"{never}aucune réponse ne remplit ses conditions." in finding_sentences(guide)


def test_sentence_about_several_conclusions_in_one_state() -> None:
    rules = [
        ask_when("q"),
        *(conclude_when(key, choice_is("q", "b")) for key in "xyz"),
        *START[1:2],
    ]
    assert finding_sentences(make_draft("", [Q], rules).guide) == [
        "« Titre x », « Titre y » et « Titre z » sont conclus ensemble, "
        "et aucun cas type ne montre que c’est voulu."
    ]


def test_sentence_about_a_rule_that_always_holds() -> None:
    guide = make_draft("", [Q], [*START, advise_when("tip", choice_is("q", "a", "b"))]).guide
    assert finding_sentences(guide) == [
        "Cette règle s’applique toujours dès que ses questions ont une réponse : "
        "ses conditions n’écartent personne."
    ]


def test_sentences_about_indistinguishable_choices() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", choice_is("q", "c")),
        conclude_when("other", choice_is_not("q", "c")),
    ]
    assert finding_sentences(make_draft("", [make_question("q")], rules).guide) == [
        "Les réponses « a » et « b » à « Question q ? » ont toujours la même suite."
    ]
    rules_for_all = [ask_when("q"), conclude_when("end", has_answer("q"))]
    assert finding_sentences(make_draft("", [Q], rules_for_all).guide) == [
        "La réponse à « Question q ? » ne change rien à la suite."
    ]


def test_sentence_about_a_rule_whose_question_is_preempted() -> None:
    rules = [
        ask_when("q"),
        ask_when("r", choice_is("q", "a")),
        conclude_when("end", same_choice("q", "r")),
        conclude_when("other", other_choice("q", "r")),
        conclude_when("third", choice_is("q", "b")),
        ask_when("r", choice_is("q", "b")),
    ]
    assert finding_sentences(make_draft("", [Q, R], rules).guide) == [
        "Cette règle ne pose jamais « Question r ? » : une conclusion est toujours donnée avant."
    ]


def test_answers_are_written_in_order() -> None:
    yes = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
    guide = GuideContent(
        "g", "G", (QuestionContent("x", "Un ?", yes), QuestionContent("y", "Deux ?", yes)), (), ()
    )
    sentence = answers_sentence(guide, [("y", "non"), ("x", "oui")]).replace("\u00a0", " ")
    assert sentence == "« Deux ? » : « Non », puis « Un ? » : « Oui »"
    assert answers_sentence(guide, []) == ""


def test_the_sentence_about_a_complete_proof_has_its_numbers_and_its_duration() -> None:
    assert (
        proof_sentence(make_proof(52))
        == "52 parcours possibles, 1 question au plus, prouvé en 0,01\u00a0s."
    )
    assert proof_sentence(make_proof(1, seconds=12.345)).startswith("1 parcours possible,")
    assert proof_sentence(make_proof(1234)).startswith("1\u00a0234 parcours possibles,")


def test_the_sentence_about_very_many_paths_has_no_exact_number() -> None:
    last = MergedState(outcomes=("end",))
    states = (*(MergedState("q", successors=(index + 1,) * 10) for index in range(13)), last)
    sentence = proof_sentence(Proof(StateGraph(states, complete=True), (), 1))
    assert sentence.startswith(
        "Plus de mille milliards de parcours possibles, 13 questions au plus"
    )


def test_the_sentence_about_an_incomplete_proof_says_where_it_stopped() -> None:
    states = (MergedState("q", successors=(1, 2)), MergedState("r"), MergedState("r"))
    graph = StateGraph(states, complete=False)
    for bound, limit in (
        (BoundKind.STATES, "du nombre de situations"),
        (BoundKind.SECONDS, "de temps"),
        (BoundKind.MEGABYTES, "de mémoire"),
    ):
        assert proof_sentence(Proof(graph, (), 2, bound)).startswith(
            f"Preuve inachevée\u00a0: elle s’est arrêtée à la limite {limit}, "
            "après 2,00\u00a0s et 3 situations différentes, dont 1 jusqu’au bout. Ce qui est signalé"
        )


def test_the_sentence_about_a_proof_that_stopped_after_its_walk_says_so() -> None:
    proof = replace(make_proof(3), stopped_by=BoundKind.SECONDS)
    end = "2 situations différentes, toutes parcourues, mais pas toutes comparées. "
    assert end in proof_sentence(proof)


def test_the_sentence_about_a_proof_names_the_rules_that_it_could_not_decide() -> None:
    some, many = (
        replace(make_proof(3), undecided_rules=rules) for rules in ((4, 7), (0, 1, 2, 3, 4, 5))
    )
    begin = "On ne sait pas si des réponses remplissent les conditions de "
    assert proof_sentence(some).endswith(f" {begin}2 règles (5, 8).")
    assert proof_sentence(many).endswith(f" {begin}6 règles (1, 2, 3, 4, 5, …).")


def test_sentences_about_parts_that_repeat_an_earlier_one() -> None:
    rules = [*START, conclude_when("end", choice_is("q", "a")), advise_when("tip", has_answer("q"))]
    draft = make_draft("", [Q, R], rules, examples=["q=a", "q=a"]).guide
    guide = replace(
        draft,
        questions=tuple(replace(part, title="Prêt ?") for part in draft.questions),
        outcomes=tuple(replace(part, title="Fin") for part in draft.outcomes),
        examples=tuple(replace(part, name="Cas") for part in draft.examples),
    )
    findings = [
        finding for finding in prove_guide(CompiledGuide(guide)).findings if finding.earlier
    ]
    sentences = [finding_sentence(guide, finding).replace("\u00a0", " ") for finding in findings]
    assert sentences == [
        "Cette règle est la même que la règle 2 (→ Fin) : l’une des deux suffit.",
        "Cette question a le même titre que la question 1.",
        "Cette conclusion a le même titre que la conclusion 1.",
        "Ce conseil a le même titre que la conclusion 1.",
        "Ce cas type a le même nom que le cas type 1.",
        "Ce cas type a les mêmes réponses que le cas type 1.",
    ]
