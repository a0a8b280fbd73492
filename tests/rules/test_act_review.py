"""When an act is done at once, and what its review says of problems."""

from dataclasses import replace

from rules.document.parsing import parse_document
from rules.drafts.acts import PreparedAct
from rules.edits.checking.check_promise import Verdict
from rules.edits.edit import Edit
from rules.edits.promises import AsksOnTheWay, ChangesNothing, Promise, ShowsChanges
from rules.engine.content import (
    ChoiceContent,
    Effect,
    ExampleContent,
    GuideContent,
    QuestionContent,
    RuleContent,
)
from rules.proof.bounds import BoundKind
from rules.publication.act_review import ActReview
from tests.engine.guides import choice_is, has_answer
from tests.rules.documents import small_document

GUIDE = replace(parse_document(small_document()), examples=())
CHOICES = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
NOTHING, SHOWN, PROVED = ChangesNothing(), ShowsChanges(), Verdict()


def review_edit(
    before: GuideContent, after: GuideContent, promise: Promise = NOTHING, verdict: Verdict = PROVED
) -> ActReview:
    return ActReview(PreparedAct(before, Edit(after, promise, "Un acte."), verdict))


def without_rule(guide: GuideContent, key: str) -> GuideContent:
    return replace(guide, rules=tuple(rule for rule in guide.rules if rule.key != key))


def with_question_after_a(*choices: ChoiceContent) -> GuideContent:
    """Returns the guide in which A leads to a new question, of which nothing follows."""
    question = QuestionContent("q3", "Trois", choices)
    asked = RuleContent("r2", (choice_is("q1", "a"),), Effect.ASK, "q3")
    rules = (GUIDE.rules[0], asked, *GUIDE.rules[2:])
    return replace(GUIDE, questions=(*GUIDE.questions, question), rules=rules)


def messages_of(review: ActReview) -> tuple[list[str], list[str]]:
    """Returns the messages of the new problems, and of those that are gone."""
    new, gone = review.new_problems, review.gone_problems
    return [problem.message for problem in new], [problem.message for problem in gone]


def test_an_act_without_new_problems_is_done_at_once() -> None:
    noted = replace(GUIDE, rules=(replace(GUIDE.rules[0], note="Note"), *GUIDE.rules[1:]))
    assert review_edit(GUIDE, noted).is_done_at_once


def test_what_a_new_question_does_not_lead_to_yet_is_expected() -> None:
    for choices in (CHOICES, CHOICES[:1], ()):
        review = review_edit(GUIDE, with_question_after_a(*choices))
        assert review.new_problems
        assert review.is_done_at_once


def test_a_dead_end_after_an_answer_that_was_there_is_shown_first() -> None:
    review = review_edit(GUIDE, without_rule(GUIDE, "r2"))
    new, _ = messages_of(review)
    assert new == [
        "après la réponse «\u00a0A\u00a0» à «\u00a0Un\u00a0», rien n’est demandé et rien n’est conclu."
    ]
    assert not review.is_done_at_once


def test_an_example_that_begins_to_fail_is_shown_first() -> None:
    example = ExampleContent("Cas", {"q1": "a"}, ("fin",))
    before = replace(GUIDE, examples=(example,))
    after = replace(before, examples=(replace(example, answers={"q1": "b"}),))
    review = review_edit(before, after)
    new, _ = messages_of(review)
    assert new == ["la question «\u00a0Deux\u00a0» est posée et n’a pas de réponse."]
    assert not review.is_done_at_once


def test_an_example_that_failed_before_does_not_keep_an_act_from_being_done_at_once() -> None:
    example = ExampleContent("Cas", {"q1": "b"}, ("fin",))
    before = replace(GUIDE, examples=(example,))
    assert review_edit(before, before).is_done_at_once
    mended = replace(before, examples=(replace(example, answers={"q1": "a"}),))
    new, gone = messages_of(review_edit(before, mended))
    assert (new, len(gone)) == ([], 1)


def test_a_problem_stays_the_same_when_its_rule_moves() -> None:
    never = RuleContent("r9", (choice_is("q2", "a"), choice_is("q1", "a")), Effect.ASK, "q2")
    before = replace(GUIDE, rules=(*GUIDE.rules, never))
    moved = replace(GUIDE, rules=(never, *GUIDE.rules))
    assert messages_of(review_edit(before, moved)) == ([], [])


def test_what_is_not_proved_is_never_done_at_once() -> None:
    stopped = Verdict(stopped_by=BoundKind.SECONDS)
    assert not review_edit(GUIDE, GUIDE, verdict=stopped).is_done_at_once


def test_an_act_that_promises_nothing_is_done_at_once_only_if_it_changes_nothing() -> None:
    moved = replace(GUIDE, rules=(*GUIDE.rules[1:], GUIDE.rules[0]))
    assert review_edit(GUIDE, moved, SHOWN).is_done_at_once
    assert not review_edit(GUIDE, without_rule(GUIDE, "r4"), SHOWN).is_done_at_once
    assert not review_edit(without_rule(GUIDE, "r2"), GUIDE, SHOWN).is_done_at_once


def test_an_inserted_question_whose_rules_are_dropped_is_shown_first() -> None:
    added, promise = with_question_after_a(*CHOICES), AsksOnTheWay((), "q3")
    advice = RuleContent("r6", (has_answer("q2"),), Effect.ADVISE, "conseil")
    before = replace(GUIDE, rules=(*GUIDE.rules, advice))
    assert review_edit(GUIDE, added, promise).is_done_at_once
    assert not review_edit(before, added, promise).is_done_at_once


def test_a_review_that_shows_something_else_has_another_fingerprint() -> None:
    stopped = Verdict(stopped_by=BoundKind.SECONDS)
    other = without_rule(GUIDE, "r4")
    reviews = [
        review_edit(GUIDE, other),
        review_edit(other, GUIDE),
        review_edit(GUIDE, GUIDE),
        review_edit(GUIDE, other, verdict=stopped),
    ]
    assert len({review.fingerprint for review in reviews}) == len(reviews)
