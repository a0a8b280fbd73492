"""Acts on the choices of a question: they are added, put in order, and led somewhere, all at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.document.keys import unused_key
from rules.document.labels import label_refusals
from rules.document.limits import CHOICE_LIMIT
from rules.edits.acts.act_series import DoneAct, do_act, map_draft
from rules.edits.acts.lead import NewDestination, lead_arrows
from rules.edits.acts.like_choices import add_like_rules, compared_questions, drop_idle_rules
from rules.edits.arrows import guide_arrows
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import BehavesAs, ChangesNothing, ChangesOnlyPathsWith, Promise
from rules.edits.rewriting.choice_conditions import (
    QUESTION_HAS_CHANGED,
    check_choices,
    quoted_choices,
)
from rules.engine.content import ChoiceContent, GuideContent, QuestionContent
from rules.proof.bounds import BoundKind
from rules.sentences import quoted_outcome, quoted_question


@dataclass(frozen=True, slots=True)
class NewChoice:
    """A choice that a question does not have yet, and where it leads: nowhere unless a field says so."""

    label: str
    like: str = ""
    """The key of a choice of the question: whoever gives the new one goes the same ways."""
    destination: NewDestination | None = None


def add_choices(question: str, choices: Sequence[NewChoice]) -> Act:
    """Adds choices after those that a question has."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        check_choices(draft.guide, question, ())
        yield from set_choices(question, [*draft.guide.question[question].choice, *choices])(draft)

    return propose_edits


def order_choices(question: str, choices: Sequence[str]) -> Act:
    """Puts the choices of a question in an order, given by their keys."""
    return set_choices(question, choices)


def set_choices(
    question: str,
    rows: Sequence[str | NewChoice],
    destinations: Mapping[str, NewDestination] | None = None,
) -> Act:
    """Gives a question its choices in their order: all those that it has, by their keys, and new ones.

    `destinations` says where choices that it has lead from now on, in all cases. What leads somewhere
    without naming a choice, such as a rule about any answer, leads the new ones there too, unless they
    have a destination.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide, keys = add_rows(draft.guide, question, rows)
        guide = drop_idle_rules(draft.guide, guide)
        led = dict(destinations or {})
        check_choices(guide, question, [*led])
        new = {key: row for key, row in zip(keys, rows, strict=True) if isinstance(row, NewChoice)}
        led |= {key: row.destination for key, row in new.items() if row.destination}
        like = {key: row.like for key, row in new.items()}
        sentences = [*rows_sentence(draft.guide, guide, question, like)]
        stopped_by: BoundKind | None = None
        if led:
            for done in lead_choices(map_draft(guide, draft.effort), question, led):
                guide = done.draft.guide
                sentences.append(done.sentence)
                stopped_by = stopped_by or done.stopped_by
            guide = reverse_new_questions(draft.guide, guide)
        if guide == draft.guide:
            raise RefusedActError("Rien n’a changé\u00a0: il n’y a rien à enregistrer.")
        sentences += new_parts_sentence(draft.guide, guide)
        changed = tuple(dict.fromkeys([*new, *led]))
        promise = promise_of_rows(question, like, changed)
        yield Edit(guide, promise, " ".join(sentences), stopped_by)

    return propose_edits


def reverse_new_questions(before: GuideContent, guide: GuideContent) -> GuideContent:
    """Puts new questions in the order in which they were typed: each was added just after the same one."""
    typed = reversed([one for one in guide.questions if one.key not in before.question])
    questions = (one if one.key in before.question else next(typed) for one in guide.questions)
    return replace(guide, questions=tuple(questions))


def promise_of_rows(question: str, like: Mapping[str, str], changed: Sequence[str]) -> Promise:
    """Returns what is promised when some choices are new or led elsewhere, and some are like others."""
    like_choices = tuple((key, other) for key, other in like.items() if other)
    others = tuple(key for key in changed if not like.get(key))
    if like_choices:
        return BehavesAs(question, like_choices, others)
    return ChangesOnlyPathsWith(question, others) if others else ChangesNothing()


def add_rows(
    guide: GuideContent, question: str, rows: Sequence[str | NewChoice]
) -> tuple[GuideContent, list[str]]:
    """Returns a guide whose question has these choices, and their keys.

    Raises `RefusedActError` if they are not all choices that the question has, or read the same.
    """
    check_choices(guide, question, [row for row in rows if isinstance(row, str)])
    keys = list[str]()
    for row in rows:
        if isinstance(row, NewChoice):
            guide, key = add_choice(guide, question, row)
            keys.append(key)
        else:
            keys.append(row)
    after = guide.question[question]
    if sorted(keys) != sorted(after.choice):
        raise RefusedActError(QUESTION_HAS_CHANGED)
    check_labels(after)
    ordered = replace(after, choices=tuple(map(after.find_choice, keys)))
    return replace_question(guide, ordered), keys


def add_choice(guide: GuideContent, question: str, new: NewChoice) -> tuple[GuideContent, str]:
    """Returns a guide with a new choice, and the key of the choice."""
    asked = guide.question[question]
    taken = {*asked.choice}
    if new.like:
        check_choices(guide, question, [new.like])
        for other in compared_questions(guide, question):
            taken |= guide.question[other].choice.keys()
    key = unused_key(new.label, taken=taken, fallback="reponse")
    longer = replace(asked, choices=(*asked.choices, ChoiceContent(key, new.label)))
    guide = replace_question(guide, longer)
    return add_like_rules(guide, question, key, new.like) if new.like else guide, key


def replace_question(guide: GuideContent, question: QuestionContent) -> GuideContent:
    """Returns a guide with a changed question in the place of that with the same key."""
    questions = (question if each.key == question.key else each for each in guide.questions)
    return replace(guide, questions=tuple(questions))


def check_labels(question: QuestionContent) -> None:
    """Raises `RefusedActError` if two choices read the same, or if there are too many."""
    refusals = [
        refusal
        for _, refusal in label_refusals([(each.label, each.aliases) for each in question.choices])
    ]
    if (count := len(question.choices)) > CHOICE_LIMIT.maximum:
        refusals = [CHOICE_LIMIT.refusal_sentence(count, "aurait")]
    if refusals:
        raise RefusedActError(refusals[0][0].upper() + refusals[0][1:])


def rows_sentence(
    before: GuideContent, after: GuideContent, question: str, like: Mapping[str, str]
) -> Iterator[str]:
    """Yields sentences about the choices that are new or, if none are, about their new order.

    `like` has the keys of the new choices, each with that of the choice that it is like, if any.
    """
    name = quoted_question(before, question)
    for other in dict.fromkeys(like.values()):
        new = [key for key in like if like[key] == other]
        verb = "sont ajoutées" if len(new) > 1 else "est ajoutée"
        as_other = f", comme {quoted_choices(before, question, [other])}" if other else ""
        yield f"{quoted_choices(after, question, new)} {verb} aux réponses de {name}{as_other}."
    if "" in like.values():
        yield from comparing_rules_sentence(after, question)
    if not like and before != after:
        yield f"Les réponses de {name} changent d’ordre."


def comparing_rules_sentence(guide: GuideContent, question: str) -> Iterator[str]:
    """Yields a sentence about the rules that compare a question with another one, if there are any.

    A new choice counts there as different from all choices of the other question that lack its key.
    """
    numbers = [
        str(number)
        for number, rule in enumerate(guide.rules, 1)
        if any(condition.other and question in condition.questions for condition in rule.when)
    ]
    if numbers:
        *first, last = numbers
        named = f"les règles {', '.join(first)} et {last}" if first else f"la règle {last}"
        verb = "comparent" if first else "compare"
        yield f"Voyez aussi {named}, qui {verb} cette question à une autre."


def new_parts_sentence(before: GuideContent, after: GuideContent) -> Iterator[str]:
    """Yields a sentence about what an act has created, if anything: a slip of the pen creates it too."""
    created = [quoted_question(after, key) for key in after.question if key not in before.question]
    created += [quoted_outcome(after, key) for key in after.outcome if key not in before.outcome]
    if created:
        yield f"Nouveau dans le guide\u00a0: {', '.join(created)}."


def lead_choices(
    draft: MappedDraft, question: str, destinations: Mapping[str, NewDestination]
) -> Iterator[DoneAct]:
    """Leads choices, in all cases, to their destinations. Yields what is done for each destination.

    Raises `RefusedActError` if visitors do not come to the question, or as `lead_arrows` does.
    """
    for destination in dict.fromkeys(destinations.values()):
        cases = [
            (arrow, case)
            for arrow, line, case in guide_arrows(draft.guide, draft.parcours)
            if line.question == question and destinations.get(line.choice) == destination
        ]
        if not cases:
            raise RefusedActError(
                f"Aucun visiteur ne vient à {quoted_question(draft.guide, question)}\u00a0: menez-y "
                "d’abord une réponse d’une autre question."
            )
        if arrows := [arrow for arrow, case in cases if case.destination != destination]:
            done = do_act(draft, lead_arrows(arrows, destination))
            draft = done.draft
            yield done
