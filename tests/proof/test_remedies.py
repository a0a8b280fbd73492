"""Each finding has a remedy, and a form that applies it."""

import pytest

from rules.engine.content import GuideContent
from rules.proof.findings import Finding
from rules.proof.remedies import NEW_RULE, remedy_of_cause, remedy_of_finding
from rules.proof.root_causes import RootCause
from tests.engine.guides import ask_when, choice_is, conclude_when, has_answer, make_question
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
    if place != NEW_RULE:
        kind, position = place
        assert getattr(guide, str(kind))[int(position)]


def test_what_no_rule_leads_to_needs_a_new_rule() -> None:
    for finding in (unreachable_finding("questions", 1), unreachable_finding("rules", 0)):
        sentence, place = remedy_of_finding(NOTHING_ASKS_R, finding)
        assert sentence.startswith("Créez une règle qui ")
        assert place == NEW_RULE


def test_a_question_that_rules_never_come_to_ask_is_mended_in_the_first_of_these_rules() -> None:
    rules = [ask_when("q"), ask_when("r", choice_is("q", "a")), ask_when("r", choice_is("q", "b"))]
    guide = make_draft("", [Q, R], rules).guide
    sentence, place = remedy_of_finding(guide, unreachable_finding("questions", 1))
    assert sentence == "Changez les conditions de ces règles, ou placez-les plus haut."
    assert place == ("rules", 1)


def test_rules_that_conclude_too_early_need_conditions() -> None:
    sentence, place = remedy_of_cause(NOTHING_ASKS_R, RootCause(None, (), (0,)))
    assert sentence == "Donnez à cette règle les conditions qui manquent."
    assert place == ("rules", 0)
