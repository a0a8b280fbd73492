"""The boxes and arrows of a picture, built from the graph of a guide's states."""

from dataclasses import replace

from rules.engine.content import ConditionContent, Effect, Operator, RuleContent
from rules.picture.boxes import Look
from rules.proof.findings import Finding, FindingKind
from rules.proof.state_graph import MergedState
from tests.rules.pictures import STATES, draw_picture, find_arrow, find_box, make_graph, make_guide


def test_a_box_has_a_look_a_title_and_the_address_of_its_page() -> None:
    picture = draw_picture(make_guide(), make_graph(*STATES))
    first, second = find_box(picture, "question-q1"), find_box(picture, "question-q2")
    assert (first.look, first.title, first.url) == (Look.SCHOOL, "Un\u00a0?", "/questions/q1")
    assert second.look is Look.PUPIL
    assert find_box(picture, "end-suite.q2").look is Look.ACTION
    assert find_box(picture, "end-suite.q2").url == "/outcomes/suite"


def test_an_arrow_has_the_labels_of_its_choices() -> None:
    picture = draw_picture(make_guide(), make_graph(*STATES))
    assert find_arrow(picture, "question-q1", "question-q2").labels == ("Oui", "Bof")
    assert find_arrow(picture, "question-q1", "end-fin_suite.q1").labels == ("Non",)


def test_an_arrow_of_all_choices_has_no_labels() -> None:
    picture = draw_picture(
        make_guide(),
        make_graph(MergedState("q1", successors=(1, 1, 1)), MergedState(outcomes=("fin",))),
    )
    assert find_arrow(picture, "question-q1", "end-fin.q1").labels == ()


def test_a_choice_that_leads_to_different_boxes_is_on_several_arrows() -> None:
    states = (
        MergedState("q1", successors=(1, 1, 2)),
        MergedState("q2", successors=(3, 4)),
        MergedState("q2", successors=(4, 4)),
        MergedState(outcomes=("fin",)),
        MergedState(outcomes=("suite",)),
    )
    picture = draw_picture(make_guide(), make_graph(*states))
    assert find_arrow(picture, "question-q2", "end-fin.q2").labels == ("Oui",)
    assert find_arrow(picture, "question-q2", "end-suite.q2").labels == ("Oui", "Non")


def test_a_question_asked_in_several_states_is_one_box() -> None:
    picture = draw_picture(
        make_guide(), make_graph(MergedState("q1", successors=(1, 2, 2)), *STATES[1:], *STATES[2:])
    )
    names = [box.name for box in picture.boxes]
    assert len(names) == len(set(names))


def test_conclusions_given_together_are_a_chain_of_boxes() -> None:
    picture = draw_picture(make_guide(), make_graph(*STATES))
    assert find_arrow(picture, "end-fin_suite.q1", "end-suite.q1").labels == ()
    assert find_box(picture, "end-fin_suite.q1").title == "Fin"


def test_conclusions_after_the_same_question_share_boxes() -> None:
    states = (
        MergedState("q1", successors=(1, 2, 2)),
        MergedState(outcomes=("fin", "suite")),
        MergedState(outcomes=("suite",)),
    )
    picture = draw_picture(make_guide(), make_graph(*states))
    assert find_arrow(picture, "question-q1", "end-suite.q1").labels == ("Non", "Bof")
    assert find_arrow(picture, "end-fin_suite.q1", "end-suite.q1").labels == ()


def test_a_stuck_path_ends_with_a_box() -> None:
    picture = draw_picture(make_guide(), make_graph(*STATES))
    stuck = find_box(picture, "stuck-q2")
    assert (stuck.look, stuck.is_faulty, stuck.url) == (Look.STUCK, True, "/stuck/q2")
    assert find_arrow(picture, "question-q2", "stuck-q2").labels == ("Non",)


def test_a_guide_that_asks_nothing_is_one_box() -> None:
    assert [box.look for box in draw_picture(make_guide(), make_graph(MergedState())).boxes] == [
        Look.STUCK
    ]


def test_unreachable_parts_are_boxes_without_arrows() -> None:
    findings = [
        Finding(FindingKind.UNREACHABLE, ("questions", 1)),
        Finding(FindingKind.UNREACHABLE, ("outcomes", 2)),
        Finding(FindingKind.INDISTINGUISHABLE, ("questions", 0)),
    ]
    picture = draw_picture(make_guide(), make_graph(MergedState(outcomes=("fin",))), *findings)
    assert [box.name for box in picture.boxes if box.is_faulty] == [
        "question-q2",
        "alone-conseil",
    ]
    assert picture.arrows == ()


def broken_rule_ends(rule: RuleContent, *findings: Finding) -> list[tuple[str, str]]:
    """Returns the source and the target of each arrow for a rule that never holds."""
    guide = replace(make_guide(), rules=(rule,))
    picture = draw_picture(
        guide, make_graph(*STATES), Finding(FindingKind.UNSATISFIABLE, ("rules", 0)), *findings
    )
    return [(arrow.source, arrow.target) for arrow in picture.arrows if arrow.rule_number]


def rule_with_last_condition(question: str, effect: Effect, target: str) -> RuleContent:
    """Returns a rule whose last condition is about `question`."""
    when = tuple(ConditionContent(key, Operator.ANSWERED) for key in ("q1", question))
    return RuleContent("r", when, effect, target)


def test_a_rule_that_never_holds_leads_to_the_conclusion_after_its_last_question() -> None:
    for question in ("q1", "q2"):
        rule = rule_with_last_condition(question, Effect.CONCLUDE, "suite")
        assert broken_rule_ends(rule) == [(f"question-{question}", f"end-suite.{question}")]


def test_a_rule_that_never_holds_may_lead_to_a_conclusion_after_another_question() -> None:
    rule = rule_with_last_condition("q2", Effect.CONCLUDE, "fin")
    assert broken_rule_ends(rule) == [("question-q2", "end-fin_suite.q1")]


def test_a_rule_that_never_holds_leads_to_a_question() -> None:
    assert broken_rule_ends(rule_with_last_condition("q2", Effect.ASK, "q1")) == [
        ("question-q2", "question-q1")
    ]


def test_a_rule_that_never_holds_leads_to_an_unreachable_outcome() -> None:
    unreached = Finding(FindingKind.UNREACHABLE, ("outcomes", 2))
    rule = rule_with_last_condition("q2", Effect.ADVISE, "conseil")
    assert broken_rule_ends(rule, unreached) == [("question-q2", "alone-conseil")]


def test_a_rule_that_never_holds_has_no_arrow_if_one_of_its_boxes_is_missing() -> None:
    assert broken_rule_ends(rule_with_last_condition("q2", Effect.ADVISE, "conseil")) == []
    assert broken_rule_ends(RuleContent("r", (), Effect.CONCLUDE, "fin")) == []


def test_the_arrow_of_a_rule_that_never_holds_has_its_number_and_address() -> None:
    rules = (
        RuleContent("r1", (), Effect.ASK, "q1"),
        rule_with_last_condition("q2", Effect.ASK, "q1"),
    )
    finding = Finding(FindingKind.UNREACHABLE, ("rules", 1))
    picture = draw_picture(replace(make_guide(), rules=rules), make_graph(*STATES), finding)
    assert [(arrow.rule_number, arrow.url) for arrow in picture.arrows if arrow.rule_number] == [
        (2, "/rules/r")
    ]


def test_a_box_marks_where_an_incomplete_proof_stopped() -> None:
    picture = draw_picture(
        make_guide(),
        make_graph(MergedState("q1", successors=(1, 1, 1)), MergedState("q2"), complete=False),
    )
    assert find_box(picture, "more-q2").look is Look.UNKNOWN
    assert find_arrow(picture, "question-q2", "more-q2").labels == ()


def test_boxes_near_the_start_come_first() -> None:
    names = [box.name for box in draw_picture(make_guide(), make_graph(*STATES)).boxes]
    assert names == [
        "question-q1",
        "question-q2",
        "end-fin_suite.q1",
        "end-suite.q1",
        "end-suite.q2",
        "stuck-q2",
    ]
