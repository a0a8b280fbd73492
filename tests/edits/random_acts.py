"""Every act at every place of a draft, each with what it must promise."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from rules.edits.acts.add_choices import NewChoice, add_choices, order_choices, set_choices
from rules.edits.acts.advice import NewAdvice, give_advice, withdraw_advice
from rules.edits.acts.example_acts import (
    answer_in_examples,
    create_example,
    expect_current_outcomes,
    leave_out_unasked_answers,
)
from rules.edits.acts.insert import insert_question
from rules.edits.acts.lead import NewDestination, lead_arrows
from rules.edits.acts.mends import find_mend
from rules.edits.acts.missing_examples import create_missing_examples
from rules.edits.acts.new_parts import NewConclusion, NewQuestion
from rules.edits.acts.order import Side, place_rule
from rules.edits.acts.part_removals import (
    remove_choice,
    remove_example,
    remove_outcome,
    remove_rule,
    replace_choice,
    replace_outcome,
)
from rules.edits.acts.question_order import place_question
from rules.edits.acts.question_removal import (
    remove_question,
    remove_question_and_go_on,
    remove_question_and_lead,
    remove_question_as_if,
)
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.edit import Act, MappedDraft
from rules.edits.promises import (
    AsksOnTheWay,
    BehavesAs,
    ChangesNothing,
    ChangesOnlyAdvice,
    ChangesOnlyPathsTo,
    ChangesOnlyPathsWith,
    LeadsTo,
    LeavesOutQuestion,
    Promise,
    RemovesFault,
    ReplacesOutcome,
    ShowsChanges,
)
from rules.engine.content import QuestionContent
from rules.parcours.stops import Destination
from rules.proof.findings import Finding

NEW_QUESTION = NewQuestion("Nouvelle question", ("Oui", "Non"))
NEW_CONCLUSION = NewConclusion("Nouvelle conclusion")
NEW_KEYS = ("nouvelle-question", "nouvelle-conclusion")
NEW_CHOICE, NEW_CHOICE_KEY = "Autre", "autre"
NEW_ADVICE, NEW_ADVICE_KEY = NewAdvice("Nouveau conseil"), "nouveau-conseil"


class PlacedAct(NamedTuple):
    """An act at one place of a draft, and the promises that it may make: values, or their type."""

    name: str
    act: Act
    promises: tuple[Promise | type[Promise], ...]

    def may_promise(self, promise: Promise) -> bool:
        return promise in self.promises or type(promise) in self.promises


def all_acts(
    draft: MappedDraft, findings: tuple[Finding, ...], chance: random.Random
) -> Iterator[PlacedAct]:
    """Yields every act at every place of a draft. Where an act can lead to many places, some are drawn."""
    yield from acts_on_arrows(draft, chance)
    for question in draft.guide.questions:
        yield from acts_on_question(draft, question, chance)
        yield from acts_on_choices(draft, question, chance)
    yield from acts_on_outcomes(draft, chance)
    yield from acts_on_rules(draft, chance)
    yield from acts_on_examples(draft, chance)
    for finding in findings:
        if mend := find_mend(draft.guide, finding):
            promise = RemovesFault(finding.place, finding.kind.value, keys=finding.keys)
            yield PlacedAct(f"mend {finding.kind}", mend.act, (promise,))


def acts_on_arrows(draft: MappedDraft, chance: random.Random) -> Iterator[PlacedAct]:
    arrows = [arrow for arrow, _, _ in guide_arrows(draft.guide, draft.parcours)]
    places = random_places(draft, chance)
    for arrow in arrows:
        for place in places:
            yield lead_act("lead to", [arrow], place)
        for inserted in random_questions(draft, chance):
            yield insert_act("insert", [arrow], inserted)
    for _ in arrows:
        some = chance.sample(arrows, min(len(arrows), chance.choice([2, 2, 3, 4])))
        yield lead_act("lead several to", some, chance.choice(places))
        yield insert_act("insert on several", some, chance.choice(random_questions(draft, chance)))
    for question in draft.guide.questions:
        line = [arrow for arrow in arrows if arrow.question == question.key]
        if line:
            yield lead_act("lead question to", line, chance.choice(places))
            yield insert_act(
                "insert after question", line, chance.choice(random_questions(draft, chance))
            )


def lead_act(name: str, arrows: list[Arrow], place: NewDestination) -> PlacedAct:
    match place:
        case NewQuestion():
            kind, destination = "new question", Destination(NEW_KEYS[0])
        case NewConclusion():
            kind, destination = "new conclusion", Destination(outcomes=(NEW_KEYS[1],))
        case Destination():
            kind, destination = "question" if place.question else "conclusion", place
    promise = LeadsTo(tuple(arrows), destination)
    return PlacedAct(f"{name} {kind}", lead_arrows(arrows, place), (promise,))


def insert_act(name: str, arrows: list[Arrow], question: str | NewQuestion) -> PlacedAct:
    kind, key = ("existing", question) if isinstance(question, str) else ("new", NEW_KEYS[0])
    promise = AsksOnTheWay(tuple(arrows), key)
    answer = "" if isinstance(question, str) else NEW_QUESTION.choices[0]
    act = insert_question(arrows, question, answer_in_examples=answer)
    return PlacedAct(f"{name} {kind}", act, (promise,))


def random_places(draft: MappedDraft, chance: random.Random) -> list[NewDestination]:
    """Returns places to which an arrow can lead: one of each kind."""
    places: list[NewDestination] = [NEW_QUESTION, NEW_CONCLUSION]
    if draft.guide.questions:
        places.append(Destination(chance.choice(draft.guide.questions).key))
    conclusions = [outcome.key for outcome in draft.guide.outcomes if outcome.final]
    if conclusions:
        places.append(Destination(outcomes=(chance.choice(conclusions),)))
    if len(conclusions) > 1 and chance.random() < 0.2:
        places.append(Destination(outcomes=tuple(chance.sample(conclusions, 2))))
    return places


def random_questions(draft: MappedDraft, chance: random.Random) -> list[str | NewQuestion]:
    questions = [question.key for question in draft.guide.questions]
    return [NEW_QUESTION, *chance.sample(questions, min(1, len(questions)))]


def acts_on_question(
    draft: MappedDraft, question: QuestionContent, chance: random.Random
) -> Iterator[PlacedAct]:
    key = question.key
    removals = (LeavesOutQuestion(key), ChangesOnlyPathsWith(key))
    yield PlacedAct("remove question", remove_question(key), removals)
    for choice in question.choice:
        act = remove_question_as_if(key, choice)
        yield PlacedAct("remove question as if", act, (LeavesOutQuestion(key, choice),))
    arrows = [
        arrow
        for arrow, _, case in guide_arrows(draft.guide, draft.parcours)
        if case.destination.question == key
    ]
    for place in random_places(draft, chance):
        if isinstance(place, Destination) and place.question != key:
            yield PlacedAct(
                "remove question and lead",
                remove_question_and_lead(key, place),
                (LeadsTo(tuple(arrows), place), LeavesOutQuestion) if arrows else removals,
            )
    yield PlacedAct(
        "remove question and go on",
        remove_question_and_go_on(key),
        (LeavesOutQuestion, ChangesOnlyPathsWith(key)),
    )
    for other in draft.guide.questions:
        if other is not question:
            act = place_question(key, chance.choice(list(Side)), other.key)
            yield PlacedAct("place question", act, (AsksOnTheWay, ShowsChanges))


def acts_on_choices(
    draft: MappedDraft, question: QuestionContent, chance: random.Random
) -> Iterator[PlacedAct]:
    key, choices = question.key, [*question.choice]
    only_new = (ChangesOnlyPathsWith(key, (NEW_CHOICE_KEY,)),)
    yield PlacedAct("add choice", add_choices(key, [NewChoice(NEW_CHOICE)]), only_new)
    for place in random_places(draft, chance):
        new = NewChoice(NEW_CHOICE, destination=place)
        yield PlacedAct("add choice leading to", add_choices(key, [new]), only_new)
    for choice in chance.sample(choices, min(1, len(choices))):
        led = {choice: chance.choice(random_places(draft, chance))}
        only_led = (ChangesOnlyPathsWith(key, (choice,)),)
        yield PlacedAct("lead choice in rows", set_choices(key, choices, led), only_led)
    yield PlacedAct(
        "order choices", order_choices(key, chance.sample(choices, len(choices))), (ChangesNothing,)
    )
    for choice in choices:
        only = ChangesOnlyPathsWith(key, (choice,))
        new = NewChoice(NEW_CHOICE, choice)
        like = (BehavesAs(key, ((NEW_CHOICE_KEY, choice),)),)
        yield PlacedAct("add choice like", add_choices(key, [new]), like)
        yield PlacedAct("remove choice", remove_choice(key, choice), (only,))
        for other in chance.sample([one for one in choices if one != choice], len(choices) > 1):
            both = ChangesOnlyPathsWith(key, (choice, other))
            yield PlacedAct("replace choice", replace_choice(key, choice, other), (only, both))
        some = list(dict.fromkeys([choice, *chance.sample(choices, 1)]))
        for advice in draft.guide.outcomes:
            if not advice.final:
                act = give_advice(advice.key, key, some)
                given = ChangesOnlyAdvice(advice.key, key, tuple(some), is_given=True)
                yield PlacedAct("give advice", act, (given,))
        act = give_advice(NEW_ADVICE, key, some)
        given = ChangesOnlyAdvice(NEW_ADVICE_KEY, key, tuple(some), is_given=True)
        yield PlacedAct("give new advice", act, (given,))
    for line in (line for stop in draft.parcours.stops for line in stop.lines):
        for one in line.advice if line.question == key else ():
            act = withdraw_advice(draft.guide.rules[one.rule].key, key, [line.choice])
            promise = ChangesOnlyAdvice(one.outcome, key, (line.choice,), is_given=False)
            yield PlacedAct("withdraw advice", act, (promise,))


def acts_on_outcomes(draft: MappedDraft, chance: random.Random) -> Iterator[PlacedAct]:
    for outcome in draft.guide.outcomes:
        act = remove_outcome(outcome.key)
        yield PlacedAct("remove outcome", act, (ChangesOnlyPathsTo(outcome.key),))
        same = [
            other.key
            for other in draft.guide.outcomes
            if other.final is outcome.final and other is not outcome
        ]
        for replacement in chance.sample(same, min(1, len(same))):
            act = replace_outcome(outcome.key, replacement)
            promise = ReplacesOutcome(outcome.key, replacement)
            yield PlacedAct("replace outcome", act, (promise,))


def acts_on_rules(draft: MappedDraft, chance: random.Random) -> Iterator[PlacedAct]:
    for rule in draft.guide.rules:
        other = chance.choice(draft.guide.rules)
        act = place_rule(rule.key, chance.choice(list(Side)), other.key)
        if other is not rule:
            yield PlacedAct("place rule", act, (ChangesNothing, ShowsChanges))
        yield PlacedAct("remove rule", remove_rule(rule.key), (ShowsChanges,))


def acts_on_examples(draft: MappedDraft, chance: random.Random) -> Iterator[PlacedAct]:
    nothing, examples = (ChangesNothing,), draft.guide.examples
    names = [example.name for example in examples]
    yield PlacedAct("create missing examples", create_missing_examples(), nothing)
    for case in (
        case for stop in draft.parcours.stops for line in stop.lines for case in line.cases
    ):
        if case.destination.outcomes and chance.random() < 0.3:
            yield PlacedAct("create example", create_example(dict(case.answers)), nothing)
    if not names:
        return
    yield PlacedAct("expect current outcomes", expect_current_outcomes(names), nothing)
    yield PlacedAct("leave out unasked answers", leave_out_unasked_answers(names), nothing)
    yield PlacedAct("remove example", remove_example(chance.choice(examples)), nothing)
    for question in draft.guide.questions:
        for choice in chance.sample([*question.choice], min(1, len(question.choices))):
            act = answer_in_examples(question.key, choice, names)
            yield PlacedAct("answer in examples", act, nothing)
