"""Tests how the pupils of a class are grouped by their question or by what they have to do."""

from typing import Any

import pytest

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.class_groups import find_school_acts, group_pupils
from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers
from tests.paths import DecisionPath, headline_first

SCHOOL_ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui"}
GroupKeys = tuple[str | None, tuple[str, ...], tuple[int, ...]]


@pytest.fixture
def compiled(guide_document: dict[str, Any]) -> CompiledGuide:
    return CompiledGuide(parse_document(guide_document))


def answer_for_pupils(compiled: CompiledGuide, pupils: list[Answers]) -> list[AnsweredGuide]:
    return [AnsweredGuide(compiled, answers) for answers in pupils]


def group_keys(compiled: CompiledGuide, pupils: list[Answers]) -> list[GroupKeys]:
    return [
        (
            group.question.key if group.question else None,
            tuple(outcome.key for outcome in group.outcomes),
            group.pupils,
        )
        for group in group_pupils(compiled.guide, answer_for_pupils(compiled, pupils))
    ]


def test_all_paths_of_the_poster_are_grouped_by_their_conclusions(
    compiled: CompiledGuide, decision_table: list[DecisionPath]
) -> None:
    found = group_keys(compiled, [path.answers for path in decision_table])
    ends = {outcomes: pupils for _, outcomes, pupils in found}
    assert {question for question, _, _ in found} == {None}
    assert ends == {
        headline_first(path.outcomes): tuple(
            number
            for number, other in enumerate(decision_table, 1)
            if other.outcomes == path.outcomes
        )
        for path in decision_table
    }


def test_groups_with_something_to_do_come_first_otherwise_in_the_order_of_the_guide(
    compiled: CompiledGuide, decision_table: list[DecisionPath]
) -> None:
    order = [outcome.key for outcome in compiled.guide.outcomes]
    found = group_keys(compiled, [path.answers for path in decision_table])
    *positions, last = [[order.index(key) for key in outcomes] for _, outcomes, _ in found]
    assert last == [order.index("tout-va-bien")]
    assert positions == sorted(positions)


def test_advice_to_act_upon_that_the_pupil_decided_is_in_the_group(
    guide_document: dict[str, Any],
) -> None:
    outcomes = {outcome["key"]: outcome for outcome in guide_document["outcomes"]}
    outcomes["explication-mediacentre"]["tone"] = "action"
    fine = SCHOOL_ANSWERS | dict.fromkeys(
        ["methode-pix-orga", "connexion-habituelle"], "mediacentre"
    )
    assert group_keys(
        CompiledGuide(parse_document(guide_document)), [fine | {"identifiants-connus": "oui"}]
    ) == [(None, ("explication-mediacentre", "tout-va-bien"), (1,))]


def test_groups_with_a_question_come_first_in_the_order_of_the_guide(
    compiled: CompiledGuide,
) -> None:
    no_method = SCHOOL_ANSWERS | {"methode-pix-orga": "aucune"}
    mail = SCHOOL_ANSWERS | {"methode-pix-orga": "mail"}
    assert group_keys(compiled, [no_method, mail, SCHOOL_ANSWERS, mail]) == [
        ("methode-pix-orga", (), (3,)),
        ("connexion-habituelle", (), (2, 4)),
        (None, ("communiquer-code-campagne",), (1,)),
    ]


def test_pupils_for_whom_no_rule_concludes_come_last(
    guide_document: dict[str, Any],
) -> None:
    guide_document["rules"] = [
        rule for rule in guide_document["rules"] if rule["then"] != {"ask": "connexion-habituelle"}
    ]
    guide_document["examples"] = []
    stuck = SCHOOL_ANSWERS | {"methode-pix-orga": "mail"}
    ended = SCHOOL_ANSWERS | {"methode-pix-orga": "aucune"}
    assert group_keys(CompiledGuide(parse_document(guide_document)), [stuck, ended]) == [
        (None, ("communiquer-code-campagne",), (2,)),
        (None, (), (1,)),
    ]


def test_a_class_without_pupils_has_no_groups(compiled: CompiledGuide) -> None:
    assert group_keys(compiled, []) == []


def test_what_the_school_has_to_do_is_found_once_in_the_order_of_the_guide(
    compiled: CompiledGuide,
) -> None:
    no_list, no_gar = {"liste-a-jour": "non"}, {"attribution-gar": "non"}
    pupils: list[Answers] = [SCHOOL_ANSWERS | no_gar, no_list | no_gar, SCHOOL_ANSWERS]
    found = find_school_acts(compiled.guide, answer_for_pupils(compiled, pupils))
    assert [outcome.key for outcome in found] == ["importer-liste-eleves", "attribuer-pix-gar"]
