"""The boxes and arrows of a guide, gathered over its states."""

from dataclasses import replace

from rules.engine.content import ConditionContent, Effect, Operator, RuleContent
from rules.picture.boxes import Look
from rules.proof.findings import Finding, FindingKind
from rules.proof.state_graph import MergedState
from tests.rules.pictures import STATES, draw_picture, find_arrow, find_box, make_graph, make_guide


def test_a_box_says_what_it_is_and_leads_there() -> None:
    made = draw_picture(make_guide(), make_graph(*STATES))
    first, second = find_box(made, "question-q1"), find_box(made, "question-q2")
    assert (first.look, first.title, first.url) == (Look.SCHOOL, "Un\u00a0?", "/questions/q1")
    assert second.look is Look.PUPIL
    assert find_box(made, "end-suite.q2").look is Look.ACTION
    assert find_box(made, "end-suite.q2").url == "/outcomes/suite"


def test_an_arrow_names_the_choices_that_lead_there() -> None:
    made = draw_picture(make_guide(), make_graph(*STATES))
    assert find_arrow(made, "question-q1", "question-q2").labels == ("Oui", "Bof")
    assert find_arrow(made, "question-q1", "end-fin_suite.q1").labels == ("Non",)


def test_an_arrow_that_every_answer_takes_names_none() -> None:
    made = draw_picture(
        make_guide(),
        make_graph(MergedState("q1", successors=(1, 1, 1)), MergedState(outcomes=("fin",))),
    )
    assert find_arrow(made, "question-q1", "end-fin.q1").labels == ()


def test_a_choice_stands_on_each_way_that_it_leads_in_some_state() -> None:
    states = (
        MergedState("q1", successors=(1, 1, 2)),
        MergedState("q2", successors=(3, 4)),
        MergedState("q2", successors=(4, 4)),
        MergedState(outcomes=("fin",)),
        MergedState(outcomes=("suite",)),
    )
    made = draw_picture(make_guide(), make_graph(*states))
    assert find_arrow(made, "question-q2", "end-fin.q2").labels == ("Oui",)
    assert find_arrow(made, "question-q2", "end-suite.q2").labels == ("Oui", "Non")


def test_a_question_asked_in_several_states_is_one_box() -> None:
    made = draw_picture(
        make_guide(), make_graph(MergedState("q1", successors=(1, 2, 2)), *STATES[1:], *STATES[2:])
    )
    names = [found.name for found in made.boxes]
    assert len(names) == len(set(names))


def test_conclusions_given_together_follow_each_other() -> None:
    made = draw_picture(make_guide(), make_graph(*STATES))
    assert find_arrow(made, "end-fin_suite.q1", "end-suite.q1").labels == ()
    assert find_box(made, "end-fin_suite.q1").title == "Fin"


def test_endings_of_one_question_share_their_boxes() -> None:
    states = (
        MergedState("q1", successors=(1, 2, 2)),
        MergedState(outcomes=("fin", "suite")),
        MergedState(outcomes=("suite",)),
    )
    made = draw_picture(make_guide(), make_graph(*states))
    assert find_arrow(made, "question-q1", "end-suite.q1").labels == ("Non", "Bof")
    assert find_arrow(made, "end-fin_suite.q1", "end-suite.q1").labels == ()


def test_a_way_that_ends_nowhere_is_a_box_of_its_own() -> None:
    made = draw_picture(make_guide(), make_graph(*STATES))
    stuck = find_box(made, "stuck-q2")
    assert (stuck.look, stuck.is_faulty, stuck.url) == (Look.STUCK, True, "/stuck/q2")
    assert find_arrow(made, "question-q2", "stuck-q2").labels == ("Non",)


def test_a_guide_that_asks_nothing_is_one_box() -> None:
    assert [
        found.look for found in draw_picture(make_guide(), make_graph(MergedState())).boxes
    ] == [Look.STUCK]


def test_what_nobody_comes_to_is_drawn_apart() -> None:
    findings = [
        Finding(FindingKind.UNREACHABLE, ("questions", 1)),
        Finding(FindingKind.UNREACHABLE, ("outcomes", 2)),
        Finding(FindingKind.INDISTINGUISHABLE, ("questions", 0)),
    ]
    made = draw_picture(make_guide(), make_graph(MergedState(outcomes=("fin",))), *findings)
    assert [found.name for found in made.boxes if found.is_faulty] == [
        "question-q2",
        "alone-conseil",
    ]
    assert made.arrows == ()


def never(rule: RuleContent, *findings: Finding) -> list[tuple[str, str]]:
    """From where to where this rule would lead, that never holds."""
    shown = replace(make_guide(), rules=(rule,))
    made = draw_picture(
        shown, make_graph(*STATES), Finding(FindingKind.UNSATISFIABLE, ("rules", 0)), *findings
    )
    return [(found.source, found.target) for found in made.arrows if found.rule_number]


def last_asks(question: str, effect: Effect, target: str) -> RuleContent:
    """A rule whose last condition names that question."""
    when = tuple(ConditionContent(key, Operator.ANSWERED) for key in ("q1", question))
    return RuleContent("r", when, effect, target)


def test_a_rule_that_never_holds_leads_to_the_ending_of_its_last_question() -> None:
    for question in ("q1", "q2"):
        rule = last_asks(question, Effect.CONCLUDE, "suite")
        assert never(rule) == [(f"question-{question}", f"end-suite.{question}")]


def test_a_rule_that_never_holds_leads_to_an_ending_of_another_question_if_need_be() -> None:
    rule = last_asks("q2", Effect.CONCLUDE, "fin")
    assert never(rule) == [("question-q2", "end-fin_suite.q1")]


def test_a_rule_that_never_holds_leads_to_a_question() -> None:
    assert never(last_asks("q2", Effect.ASK, "q1")) == [("question-q2", "question-q1")]


def test_a_rule_that_never_holds_leads_to_what_nobody_comes_to() -> None:
    unreached = Finding(FindingKind.UNREACHABLE, ("outcomes", 2))
    rule = last_asks("q2", Effect.ADVISE, "conseil")
    assert never(rule, unreached) == [("question-q2", "alone-conseil")]


def test_a_rule_that_has_no_ends_in_the_picture_is_not_drawn() -> None:
    assert never(last_asks("q2", Effect.ADVISE, "conseil")) == []
    assert never(RuleContent("r", (), Effect.CONCLUDE, "fin")) == []


def test_a_rule_that_never_holds_is_known_by_its_rank_and_leads_to_its_page() -> None:
    rules = (RuleContent("r1", (), Effect.ASK, "q1"), last_asks("q2", Effect.ASK, "q1"))
    finding = Finding(FindingKind.UNREACHABLE, ("rules", 1))
    made = draw_picture(replace(make_guide(), rules=rules), make_graph(*STATES), finding)
    assert [(found.rule_number, found.url) for found in made.arrows if found.rule_number] == [
        (2, "/rules/r")
    ]


def test_where_the_walk_stopped_is_said() -> None:
    made = draw_picture(
        make_guide(),
        make_graph(MergedState("q1", successors=(1, 1, 1)), MergedState("q2"), complete=False),
    )
    assert find_box(made, "more-q2").look is Look.UNKNOWN
    assert find_arrow(made, "question-q2", "more-q2").labels == ()


def test_boxes_come_in_the_order_of_visitors() -> None:
    names = [found.name for found in draw_picture(make_guide(), make_graph(*STATES)).boxes]
    assert names == [
        "question-q1",
        "question-q2",
        "end-fin_suite.q1",
        "end-suite.q1",
        "end-suite.q2",
        "stuck-q2",
    ]
