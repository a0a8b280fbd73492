"""The act that adds the missing examples: of what visitors can reach and no example does."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from rules.counts import count_label, format_number
from rules.document.limits import GUIDE_LIMITS
from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.acts.example_acts import make_example
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import ChangesNothing
from rules.engine.content import Answers, Effect, GuideContent
from rules.engine.resolve import resolve
from rules.engine.state import State
from rules.parcours.live_rules import LiveRules, RuleEvaluation, Step, bit_positions
from rules.parcours.shortest_answers import find_shortest_answers
from rules.parcours.stops import Parcours
from rules.proof.bounds import BoundReachedError, Effort, ProofBound
from rules.proof.walk import Path

BOUND = ProofBound(seconds=5)
MAX_STATES = 2_000
"""The most states that are evaluated to find the end of one path."""

UNREACHED = (
    "Le reste de ce que les cas types ne montrent pas est sur des chemins où aucune conclusion n’a été "
    "trouvée\u00a0: terminez-les d’abord."
)

Target = Hashable
"""What a path can reach: the position of a rule, the key of an outcome, or an answer."""


def create_missing_examples() -> Act:
    """Adds examples of what visitors can reach and no example does: rules, outcomes and choices.

    They are few, and expect the conclusions that their answers give now. An editor who presses twice
    gets those for which there was no time before.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        limit = GUIDE_LIMITS["examples"]
        room = limit.maximum - len(draft.guide.examples)
        if room <= 0:
            refusal = limit.refusal_sentence(len(draft.guide.examples) + 1, "aurait")
            raise RefusedActError(f"Aucun cas type n’est créé\u00a0: {refusal}")
        guide = leave_out_unfinished_parts(draft.guide)
        paths = MissingPaths(guide, draft.parcours)
        try:
            states = paths.find_ends()
        except BoundReachedError:
            raise RefusedActError(
                "Trouver les cas types qui manquent à ce guide prend trop de temps."
            ) from None
        if not states:
            raise RefusedActError(
                "Les cas types passent déjà partout où un visiteur peut arriver à une conclusion."
            )
        content = draft.guide
        for state in states[:room]:
            examples = (*content.examples, make_example(content, state))
            content = replace(content, examples=examples)
        created = len(content.examples) - len(draft.guide.examples)
        sentence = f"{count_label(created, 'cas type{s} créé{s}')}."
        if reason := reason_for_rest(paths, has_room=len(states) <= room):
            sentence += f" {reason}"
        yield Edit(content, ChangesNothing(), sentence)

    return propose_edits


class Position(NamedTuple):
    """A point on a path, after some answers."""

    answers: dict[str, str]
    live: tuple[LiveRules, ...]
    """What holds after each answer; first, what holds at the start."""
    step: Step

    def fired_after(self, answers: Answers) -> tuple[int, ...]:
        """Returns the positions of the rules that fire after the first of the answers."""
        return tuple(bit_positions(self.live[len(answers)].holding))


class MissingPaths:
    """Finds paths to conclusions that reach together what no example of a guide does."""

    def __init__(self, guide: GuideContent, parcours: Parcours) -> None:
        self._guide = guide
        self._effort = Effort(BOUND)
        self._evaluation = RuleEvaluation(guide)
        self._distances = find_distances(parcours)
        shortest = find_shortest_answers(parcours)
        self._shortest: dict[Target, Path] = dict(shortest.rules.items())
        self._shortest |= shortest.outcomes.items()
        self._shortest |= shortest.choices.items()
        self._wanted: set[Target] = set()
        """What neither an example nor a path that was found reaches."""
        self._ends: list[Position] = []
        self.is_stopped = False
        """True if the time was over before everything was searched."""

    @property
    def has_unreached(self) -> bool:
        """True if something is reached neither by an example nor by a path to a conclusion."""
        return bool(self._wanted)

    def find_ends(self) -> list[State]:
        """Returns the states at the ends of the paths.

        If the time is over, it returns those found before; without any, it raises
        `BoundReachedError`.
        """
        try:
            self._wanted = self._shortest.keys() - self.targets_of_examples()
            start = self.follow_answers({})
            while self.add_path(start):
                pass
            for target, path in sorted(self._shortest.items(), key=lambda one: -len(one[1])):
                if target in self._wanted and not self.add_path(self.follow_answers(dict(path))):
                    self.add_end(self.search_end(start, target))
        except BoundReachedError:
            if not self._ends:
                raise
            self.is_stopped = True
        return [resolve(self._guide, end.answers, end.fired_after) for end in self._ends]

    def targets_of_examples(self) -> set[Target]:
        ends = (self.follow_answers(example.answers) for example in self._guide.examples)
        return {target for end in ends for target in self.targets_reached(end)}

    def add_path(self, start: Position) -> bool:
        """Adds a path that goes on from `start`. Returns false if it reaches nothing that is wanted."""
        return self.add_end(self.go_on(start) or self.search_end(start))

    def add_end(self, end: Position | None) -> bool:
        """Adds the path to an end, if there is one. Returns false if it reaches nothing that is wanted."""
        reached = self._wanted & self.targets_reached(end) if end else set()
        if end and reached:
            self._ends.append(end)
            self._wanted -= reached
        return bool(reached)

    def go_on(self, position: Position) -> Position | None:
        """Follows a path to a conclusion, by the choices that are still wanted where there are some.

        Returns None if it comes to a dead end.
        """
        while question := self.question_at(position):
            choices = self._guide.question[question].choices
            nexts = (self.take_choice(position, question, choice.key) for choice in choices)
            going_on = (after for after in nexts if self.answers_left(after) is not None)
            ahead = min(going_on, key=self.rank_position, default=None)
            if ahead is None:
                return None
            position = ahead
        return position if self.answers_left(position) == 0 else None

    def rank_position(self, position: Position) -> int:
        """Returns a number that is the smaller, the more the last and the next answer are wanted."""
        last = list(position.answers.items())[-1]
        question = self.question_at(position)
        choices = self._guide.question[question].choices if question else ()
        is_next_wanted = any((question, choice.key) in self._wanted for choice in choices)
        return -2 * (last in self._wanted) - is_next_wanted

    def search_end(self, start: Position, target: Target | None = None) -> Position | None:
        """Searches the shortest way on from a position to a conclusion; returns None if it finds none.

        If a target is given, the path must reach it. The search is A*: the parcours says how many
        questions are still to come at least.
        """
        numbers = count()
        waiting = [(0, next(numbers), start)]
        while waiting and next(numbers) < MAX_STATES:
            _, _, position = heappop(waiting)
            question = self.question_at(position)
            if question is None:
                reached = self.targets_reached(position)
                if self.answers_left(position) == 0 and (target is None or target in reached):
                    return position
                continue
            for choice in self._guide.question[question].choices:
                after = self.take_choice(position, question, choice.key)
                left = self.answers_left(after)
                if left is not None:
                    heappush(waiting, (len(after.answers) + left, next(numbers), after))
        return None

    def follow_answers(self, answers: Answers) -> Position:
        """Returns where a visitor with these answers stands."""
        live = self._evaluation.evaluate_path({})
        position = Position({}, (live,), self._evaluation.find_step(0, live.holding))
        while (question := self.question_at(position)) and question in answers:
            position = self.take_choice(position, question, answers[question])
        return position

    def take_choice(self, position: Position, question: str, choice: str) -> Position:
        self._effort.check_time()
        answers, before = {**position.answers, question: choice}, position.live[-1]
        live = self._evaluation.evaluate_answer(before, (question, choice), answers)
        step = self._evaluation.find_step(before.holding, live.holding)
        return Position(answers, (*position.live, live), step)

    def question_at(self, position: Position) -> str | None:
        """Returns the question that is asked at a position; None at its end."""
        deciding = [self._guide.rules[rule] for rule in position.step.deciding]
        return deciding[0].target if deciding and deciding[0].effect is Effect.ASK else None

    def answers_left(self, position: Position) -> int | None:
        """Returns how many answers are still needed at least; None if no conclusion is known to follow."""
        question = self.question_at(position)
        if question is None:
            return 0 if position.step.deciding else None
        return self._distances.get(question)

    def targets_reached(self, position: Position) -> set[Target]:
        """Returns everything that the path to a position reaches."""
        fired = 0
        for live in position.live:
            fired |= live.holding
        rules = list(bit_positions(fired))
        given = (self._guide.rules[rule] for rule in rules)
        outcomes = (rule.target for rule in given if rule.effect is not Effect.ASK)
        return {*rules, *outcomes, *position.answers.items()}


def reason_for_rest(paths: MissingPaths, *, has_room: bool) -> str:
    """Returns a sentence that says why some examples are still missing; empty if none are."""
    if not has_room:
        maximum = format_number(GUIDE_LIMITS["examples"].maximum)
        return f"Les autres dépasseraient {maximum} cas types, le plus qu’un guide peut avoir."
    if paths.is_stopped:
        return "Le temps a manqué pour en chercher d’autres\u00a0: recommencez."
    return UNREACHED if paths.has_unreached else ""


def find_distances(parcours: Parcours) -> Mapping[str, int]:
    """Returns how many questions visitors answer at least from each question to a conclusion.

    The question itself is counted. Those that lead to no conclusion are left out.
    """
    leading_to: dict[str, list[str]] = defaultdict(list)
    distances: dict[str, int] = {}
    for stop in parcours.stops:
        for case in (case for line in stop.lines for case in line.cases):
            if case.destination.outcomes:
                distances[stop.question] = 1
            leading_to[case.destination.question].append(stop.question)
    reached = deque(distances)
    while reached:
        question = reached.popleft()
        for before in leading_to[question]:
            if before not in distances:
                distances[before] = distances[question] + 1
                reached.append(before)
    return distances
