"""Acts that remove a question, with the rules, the conditions and the answers that depend on it."""

from collections.abc import Iterator, Mapping, Sequence

from rules.edits.acts.lead import lead_arrows
from rules.edits.arrows import guide_arrows
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import ChangesOnlyPathsWith, LeadsTo, LeavesOutQuestion
from rules.edits.rewriting.answered_for_all import contents_as_if_answered
from rules.edits.rewriting.arrow_words import destination_words
from rules.edits.rewriting.decided_rules import (
    NO_CHOICE,
    OTHER_CHOICE,
    decide_rules,
    leave_out_question,
    without_advice_on,
)
from rules.engine.content import GuideContent
from rules.parcours.stops import Destination
from rules.sentences import quote_text, quoted_question


def remove_question(question: str) -> Act:
    """Removes a question. Where its choices made no difference, visitors go on as before.

    Otherwise the rules that ask it fall, and so does what holds only once it is answered.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        sentence = f"{_removal_clause(guide, question)}."
        # All visitors are taken to give the first answer only where the proof can say what follows.
        first = guide.question[question].choices[:1] if draft.parcours.is_complete else ()
        for choice in first:
            for content in contents_as_if_answered(draft, question, choice.key):
                yield Edit(content, LeavesOutQuestion(question), sentence)
        content = content_without_question(guide, question)
        yield Edit(content, ChangesOnlyPathsWith(question), sentence)

    return propose_edits


def remove_question_as_if(question: str, choice: str) -> Act:
    """Removes a question as if all visitors gave it the same answer."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        clause = _removal_clause(draft.guide, question)
        given = draft.guide.question[question].choice.get(choice)
        if given is None:
            raise RefusedActError("Cette réponse n’existe plus.")
        sentence = f"{clause}, comme si tout le monde répondait {quote_text(given.label)}."
        for content in contents_as_if_answered(draft, question, choice):
            yield Edit(content, LeavesOutQuestion(question, choice), sentence)

    return propose_edits


def remove_question_and_go_on(question: str) -> Act:
    """Removes a question with its advice. Visitors go on as they do now, whatever they answer."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        sentence = f"{_removal_with_advice(guide, question)} la suite."
        choices = [*guide.question[question].choice]
        yield from _edits_as_if(draft, question, choices, sentence)
        for content in contents_as_if_answered(draft, question, OTHER_CHOICE, loses_advice=True):
            yield Edit(content, ChangesOnlyPathsWith(question), sentence)

    return propose_edits


def remove_question_and_lead(question: str, destination: Destination) -> Act:
    """Removes a question with its advice. Visitors go on to another question or to conclusions.

    Where that is what some of its choices lead to, they go on as if they gave one of these choices.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        sentence = (
            f"{_removal_with_advice(guide, question)} {destination_words(guide, destination)}."
        )
        if destination.question == question:
            raise RefusedActError("Les visiteurs ne peuvent pas passer à la question supprimée.")
        arrows = [
            arrow
            for arrow, _, case in guide_arrows(guide, draft.parcours)
            if case.destination.question == question
        ]
        if not arrows:
            yield from remove_question(question)(draft)
            return
        leading = choices_by_place(draft, question).get(frozenset([destination]), ())
        yield from _edits_as_if(draft, question, leading, sentence)
        if leading:
            promise = LeadsTo(tuple(arrows), destination)
            for content in contents_as_if_answered(
                draft, question, OTHER_CHOICE, loses_advice=True
            ):
                yield Edit(content, promise, sentence)
        for edit in lead_arrows(arrows, destination)(draft):
            content = without_advice_on(edit.content, question)
            content = content_without_question(content, question)
            yield Edit(content, edit.promise, sentence)

    return propose_edits


def choices_by_place(
    draft: MappedDraft, question: str
) -> Mapping[frozenset[Destination], Sequence[str]]:
    """Returns the choices of a question that visitors come to, by the places that they lead to."""
    found = dict[frozenset[Destination], list[str]]()
    for line in (line for stop in draft.parcours.stops for line in stop.lines):
        if line.question == question:
            places = frozenset(case.destination for case in line.cases)
            found.setdefault(places, []).append(line.choice)
    return found


def gives_advice(guide: GuideContent, question: str) -> bool:
    """True if some advice is given because of an answer to a question."""
    return without_advice_on(guide, question) != guide


def _edits_as_if(
    draft: MappedDraft, question: str, choices: Sequence[str], sentence: str
) -> Iterator[Edit]:
    """Yields edits as if all visitors gave one of some choices, without the advice of the question.

    They promise that no answer made a difference but for this advice or, if there is a single choice,
    that whoever gave it goes on as before.
    """
    loses_advice = gives_advice(draft.guide, question)
    contents = [
        content
        for choice in choices[:1]
        for content in contents_as_if_answered(draft, question, choice, loses_advice=True)
    ]
    for promised in [NO_CHOICE, *choices] if len(choices) == 1 else [NO_CHOICE]:
        promise = LeavesOutQuestion(question, promised, loses_advice)
        yield from (Edit(content, promise, sentence) for content in contents)


def content_without_question(guide: GuideContent, question: str) -> GuideContent:
    """Returns a guide without a question, whose rules are as if nobody had answered it."""
    return leave_out_question(guide, question, decide_rules(guide, question, NO_CHOICE))


def _removal_clause(guide: GuideContent, question: str) -> str:
    """Returns « La question « … » est supprimée ». Raises `RefusedActError` if there is none."""
    if question not in guide.question:
        raise RefusedActError("Cette question n’existe plus.")
    return f"La question {quoted_question(guide, question)} est supprimée"


def _removal_with_advice(guide: GuideContent, question: str) -> str:
    """Returns « La question « … » est supprimée, avec ses conseils ; les visiteurs passent à »."""
    clause = _removal_clause(guide, question)
    advice = ", avec ses conseils" if gives_advice(guide, question) else ""
    return f"{clause}{advice}\u00a0; les visiteurs passent à"
