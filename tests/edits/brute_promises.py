"""The reference meaning of promises: all paths of the older content are given to the newer content.

Each path is followed with the oracle, one by one, without merging states. This is slow, but simple.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from rules.edits.arrows import Arrow
from rules.edits.promises import (
    AsksOnTheWay,
    BehavesAs,
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
from rules.engine.content import Answers, Effect, GuideContent, Match, Operator, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.oracle import fired_positions
from rules.engine.resolve import Fire, known_answers, resolve
from rules.engine.state import State
from rules.parcours.stops import Destination
from rules.proof.findings import LEVELS, FindingKind, Level, Place
from rules.proof.walk import Path
from tests.parcours.brute_steps import BruteSteps


class Trace(NamedTuple):
    """What visitors meet: their answers, the question that they cannot answer, and what they get."""

    path: Path
    question: str
    outcomes: tuple[str, ...]
    advice: tuple[str, ...]


class KnownSteps(BruteSteps):
    """All steps of all paths of a guide. What fires for a path is found only once."""

    @cached_property
    def fire(self) -> Fire:
        found: dict[Path, tuple[int, ...]] = {}

        def fire_rules(answers: Answers) -> tuple[int, ...]:
            path = tuple(answers.items())
            if path not in found:
                found[path] = fired_positions(self.guide.rules, answers)
            return found[path]

        return fire_rules

    def resolve_path(self, path: Path) -> State:
        return resolve(self.guide, dict(path), self.fire)


class BrutePromises:
    """The older and the newer content of an edit, with all paths of the older content."""

    def __init__(self, brute: KnownSteps, newer: GuideContent) -> None:
        self.brute = brute
        self.older = brute.guide
        self.newer = newer
        self._newer = KnownSteps(newer)

    def is_true(self, promise: Promise) -> bool:
        """True if all paths are as a promise says."""
        match promise:
            case ShowsChanges():
                return True
            case RemovesFault():
                return self._removes_fault(promise)
        return next(self.find_broken_paths(promise, self.brute.paths), None) is None

    def find_broken_paths(self, promise: Promise, paths: Iterable[Path]) -> Iterator[Path]:
        """Yields the paths that are not as a promise about paths says."""
        for path in paths:
            if not self._is_as_promised(promise, path):
                yield path

    def _is_as_promised(self, promise: Promise, path: Path) -> bool:
        before, after = trace_of_state(self.brute.states[path]), self.follow_path(dict(path))
        match promise:
            case LeadsTo():
                return self._leads_to(promise, path)
            case AsksOnTheWay():
                return self._asks_on_the_way(promise, path)
            case ChangesOnlyAdvice():
                return changes_only_advice(promise, before, after)
            case LeavesOutQuestion():
                if promise.loses_advice:
                    before = self._lose_advice(promise.question, before)
                return leaves_out_question(promise, before, after)
            case ReplacesOutcome():
                return after == with_outcome_replaced(promise, before)
            case ChangesOnlyPathsWith(question, choices):
                asked = {*path, *((key, "") for key in (*dict(path), before.question))}
                is_free = any((question, choice) in asked for choice in choices or ("",))
                return is_free or after == before
            case BehavesAs():
                return self._behaves_as(promise, before, after)
            case ChangesOnlyPathsTo(outcome):
                return after == before or outcome in (*before.outcomes, *before.advice)
        return after == before

    def _behaves_as(self, promise: BehavesAs, before: Trace, after: Trace) -> bool:
        answers, question = dict(before.path), promise.question
        for new, like in promise.like_choices:
            if answers.get(question) == like:
                given = {**answers, question: new}
                if self.follow_path(given) != before._replace(path=tuple(given.items())):
                    return False
        return answers.get(question) in promise.changed or after == before

    def _lose_advice(self, question: str, trace: Trace) -> Trace:
        """Returns a trace with only the advice that some rule gives whatever the question's answer is."""
        given = [
            (rule.target, self._holds_without(question, rule, dict(trace.path)))
            for rule in self.older.rules
            if rule.effect is Effect.ADVISE
        ]
        targets = [target for target, holds in given if holds]
        return trace._replace(advice=tuple(dict.fromkeys(targets)))

    def _holds_without(self, question: str, rule: RuleContent, answers: Answers) -> bool:
        """True if a rule holds without its conditions on the answer to a question, none of which hold."""
        if rule.is_left_out:
            return False
        holds = [
            condition_holds(one, answers)
            and (one.operator is Operator.UNANSWERED or question not in one.questions)
            for one in rule.when
        ]
        return all(holds) if rule.match is Match.ALL or not holds else any(holds)

    def _leads_to(self, promise: LeadsTo, path: Path) -> bool:
        for place in self._arrow_places(path, promise.arrows):
            after = self.follow_path(dict(path[:place]))
            reached = Destination(after.question, after.outcomes)
            return (after.path, reached) == (path[:place], promise.destination)
        return self.follow_path(dict(path)) == trace_of_state(self.brute.states[path])

    def _asks_on_the_way(self, promise: AsksOnTheWay, path: Path) -> bool:
        before, question = trace_of_state(self.brute.states[path]), promise.question
        for place in self._arrow_places(path, promise.arrows):
            is_next = (path[place][0] if place < len(path) else before.question) == question
            if question in dict(path[:place]) or is_next:
                continue
            asked_at = self.follow_path(dict(path[:place]))
            if (asked_at.path, asked_at.question) != (path[:place], question):
                return False
            choices = self.newer.question[question].choice
            later = [choice for key, choice in path[place:] if key == question]
            rest = tuple(answer for answer in path[place:] if answer[0] != question)
            return all(
                self.follow_path({**dict(path), question: choice})
                == before._replace(path=(*path[:place], (question, choice), *rest))
                for choice in later or choices
                if choice in choices
            )
        return self.follow_path(dict(path)) == before

    def _arrow_places(self, path: Path, arrows: tuple[Arrow, ...]) -> Iterator[int]:
        """Yields the numbers of answers after which a path takes one of some arrows."""
        for place in range(len(path) + 1):
            if self.arrow_after(path[:place]) in arrows:
                yield place

    def arrow_after(self, path: Path) -> Arrow:
        """Returns the arrow that the last answer of the beginning of a path takes."""
        rules = self.brute.deciding_rules(self.brute.states[path])
        keys = tuple(self.older.rules[position].key for position in rules)
        return Arrow(*(path[-1] if path else ("", "")), keys)

    def follow_path(self, answers: Answers) -> Trace:
        """Returns what visitors of the newer content meet with some answers."""
        known = known_answers(self.newer, answers)
        return trace_of_state(resolve(self.newer, known, self._newer.fire))

    def _removes_fault(self, promise: RemovesFault) -> bool:
        before, after = names_of_findings(self.brute), names_of_findings(self._newer)
        removed = {
            name
            for name in before
            if name[:2] == (promise.kind, name_of_place(self.older, promise.place))
            and promise.answer in (None, name[-1])
            and promise.keys in ((), name[2])
        }
        levels = list(Level)
        least = levels.index(LEVELS[FindingKind(promise.kind)])
        serious = {name for name in after if levels.index(LEVELS[name[0]]) <= least}
        return not (after & removed or serious - before)


def changes_only_advice(promise: ChangesOnlyAdvice, before: Trace, after: Trace) -> bool:
    if not any((promise.question, choice) in before.path for choice in promise.choices):
        return before == after
    others = [
        trace._replace(advice=tuple(one for one in trace.advice if one != promise.outcome))
        for trace in (before, after)
    ]
    return others[0] == others[1] and (promise.outcome in after.advice) >= promise.is_given


def leaves_out_question(promise: LeavesOutQuestion, before: Trace, after: Trace) -> bool:
    if before.question == promise.question:
        return after.path[: len(before.path)] == before.path
    answered = dict(before.path).get(promise.question, promise.choice)
    others = tuple(answer for answer in before.path if answer[0] != promise.question)
    return promise.choice not in ("", answered) or after == before._replace(path=others)


def with_outcome_replaced(promise: ReplacesOutcome, before: Trace) -> Trace:
    outcomes, advice = (
        tuple(
            dict.fromkeys(promise.replacement if one == promise.outcome else one for one in given)
        )
        for given in (before.outcomes, before.advice)
    )
    return before._replace(outcomes=outcomes, advice=advice)


FindingName = tuple[FindingKind, tuple[str, str], tuple[str, ...], object]


def names_of_findings(brute: BruteSteps) -> set[FindingName]:
    """Returns the findings of a guide, named by the keys of their parts."""
    names: set[FindingName] = {
        (finding.kind, name_of_place(brute.guide, finding.place), finding.keys, None)
        for finding in brute.findings
        if finding.kind is not FindingKind.STUCK
    }
    for path, state in brute.states.items():
        if state.question is None and not state.outcomes:
            part = ("questions", path[-1][0]) if path else ("", "")
            names.add((FindingKind.STUCK, part, (), path[-1] if path else None))
    return names


def name_of_place(guide: GuideContent, place: Place) -> tuple[str, str]:
    if not place:
        return "", ""
    kind, position = str(place[0]), int(place[1])
    part = getattr(guide, kind)[position]
    return kind, part.name if kind == "examples" else part.key


def trace_of_state(state: State) -> Trace:
    return Trace(
        state.answers,
        state.question or "",
        tuple(given.outcome for given in state.outcomes),
        tuple(given.outcome for given in state.advice),
    )
