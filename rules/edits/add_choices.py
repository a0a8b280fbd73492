"""Acts that add choices to a question, and put its choices in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.document.keys import unused_key
from rules.document.labels import label_refusals
from rules.document.limits import CHOICE_LIMIT
from rules.edits.choice_conditions import check_choices, quoted_choices
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.lead import NewDestination
from rules.edits.promises import ChangesNothing, ChangesOnlyPathsWith
from rules.engine.content import ChoiceContent, ConditionContent, GuideContent, QuestionContent
from rules.sentences import quoted_question


@dataclass(frozen=True, slots=True)
class NewChoice:
    """A choice that a question does not have yet, and where it leads: nowhere unless a field says so."""

    label: str
    like: str = ""
    """The key of a choice of the question: the new one is added wherever rules name it."""
    destination: NewDestination | None = None


def add_choices(question: str, choices: Sequence[NewChoice]) -> Act:
    """Adds choices after those that a question has.

    What leads somewhere without naming a choice, such as a rule about any answer, leads the new ones
    there too, unless they have a destination.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        check_choices(draft.guide, question, [new.like for new in choices if new.like])
        guide = draft.guide
        added: dict[str, NewChoice] = {}
        for new in choices:
            guide, key = add_choice(guide, question, new)
            added[key] = new
        check_labels(guide.question[question])
        labels, verb = quoted_choices(guide, question, [*added]), "est ajoutée"
        if len(added) > 1:
            verb = "sont ajoutées"
        sentence = f"{labels} {verb} aux réponses de {quoted_question(guide, question)}."
        yield Edit(guide, ChangesOnlyPathsWith(question, tuple(added)), sentence)

    return propose_edits


def order_choices(question: str, choices: Sequence[str]) -> Act:
    """Puts the choices of a question in an order, given by their keys."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        check_choices(draft.guide, question, choices)
        asked = draft.guide.question[question]
        if sorted(choices) != sorted(asked.choice):
            raise RefusedActError(
                "Cette question a changé entre-temps\u00a0: relisez ses réponses."
            )
        ordered = replace(asked, choices=tuple(map(asked.find_choice, choices)))
        sentence = f"Les réponses de {quoted_question(draft.guide, question)} changent d’ordre."
        yield Edit(replace_question(draft.guide, ordered), ChangesNothing(), sentence)

    return propose_edits


def add_choice(guide: GuideContent, question: str, new: NewChoice) -> tuple[GuideContent, str]:
    """Returns a guide with a new choice, and the key of the choice."""
    asked = guide.question[question]
    key = unused_key(new.label, taken=asked.choice, fallback="reponse")
    longer = replace(asked, choices=(*asked.choices, ChoiceContent(key, new.label)))
    guide = replace_question(guide, longer)
    if not new.like:
        return guide, key

    def add_to_condition(condition: ConditionContent) -> ConditionContent:
        if condition.question != question or new.like not in condition.choices:
            return condition
        return replace(condition, choices=(*condition.choices, key))

    rules = (replace(rule, when=tuple(map(add_to_condition, rule.when))) for rule in guide.rules)
    return replace(guide, rules=tuple(rules)), key


def replace_question(guide: GuideContent, question: QuestionContent) -> GuideContent:
    """Returns a guide with a changed question in the place of that with the same key."""
    questions = (question if each.key == question.key else each for each in guide.questions)
    return replace(guide, questions=tuple(questions))


def check_labels(question: QuestionContent) -> None:
    """Raises `RefusedActError` if two choices read the same, or if there are too many."""
    if (count := len(question.choices)) > CHOICE_LIMIT.maximum:
        refusal = CHOICE_LIMIT.refusal_sentence(count, "aurait")
        raise RefusedActError(refusal[0].upper() + refusal[1:])
    spellings = [(choice.label, choice.aliases) for choice in question.choices]
    for _, refusal in label_refusals(spellings):
        raise RefusedActError(refusal[0].upper() + refusal[1:])
