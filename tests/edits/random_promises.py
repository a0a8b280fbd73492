"""Random promises about two contents of a guide: most of them nearly kept, so that many are."""

import random
from collections.abc import Iterator

from rules.edits.arrows import Arrow
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
)
from rules.parcours.stops import Destination
from rules.proof.findings import FindingKind
from tests.edits.brute_promises import BrutePromises


def random_promises(pair: BrutePromises, chance: random.Random) -> Iterator[Promise]:
    """Yields random promises of every kind."""
    older, newer = pair.older, pair.newer
    outcomes = [*older.outcome, *newer.outcome] or [""]
    yield ChangesNothing()
    for question in {**older.question, **newer.question}:
        yield LeavesOutQuestion(question)
        yield LeavesOutQuestion(question, loses_advice=True)
        yield ChangesOnlyPathsWith(question)
        part = older.question.get(question) or newer.question[question]
        if part.choice:
            choice = chance.choice([*part.choice])
            yield LeavesOutQuestion(question, choice, chance.random() < 0.5)
        choices = tuple(choice for choice in part.choice if chance.random() < 0.5)
        yield ChangesOnlyPathsWith(question, choices)
        like_choices = [
            *part.choice,
            *(newer.question[question].choice if question in newer.question else ()),
        ]
        if like_choices:
            yield BehavesAs(
                question, ((chance.choice(like_choices), chance.choice(like_choices)),), choices
            )
        outcome = chance.choice(outcomes)
        yield ChangesOnlyAdvice(outcome, question, choices, chance.random() < 0.5)
        yield AsksOnTheWay(_random_arrows(pair, chance), question)
        yield AsksOnTheWay(_arrows_asking(pair, question), question)
    for outcome in outcomes:
        yield ChangesOnlyPathsTo(outcome)
        yield ReplacesOutcome(outcome, chance.choice(outcomes))
    yield from _random_leads(pair, chance)
    for finding in chance.sample(pair.brute.findings, min(2, len(pair.brute.findings))):
        yield RemovesFault(finding.place, finding.kind)
        yield RemovesFault(finding.place, finding.kind, keys=finding.keys)
    if older.questions:
        yield RemovesFault(("questions", 0), FindingKind.STUCK, (older.questions[0].key, "a"))


def _random_arrows(pair: BrutePromises, chance: random.Random) -> tuple[Arrow, ...]:
    paths = chance.choices([*pair.brute.states], k=chance.randint(1, 3))
    return tuple(map(pair.arrow_after, paths))


def _arrows_asking(pair: BrutePromises, question: str) -> tuple[Arrow, ...]:
    """Returns the arrows on which only the newer content asks a question."""
    return tuple(
        {
            pair.arrow_after(path): None
            for path, state in pair.brute.states.items()
            if state.question != question and pair.follow_path(dict(path)).question == question
        }
    )


def _random_leads(pair: BrutePromises, chance: random.Random) -> Iterator[LeadsTo]:
    """Yields promises that some arrows lead where the newer content leads after one of their paths."""
    changed = [
        path
        for path, state in pair.brute.states.items()
        if pair.follow_path(dict(path)).question != (state.question or "")
    ]
    for path in chance.choices(changed or [*pair.brute.states], k=3):
        trace = pair.follow_path(dict(path))
        destination = Destination(trace.question, trace.outcomes)
        same = [
            other
            for other in changed
            if pair.follow_path(dict(other))[1:3] == (trace.question, trace.outcomes)
        ]
        yield LeadsTo((pair.arrow_after(path),), destination)
        yield LeadsTo(tuple({pair.arrow_after(other): None for other in same}), destination)
        yield LeadsTo((pair.arrow_after(path), *_random_arrows(pair, chance)), destination)
