"""Rules as French sentences."""

from dataclasses import replace
from typing import Any

import pytest

from rules.document.parsing import parse_document
from rules.engine.content import ConditionContent, Effect, GuideContent, Operator, RuleContent
from rules.sentences import rule_sentence, short_answer_labels
from tests.rules.documents import small_document

FIN: Any = {"conclude": "fin"}


@pytest.fixture
def guide() -> GuideContent:
    return parse_document(small_document())


def sentence_of_rule(rule: dict[str, Any]) -> str:
    """Returns the sentence of a raw rule, with plain spaces."""
    guide = parse_document(small_document() | {"rules": [{"key": "r"} | rule], "examples": []})
    return rule_sentence(guide, guide.rules[0]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("comparison", "clause"),
    [
        ({"is": ["a"]}, "« Un » est « A »"),
        ({"is": ["a", "b"]}, "« Un » est l’une de ces réponses (« A » ou « B »)"),
        ({"is_not": ["a", "b"]}, "« Un » n’est pas l’une de ces réponses (« A » ou « B »)"),
        ({"same_as": "q2"}, "« Un » a la même réponse que « Deux »"),
        ({"differs_from": "q2"}, "« Un » n’a pas la même réponse que « Deux »"),
        ({"answered": True}, "« Un » a une réponse"),
        ({"answered": False}, "« Un » n’a pas de réponse"),
        ({"is_not": ["a"]}, "« Un » n’est pas « A »"),
    ],
)
def test_each_operator_has_its_sentence(comparison: dict[str, Any], clause: str) -> None:
    rule = {"when": [{"question": "q1"} | comparison], "then": FIN}
    assert sentence_of_rule(rule) == f"Si {clause}, alors conclure « Fin »."


@pytest.mark.parametrize(
    ("then", "clause"),
    [
        ({"ask": "q2"}, "poser la question « Deux »"),
        ({"advise": "conseil"}, "conseiller « Conseil »"),
        ({"conclude": "fin"}, "conclure « Fin »"),
    ],
)
def test_the_sentence_of_a_rule_without_conditions_begins_with_toujours(
    then: dict[str, str], clause: str
) -> None:
    assert sentence_of_rule({"then": then}) == f"Toujours {clause}."


@pytest.mark.parametrize(("match", "link"), [("all", "et"), ("any", "ou")])
def test_conditions_are_linked_by_et_or_ou(match: str, link: str) -> None:
    when = [{"question": "q1", "is": ["a"]}, {"question": "q2", "answered": True}]
    assert sentence_of_rule({"match": match, "when": when, "then": FIN}) == (
        f"Si « Un » est « A » {link} « Deux » a une réponse, alors conclure « Fin »."
    )


def test_several_choices_of_a_condition_are_in_brackets() -> None:
    when = [{"question": "q1", "is": ["a", "b"]}, {"question": "q2", "answered": True}]
    assert sentence_of_rule({"when": when, "then": FIN}) == (
        "Si « Un » est l’une de ces réponses (« A » ou « B ») et « Deux » a une réponse, "
        "alors conclure « Fin »."
    )


def test_quotation_marks_have_no_break_spaces_inside(guide: GuideContent) -> None:
    assert "«\u00a0Un\u00a0»" in rule_sentence(guide, guide.rules[0])


def test_an_unfinished_rule_has_a_sentence(guide: GuideContent) -> None:
    when = (
        ConditionContent("q1", Operator.IS),
        ConditionContent("perdue", Operator.IS_NOT, ("x",)),
        ConditionContent("q1", Operator.SAME_AS),
    )
    sentence = rule_sentence(guide, RuleContent("r", when, Effect.CONCLUDE, "perdu")).replace(
        "\u00a0", " "
    )
    assert sentence == (
        "Si « Un » est … et « perdue » n’est pas « x » "
        "et « Un » a la même réponse que « … », alors conclure « perdu »."
    )


def with_short_names(guide: GuideContent, *names: str) -> GuideContent:
    questions = [
        replace(question, short=name) for question, name in zip(guide.questions, names, strict=True)
    ]
    return replace(guide, questions=tuple(questions))


def test_a_short_name_stands_for_a_title_except_for_visitors(guide: GuideContent) -> None:
    named, rule = with_short_names(guide, "Le premier", ""), guide.rules[1]
    assert "«\u00a0Le premier\u00a0» est" in rule_sentence(named, rule)
    assert rule_sentence(named.without_short_names, rule) == rule_sentence(guide, rule)


def test_the_keys_tell_questions_with_one_short_name_apart(guide: GuideContent) -> None:
    named = with_short_names(guide, "Même", "Même")
    answers = [("q1", "a"), ("q2", "a")]
    assert [label.replace("\u00a0", " ") for label in short_answer_labels(named, answers)] == [
        "Même (référence : q1) : A",
        "Même (référence : q2) : A",
    ]
