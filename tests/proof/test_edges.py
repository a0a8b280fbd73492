"""Proofs at their edges: order, bounds, keys that coincide, and what merging must not hide."""

from dataclasses import replace

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import ExampleContent, GuideContent
from rules.proof.coverage import Coverage, example_coverage
from rules.proof.findings import FindingKind, Proof
from rules.proof.prove import prove_guide
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
)
from tests.proof.broken import make_draft

P = make_question("p", "a", "b", "c")
Q, R, S, Z = (make_question(key, "a", "b") for key in "qrsz")
START = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    conclude_when("other", choice_is("q", "b")),
]
NEVER = (choice_is("q", "a"), choice_is("q", "b"))


def prove_small(guide: GuideContent) -> Proof:
    return prove_guide(CompiledGuide(guide))


@pytest.mark.parametrize(
    "coverage", [Coverage((0,), (), ()), Coverage((), (0,), ()), Coverage((), (), ((0, 0),))]
)
def test_examples_that_leave_anything_out_are_not_complete(coverage: Coverage) -> None:
    assert not coverage.is_complete


def test_an_outcome_with_the_key_of_a_question_is_not_met_when_the_question_is() -> None:
    rules = [ask_when("q"), conclude_when("end", has_answer("q")), advise_when("q", *NEVER)]
    examples = (ExampleContent("Case", {"q": "a"}, ("end",)),)
    guide = replace(make_draft("", [Q], rules).guide, examples=examples)
    ungiven = example_coverage(CompiledGuide(guide)).ungiven_outcomes
    assert [guide.outcomes[position].key for position in ungiven] == ["q"]


def test_a_proof_that_stops_at_its_bound_is_not_complete() -> None:
    compiled = CompiledGuide(make_draft("", [Q], START).guide)
    assert not prove_guide(compiled, 2).complete
    assert prove_guide(compiled, 3).complete


def test_a_proof_says_how_many_seconds_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([10.0, 12.5])
    monkeypatch.setattr("rules.proof.prove.perf_counter", lambda: next(times))
    assert prove_small(make_draft("", [Q], START).guide).seconds == 2.5


def test_findings_come_by_kind_then_in_the_order_of_the_guide() -> None:
    rules = [
        conclude_when("end", *NEVER),
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
    ]


def test_faults_warnings_and_remarks_are_told_apart() -> None:
    rules = [*START, ask_when("r", choice_is("q", "a")), conclude_when("end", has_answer("q"))]
    proof = prove_small(make_draft("", [Q, R], rules).guide)
    assert proof.findings == (*proof.faults, *proof.warnings, *proof.remarks)
    assert [finding.kind for finding in proof.faults] == [FindingKind.UNREACHABLE]
    assert [finding.kind for finding in proof.warnings] == [FindingKind.SEVERAL_CONCLUSIONS]
    assert [finding.kind for finding in proof.remarks] == [FindingKind.PREEMPTED]


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


def test_a_rule_that_only_merged_states_hide_is_no_fault() -> None:
    """The walk goes on from p=a only: after p=b, nothing but this rule would be different."""
    rules = [
        ask_when("q"),
        ask_when("r"),
        ask_when("q", choice_is("q", "b"), choice_is("r", "a"), has_no_answer("z")),
        ask_when("z", choice_is("r", "b")),
        conclude_when("end", choice_is("r", "a")),
        conclude_when("other", has_answer("z")),
    ]
    assert prove_small(make_draft("", [Q, R, Z], rules).guide).faults == ()


def test_choices_after_which_a_rule_waits_in_vain_lead_to_one_state() -> None:
    """Z is asked after p=c only: the advice that waits for it after p=a will never be given."""
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


def test_a_question_asked_while_another_one_is_unanswered_keeps_paths_apart() -> None:
    """Nobody is asked z, so r is always asked: the conclusions depend on it and on q."""
    rules = [
        ask_when("q"),
        ask_when("r", has_no_answer("z")),
        conclude_when("end", choice_is("q", "a"), has_answer("r")),
        conclude_when("other", choice_is("q", "b"), has_answer("r")),
    ]
    faults = prove_small(make_draft("", [Q, R, Z], rules).guide).faults
    assert [fault.place for fault in faults] == [("questions", 2)]


def test_a_chain_of_questions_is_walked_in_whatever_order_its_rules_stand() -> None:
    rules = [
        ask_when("s", has_answer("r")),
        ask_when("r", has_answer("q")),
        ask_when("q"),
        conclude_when("end", choice_is("q", "a"), has_answer("s")),
        conclude_when("other", choice_is("q", "b"), has_answer("s")),
    ]
    assert prove_small(make_draft("", [Q, R, S], rules).guide).faults == ()
