"""Each finding has a remedy, and a form that applies it."""

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent, RuleContent
from rules.proof.finding_sentences import finding_sentence
from rules.proof.findings import Finding
from rules.proof.prove import prove_guide
from rules.proof.remedies import NEW_RULE, RULE_ORDER, Remedy, remedy_of_cause, remedy_of_finding
from rules.proof.root_causes import RootCause
from tests.engine.guides import (
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
)
from tests.proof.broken import make_draft, unreachable_finding
from tests.proof.test_broken import BROKEN

Q, R = (make_question(key, "a", "b") for key in "qr")
FOUND = [(draft.guide, finding) for draft in BROKEN for finding in draft.findings]
NOTHING_ASKS_R = make_draft("", [Q, R], [conclude_when("end", has_answer("r"))]).guide


@pytest.mark.parametrize(("guide", "finding"), FOUND)
def test_a_finding_has_a_remedy_and_the_place_of_the_form_that_applies_it(
    guide: GuideContent, finding: Finding
) -> None:
    sentence, place = remedy_of_finding(guide, finding)
    assert sentence.endswith(".")
    if place not in (NEW_RULE, RULE_ORDER):
        kind, position = place
        assert getattr(guide, str(kind))[int(position)]


@pytest.mark.parametrize(
    ("place", "remedy"),
    [
        (("questions", 1), "Posez-la après une réponse, ou supprimez-la."),
        (("rules", 0), "Créez une règle qui pose cette question, ou supprimez celle-ci."),
    ],
)
def test_what_no_rule_leads_to_needs_a_new_rule(place: tuple[str, int], remedy: str) -> None:
    found = remedy_of_finding(NOTHING_ASKS_R, unreachable_finding(*place))
    assert found == (remedy, NEW_RULE)


def test_a_question_that_rules_never_come_to_ask_is_mended_in_the_first_of_these_rules() -> None:
    never = choice_is("q", "a"), choice_is("q", "b")
    guide = make_draft("", [Q, R], [ask_when("q"), *[ask_when("r", *never)] * 2]).guide
    sentence, place = remedy_of_finding(guide, unreachable_finding("questions", 1))
    assert sentence == "Changez les conditions de ces règles."
    assert place == ("rules", 1)


def test_a_question_that_another_rule_forestalls_is_mended_by_the_order_of_the_rules() -> None:
    rules = [
        ask_when("q"),
        ask_when("r", has_no_answer("q")),
        conclude_when("end", has_answer("q")),
    ]
    sentence, remedy = unasked_question(rules)
    assert sentence.endswith(" s’appliquent toujours trop tard, la règle 1 passe avant.")
    assert remedy == ("Changez les conditions de cette règle, ou placez-la plus haut.", RULE_ORDER)


def test_a_question_that_a_conclusion_forestalls_is_mended_in_one_of_the_two_rules() -> None:
    rules = [ask_when("q"), ask_when("r", has_answer("q")), conclude_when("end", has_answer("q"))]
    sentence, remedy = unasked_question(rules)
    assert sentence.endswith(" s’appliquent toujours trop tard, la règle 3 conclut avant.")
    assert remedy == (
        "Changez les conditions de cette règle, ou celles de la règle 3.",
        ("rules", 2),
    )


def unasked_question(rules: list[RuleContent]) -> tuple[str, Remedy]:
    """Returns the sentence and the remedy of the question that no visitor of these rules is asked."""
    guide = make_draft("", [Q, R], rules).guide
    [fault] = prove_guide(CompiledGuide(guide)).faults
    return finding_sentence(guide, fault), remedy_of_finding(guide, fault)


def test_rules_that_conclude_too_early_need_conditions() -> None:
    sentence, place = remedy_of_cause(NOTHING_ASKS_R, RootCause(None, (), (0,)))
    assert sentence == "Donnez à cette règle les conditions qui manquent."
    assert place == ("rules", 0)
