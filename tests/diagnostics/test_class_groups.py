"""A class sorted by what is asked of its pupils or said to them, without a page or a database."""

from typing import Any

import pytest

from diagnostics.class_groups import group_advice_to_act_upon, group_pupils
from diagnostics.descriptions import Description, describe_state
from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers
from tests.paths import DecisionPath, headline_first

SCHOOL = {"liste-a-jour": "oui", "attribution-gar": "oui"}
Sorted = tuple[str | None, tuple[str, ...], tuple[int, ...]]


@pytest.fixture
def compiled(guide_document: dict[str, Any]) -> CompiledGuide:
    return CompiledGuide(parse_document(guide_document))


def described(compiled: CompiledGuide, pupils: list[Answers]) -> list[Description]:
    return [describe_state(compiled.guide, compiled.resolve(answers)) for answers in pupils]


def groups(compiled: CompiledGuide, pupils: list[Answers]) -> list[Sorted]:
    return [
        (
            group.question.key if group.question else None,
            tuple(outcome.key for outcome in group.outcomes),
            group.pupils,
        )
        for group in group_pupils(compiled.guide, described(compiled, pupils))
    ]


def test_all_paths_of_the_poster_stand_with_those_who_end_alike(
    compiled: CompiledGuide, decision_table: list[DecisionPath]
) -> None:
    found = groups(compiled, [path.answers for path in decision_table])
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


def test_ends_come_in_the_order_of_the_guide(
    compiled: CompiledGuide, decision_table: list[DecisionPath]
) -> None:
    order = [outcome.key for outcome in compiled.guide.outcomes]
    found = groups(compiled, [path.answers for path in decision_table])
    places = [[order.index(key) for key in outcomes] for _, outcomes, _ in found]
    assert places == sorted(places)


def test_those_who_are_asked_something_come_first_in_the_order_of_questions(
    compiled: CompiledGuide,
) -> None:
    none = SCHOOL | {"methode-pix-orga": "aucune"}
    mail = SCHOOL | {"methode-pix-orga": "mail"}
    assert groups(compiled, [none, mail, SCHOOL, mail]) == [
        ("methode-pix-orga", (), (3,)),
        ("connexion-habituelle", (), (2, 4)),
        (None, ("communiquer-code-campagne",), (1,)),
    ]


def test_those_to_whom_the_guide_says_nothing_come_last(guide_document: dict[str, Any]) -> None:
    guide_document["rules"] = [
        rule for rule in guide_document["rules"] if rule["then"] != {"ask": "connexion-habituelle"}
    ]
    guide_document["examples"] = []
    stuck = SCHOOL | {"methode-pix-orga": "mail"}
    ended = SCHOOL | {"methode-pix-orga": "aucune"}
    assert groups(CompiledGuide(parse_document(guide_document)), [stuck, ended]) == [
        (None, ("communiquer-code-campagne",), (2,)),
        (None, (), (1,)),
    ]


def test_nobody_makes_no_group(compiled: CompiledGuide) -> None:
    assert groups(compiled, []) == []


def test_what_is_still_to_do_names_those_concerned(compiled: CompiledGuide) -> None:
    pupils = described(
        compiled,
        [SCHOOL, {"liste-a-jour": "non", "attribution-gar": "non"}, {"liste-a-jour": "non"}],
    )
    found = group_advice_to_act_upon(compiled.guide, pupils)
    assert [(group.outcomes[0].key, group.pupils) for group in found] == [
        ("importer-liste-eleves", (2, 3)),
        ("attribuer-pix-gar", (2,)),
    ]
