"""What a comparison says, sentence by sentence."""

from dataclasses import replace
from typing import Any

import pytest

from rules.comparison import Mark, compare
from rules.comparison.texts import text_segments
from rules.engine.guide import (
    Choice,
    Condition,
    Effect,
    Example,
    Guide,
    Link,
    Match,
    Operator,
    Outcome,
    Question,
    Rule,
    Scope,
    Tone,
)

CHOICES = (Choice("oui", "Oui"), Choice("non", "Non"))
GUIDE = Guide(
    slug="guide",
    title="Guide",
    introduction="Bonjour à tous.",
    questions=(
        Question("q1", "Prêt\u00a0?", CHOICES, help="Un mot d’aide."),
        Question("q2", "Parti\u00a0?", CHOICES),
        Question("q3", "Arrivé\u00a0?", CHOICES),
    ),
    outcomes=(
        Outcome("fin", "Fin", final=True, body="C’est fini."),
        Outcome("avis", "Avis", final=False),
    ),
    rules=(
        Rule("r1", (), Effect.ASK, "q1"),
        Rule("r2", (Condition("q1", Operator.IS, ("oui",)),), Effect.CONCLUDE, "fin"),
        Rule("r3", (Condition("q1", Operator.IS, ("non",)),), Effect.ADVISE, "avis"),
    ),
    examples=(Example("Cas", {"q1": "oui"}, ("fin",)), Example("Autre", {"q1": "non"}, ())),
)
R2 = "La règle «\u00a0Si «\u00a0Prêt\u00a0?\u00a0» est «\u00a0Oui\u00a0», alors conclure «\u00a0Fin\u00a0»\u00a0»"


def said(**changes: object) -> list[str]:
    """The sentences for the guide with other parts."""
    changed: dict[str, Any] = changes
    told = compare(GUIDE, replace(GUIDE, **changed))
    return [plain(sentence.words) for change in told for sentence in change.sentences]


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def one(kind: str, at: int, **changes: object) -> list[str]:
    """The sentences where one part is another."""
    rows, changed = list(getattr(GUIDE, kind)), dict[str, Any](changes)
    rows[at] = replace(rows[at], **changed)
    return said(**{kind: tuple(rows)})


def test_a_guide_is_told_by_its_title_its_address_and_its_introduction() -> None:
    assert said(title="Autre", slug="autre", introduction="") == [
        "Le guide « Guide » s’appelle maintenant « Autre ».",
        "L’adresse du guide est maintenant « autre » au lieu de « guide ».",
        "L’introduction est supprimée.",
    ]


def test_a_question_is_new_with_its_answers() -> None:
    new = Question("q4", "Vrai ?", CHOICES)
    assert said(questions=(*GUIDE.questions, new)) == [
        "La question « Vrai ? » est nouvelle, avec les réponses « Oui », « Non »."
    ]


def test_a_question_is_told_by_its_fields() -> None:
    assert one("questions", 0, title="Prête ?", help="Deux mots d’aide.", scope=Scope.SCHOOL) == [
        "La question « Prêt ? » s’appelle maintenant « Prête ? ».",
        "L’explication de la question « Prêt ? » a changé.",
        "La question « Prêt ? » porte maintenant sur l’établissement au lieu de l’élève.",
    ]


def test_an_answer_is_told_with_its_question() -> None:
    choices = (replace(CHOICES[0], label="Tout à fait", aliases=("yes",)), Choice("bof", "Bof"))
    assert one("questions", 0, choices=choices) == [
        "La réponse « Oui » de la question « Prêt ? » s’appelle maintenant « Tout à fait ».",
        "Les autres écritures de la réponse « Oui » de la question « Prêt ? » sont maintenant : "
        "« yes », au lieu de : aucune.",
        "La question « Prêt ? » a une nouvelle réponse : « Bof ».",
        "La réponse « Non » de la question « Prêt ? » est supprimée.",
    ]


def test_answers_in_another_order_are_told() -> None:
    assert one("questions", 0, choices=CHOICES[::-1]) == [
        "La réponse « Non » de la question « Prêt ? » passe en premier."
    ]


def test_only_what_moved_is_told_to_have_moved() -> None:
    first, second, third = GUIDE.questions
    assert said(questions=(third, first, second)) == [
        "La question « Arrivé ? » passe à la première place."
    ]


def test_an_outcome_is_told_by_its_fields() -> None:
    link = Link("Aide", "https://a.fr")
    assert one("outcomes", 0, body="C’est la fin.", tone=Tone.SUCCESS, link=link) == [
        "Le texte de la conclusion « Fin » a changé.",
        "La conclusion « Fin » a maintenant le ton « réussite » au lieu de « information ».",
        "La conclusion « Fin » a maintenant le lien « Aide » (https://a.fr).",
    ]


def test_advice_that_becomes_a_conclusion_is_told() -> None:
    assert one("outcomes", 1, final=True) == ["Le conseil « Avis » devient une conclusion."]


def test_a_rule_that_concludes_something_else_is_told() -> None:
    other = Outcome("autre", "Autre fin", final=True)
    rules = (GUIDE.rules[0], replace(GUIDE.rules[1], target="autre"), GUIDE.rules[2])
    assert said(outcomes=(*GUIDE.outcomes, other), rules=rules)[1:] == [
        f"{plain(R2)} conclut maintenant « Autre fin » au lieu de « Fin »."
    ]


def test_a_rule_that_asks_instead_of_concluding_is_told() -> None:
    assert one("rules", 1, effect=Effect.ASK, target="q2") == [
        f"{plain(R2)} pose maintenant la question « Parti ? » au lieu de conclure « Fin »."
    ]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ((), "n’a plus la condition : « Prêt ? » est « Oui »."),
        (
            (Condition("q1", Operator.IS, ("oui", "non")),),
            "a une condition changée : « Prêt ? » est « Oui » devient "
            "« Prêt ? » est « Oui » ou « Non ».",
        ),
        (
            (*GUIDE.rules[1].when, Condition("q2", Operator.ANSWERED)),
            "a une nouvelle condition : « Parti ? » a une réponse.",
        ),
    ],
)
def test_conditions_are_told_in_words(when: tuple[Condition, ...], words: str) -> None:
    assert one("rules", 1, when=when) == [f"{plain(R2)} {words}"]


def test_a_rule_is_told_by_how_its_conditions_count_and_its_note() -> None:
    assert one("rules", 1, match=Match.ANY, note="À revoir") == [
        f"{plain(R2)} s’applique maintenant quand au moins une de ses conditions est vraie.",
        f"La remarque de {plain(R2).replace('La', 'la', 1)} est ajoutée.",
    ]


def test_an_example_is_told_by_its_answers_and_what_it_expects() -> None:
    assert one("examples", 0, answers={"q1": "non", "q2": "oui"}, outcomes=()) == [
        "Le cas type « Cas » répond maintenant « Non » au lieu de « Oui » à la question « Prêt ? ».",
        "Le cas type « Cas » répond maintenant « Oui » à la question « Parti ? ».",
        "Le cas type « Cas » n’attend plus de conclusion au lieu de « Fin ».",
    ]


def test_a_renamed_example_is_the_same_example() -> None:
    renamed = replace(GUIDE.examples[0], name="Cas simple", outcomes=())
    [change] = compare(GUIDE, replace(GUIDE, examples=(renamed, GUIDE.examples[1])))
    assert (change.key, change.former) == ("Cas simple", "Cas")
    assert plain(change.sentences[0].words) == (
        "Le cas type « Cas » s’appelle maintenant « Cas simple »."
    )


def test_what_has_the_same_name_is_told_apart_by_its_key() -> None:
    twin = Outcome("fin-2", "Fin", final=True)
    rules = (GUIDE.rules[0], replace(GUIDE.rules[1], target="fin-2"), GUIDE.rules[2])
    words = said(outcomes=(*GUIDE.outcomes, twin), rules=rules)[-1]
    assert "« Fin (référence : fin-2) » au lieu de « Fin (référence : fin) »" in words


def test_spaces_alone_are_told_and_shown() -> None:
    assert one("questions", 0, title="Prêt ?") == [
        "La question « Prêt ? » s’appelle maintenant « Prêt ? » "
        "(seuls des espaces ou des retours à la ligne changent)."
    ]
    assert [part.words for part in text_segments("a b", "a\u00a0b")] == ["a·", "a⍽", "b"]


def test_only_the_words_that_differ_are_marked() -> None:
    segments = text_segments("Il faut le faire avant.", "Il faut tout faire avant. Vite.")
    marked = [(part.mark, part.words) for part in segments if part.mark is not Mark.KEPT]
    assert marked == [(Mark.REMOVED, "le"), (Mark.ADDED, "tout"), (Mark.ADDED, " Vite.")]


def test_what_stays_far_from_a_difference_is_left_out() -> None:
    text = " ".join(f"mot{at}" for at in range(500))
    kept, removed, added, rest = text_segments(text, text.replace("mot250", "neuf"))
    assert (removed.words, added.words) == ("mot250", "neuf")
    assert kept.words.startswith("[…] ")
    assert len(kept.words.split()) < 30 > len(rest.words.split())


def test_a_history_repeats_the_words_that_differ() -> None:
    [change] = compare(GUIDE, replace(GUIDE, introduction="Bonjour à vous tous."))
    assert plain(change.sentences[0].in_full) == "L’introduction a changé. Ajouté : « vous »."


def test_long_texts_without_a_word_in_common_are_compared_at_once() -> None:
    segments = text_segments("a " * 10_000, "b " * 10_000)
    assert [part.mark for part in segments] == [Mark.REMOVED, Mark.ADDED, Mark.KEPT]
