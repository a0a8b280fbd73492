"""What changes for visitors, on guides of a few lines and on large ones."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest

from rules.engine.compiled import CompiledGuide
from rules.engine.content import ExampleContent, GuideContent, RuleContent
from rules.proof.bounds import BoundKind, ProofBound
from rules.visitor_changes.differences import (
    AdviceDifference,
    ChangedText,
    Difference,
    NewChoice,
    PathEnd,
    VisitorChanges,
)
from rules.visitor_changes.find_changes import find_visitor_changes
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    compile_guide,
    conclude_when,
    has_answer,
    make_question,
)
from tests.proof.large_guides import make_chain_guide, make_exploding_guide
from tests.visitor_changes.large_edits import EDITS

OLDER = compile_guide(
    [make_question("q1", "a", "b"), make_question("q2", "a", "b", "c")],
    [
        ask_when("q1"),
        ask_when("q2", choice_is("q1", "a")),
        conclude_when("end", has_answer("q2")),
        conclude_when("other-end", choice_is("q1", "b")),
    ],
).guide


def changes_to(newer: GuideContent, older: GuideContent = OLDER) -> VisitorChanges:
    return find_visitor_changes(CompiledGuide(older), CompiledGuide(newer))


def with_rules(*rules: RuleContent, guide: GuideContent = OLDER) -> GuideContent:
    """Returns the guide with more rules before its own."""
    return replace(guide, rules=(*rules, *guide.rules))


def test_a_conclusion_given_instead_of_another_changes_the_paths_that_lead_to_it() -> None:
    newer = replace(OLDER, rules=(*OLDER.rules[:-1], conclude_when("end", choice_is("q1", "b"))))
    changes = changes_to(newer)
    assert (changes.path_count, changes.changed_count) == (4, 1)
    (group,) = changes.changed
    assert group.difference == Difference(PathEnd(("other-end",)), PathEnd(("end",)))
    assert group.answers == (("q1", "b"),)


def test_a_rule_that_the_newer_content_leaves_out_changes_its_paths() -> None:
    left_out = replace(OLDER.rules[-1], is_left_out=True)
    changes = changes_to(replace(OLDER, rules=(*OLDER.rules[:-1], left_out)))
    assert (changes.path_count, changes.changed_count) == (4, 1)


def test_a_question_more_with_the_same_end_is_counted_apart() -> None:
    questions = (*OLDER.questions, make_question("q3", "a", "b"))
    newer = with_rules(ask_when("q3"), guide=replace(OLDER, questions=questions))
    changes = changes_to(newer)
    assert (changes.changed, changes.is_nothing) == ((), False)
    assert sum(group.path_count for group in changes.same_end) == 4
    assert {group.difference.question_more for group in changes.same_end} == {"q3"}


def test_a_question_more_whose_answers_matter_changes_paths() -> None:
    questions = (*OLDER.questions, make_question("q3", "a", "b"))
    rules = ask_when("q3"), conclude_when("end", choice_is("q3", "a"))
    changes = changes_to(with_rules(*rules, guide=replace(OLDER, questions=questions)))
    (group,) = changes.changed
    assert group.difference.before == PathEnd(("other-end",))
    assert group.difference.after == PathEnd(new_question="q3")


def test_a_question_less_with_the_same_end_is_counted_apart() -> None:
    rules = [rule for rule in OLDER.rules if rule.target != "q2"]
    rules[1] = conclude_when("end", choice_is("q1", "a"))
    changes = changes_to(replace(OLDER, rules=tuple(rules)))
    assert changes.changed == ()
    (group,) = changes.same_end
    assert (group.path_count, group.difference.has_question_less) == (3, True)


def test_a_path_whose_choice_is_gone_changes() -> None:
    first, second = OLDER.questions
    newer = replace(OLDER, questions=(first, replace(second, choices=second.choices[:2])))
    (group,) = changes_to(newer).changed
    assert group.difference.after == PathEnd(asked_again="q2")
    assert group.answers == (("q1", "a"), ("q2", "c"))


def test_paths_with_a_new_choice_are_new_and_do_not_change_the_others() -> None:
    changes = changes_to(
        replace(OLDER, questions=(make_question("q1", "a", "b", "d"), OLDER.questions[1]))
    )
    assert changes.changed_count == 0
    assert (changes.new_choices, changes.new_path_count) == ((NewChoice("q1", "d"),), 1)
    assert not changes.is_nothing


def test_advice_given_in_addition_is_named() -> None:
    guide = compile_guide(
        OLDER.questions, [*OLDER.rules, advise_when("tip", choice_is("q2", "a"))]
    ).guide
    (group,) = changes_to(guide).changed
    assert group.difference.advice == AdviceDifference(added=("tip",))
    assert group.path_count == 1


def test_advice_in_another_order_changes_a_path() -> None:
    tips = [advise_when(key, choice_is("q2", "a")) for key in ("tip-1", "tip-2")]
    older, newer = (
        compile_guide(OLDER.questions, [*OLDER.rules, *ordered]).guide
        for ordered in (tips, tips[::-1])
    )
    (group,) = changes_to(newer, older).changed
    assert group.difference.advice == AdviceDifference(is_reordered=True)


@pytest.mark.parametrize("moved", range(4))
def test_questions_in_another_order_change_no_path(moved: int) -> None:
    older, newer = (chain_in_order(order) for order in (range(4), [moved, *{0, 1, 2, 3} - {moved}]))
    changes = changes_to(newer, older)
    assert changes.is_nothing
    back = changes_to(older, newer)
    assert back.is_nothing


def chain_in_order(order: Iterable[int]) -> GuideContent:
    """Returns a guide of four questions in some order, whose conclusion depends on each answer."""
    questions = [make_question(f"q{index}", "a", "b") for index in range(4)]
    ends = [
        conclude_when(f"end-{number}", *(choice_is(f"q{i}", key) for i, key in enumerate(keys)))
        for number, keys in enumerate(product("ab", repeat=4))
    ]
    return compile_guide(questions, [*(ask_when(f"q{index}") for index in order), *ends]).guide


def test_what_only_editors_read_changes_nothing_for_visitors() -> None:
    first, second = OLDER.questions
    choices = tuple(replace(choice, aliases=("other",)) for choice in first.choices)
    newer = replace(
        OLDER,
        questions=(replace(first, short="First", choices=choices), second),
        rules=tuple(replace(rule, note="A note.", key=f"{rule.key}-2") for rule in OLDER.rules),
        examples=(ExampleContent("Example", {"q1": "b"}, ("other-end",)),),
    )
    assert changes_to(newer).is_nothing


def test_changed_texts_are_named_although_no_path_changes() -> None:
    first, second = OLDER.questions
    outcome, *others = OLDER.outcomes
    newer = replace(
        OLDER,
        introduction="New",
        questions=(replace(first, help="New"), replace(second, choices=second.choices[::-1])),
        outcomes=(replace(outcome, body="New"), *others),
    )
    changes = changes_to(newer)
    assert changes.texts == (
        ChangedText("", ""),
        ChangedText("questions", "q1"),
        ChangedText("questions", "q2"),
        ChangedText("outcomes", "end"),
    )
    assert not changes.changed_count
    assert not changes.is_nothing


def test_what_is_said_to_the_pupil_is_a_text_that_changes() -> None:
    (first, second), (outcome, *others) = OLDER.questions, OLDER.outcomes
    said = replace(first, for_pupil="You?"), second
    ending = replace(outcome, for_pupil="You."), *others
    changes = changes_to(replace(OLDER, questions=said, outcomes=ending))
    assert changes.texts == (ChangedText("questions", "q1"), ChangedText("outcomes", "end"))


def test_rules_that_decide_the_same_in_another_way_change_nothing() -> None:
    rules = [rule for rule in OLDER.rules if rule.target != "other-end"]
    newer = replace(
        OLDER,
        rules=(*rules, conclude_when("other-end", choice_is("q1", "b", "a"), choice_is("q1", "b"))),
    )
    changes = changes_to(newer)
    assert changes.is_nothing
    assert changes.path_count == 4


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_edits_of_a_guide_with_50_questions_are_compared_to_the_end(edit: str) -> None:
    older = make_chain_guide(50)
    changes = find_visitor_changes(CompiledGuide(older), CompiledGuide(EDITS[edit](older)))
    assert changes.stopped_by is None
    assert changes.path_count in (0, 4**50)


def test_a_walk_that_stops_says_after_how_many_answers() -> None:
    older = make_exploding_guide(40)
    compiled = CompiledGuide(older), CompiledGuide(EDITS["choice led elsewhere"](older))
    changes = find_visitor_changes(*compiled, ProofBound(states=200))
    assert (changes.stopped_by, changes.compared_answers) == (BoundKind.STATES, 3)
    assert not changes.is_nothing
