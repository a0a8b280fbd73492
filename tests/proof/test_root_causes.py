"""Faults are grouped by root cause: the consequences of a fault are listed under it."""

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent, OutcomeContent
from rules.proof.findings import Finding, FindingKind, Place
from rules.proof.prove import prove_guide
from rules.proof.root_causes import RootCause, find_root_causes
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

Q, R, S = (make_question(key, "a", "b") for key in "qrs")
START = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    conclude_when("other", choice_is("q", "b")),
]
NEVER_FIRES = (choice_is("q", "a"), choice_is("q", "b"))
UNUSED = OutcomeContent("unused", "Unused", final=True)


def prove_root_causes(guide: GuideContent) -> list[RootCause]:
    return find_root_causes(guide, prove_guide(CompiledGuide(guide)).faults)


def root_places(guide: GuideContent) -> list[Place | None]:
    return [
        root_cause.fault.place if root_cause.fault else None
        for root_cause in prove_root_causes(guide)
    ]


def consequence_places(root_cause: RootCause) -> list[Place]:
    return [fault.place for fault in root_cause.consequences]


def test_a_guide_without_faults_has_no_root_causes() -> None:
    assert prove_root_causes(make_draft("", [Q], START).guide) == []


def test_a_conclusion_rule_without_conditions_is_one_root_cause() -> None:
    (root_cause,) = prove_root_causes(make_draft("", [Q], [*START, conclude_when("third")]).guide)
    assert root_cause.fault is None
    assert root_cause.early_rules == (3,)
    assert consequence_places(root_cause) == [
        ("rules", 1), ("rules", 2), ("questions", 0), ("outcomes", 0), ("outcomes", 1),
    ]  # fmt: skip


def test_a_root_cause_lists_all_rules_that_conclude_at_the_start() -> None:
    rules = [*START, conclude_when("third", has_no_answer("q")), conclude_when("fourth")]
    (root_cause,) = prove_root_causes(make_draft("", [Q], rules).guide)
    assert root_cause.early_rules == (3, 4)


def test_faults_with_causes_of_their_own_are_no_consequences_of_an_early_conclusion() -> None:
    rules = [
        *START,
        conclude_when("third"),
        conclude_when("fourth", *NEVER_FIRES),
        advise_when("tip", has_answer("r")),
    ]
    guide = make_draft("", [Q, R], rules, unused=[UNUSED]).guide
    early, unsatisfiable, *others = prove_root_causes(guide)
    assert early.fault is None
    assert not {("rules", 4), ("rules", 5), ("questions", 1)} & set(consequence_places(early))
    assert unsatisfiable.fault is not None
    assert (unsatisfiable.fault.place, consequence_places(unsatisfiable)) == (
        ("rules", 4),
        [("outcomes", 3)],
    )
    assert [(other.fault.place, consequence_places(other)) for other in others if other.fault] == [
        (("questions", 1), [("rules", 5), ("outcomes", 4)]),
        (("outcomes", 5), []),
    ]


def test_an_outcome_that_only_an_unreachable_rule_gives_is_its_consequence() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        ask_when("r", choice_is("q", "b")),
        conclude_when("other", has_answer("r")),
        conclude_when("third", choice_is("q", "a"), choice_is("r", "b")),
    ]
    (root_cause,) = prove_root_causes(make_draft("", [Q, R], rules).guide)
    assert root_cause.fault == Finding(FindingKind.UNREACHABLE, ("rules", 4), (("q", "a"),))
    assert consequence_places(root_cause) == [("outcomes", 2)]


def test_everything_after_a_question_that_no_rule_asks_is_its_consequence() -> None:
    rules = [*START, ask_when("s", choice_is("r", "a")), conclude_when("third", has_answer("s"))]
    (root_cause,) = prove_root_causes(make_draft("", [Q, R, S], rules).guide)
    assert root_cause.fault == Finding(FindingKind.UNREACHABLE, ("questions", 1))
    assert consequence_places(root_cause) == [
        ("rules", 3),
        ("rules", 4),
        ("questions", 2),
        ("outcomes", 2),
    ]


def test_a_question_that_a_conclusion_always_preempts_is_a_root_cause() -> None:
    rules = [ask_when("q"), ask_when("r", has_answer("q")), conclude_when("end", has_answer("q"))]
    assert root_places(make_draft("", [Q, R], rules).guide) == [("questions", 1)]


def test_questions_that_wait_for_each_other_have_one_root_cause() -> None:
    rules = [*START, ask_when("r", has_answer("s")), ask_when("s", has_answer("r"))]
    (root_cause,) = prove_root_causes(make_draft("", [Q, R, S], rules).guide)
    assert root_cause.fault is not None
    assert root_cause.fault.place[0] == "rules"
    assert len(root_cause.consequences) == 3


def test_stuck_states_come_before_unsatisfiable_rules_and_unreachable_parts() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        advise_when("tip", choice_is("q", "a"), has_answer("r")),
        conclude_when("other", *NEVER_FIRES),
    ]
    guide = make_draft("", [Q, R], rules, unused=[UNUSED]).guide
    assert root_places(guide) == [("questions", 0), ("rules", 3), ("questions", 1), ("outcomes", 3)]


def test_every_fault_is_in_exactly_one_group() -> None:
    rules = [
        *START,
        conclude_when("third"),
        conclude_when("fourth", *NEVER_FIRES),
        ask_when("s", has_answer("r")),
    ]
    guide = make_draft("", [Q, R, S], rules, unused=[UNUSED]).guide
    grouped = [
        fault
        for root_cause in prove_root_causes(guide)
        for fault in (root_cause.fault, *root_cause.consequences)
        if fault
    ]
    assert sorted(grouped, key=str) == sorted(prove_guide(CompiledGuide(guide)).faults, key=str)
