"""The boxes and arrows of a picture, built from the parcours of a guide."""

from dataclasses import replace

import pytest

from rules.engine.content import ConditionContent, Effect, Operator, RuleContent
from rules.parcours.stops import Destination, Parcours, Stop
from rules.picture.boxes import Look
from tests.rules.pictures import (
    PARCOURS,
    draw_picture,
    find_arrow,
    find_box,
    make_guide,
    make_line,
    make_parcours,
)


def test_a_box_has_a_look_a_title_and_the_address_of_its_page() -> None:
    picture = draw_picture(make_guide())
    first, second = find_box(picture, "question-q1"), find_box(picture, "question-q2")
    assert (first.look, first.title, first.url) == (Look.SCHOOL, "1. Un\u00a0?", "/questions/q1")
    assert second.look is Look.PUPIL
    assert find_box(picture, "end-suite.q2").look is Look.ACTION
    assert find_box(picture, "end-suite.q2").url == "/outcomes/suite"


def test_an_arrow_has_the_labels_of_its_choices() -> None:
    picture = draw_picture(make_guide())
    assert find_arrow(picture, "question-q1", "question-q2").words == "Oui / Bof"
    assert find_arrow(picture, "question-q1", "end-suite_fin.q1").words == "Non"


def test_an_arrow_of_all_choices_has_no_labels() -> None:
    lines = [make_line("q1", choice, ("fin",)) for choice in ("oui", "non", "bof")]
    picture = draw_picture(make_guide(), make_parcours(*lines))
    assert find_arrow(picture, "question-q1", "end-fin.q1").labels == ()


@pytest.mark.parametrize(
    ("choices", "address"),
    [
        (("oui",), "reponse-q1.oui"),
        (("oui", "bof"), "etape-q1"),
        (("oui", "non", "bof"), "etape-q1"),
    ],
)
def test_an_arrow_leads_to_the_line_of_its_choice_or_to_the_stop_of_several(
    choices: tuple[str, ...], address: str
) -> None:
    ends = {
        choice: ("fin",) if choice in choices else ("suite",) for choice in ("oui", "non", "bof")
    }
    lines = [make_line("q1", choice, end) for choice, end in ends.items()]
    picture = draw_picture(make_guide(), make_parcours(*lines))
    assert find_arrow(picture, "question-q1", "end-fin.q1").url == f"/arrows/{address}"


def test_an_arrow_between_conclusions_leads_nowhere() -> None:
    picture = draw_picture(make_guide())
    assert find_arrow(picture, "end-suite_fin.q1", "end-fin.q1").url == ""


def test_a_question_that_several_lines_lead_to_is_one_box() -> None:
    names = [box.name for box in draw_picture(make_guide()).boxes]
    assert len(names) == len(set(names))


def test_a_box_says_in_words_what_it_is() -> None:
    parcours = replace(PARCOURS, unreached_outcomes=("conseil",))
    headings = {box.title: box.heading for box in draw_picture(make_guide(), parcours).boxes}
    assert headings == {
        "1. Un\u00a0?": "Question sur l’établissement",
        "2. Deux\u00a0?": "Question sur l’élève",
        "Fin": "Conclusion (réussite)",
        "Suite": "Conclusion (action à faire)",
        "Conseil": "Conseil (information)",
        "": "",  # a dead end, whose own text says it
    }


def test_conclusions_given_together_are_a_chain_of_boxes() -> None:
    picture = draw_picture(make_guide())
    assert find_arrow(picture, "end-suite_fin.q1", "end-fin.q1").words == "et aussi"
    assert find_box(picture, "end-suite_fin.q1").title == "Suite"


def test_conclusions_after_the_same_question_share_boxes() -> None:
    lines = [
        make_line("q1", "oui", ("fin", "suite")),
        make_line("q1", "non", ("suite",)),
        make_line("q1", "bof", ("suite",)),
    ]
    picture = draw_picture(make_guide(), make_parcours(*lines))
    assert find_arrow(picture, "question-q1", "end-suite.q1").words == "Non / Bof"
    assert find_arrow(picture, "end-suite_fin.q1", "end-fin.q1").words == "et aussi"


def test_a_stuck_path_ends_with_a_box() -> None:
    picture = draw_picture(make_guide())
    stuck = find_box(picture, "stuck-q2")
    assert (stuck.look, stuck.is_faulty, stuck.url) == (Look.STUCK, True, "/stuck/q2")
    assert find_arrow(picture, "question-q2", "stuck-q2").words == "Non"


def test_a_question_without_choices_is_a_dead_end() -> None:
    picture = draw_picture(
        make_guide(), replace(PARCOURS, stops=(*PARCOURS.stops[:1], Stop("q2", (), ())))
    )
    assert find_arrow(picture, "question-q2", "stuck-q2").words == ""


def test_a_guide_that_asks_nothing_is_one_box() -> None:
    picture = draw_picture(make_guide(), make_parcours())
    assert [box.look for box in picture.boxes] == [Look.STUCK]


def test_unreachable_parts_are_boxes_without_arrows() -> None:
    parcours = replace(
        make_parcours(), unreached_questions=("q2",), unreached_outcomes=("conseil",)
    )
    picture = draw_picture(make_guide(), parcours)
    assert [box.name for box in picture.boxes if box.is_unreachable] == [
        "question-q2",
        "alone-conseil",
    ]
    assert picture.arrows == ()


def broken_rule_ends(rule: RuleContent, parcours: Parcours = PARCOURS) -> list[tuple[str, str]]:
    """Returns the source and the target of each arrow for a rule that never holds."""
    guide = replace(make_guide(), rules=(rule,))
    picture = draw_picture(guide, replace(parcours, unreached_rules=(0,)))
    return [(arrow.source, arrow.target) for arrow in picture.arrows if arrow.rule_number]


def rule_with_last_condition(question: str, effect: Effect, target: str) -> RuleContent:
    """Returns a rule whose last condition is about `question`."""
    when = tuple(ConditionContent(key, Operator.ANSWERED) for key in ("q1", question))
    return RuleContent("r", when, effect, target)


def test_a_rule_that_never_holds_leads_to_the_conclusion_after_its_last_question() -> None:
    for question, box in (("q1", "end-suite_fin.q1"), ("q2", "end-suite.q2")):
        rule = rule_with_last_condition(question, Effect.CONCLUDE, "suite")
        assert broken_rule_ends(rule) == [(f"question-{question}", box)]


def test_a_rule_that_never_holds_may_lead_to_a_conclusion_after_another_question() -> None:
    rule = rule_with_last_condition("q2", Effect.CONCLUDE, "fin")
    assert broken_rule_ends(rule) == [("question-q2", "end-fin.q1")]


def test_an_unfinished_rule_is_drawn_as_one_that_never_holds() -> None:
    rule = replace(rule_with_last_condition("q2", Effect.CONCLUDE, "suite"), is_left_out=True)
    picture = draw_picture(replace(make_guide(), rules=(rule,)))
    assert [arrow.target for arrow in picture.arrows if arrow.rule_number] == ["end-suite.q2"]


def test_a_rule_that_never_holds_leads_to_a_question() -> None:
    assert broken_rule_ends(rule_with_last_condition("q2", Effect.ASK, "q1")) == [
        ("question-q2", "question-q1")
    ]


def test_a_rule_that_never_holds_leads_to_an_unreachable_outcome() -> None:
    parcours = replace(PARCOURS, unreached_outcomes=("conseil",))
    rule = rule_with_last_condition("q2", Effect.ADVISE, "conseil")
    assert broken_rule_ends(rule, parcours) == [("question-q2", "alone-conseil")]


def test_a_rule_that_never_holds_has_no_arrow_if_one_of_its_boxes_is_missing() -> None:
    assert broken_rule_ends(rule_with_last_condition("q2", Effect.ADVISE, "conseil")) == []
    assert broken_rule_ends(RuleContent("r", (), Effect.CONCLUDE, "fin")) == []


def test_the_arrow_of_a_rule_that_never_holds_has_its_number_and_address() -> None:
    rules = (
        RuleContent("r1", (), Effect.ASK, "q1"),
        rule_with_last_condition("q2", Effect.ASK, "q1"),
    )
    guide = replace(make_guide(), rules=rules)
    picture = draw_picture(guide, replace(PARCOURS, unreached_rules=(1,)))
    assert [(arrow.rule_number, arrow.url) for arrow in picture.arrows if arrow.rule_number] == [
        (2, "/rules/r")
    ]


def test_a_box_marks_where_an_incomplete_proof_stopped() -> None:
    line = make_line("q1", "non", ("fin",), ())
    stopped = replace(line.cases[-1], destination=Destination(is_known=False))
    line = replace(line, cases=(*line.cases[:-1], stopped))
    picture = draw_picture(make_guide(), make_parcours(line))
    assert find_box(picture, "more-q1").look is Look.UNKNOWN
    assert find_arrow(picture, "question-q1", "more-q1").words == "Non, sinon"


def test_boxes_near_the_start_come_first() -> None:
    names = [box.name for box in draw_picture(make_guide()).boxes]
    assert names == [
        "question-q1",
        "question-q2",
        "end-suite_fin.q1",
        "end-fin.q1",
        "end-suite.q2",
        "stuck-q2",
    ]
