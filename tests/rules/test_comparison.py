"""What a comparison says, sentence by sentence."""

from dataclasses import replace
from typing import Any

import pytest

from rules.comparison import Mark, Sentence, compare_guides
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


def sentences(**changes: object) -> list[Sentence]:
    """For the guide with other parts."""
    changed: dict[str, Any] = changes
    told = compare_guides(GUIDE, replace(GUIDE, **changed))
    return [sentence for change in told for sentence in change.sentences]


def said(**changes: object) -> list[str]:
    """Where no heading names what they are about."""
    return [plain(sentence.standalone) for sentence in sentences(**changes)]


def under_headings(**changes: object) -> list[str]:
    return [plain(sentence.text) for sentence in sentences(**changes)]


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def one(kind: str, at: int, **changes: object) -> list[str]:
    """The sentences where one part is another."""
    return said(**{kind: another(kind, at, **changes)})


def another(kind: str, at: int, **changes: object) -> tuple[Any, ...]:
    rows, changed = list(getattr(GUIDE, kind)), dict[str, Any](changes)
    rows[at] = replace(rows[at], **changed)
    return tuple(rows)


def test_a_guide_is_told_by_its_title_its_address_and_its_introduction() -> None:
    assert said(title="Autre", slug="autre", introduction="") == [
        "Le guide « Guide » s’appelle maintenant « Autre ».",
        "L’adresse du guide est maintenant « autre » au lieu de « guide ».",
        "L’introduction est supprimée.",
    ]


def test_a_question_is_new_with_its_answers() -> None:
    new = QuestionContent("q4", "Vrai ?", CHOICES)
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
    choices = (
        replace(CHOICES[0], label="Tout à fait", aliases=("yes",)),
        ChoiceContent("bof", "Bof"),
    )
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
    other = OutcomeContent("autre", "Autre fin", final=True)
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
def test_conditions_are_told_in_words(when: tuple[ConditionContent, ...], words: str) -> None:
    assert one("rules", 1, when=when) == [f"{plain(R2)} {words}"]


def test_an_answer_taken_from_a_condition_is_all_that_is_told() -> None:
    rule = replace(GUIDE.rules[1], when=(ConditionContent("q1", Operator.IS_NOT, ("oui", "non")),))
    old = replace(GUIDE, rules=(GUIDE.rules[0], rule, GUIDE.rules[2]))
    less = replace(rule, when=(ConditionContent("q1", Operator.IS_NOT, ("non",)),))
    [change] = compare_guides(old, replace(old, rules=(GUIDE.rules[0], less, GUIDE.rules[2])))
    assert plain(change.sentences[0].text) == (
        "N’a plus la réponse « Oui » parmi celles qu’elle exclut dans « Prêt ? »."
    )


def test_a_rule_is_told_by_how_its_conditions_count_and_its_note() -> None:
    assert one("rules", 1, match=Match.ANY, note="À revoir") == [
        f"{plain(R2)} s’applique maintenant quand au moins une de ses conditions est vraie.",
        f"La remarque de {plain(R2).replace('La', 'la', 1)} est ajoutée.",
    ]


def test_a_new_rule_is_told_with_its_sentence() -> None:
    new = RuleContent("r4", (ConditionContent("q1", Operator.IS, ("oui",)),), Effect.ASK, "q2")
    assert said(rules=(*GUIDE.rules, new)) == [
        "La règle 4 (→ Parti ?) est nouvelle : "
        "« Si “Prêt ?” est “Oui”, alors poser la question “Parti ?” »."
    ]


def test_a_rule_that_moved_is_told_by_the_numbers_that_the_rules_had() -> None:
    first, second, third = GUIDE.rules
    assert said(rules=(first, third, second)) == [
        "La règle 3 (→ Avis) passe après la règle 1 (→ Prêt ?)."
    ]


def test_a_rule_s_change_has_its_name_and_its_sentence_in_the_heading() -> None:
    [change] = compare_guides(GUIDE, replace(GUIDE, rules=another("rules", 1, note="À revoir")))
    assert change.title == "Règle 2 (→ Fin)"
    assert plain(change.detail) == "Si « Prêt ? » est « Oui », alors conclure « Fin »."


def test_under_a_heading_sentences_do_not_repeat_what_it_names() -> None:
    rule = replace(GUIDE.rules[1], effect=Effect.ASK, target="q2", note="À revoir")
    choices = (replace(CHOICES[0], label="Tout à fait"), CHOICES[1])
    told = under_headings(
        questions=another("questions", 0, choices=choices, help="Deux mots."),
        rules=(GUIDE.rules[0], rule),
    )
    assert told == [
        "L’explication a changé.",
        "La réponse « Oui » s’appelle maintenant « Tout à fait ».",
        "Pose maintenant la question « Parti ? » au lieu de conclure « Fin ».",
        "La remarque est ajoutée.",
        "Supprimée.",
    ]


def test_a_long_title_names_by_its_beginning() -> None:
    old = replace(GUIDE, questions=another("questions", 0, title=LONG))
    [change] = compare_guides(old, replace(old, questions=another("questions", 0, title="Court")))
    name = "La question « Dans Pix Orga, quelle méthode de connexion apparaît en face… »"
    assert plain(change.sentences[0].standalone) == f"{name} s’appelle maintenant « Court »."


def test_an_example_is_told_by_its_answers_and_what_it_expects() -> None:
    assert one("examples", 0, answers={"q1": "non", "q2": "oui"}, outcomes=()) == [
        "Le cas type « Cas » répond maintenant « Non » au lieu de « Oui » à la question « Prêt ? ».",
        "Le cas type « Cas » répond maintenant « Oui » à la question « Parti ? ».",
        "Le cas type « Cas » n’attend plus de conclusion au lieu de « Fin ».",
    ]


def test_a_renamed_example_is_the_same_example() -> None:
    renamed = replace(GUIDE.examples[0], name="Cas simple", outcomes=())
    [change] = compare_guides(GUIDE, replace(GUIDE, examples=(renamed, GUIDE.examples[1])))
    assert (change.key, change.former) == ("Cas simple", "Cas")
    assert plain(change.sentences[0].standalone) == (
        "Le cas type « Cas » s’appelle maintenant « Cas simple »."
    )


def test_what_has_the_same_name_is_told_apart_by_its_key() -> None:
    twin = OutcomeContent("fin-2", "Fin", final=True)
    rules = (GUIDE.rules[0], replace(GUIDE.rules[1], target="fin-2"), GUIDE.rules[2])
    words = said(outcomes=(*GUIDE.outcomes, twin), rules=rules)[-1]
    assert "« Fin (référence : fin-2) » au lieu de « Fin (référence : fin) »" in words


def test_spaces_alone_are_told_and_shown() -> None:
    assert one("questions", 0, title="Prêt ?") == [
        "La question « Prêt ? » s’appelle maintenant « Prêt ? » "
        "(seuls des espaces ou des retours à la ligne changent)."
    ]
    assert [part.text for part in text_segments("a b", "a\u00a0b")] == ["a·", "a⍽", "b"]


def test_under_the_heading_of_its_new_name_a_part_is_told_by_the_old_one() -> None:
    assert under_headings(questions=another("questions", 0, title="Prête ?")) == [
        "S’appelle maintenant « Prête ? » au lieu de « Prêt ? »."
    ]


def test_quotes_within_quotes_are_english_ones() -> None:
    assert one("questions", 0, title="Dites « oui »") == [
        "La question « Prêt ? » s’appelle maintenant « Dites “oui” »."
    ]


def test_quotes_alone_are_told() -> None:
    old = replace(GUIDE, title="Dire “oui”")
    [change] = compare_guides(old, replace(old, title="Dire « oui »"))
    assert "(seuls des guillemets changent)" in change.sentences[0].text


def test_only_the_words_that_differ_are_marked() -> None:
    segments = text_segments("Il faut le faire avant.", "Il faut tout faire avant. Vite.")
    marked = [(part.mark, part.text) for part in segments if part.mark is not Mark.UNCHANGED]
    assert marked == [(Mark.REMOVED, "le"), (Mark.ADDED, "tout"), (Mark.ADDED, " Vite.")]


def test_what_stays_far_from_a_difference_is_left_out() -> None:
    text = " ".join(f"mot{at}" for at in range(500))
    kept, removed, added, rest = text_segments(text, text.replace("mot250", "neuf"))
    assert (removed.text, added.text) == ("mot250", "neuf")
    assert kept.text.startswith("[…] ")
    assert len(kept.text.split()) < 30 > len(rest.text.split())


def test_a_history_repeats_the_words_that_differ() -> None:
    [change] = compare_guides(GUIDE, replace(GUIDE, introduction="Bonjour à vous tous."))
    assert (
        plain(change.sentences[0].with_changed_words)
        == "L’introduction a changé. Ajouté : « vous »."
    )


def test_a_history_has_no_markdown() -> None:
    new = "**Bonjour** à [tous](https://a.fr).\n\n1. Un\n2. `Deux`"
    [change] = compare_guides(GUIDE, replace(GUIDE, introduction=new))
    assert plain(change.sentences[0].with_changed_words) == (
        "L’introduction a changé. Retiré : « tous. ». Ajouté : « tous (https://a.fr). Un Deux »."
    )


def test_looks_alone_are_told() -> None:
    [change] = compare_guides(GUIDE, replace(GUIDE, introduction="**Bonjour** à tous."))
    assert plain(change.sentences[0].with_changed_words) == (
        "L’introduction a changé (seule la mise en forme change)."
    )


def test_long_texts_without_a_word_in_common_are_compared_at_once() -> None:
    segments = text_segments("a " * 10_000, "b " * 10_000)
    assert [part.mark for part in segments] == [Mark.REMOVED, Mark.ADDED, Mark.UNCHANGED]
