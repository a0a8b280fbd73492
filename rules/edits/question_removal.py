"""Acts that remove a question, with the rules, the conditions and the answers that depend on it."""

from collections.abc import Iterator

from rules.edits.answered_for_all import contents_as_if_answered
from rules.edits.arrows import guide_arrows
from rules.edits.decided_rules import NO_CHOICE, decide_rules, leave_out_question
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.lead import lead_arrows
from rules.edits.promises import ChangesOnlyPathsWith, LeavesOutQuestion
from rules.engine.content import GuideContent
from rules.parcours.stops import Destination
from rules.sentences import quote_text, quoted_outcome, quoted_question


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


def remove_question_and_lead(question: str, destination: Destination) -> Act:
    """Removes a question, and leads its arrows to another question or to conclusions."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        clause = _removal_clause(guide, question)
        if destination.question == question:
            raise RefusedActError("Les flèches ne peuvent pas mener à la question supprimée.")
        arrows = [
            arrow
            for arrow, _, case in guide_arrows(guide, draft.parcours)
            if case.destination.question == question
        ]
        if not arrows:
            yield from remove_question(question)(draft)
            return
        names = (
            [quoted_question(guide, destination.question)]
            if destination.question
            else [quoted_outcome(guide, key) for key in destination.outcomes]
        )
        sentence = f"{clause}\u00a0; ce qui y menait mène à {' et '.join(names)}."
        for edit in lead_arrows(arrows, destination)(draft):
            content = content_without_question(edit.content, question)
            yield Edit(content, edit.promise, sentence)

    return propose_edits


def content_without_question(guide: GuideContent, question: str) -> GuideContent:
    """Returns a guide without a question, whose rules are as if nobody had answered it."""
    return leave_out_question(guide, question, decide_rules(guide, question, NO_CHOICE))


def _removal_clause(guide: GuideContent, question: str) -> str:
    """Returns « La question « … » est supprimée ». Raises `RefusedActError` if there is none."""
    if question not in guide.question:
        raise RefusedActError("Cette question n’existe plus.")
    return f"La question {quoted_question(guide, question)} est supprimée"
