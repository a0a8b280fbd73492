"""Acts that place a rule, or a question on the path of visitors, before or after another one."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from rules.document.unfinished_drafts import is_finished, leave_out_unfinished_parts
from rules.edits.acts.act_series import compile_draft, do_act, map_draft, series_bound
from rules.edits.acts.insert import insert_question
from rules.edits.acts.lead import lead_arrows
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.checking.check_promise import check_promise
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import AsksOnTheWay, ChangesNothing, Promise, ShowsChanges
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    QuestionContent,
    RuleContent,
)
from rules.engine.resolve import follow_answers
from rules.parcours.live_rules import RuleEvaluation
from rules.parcours.stops import Parcours
from rules.proof.bounds import BoundReachedError
from rules.proof.walk import Path
from rules.sentences import quoted_question, rule_name

Part = TypeVar("Part", bound=QuestionContent | RuleContent)


class Side(StrEnum):
    """The side of another part on which a part is placed."""

    BEFORE = "before"
    AFTER = "after"


SIDE_WORDS = {Side.BEFORE: "avant", Side.AFTER: "après"}


def place_rule(rule: str, side: Side, other: str) -> Act:
    """Places a rule right before or right after another one."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        if rule == other or not {rule, other} <= guide.rule.keys():
            raise RefusedActError("L’une de ces deux règles n’existe plus.")
        moved, fixed = guide.rule[rule], guide.rule[other]
        rules = place_beside(guide.rules, [moved], side, fixed)
        content = replace(guide, rules=rules)
        names = rule_name(content, moved), rule_name(content, fixed)
        if rules == guide.rules:
            raise RefusedActError(f"La {names[0]} est déjà juste {SIDE_WORDS[side]} la {names[1]}.")
        sentence = f"La {names[0]} est maintenant {SIDE_WORDS[side]} la {names[1]}."
        yield from edits_without_promise(content, sentence)

    return propose_edits


def place_question(question: str, side: Side, other: str) -> Act:
    """Asks a question right before or right after another one, in the guide and on the path.

    The rules that ask it are placed beside those that ask the other one. If that is not enough, the
    later one of both is inserted earlier, so that the same answers lead to the same ends. If that
    cannot be done either, visitors go on from the answers before the question to where it leads, and
    it is inserted beside the other one; what this changes for visitors is shown.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        if question == other or not {question, other} <= guide.question.keys():
            raise RefusedActError("L’une de ces deux questions n’existe plus.")
        names = quoted_question(guide, question), quoted_question(guide, other)
        if not paths_through(draft.parcours, question, other):
            raise RefusedActError(
                f"Aucun visiteur ne vient à la fois à {names[0]} et à {names[1]}."
            )
        if asks_beside(guide, draft.parcours, question, side, other):
            raise RefusedActError(f"{names[0]} est déjà juste {SIDE_WORDS[side]} {names[1]}.")
        sentence = f"La question {names[0]} passe {SIDE_WORDS[side]} {names[1]}."

        def make_edit(content: GuideContent, promise: Promise) -> Edit:
            fixed = content.question[other]
            questions = place_beside(content.questions, [content.question[question]], side, fixed)
            return Edit(replace(content, questions=questions), promise, sentence)

        moved = move_asking_rules(guide, question, side, other)
        is_moved = asks_beside(moved, draft.parcours, question, side, other)
        inserted = list[GuideContent]()
        if earlier := find_earlier_place(draft, question, side, other):
            inserted += insert_earlier(draft, earlier)
            for content in [moved, *inserted] if is_moved else inserted:
                yield make_edit(content, earlier)
        try:
            shown = moved if is_moved else reroute_question(draft, question, side, other)
        except RefusedActError:
            if not inserted:
                raise
            shown = inserted[-1]
        yield make_edit(shown, ShowsChanges())

    return propose_edits


def find_earlier_place(
    draft: MappedDraft, question: str, side: Side, other: str
) -> AsksOnTheWay | None:
    """Returns the promise that the later one of two questions is asked earlier, beside the other one.

    The same answers then lead to the same ends. Returns None if this would also move what is between
    the questions.
    """
    asked = [*dict(paths_through(draft.parcours, question, other)[0])]
    if asked.index(question) > asked.index(other):
        arrows = arrows_beside(draft, side, other)
        ends = [
            arrow
            for arrow, _, case in guide_arrows(draft.guide, draft.parcours)
            if not case.destination.question
        ]
        return AsksOnTheWay(tuple(arrow for arrow in arrows if arrow not in ends), question)
    if side is Side.AFTER and (question, other) in pairwise(asked):
        return AsksOnTheWay(tuple(arrows_beside(draft, Side.BEFORE, question)), other)
    return None


def insert_earlier(draft: MappedDraft, promise: AsksOnTheWay) -> Iterator[GuideContent]:
    """Yields contents that ask a question earlier; nothing if it is asked there before already.

    In the last one, what its answers decide waits for what visitors answered before it until now.
    """
    conditions = conditions_before(draft, promise.question)
    with suppress(RefusedActError):
        for edit in insert_question(promise.arrows, promise.question)(draft):
            yield edit.content
            if conditions:
                yield wait_for_conditions(edit.content, promise.question, conditions)


def conditions_before(draft: MappedDraft, question: str) -> Sequence[ConditionContent]:
    """Returns conditions that hold wherever a question is asked; none if they are not easily said.

    They are those of the only rule that asks it, or say that the question before it has an answer.
    """
    guide = draft.guide
    asking = [guide.rules[position] for position in guide.rules_asking.get(question, ())]
    if len(asking) == 1 and asking[0].when and asking[0].match is Match.ALL:
        return asking[0].when
    before = {arrow.question for arrow in arrows_beside(draft, Side.BEFORE, question)}
    if len(before) > 1 or "" in before:
        return ()
    return [ConditionContent(key, Operator.ANSWERED) for key in before]


def wait_for_conditions(
    guide: GuideContent, question: str, conditions: Sequence[ConditionContent]
) -> GuideContent:
    """Returns a guide in which what an answer to a question decides also requires some conditions."""

    def add_conditions(rule: RuleContent) -> RuleContent:
        awaits = any(
            question in condition.questions and condition.operator is not Operator.UNANSWERED
            for condition in rule.when
        )
        is_evaluated = all(is_finished(guide, condition) for condition in rule.when)
        if rule.effect is Effect.ADVISE or rule.match is Match.ANY or not (awaits and is_evaluated):
            return rule
        return replace(rule, when=tuple(dict.fromkeys([*rule.when, *conditions])))

    return replace(guide, rules=tuple(map(add_conditions, guide.rules)))


def arrows_beside(draft: MappedDraft, side: Side, question: str) -> list[Arrow]:
    """Returns the arrows that lead to a question, or those that lead on from it."""
    return [
        arrow
        for arrow, _, case in guide_arrows(draft.guide, draft.parcours)
        if (arrow.question if side is Side.AFTER else case.destination.question) == question
    ]


def paths_through(parcours: Parcours, *questions: str) -> list[Path]:
    """Returns the shortest paths through the lines of a parcours on which all questions are asked."""
    cases = (case for stop in parcours.stops for line in stop.lines for case in line.cases)
    return [case.answers for case in cases if {*questions} <= dict(case.answers).keys()]


def move_asking_rules(guide: GuideContent, question: str, side: Side, other: str) -> GuideContent:
    """Returns a guide with all rules that ask a question before or after all that ask the other one."""
    moved = [guide.rules[position] for position in guide.rules_asking.get(question, ())]
    fixed = [guide.rules[position] for position in guide.rules_asking.get(other, ())]
    if not moved or not fixed:
        return guide
    beside = fixed[-1 if side is Side.AFTER else 0]
    return replace(guide, rules=place_beside(guide.rules, moved, side, beside))


def asks_beside(
    guide: GuideContent, parcours: Parcours, question: str, side: Side, other: str
) -> bool:
    """True if a question is asked right beside another one on all paths of a parcours that have both."""
    in_order = (other, question) if side is Side.AFTER else (question, other)
    evaluated = leave_out_unfinished_parts(guide)
    fire = RuleEvaluation(evaluated).fire
    return all(
        in_order in pairwise(follow_answers(evaluated, dict(path), fire)[0])
        for path in paths_through(parcours, question, other)
    )


def reroute_question(draft: MappedDraft, question: str, side: Side, other: str) -> GuideContent:
    """Returns a guide in which a question is taken off its place on the path, and inserted elsewhere.

    Raises `RefusedActError` if its choices lead to different places, so that it cannot be taken off.
    """
    bypassed = bypass_question(draft, question)
    refusal = RefusedActError(
        f"{quoted_question(draft.guide, question)} ne peut pas être placée là\u00a0: des règles "
        "particulières dépendent de sa place."
    )
    beside = arrows_beside(bypassed, side, other)
    if not beside:
        raise refusal
    older = compile_draft(without_advice(bypassed.guide))
    for edit in insert_question(beside, question)(bypassed):
        newer = compile_draft(without_advice(edit.content))
        verdict = check_promise(older, newer, edit.promise, series_bound(draft.effort))
        if verdict.stopped_by:
            raise BoundReachedError(verdict.stopped_by)
        if verdict.is_proved:
            return edit.content
    raise refusal


def bypass_question(draft: MappedDraft, question: str) -> MappedDraft:
    """Returns a draft whose visitors go on to where a question leads, without being asked it.

    The rules that led there from any answer to it are gone. What it leads to otherwise, such as advice,
    stays. Raises `RefusedActError` if its choices lead to different places.
    """
    arrows = [*guide_arrows(draft.guide, draft.parcours)]
    onward = {case.destination for arrow, _, case in arrows if arrow.question == question}
    if len(onward) != 1:
        raise RefusedActError(
            f"Les réponses de {quoted_question(draft.guide, question)} mènent à des endroits "
            "différents\u00a0: elle reste où elle est. Placez plutôt l’autre question avant elle."
        )
    incoming = [arrow for arrow, _, case in arrows if case.destination.question == question]
    done = do_act(draft, lead_arrows(incoming, *onward))
    if done.stopped_by:
        raise BoundReachedError(done.stopped_by)
    guide = done.draft.guide
    deciding = {key for arrow, _, _ in arrows if arrow.question == question for key in arrow.rules}
    rules = (
        rule for rule in guide.rules if rule.key not in deciding or rule.questions != {question}
    )
    return map_draft(replace(guide, rules=tuple(rules)), draft.effort)


def without_advice(guide: GuideContent) -> GuideContent:
    """Returns a guide without the rules that give advice."""
    rules = (rule for rule in guide.rules if rule.effect is not Effect.ADVISE)
    return replace(guide, rules=tuple(rules))


def place_beside(
    parts: Sequence[Part], moved: Sequence[Part], side: Side, fixed: Part
) -> tuple[Part, ...]:
    """Returns parts of a guide with some of them right before or right after another one."""
    others = [part for part in parts if part not in moved]
    position = others.index(fixed) + (side is Side.AFTER)
    return (*others[:position], *moved, *others[position:])


def edits_without_promise(content: GuideContent, sentence: str) -> Iterator[Edit]:
    """Yields an edit that may change nothing for visitors; otherwise what it changes is shown."""
    yield Edit(content, ChangesNothing(), sentence)
    yield Edit(content, ShowsChanges(), sentence)
