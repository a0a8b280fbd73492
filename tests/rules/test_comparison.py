"""The sentences that a comparison writes, for each kind of difference."""

from dataclasses import replace
from typing import Any

import pytest

from rules.comparison import Sentence, compare_guides
from rules.comparison.text_changes import text_segments
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Link,
    Match,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
    Scope,
    Tone,
)

CHOICES = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
GUIDE = GuideContent(
    slug="guide",
    title="Guide",
    introduction="Bonjour à tous.",
    questions=(
        QuestionContent("q1", "Prêt\u00a0?", CHOICES, help="Un mot d’aide."),
        QuestionContent("q2", "Parti\u00a0?", CHOICES),
        QuestionContent("q3", "Arrivé\u00a0?", CHOICES),
    ),
    outcomes=(
        OutcomeContent("fin", "Fin", final=True, body="C’est fini."),
        OutcomeContent("avis", "Avis", final=False),
    ),
    rules=(
        RuleContent("r1", (), Effect.ASK, "q1"),
        RuleContent("r2", (ConditionContent("q1", Operator.IS, ("oui",)),), Effect.CONCLUDE, "fin"),
        RuleContent("r3", (ConditionContent("q1", Operator.IS, ("non",)),), Effect.ADVISE, "avis"),
    ),
    examples=(
        ExampleContent("Cas", {"q1": "oui"}, ("fin",)),
        ExampleContent("Autre", {"q1": "non"}, ()),
    ),
)
R2 = "La règle 2 (→ Fin)"
LONG = "Dans Pix Orga, quelle méthode de connexion apparaît en face du nom de l’élève ?"


def compared_sentences(**changes: object) -> list[Sentence]:
    """Returns the sentences about the differences between `GUIDE` and a copy with these fields."""
    changed: dict[str, Any] = changes
    changes_of_parts = compare_guides(GUIDE, replace(GUIDE, **changed))
    return [sentence for change in changes_of_parts for sentence in change.sentences]


def standalone_sentences(**changes: object) -> list[str]:
    """Returns the sentences in the form without a heading that names their part."""
    return [
        replace_no_break_spaces(sentence.standalone) for sentence in compared_sentences(**changes)
    ]


def sentences_under_headings(**changes: object) -> list[str]:
    return [replace_no_break_spaces(sentence.text) for sentence in compared_sentences(**changes)]


def replace_no_break_spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


def sentences_about_part(kind: str, index: int, **changes: object) -> list[str]:
    """Returns the standalone sentences about `GUIDE` and a copy in which one part is changed."""
    return standalone_sentences(**{kind: change_part(kind, index, **changes)})


def change_part(kind: str, index: int, **changes: object) -> tuple[Any, ...]:
    """Returns the parts of one kind of `GUIDE`, after a change of one of them."""
    parts, changed = list(getattr(GUIDE, kind)), dict[str, Any](changes)
    parts[index] = replace(parts[index], **changed)
    return tuple(parts)


def test_a_guide_is_compared_by_its_title_its_address_and_its_introduction() -> None:
    assert standalone_sentences(title="Autre", slug="autre", introduction="") == [
        "Le guide « Guide » s’appelle maintenant « Autre ».",
        "L’adresse du guide est maintenant « autre » au lieu de « guide ».",
        "L’introduction est supprimée.",
    ]


def test_a_new_question_is_described_with_its_choices() -> None:
    new = QuestionContent("q4", "Vrai ?", CHOICES)
    assert standalone_sentences(questions=(*GUIDE.questions, new)) == [
        "La question « Vrai ? » est nouvelle, avec les réponses « Oui », « Non »."
    ]


def test_a_question_is_compared_by_its_fields() -> None:
    assert sentences_about_part(
        "questions", 0, title="Prête ?", help="Deux mots d’aide.", scope=Scope.SCHOOL
    ) == [
        "La question « Prêt ? » s’appelle maintenant « Prête ? ».",
        "L’explication de la question « Prêt ? » a changé.",
        "La question « Prêt ? » porte maintenant sur l’établissement au lieu de l’élève.",
    ]


def test_a_short_name_is_compared_and_names_the_question() -> None:
    named = change_part("questions", 0, short="Départ", title="Prête ?")
    assert standalone_sentences(questions=named) == [
        "Le titre de la question « Prêt ? » est maintenant « Prête ? » au lieu de « Prêt ? ».",
        "Le nom court de la question « Prêt ? » est maintenant « Départ ».",
    ]
    new = QuestionContent("q4", "Vrai ?", CHOICES[:1], short="Vrai")
    assert standalone_sentences(questions=(*GUIDE.questions, new)) == [
        "La question « Vrai » est nouvelle : « Vrai ? », avec la réponse « Oui »."
    ]


def test_texts_for_pupils_are_compared() -> None:
    assert sentences_about_part("questions", 0, for_pupil="Es-tu prêt ?") == [
        "Le texte pour l’élève de la question « Prêt ? » est maintenant « Es-tu prêt ? »."
    ]
    assert sentences_about_part("outcomes", 0, for_pupil="Tu as fini.") == [
        "Le texte pour l’élève de la conclusion « Fin » est ajouté."
    ]


def test_a_choice_is_named_with_its_question() -> None:
    choices = (
        replace(CHOICES[0], label="Tout à fait", aliases=("yes",)),
        ChoiceContent("bof", "Bof"),
    )
    assert sentences_about_part("questions", 0, choices=choices) == [
        "La réponse « Oui » de la question « Prêt ? » s’appelle maintenant « Tout à fait ».",
        "Les autres écritures de la réponse « Oui » de la question « Prêt ? » sont maintenant : "
        "« yes », au lieu de : aucune.",
        "La question « Prêt ? » a une nouvelle réponse : « Bof ».",
        "La réponse « Non » de la question « Prêt ? » est supprimée.",
    ]


def test_a_choice_that_moved_is_described() -> None:
    assert sentences_about_part("questions", 0, choices=CHOICES[::-1]) == [
        "La réponse « Non » de la question « Prêt ? » passe en premier."
    ]


def test_only_the_part_that_moved_has_a_sentence() -> None:
    first, second, third = GUIDE.questions
    assert standalone_sentences(questions=(third, first, second)) == [
        "La question « Arrivé ? » passe à la première place."
    ]


def test_an_outcome_is_compared_by_its_fields() -> None:
    link = Link("Aide", "https://a.fr")
    assert sentences_about_part(
        "outcomes", 0, body="C’est la fin.", tone=Tone.SUCCESS, link=link
    ) == [
        "Le texte de la conclusion « Fin » a changé.",
        "La conclusion « Fin » a maintenant le ton « réussite » au lieu de « information ».",
        "La conclusion « Fin » a maintenant le lien « Aide » (https://a.fr).",
    ]


def test_advice_may_become_a_conclusion() -> None:
    assert sentences_about_part("outcomes", 1, final=True) == [
        "Le conseil « Avis » devient une conclusion."
    ]


def test_a_rule_may_conclude_something_else() -> None:
    other = OutcomeContent("autre", "Autre fin", final=True)
    rules = (GUIDE.rules[0], replace(GUIDE.rules[1], target="autre"), GUIDE.rules[2])
    assert standalone_sentences(outcomes=(*GUIDE.outcomes, other), rules=rules)[1:] == [
        f"{replace_no_break_spaces(R2)} conclut maintenant « Autre fin » au lieu de « Fin »."
    ]


def test_a_rule_may_ask_instead_of_concluding() -> None:
    assert sentences_about_part("rules", 1, effect=Effect.ASK, target="q2") == [
        f"{replace_no_break_spaces(R2)} pose maintenant la question « Parti ? » au lieu de conclure « Fin »."
    ]


@pytest.mark.parametrize(
    ("when", "predicate"),
    [
        ((), "n’a plus la condition : « Prêt ? » est « Oui »."),
        (
            (ConditionContent("q1", Operator.IS, ("oui", "non")),),
            "a aussi la réponse « Non » dans « Prêt ? ».",
        ),
        (
            (ConditionContent("q1", Operator.IS, ("non",)),),
            "a maintenant la réponse « Non » au lieu de la réponse « Oui » dans « Prêt ? ».",
        ),
        (
            (ConditionContent("q1", Operator.IS_NOT, ("oui",)),),
            "a une condition changée : « Prêt ? » est « Oui » devient « Prêt ? » n’est pas « Oui ».",
        ),
        (
            (*GUIDE.rules[1].when, ConditionContent("q2", Operator.ANSWERED)),
            "a une nouvelle condition : « Parti ? » a une réponse.",
        ),
    ],
)
def test_a_changed_condition_is_described(
    when: tuple[ConditionContent, ...], predicate: str
) -> None:
    assert sentences_about_part("rules", 1, when=when) == [
        f"{replace_no_break_spaces(R2)} {predicate}"
    ]


def test_the_sentence_about_a_choice_removed_from_a_condition_names_only_this_choice() -> None:
    rule = replace(GUIDE.rules[1], when=(ConditionContent("q1", Operator.IS_NOT, ("oui", "non")),))
    old = replace(GUIDE, rules=(GUIDE.rules[0], rule, GUIDE.rules[2]))
    less = replace(rule, when=(ConditionContent("q1", Operator.IS_NOT, ("non",)),))
    [change] = compare_guides(old, replace(old, rules=(GUIDE.rules[0], less, GUIDE.rules[2])))
    assert replace_no_break_spaces(change.sentences[0].text) == (
        "N’a plus la réponse « Oui » parmi celles qu’elle exclut dans « Prêt ? »."
    )


def test_a_rule_is_compared_by_its_match_and_its_note() -> None:
    assert sentences_about_part("rules", 1, match=Match.ANY, note="À revoir") == [
        f"{replace_no_break_spaces(R2)} s’applique maintenant quand au moins une de ses conditions est vraie.",
        f"La remarque de {replace_no_break_spaces(R2).replace('La', 'la', 1)} est ajoutée.",
    ]


def test_a_new_rule_is_described_by_its_sentence() -> None:
    new = RuleContent("r4", (ConditionContent("q1", Operator.IS, ("oui",)),), Effect.ASK, "q2")
    assert standalone_sentences(rules=(*GUIDE.rules, new)) == [
        "La règle 4 (→ Parti ?) est nouvelle : "
        "« Si “Prêt ?” est “Oui”, alors poser la question “Parti ?” »."
    ]


def test_the_sentence_about_a_moved_rule_has_the_numbers_that_pages_show_now() -> None:
    first, second, third = GUIDE.rules
    [change] = compare_guides(GUIDE, replace(GUIDE, rules=(second, third, first)))
    assert change.title == "Règle 3 (→ Prêt\u00a0?)"
    [sentence] = change.sentences
    assert sentence.text == "Passe après la règle 2 (→ Avis)."
    assert replace_no_break_spaces(sentence.standalone) == (
        "La règle 1 (→ Prêt ?) passe après la règle 2 (→ Avis) et prend le numéro 3."
    )


def test_the_heading_of_a_changed_rule_has_its_name_and_its_sentence() -> None:
    [change] = compare_guides(GUIDE, replace(GUIDE, rules=change_part("rules", 1, note="À revoir")))
    assert change.title == "Règle 2 (→ Fin)"
    assert (
        replace_no_break_spaces(change.detail)
        == "Si « Prêt ? » est « Oui », alors conclure « Fin »."
    )


def test_sentences_under_a_heading_do_not_repeat_the_name_of_the_part() -> None:
    rule = replace(GUIDE.rules[1], effect=Effect.ASK, target="q2", note="À revoir")
    choices = (replace(CHOICES[0], label="Tout à fait"), CHOICES[1])
    found = sentences_under_headings(
        questions=change_part("questions", 0, choices=choices, help="Deux mots."),
        rules=(GUIDE.rules[0], rule),
    )
    assert found == [
        "L’explication a changé.",
        "La réponse « Oui » s’appelle maintenant « Tout à fait ».",
        "Pose maintenant la question « Parti ? » au lieu de conclure « Fin ».",
        "La remarque est ajoutée.",
        "Supprimée.",
    ]


def test_a_long_title_is_shortened_to_its_beginning() -> None:
    old = replace(GUIDE, questions=change_part("questions", 0, title=LONG))
    [change] = compare_guides(
        old, replace(old, questions=change_part("questions", 0, title="Court"))
    )
    name = "La question « Dans Pix Orga, quelle méthode de connexion apparaît en face… »"
    assert (
        replace_no_break_spaces(change.sentences[0].standalone)
        == f"{name} s’appelle maintenant « Court »."
    )


def test_an_example_is_compared_by_its_answers_and_its_outcomes() -> None:
    assert sentences_about_part("examples", 0, answers={"q1": "non", "q2": "oui"}, outcomes=()) == [
        "Le cas type « Cas » répond maintenant « Non » au lieu de « Oui » à la question « Prêt ? ».",
        "Le cas type « Cas » répond maintenant « Oui » à la question « Parti ? ».",
        "Le cas type « Cas » n’attend plus de conclusion au lieu de « Fin ».",
    ]


def test_a_renamed_example_is_neither_new_nor_removed() -> None:
    renamed = replace(GUIDE.examples[0], name="Cas simple", outcomes=())
    [change] = compare_guides(GUIDE, replace(GUIDE, examples=(renamed, GUIDE.examples[1])))
    assert change.key == "Cas simple"
    assert replace_no_break_spaces(change.sentences[0].standalone) == (
        "Le cas type « Cas » s’appelle maintenant « Cas simple »."
    )


def test_parts_of_the_same_name_are_named_with_their_keys() -> None:
    twin = OutcomeContent("fin-2", "Fin", final=True)
    rules = (GUIDE.rules[0], replace(GUIDE.rules[1], target="fin-2"), GUIDE.rules[2])
    sentence = standalone_sentences(outcomes=(*GUIDE.outcomes, twin), rules=rules)[-1]
    assert "« Fin (référence : fin-2) » au lieu de « Fin (référence : fin) »" in sentence


def test_a_change_of_spaces_only_is_mentioned_and_made_visible() -> None:
    assert sentences_about_part("questions", 0, title="Prêt ?") == [
        "La question « Prêt ? » s’appelle maintenant « Prêt ? » "
        "(seuls des espaces ou des retours à la ligne changent)."
    ]
    assert [part.text for part in text_segments("a b", "a\u00a0b")] == ["a·", "a⍽", "b"]


def test_the_sentence_about_a_new_name_under_a_heading_has_the_old_name_too() -> None:
    assert sentences_under_headings(questions=change_part("questions", 0, title="Prête ?")) == [
        "S’appelle maintenant « Prête ? » au lieu de « Prêt ? »."
    ]


def test_quotes_within_quotes_are_english_ones() -> None:
    assert sentences_about_part("questions", 0, title="Dites « oui »") == [
        "La question « Prêt ? » s’appelle maintenant « Dites “oui” »."
    ]


def test_a_change_of_quotation_marks_only_is_mentioned() -> None:
    old = replace(GUIDE, title="Dire “oui”")
    [change] = compare_guides(old, replace(old, title="Dire « oui »"))
    assert "(seuls des guillemets changent)" in change.sentences[0].text
