"""Faults as points to mend: what is only there because of something else is folded under it."""

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent, OutcomeContent
from rules.proof.findings import Finding, FindingKind
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
NEVER = (choice_is("q", "a"), choice_is("q", "b"))
UNUSED = OutcomeContent("unused", "Unused", final=True)

Place = tuple[str | int, ...]


def found(guide: GuideContent) -> list[RootCause]:
    return find_root_causes(guide, prove_guide(CompiledGuide(guide)).faults)


def heads(guide: GuideContent) -> list[Place | None]:
    return [point.fault.place if point.fault else None for point in found(guide)]


def follows(point: RootCause) -> list[Place]:
    return [fault.place for fault in point.consequences]


def test_a_sound_guide_has_none() -> None:
    assert found(make_draft("", [Q], START).guide) == []


def test_a_forgotten_condition_is_one_point() -> None:
    (point,) = found(make_draft("", [Q], [*START, conclude_when("third")]).guide)
    assert point.fault is None
    assert point.early_rules == (3,)
    assert follows(point) == [
        ("rules", 1), ("rules", 2), ("questions", 0), ("outcomes", 0), ("outcomes", 1),
    ]  # fmt: skip


def test_every_rule_that_concludes_at_the_start_is_named() -> None:
    rules = [*START, conclude_when("third", has_no_answer("q")), conclude_when("fourth")]
    (point,) = found(make_draft("", [Q], rules).guide)
    assert point.early_rules == (3, 4)


def test_what_would_be_wrong_anyway_is_no_part_of_an_early_end() -> None:
    rules = [
        *START,
        conclude_when("third"),
        conclude_when("fourth", *NEVER),
        advise_when("tip", has_answer("r")),
    ]
    guide = make_draft("", [Q, R], rules, unused=[UNUSED]).guide
    early, impossible, *others = found(guide)
    assert early.fault is None
    assert not {("rules", 4), ("rules", 5), ("questions", 1)} & set(follows(early))
    assert impossible.fault is not None
    assert (impossible.fault.place, follows(impossible)) == (("rules", 4), [("outcomes", 3)])
    assert [(each.fault.place, follows(each)) for each in others if each.fault] == [
        (("questions", 1), [("rules", 5), ("outcomes", 4)]),
        (("outcomes", 5), []),
    ]


def test_what_only_an_unreached_rule_gives_is_folded_under_it() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        ask_when("r", choice_is("q", "b")),
        conclude_when("other", has_answer("r")),
        conclude_when("third", choice_is("q", "a"), choice_is("r", "b")),
    ]
    (point,) = found(make_draft("", [Q, R], rules).guide)
    assert point.fault == Finding(FindingKind.UNREACHABLE, ("rules", 4), (("q", "a"),))
    assert follows(point) == [("outcomes", 2)]


def test_a_branch_is_folded_under_the_question_that_nobody_asks() -> None:
    rules = [*START, ask_when("s", choice_is("r", "a")), conclude_when("third", has_answer("s"))]
    (point,) = found(make_draft("", [Q, R, S], rules).guide)
    assert point.fault == Finding(FindingKind.UNREACHABLE, ("questions", 1))
    assert follows(point) == [("rules", 3), ("rules", 4), ("questions", 2), ("outcomes", 2)]


def test_what_a_rule_gives_that_holds_is_a_point_of_its_own() -> None:
    """Its question is asked by a rule that holds, but always too late."""
    rules = [ask_when("q"), ask_when("r", has_answer("q")), conclude_when("end", has_answer("q"))]
    assert heads(make_draft("", [Q, R], rules).guide) == [("questions", 1)]


def test_questions_that_wait_for_each_other_are_one_point() -> None:
    rules = [*START, ask_when("r", has_answer("s")), ask_when("s", has_answer("r"))]
    (point,) = found(make_draft("", [Q, R, S], rules).guide)
    assert point.fault is not None
    assert point.fault.place[0] == "rules"
    assert len(point.consequences) == 3


def test_what_stops_visitors_comes_before_what_they_never_meet() -> None:
    rules = [
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        advise_when("tip", choice_is("q", "a"), has_answer("r")),
        conclude_when("other", *NEVER),
    ]
    guide = make_draft("", [Q, R], rules, unused=[UNUSED]).guide
    assert heads(guide) == [("questions", 0), ("rules", 3), ("questions", 1), ("outcomes", 3)]


def test_every_fault_is_in_one_point() -> None:
    rules = [
        *START,
        conclude_when("third"),
        conclude_when("fourth", *NEVER),
        ask_when("s", has_answer("r")),
    ]
    guide = make_draft("", [Q, R, S], rules, unused=[UNUSED]).guide
    told = [
        fault for point in found(guide) for fault in (point.fault, *point.consequences) if fault
    ]
    assert sorted(told, key=str) == sorted(prove_guide(CompiledGuide(guide)).faults, key=str)
