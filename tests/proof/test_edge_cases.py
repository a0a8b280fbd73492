"""Edge cases of proofs: orders, limits, equal keys, and faults that merging must not hide."""

from dataclasses import replace

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import (
    ConditionContent,
    ExampleContent,
    GuideContent,
    Match,
    OutcomeContent,
)
from rules.proof.bounds import THOROUGH_BOUND, Effort, ProofBound
from rules.proof.coverage import Coverage, example_coverage
from rules.proof.findings import Finding, FindingKind, Level, Proof
from rules.proof.lookup_table import build_lookup_table
from rules.proof.prove import prove_guide
from rules.proof.root_causes import (
    RootCause,
    find_root_causes,
    required_questions,
    rules_leading_to,
)
from rules.proof.rule_traces import trace_rule
from rules.proof.satisfiability import contradicting_conditions
from rules.proof.walk import Walk
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.broken import make_draft, stuck_finding, unreachable_finding, unsatisfiable_finding

P = make_question("p", "a", "b", "c")
Q, R, S, Z = (make_question(key, "a", "b") for key in "qrsz")
START = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    conclude_when("other", choice_is("q", "b")),
]
NEVER_FIRES = (choice_is("q", "a"), choice_is("q", "b"))


UNUSED = OutcomeContent("unused", "Unused", final=True)
TOO_LATE = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    ask_when("r", choice_is("q", "b")),
    conclude_when("other", has_answer("r")),
    conclude_when("third", choice_is("q", "a"), choice_is("r", "b")),
]
"""The last of these rules never holds, because r is not asked after q=a."""


def prove_small(guide: GuideContent) -> Proof:
    return prove_guide(CompiledGuide(guide))


@pytest.mark.parametrize(
    "coverage", [Coverage((0,), (), ()), Coverage((), (0,), ()), Coverage((), (), ((0, 0),))]
)
def test_a_coverage_that_misses_a_rule_an_outcome_or_a_choice_is_not_complete(
    coverage: Coverage,
) -> None:
    assert not coverage.is_complete


def test_asking_a_question_does_not_cover_the_outcome_with_the_same_key() -> None:
    rules = [ask_when("q"), conclude_when("end", has_answer("q")), advise_when("q", *NEVER_FIRES)]
    examples = (ExampleContent("Case", {"q": "a"}, ("end",)),)
    guide = replace(make_draft("", [Q], rules).guide, examples=examples)
    coverage = example_coverage(CompiledGuide(guide))
    assert coverage is not None
    assert [guide.outcomes[position].key for position in coverage.ungiven_outcomes] == ["q"]


def test_a_proof_that_stops_at_its_limit_of_states_is_not_complete() -> None:
    compiled = CompiledGuide(make_draft("", [Q], START).guide)
    assert not prove_guide(compiled, ProofBound(states=2)).complete
    assert prove_guide(compiled, ProofBound(states=3)).complete


def test_a_proof_has_its_duration_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([10.0, 12.5])
    monkeypatch.setattr("rules.proof.prove.perf_counter", lambda: next(times))
    assert prove_small(make_draft("", [Q], START).guide).seconds == 2.5


def test_findings_are_sorted_by_kind_then_by_position() -> None:
    rules = [
        conclude_when("end", *NEVER_FIRES),
        ask_when("r", choice_is("q", "a")),
        *START,
        *(advise_when("tip", has_answer("q")) for _ in range(3)),
        ask_when("s", choice_is("q", "b")),
    ]
    findings = prove_small(make_draft("", [Q, R, S], rules).guide).findings
    assert [(finding.kind, finding.place) for finding in findings] == [
        (FindingKind.UNREACHABLE, ("questions", 1)),
        (FindingKind.UNREACHABLE, ("questions", 2)),
        (FindingKind.UNSATISFIABLE, ("rules", 0)),
        (FindingKind.PREEMPTED, ("rules", 1)),
        (FindingKind.PREEMPTED, ("rules", 8)),
        (FindingKind.SAME_RULE, ("rules", 6)),
        (FindingKind.SAME_RULE, ("rules", 7)),
    ]


def test_findings_are_separated_by_level() -> None:
    rules = [*START, ask_when("r", choice_is("q", "a")), conclude_when("end", has_answer("q"))]
    proof = prove_small(make_draft("", [Q, R], rules).guide)
    assert proof.findings == (*proof.faults, *proof.warnings, *proof.remarks)
    assert [finding.kind for finding in proof.faults] == [FindingKind.UNREACHABLE]
    assert [finding.kind for finding in proof.warnings] == [FindingKind.SEVERAL_CONCLUSIONS]
    assert [finding.kind for finding in proof.remarks] == [FindingKind.PREEMPTED]


def test_each_kind_of_finding_has_its_level() -> None:
    levels = {kind: Finding(kind, ()).level for kind in FindingKind}
    assert levels == {
        FindingKind.STUCK: Level.FAULT,
        FindingKind.UNFINISHED: Level.FAULT,
        FindingKind.UNREACHABLE: Level.FAULT,
        FindingKind.UNSATISFIABLE: Level.FAULT,
        FindingKind.SEVERAL_CONCLUSIONS: Level.WARNING,
        FindingKind.ALWAYS_HOLDS: Level.WARNING,
        FindingKind.INDISTINGUISHABLE: Level.REMARK,
        FindingKind.PREEMPTED: Level.REMARK,
        FindingKind.SAME_RULE: Level.REMARK,
        FindingKind.SAME_NAME: Level.REMARK,
        FindingKind.SAME_ANSWERS: Level.REMARK,
        FindingKind.NOT_FOR_PUPIL: Level.REMARK,
    }


def test_the_order_of_the_rules_that_advise_does_not_distinguish_choices() -> None:
    rules = [
        ask_when("q"),
        advise_when("x", choice_is("q", "a")),
        advise_when("y", has_answer("q")),
        advise_when("x", choice_is("q", "b")),
        conclude_when("end", has_answer("q")),
    ]
    (finding,) = prove_small(make_draft("", [Q], rules).guide).findings
    assert (finding.kind, finding.keys) == (FindingKind.INDISTINGUISHABLE, ("a", "b"))


def test_the_number_of_rules_that_conclude_does_not_distinguish_choices() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", has_answer("q")),
        conclude_when("end", choice_is("q", "b")),
    ]
    (finding,) = prove_small(make_draft("", [Q], rules).guide).findings
    assert (finding.kind, finding.keys) == (FindingKind.INDISTINGUISHABLE, ("a", "b"))


def test_choices_are_compared_although_an_earlier_question_is_never_asked() -> None:
    rules = [ask_when("q"), conclude_when("end", has_answer("q"))]
    remarks = prove_small(make_draft("", [Z, Q], rules).guide).remarks
    assert [remark.place for remark in remarks] == [("questions", 1)]


def test_a_rule_that_fires_while_another_question_is_asked_does_not_ask_its_own() -> None:
    rules = [ask_when("q"), ask_when("r"), conclude_when("end", has_answer("q"))]
    findings = prove_small(make_draft("", [Q, R], rules).guide).findings
    assert (FindingKind.PREEMPTED, ("rules", 1)) in {(each.kind, each.place) for each in findings}


def test_a_rule_that_fires_only_in_a_state_merged_with_another_is_not_unreachable() -> None:
    """The third rule fires after q=b and r=a, where it has no effect because q is answered.

    The walk merges this state with the one after q=a and r=a, where the rule does not fire.
    """
    rules = [
        ask_when("q"),
        ask_when("r"),
        ask_when("q", choice_is("q", "b"), choice_is("r", "a"), has_no_answer("z")),
        ask_when("z", choice_is("r", "b")),
        conclude_when("end", choice_is("r", "a")),
        conclude_when("other", has_answer("z")),
    ]
    assert prove_small(make_draft("", [Q, R, Z], rules).guide).faults == ()


def test_choices_that_differ_only_for_a_rule_that_can_never_hold_lead_to_one_state() -> None:
    """The advice needs p=a and an answer to z, but z is asked after p=c only."""
    rules = [
        ask_when("p"),
        ask_when("z", choice_is("p", "c")),
        ask_when("q", has_answer("p")),
        advise_when("tip", choice_is("p", "a"), choice_is("z", "a")),
        conclude_when("end", has_answer("q")),
    ]
    first, second, third = (
        prove_small(make_draft("", [P, Q, Z], rules).guide).graph.states[0].successors
    )
    assert first == second != third


def test_a_question_asked_while_another_one_is_unanswered_distinguishes_states() -> None:
    """Nobody is asked z, so everybody is asked r. The conclusions depend on q after that."""
    rules = [
        ask_when("q"),
        ask_when("r", has_no_answer("z")),
        conclude_when("end", choice_is("q", "a"), has_answer("r")),
        conclude_when("other", choice_is("q", "b"), has_answer("r")),
    ]
    faults = prove_small(make_draft("", [Q, R, Z], rules).guide).faults
    assert [fault.place for fault in faults] == [("questions", 2)]


def test_a_chain_of_questions_is_explored_whatever_the_order_of_its_rules() -> None:
    rules = [
        ask_when("s", has_answer("r")),
        ask_when("r", has_answer("q")),
        ask_when("q"),
        conclude_when("end", choice_is("q", "a"), has_answer("s")),
        conclude_when("other", choice_is("q", "b"), has_answer("s")),
    ]
    assert prove_small(make_draft("", [Q, R, S], rules).guide).faults == ()


def test_a_comparison_and_a_question_that_stays_unanswered_make_a_rule_hold() -> None:
    rules = [
        ask_when("q"),
        ask_when("r"),
        conclude_when("end", same_choice("q", "r"), has_no_answer("z")),
        conclude_when("other", other_choice("q", "r"), has_no_answer("z")),
    ]
    guide = make_draft("", [Q, R, Z], rules).guide
    graph = prove_small(guide).graph
    assert graph.states[graph.state_after(guide, {"q": "a", "r": "a"})].outcomes == ("end",)
    assert graph.states[graph.state_after(guide, {"q": "b", "r": "b"})].outcomes == ("end",)


@pytest.mark.parametrize("comparison", [same_choice("z", "q"), same_choice("q", "z")])
def test_choices_that_differ_only_for_a_comparison_that_can_never_hold_lead_to_one_state(
    comparison: ConditionContent,
) -> None:
    rules = [
        ask_when("p"),
        ask_when("z", choice_is("p", "c")),
        ask_when("q", has_answer("p")),
        advise_when("tip", choice_is("p", "a"), comparison),
        conclude_when("end", has_answer("q")),
    ]
    first, second, third = (
        prove_small(make_draft("", [P, Q, Z], rules).guide).graph.states[0].successors
    )
    assert first == second != third


def test_the_rules_of_a_lookup_table_are_sorted() -> None:
    """The positions are such that a set of them is not in order by chance."""
    start, stop = has_no_answer("q"), has_answer("q")
    conditions = {1: start, 8: start, 9: stop, 16: stop}
    rules = [
        advise_when("tip", conditions[position]) if position in conditions else ask_when("q")
        for position in range(17)
    ]
    table = build_lookup_table(Walk(CompiledGuide(make_draft("", [Q], rules).guide)))
    transition = table.rows[0].transitions[0]
    assert table.start == (1, 8)
    assert (transition.started, transition.stopped) == ((9, 16), (1, 8))


def test_a_rule_that_gives_a_conclusion_with_the_key_of_a_question_is_not_preempted() -> None:
    rules = [ask_when("q"), conclude_when("r", has_answer("q"))]
    findings = prove_small(make_draft("", [Q, R], rules).guide).findings
    assert FindingKind.PREEMPTED not in {finding.kind for finding in findings}


def test_each_trace_of_a_rule_is_found_once() -> None:
    rules = [
        ask_when("q"),
        ask_when("r", has_answer("q")),
        conclude_when("end", choice_is("r", "a")),
    ]
    walk = Walk(CompiledGuide(make_draft("", [Q, R], rules).guide))
    traces = [trace for trace, _ in trace_rule(walk, rules[2])]
    assert len(traces) == len(set(traces)) == 3


def test_a_single_condition_that_is_never_true_is_found_with_any_match() -> None:
    never_true = choice_is_not("q", "a", "b")
    for match in Match:
        guide = make_draft("", [Q], [advise_when("tip", never_true, match=match)]).guide
        assert contradicting_conditions(guide, guide.rules[0], Effort(THOROUGH_BOUND)) == (0,)


def test_the_place_of_a_root_cause_is_its_fault_or_the_first_early_rule() -> None:
    assert RootCause(unreachable_finding("rules", 4), ()).place == ("rules", 4)
    assert RootCause(None, (), (3, 5)).place == ("rules", 3)


def test_a_question_and_an_outcome_with_the_same_key_have_their_own_rules() -> None:
    guide = make_draft("", [Q], [ask_when("q"), advise_when("q", has_answer("q"))]).guide
    assert rules_leading_to(guide, "questions", "q") == [0]
    assert rules_leading_to(guide, "outcomes", "q") == [1]


def test_a_rule_requires_the_questions_without_whose_answers_it_cannot_hold() -> None:
    conditions = (has_no_answer("q"), choice_is("r", "a"), same_choice("s", "z"))
    assert list(required_questions(ask_when("p", *conditions))) == ["r", "s", "z"]
    assert list(required_questions(ask_when("p", *conditions, match=Match.ANY))) == []


def test_the_order_of_root_causes_does_not_depend_on_the_order_of_faults() -> None:
    rules = [*TOO_LATE, conclude_when("end", *NEVER_FIRES)]
    guide = make_draft("", [Q, R], rules, unused=[UNUSED]).guide
    faults = [
        unreachable_finding("outcomes", 3),
        unreachable_finding("rules", 4),
        unsatisfiable_finding(5),
        stuck_finding(0),
    ]
    causes = find_root_causes(guide, faults)
    assert [cause.fault for cause in causes] == faults[::-1]


def test_early_rules_are_the_first_root_cause_and_are_not_listed_in_others() -> None:
    rules = [*START, conclude_when("end")]
    guide = make_draft("", [Q], rules).guide
    causes = find_root_causes(guide, [stuck_finding(), unreachable_finding("questions", 0)])
    assert [(cause.fault, cause.early_rules) for cause in causes] == [
        (None, (3,)),
        (stuck_finding(), ()),
    ]


def test_rules_come_before_other_consequences() -> None:
    rules = [*START, ask_when("s", choice_is("r", "a")), conclude_when("third", has_answer("s"))]
    guide = make_draft("", [Q, R, S], rules).guide
    (cause,) = find_root_causes(guide, prove_small(guide).faults[::-1])
    kinds = [fault.place[0] for fault in cause.consequences]
    assert kinds == ["rules", "rules", "outcomes", "questions"]


def test_an_unreachable_rule_without_required_questions_is_a_consequence_of_early_rules() -> None:
    tip = advise_when("tip", *NEVER_FIRES, match=Match.ANY)
    guide = make_draft("", [Q], [*START, conclude_when("end"), tip]).guide
    (cause,) = find_root_causes(guide, prove_small(guide).faults)
    assert ("rules", 4) in {fault.place for fault in cause.consequences}


def test_a_stuck_state_is_not_the_cause_of_an_unreachable_rule() -> None:
    question = make_question("q", "a", "b", "c")
    guide = make_draft("", [question, R], TOO_LATE).guide
    causes = find_root_causes(guide, prove_small(guide).faults)
    assert [cause.place for cause in causes] == [("questions", 0), ("rules", 4)]


def test_a_preempted_question_is_not_a_consequence_of_its_unsatisfiable_rule() -> None:
    rules = [
        ask_when("q"),
        ask_when("r", has_answer("q")),
        ask_when("r", *NEVER_FIRES),
        conclude_when("end", has_answer("q")),
    ]
    guide = make_draft("", [Q, R], rules).guide
    causes = find_root_causes(guide, prove_small(guide).faults)
    assert [cause.place for cause in causes] == [("rules", 2), ("questions", 1)]
