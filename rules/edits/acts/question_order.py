"""The act that places a question before or after another one on the path of visitors."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, pairwise

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.acts.act_series import compile_draft, do_act, map_draft, series_bound
from rules.edits.acts.insert import insert_question
from rules.edits.acts.lead import lead_arrows
from rules.edits.acts.order import SIDE_WORDS, Side, place_beside
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.checking.check_promise import check_promise
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import Promise, ShowsChanges
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.edits.rewriting.shortest_paths import find_destination
from rules.engine.content import (
    Effect,
    GuideContent,
)
from rules.engine.resolve import follow_answers, known_answers
from rules.parcours.live_rules import RuleEvaluation
from rules.parcours.stops import Destination, Parcours
from rules.proof.bounds import BoundReachedError
from rules.proof.walk import Path
from rules.sentences import quoted_question, rule_name


def place_question(question: str, side: Side, other: str) -> Act:
    """Asks a question right before or right after another one, in the guide and on the path.

    The rules that ask it are placed beside those that ask the other one. If that is not enough, what is
    asked too late is asked earlier, so that the same answers lead to the same ends: the question
    itself, or those that it must come after. If that cannot be done either, it is taken off its place
    and inserted beside the other one. Unless a single question is asked earlier, what this changes for
    visitors is shown.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        check_places(draft, question, side, other)
        names = quoted_question(draft.guide, question), quoted_question(draft.guide, other)
        sentence = f"La question {names[0]} passe {SIDE_WORDS[side]} {names[1]}."

        def make_edit(content: GuideContent, promise: Promise) -> Edit:
            fixed = content.question[other]
            questions = place_beside(content.questions, [content.question[question]], side, fixed)
            return Edit(replace(content, questions=questions), promise, sentence)

        moved = move_asking_rules(draft.guide, question, side, other)
        is_moved = asks_beside(moved, draft.parcours, question, side, other)
        earlier, acts = list[Edit](), find_earlier_places(draft.parcours, question, side, other)
        if len(acts) == 1:
            earlier += acts[0](draft)
            for content in [moved] * is_moved + [edit.content for edit in earlier]:
                yield from (make_edit(content, edit.promise) for edit in earlier[:1])
        shown = chain(
            [moved] * is_moved,
            reroute_question(draft, question, side, other),
            ask_one_by_one(draft, acts),
            (edit.content for edit in reversed(earlier)),
        )
        yield make_edit(choose_place(draft, question, shown), ShowsChanges())

    return propose_edits


def check_places(draft: MappedDraft, question: str, side: Side, other: str) -> None:
    """Raises `RefusedActError` if a question cannot be beside another one, or is there already."""
    guide = draft.guide
    if question == other or not {question, other} <= guide.question.keys():
        raise RefusedActError("L’une de ces deux questions n’existe plus.")
    names = quoted_question(guide, question), quoted_question(guide, other)
    if not paths_through(draft.parcours, question, other):
        raise RefusedActError(f"Aucun visiteur ne vient à la fois à {names[0]} et à {names[1]}.")
    if asks_beside(guide, draft.parcours, question, side, other):
        raise RefusedActError(f"{names[0]} est déjà juste {SIDE_WORDS[side]} {names[1]}.")


def find_earlier_places(parcours: Parcours, question: str, side: Side, other: str) -> Sequence[Act]:
    """Returns the acts that ask earlier, one by one, what must be asked earlier.

    That is the question itself or, if it must be asked later, what comes between it and its new place.
    """
    in_order = (other, question) if side is Side.AFTER else (question, other)
    paths = ([*dict(path)] for path in paths_through(parcours, question, other))
    asked = next(asked for asked in paths if in_order not in pairwise(asked))
    here, there = asked.index(question), asked.index(other)
    if here > there:
        return [ask_earlier(question, side, other)]
    between = asked[here + 1 : there + (side is Side.AFTER)]
    return [ask_earlier(one, Side.BEFORE, question) for one in between]


def ask_earlier(question: str, side: Side, other: str) -> Act:
    """Asks a question earlier, beside another one. The same answers then lead to the same ends.

    There is no edit if the question is asked there already.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        arrow_map = ArrowMap(draft)
        arrows = [
            arrow
            for arrow in arrows_beside(draft, side, other)
            if arrow_map.case_of(arrow).destination.question
            and not arrow_map.answered_at(question, [arrow]).is_certain
        ]
        with suppress(RefusedActError):
            yield from insert_question(arrows, question)(draft)

    return propose_edits


def ask_one_by_one(draft: MappedDraft, acts: Sequence[Act]) -> Iterator[GuideContent]:
    """Yields a guide in which several questions are asked earlier; nothing if that cannot be proved."""
    with suppress(RefusedActError):
        for act in acts if len(acts) > 1 else ():
            draft = do_proved_act(draft, act)
            yield from [draft.guide] if act is acts[-1] else ()


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


def choose_place(
    draft: MappedDraft, question: str, contents: Iterable[GuideContent]
) -> GuideContent:
    """Returns the first content that leads the shortest paths to the same conclusions as the draft.

    If there is none, it is the first one that cuts no path. Raises `RefusedActError` if all do.
    """
    found: GuideContent | None = None
    try:
        for content in contents:
            if not cuts_paths(draft, content):
                if keeps_ends(draft, content):
                    return content
                found = found or content
    except BoundReachedError:
        if not found:
            raise
    if found:
        return found
    rule = draft.guide.rules[draft.guide.rules_asking[question][0]]
    raise RefusedActError(
        f"{quoted_question(draft.guide, question)} ne peut pas être placée là sans que des visiteurs "
        f"restent bloqués. Changez d’abord la {rule_name(draft.guide, rule)}, qui la pose.",
        rule=rule.key,
    )


def keeps_ends(draft: MappedDraft, content: GuideContent) -> bool:
    """True if the shortest paths of a draft lead to the same conclusions in another content, if to any."""
    return all(
        find_end(content, case.answers).outcomes in ((), case.destination.outcomes)
        for _, _, case in guide_arrows(draft.guide, draft.parcours)
        if case.destination.outcomes
    )


def cuts_paths(draft: MappedDraft, content: GuideContent) -> bool:
    """True if visitors come to a dead end of a content who do not with the same answers in the draft."""
    parcours = map_draft(content, draft.effort).parcours
    return any(
        find_end(draft.guide, case.answers) != Destination()
        for _, _, case in guide_arrows(content, parcours)
        if case.destination == Destination()
    )


def find_end(guide: GuideContent, path: Path) -> Destination:
    """Returns where visitors come to who give some answers, in whatever order they are asked."""
    evaluated = leave_out_unfinished_parts(guide)
    answers, fire = known_answers(guide, dict(path)), RuleEvaluation(evaluated).fire
    return find_destination(evaluated, follow_answers(evaluated, answers, fire)[0], fire)


def do_proved_act(draft: MappedDraft, act: Act) -> MappedDraft:
    """Returns a draft after an act. Raises `BoundReachedError` if its promise could not be checked."""
    done = do_act(draft, act)
    if done.stopped_by:
        raise BoundReachedError(done.stopped_by)
    return done.draft


def reroute_question(
    draft: MappedDraft, question: str, side: Side, other: str
) -> Iterator[GuideContent]:
    """Yields a guide in which a question is taken off its place on the path, and inserted elsewhere.

    Yields nothing if its choices lead to different places, so that it cannot be taken off.
    """
    with suppress(RefusedActError):
        bypassed = bypass_question(draft, question)
        older = compile_draft(without_advice(bypassed.guide))
        beside = arrows_beside(bypassed, side, other)
        for edit in insert_question(beside, question)(bypassed):
            newer = compile_draft(without_advice(edit.content))
            verdict = check_promise(older, newer, edit.promise, series_bound(draft.effort))
            if verdict.stopped_by:
                raise BoundReachedError(verdict.stopped_by)
            if verdict.is_proved:
                yield edit.content
                return


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
            "différents\u00a0: elle reste où elle est. Déplacez plutôt l’autre question avant elle."
        )
    incoming = [arrow for arrow, _, case in arrows if case.destination.question == question]
    guide = do_proved_act(draft, lead_arrows(incoming, *onward)).guide
    deciding = {key for arrow, _, _ in arrows if arrow.question == question for key in arrow.rules}
    rules = (
        rule for rule in guide.rules if rule.key not in deciding or rule.questions != {question}
    )
    return map_draft(replace(guide, rules=tuple(rules)), draft.effort)


def without_advice(guide: GuideContent) -> GuideContent:
    """Returns a guide without the rules that give advice."""
    rules = (rule for rule in guide.rules if rule.effect is not Effect.ADVISE)
    return replace(guide, rules=tuple(rules))
