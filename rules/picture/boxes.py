"""Pictures, and how they are built from the parcours of a guide.

Several cases may lead from one box to another. In the picture they are one arrow, with the choices
that lead there and the conditions under which they do. Advice that visitors have to act upon is a box
between the question whose answer gives it and what follows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from rules.engine.content import Effect, GuideContent, OutcomeContent, QuestionContent, Scope
from rules.parcours.anchors import line_anchor, stop_anchor
from rules.parcours.case_words import requirement_words
from rules.parcours.stops import Destination, Line, Parcours, Stop
from rules.picture.arrow_labels import ArrowLabel, LineCondition, LineLabels
from rules.sentences import SCOPE_LABELS, TONE_LABELS

GIVEN_TOGETHER = ArrowLabel((), "et aussi")
"""The label of an arrow between two conclusions that are given together."""


class Look(StrEnum):
    """The look of a box, which is a class of the style sheet."""

    SCHOOL = "school"
    PUPIL = "pupil"
    ADVICE = "first"
    """Advice that visitors have to act upon before they go on."""
    INFO = "info"
    SUCCESS = "success"
    ACTION = "action"
    CONTACT = "contact"
    STUCK = "stuck"
    UNKNOWN = "unknown"
    """A box for what the proof did not explore."""


@dataclass(frozen=True, slots=True)
class Box:
    """A question, an outcome, or a sign that a path is stuck or was not explored further."""

    name: str
    """A name that is unique in the picture, and that can be an HTML id."""
    look: Look
    title: str = ""
    url: str = ""
    is_unreachable: bool = False
    """True if no path leads to the box. It is shown apart from the others."""
    key: str = ""
    """The key of the question or outcome; empty for other boxes."""
    has_dead_end: bool = False
    """True for a question after which visitors may be stuck."""
    kind: str = ""
    """What the box is, in words: « Question sur l’élève », « Conclusion (contact) »."""
    condition: str = ""
    """When an advice is given, in words: « si … »; empty if it always is."""

    @property
    def heading(self) -> str:
        """What is written above the title, so that colours are not needed to tell boxes apart."""
        return ", ".join(filter(None, (self.kind, self.condition)))

    @property
    def is_question(self) -> bool:
        return self.look in {Look.SCHOOL, Look.PUPIL}

    @property
    def is_faulty(self) -> bool:
        return self.is_unreachable or self.has_dead_end or self.look is Look.STUCK


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, which are given by their names.

    There are three kinds of arrows: from a question, or from advice that one of its choices gives, to
    a box that the choices lead to; from a conclusion to another one that is given with it; and for a
    rule that never holds.
    """

    source: str
    target: str
    labels: tuple[ArrowLabel, ...] = ()
    """The choices that lead to the target, and when; empty if it is the only target."""
    rule_number: int = 0
    """The number of the rule that never holds, counted from 1; 0 for other arrows."""
    url: str = ""
    """The address of the page of this rule, or of the place that says where the choices lead."""

    @property
    def words(self) -> str:
        """The labels in words; no other arrow from the same box has the same ones."""
        return "\u00a0; ".join(map(str, self.labels))


@dataclass(frozen=True, slots=True)
class Picture:
    """The boxes of a guide and the arrows between them.

    Boxes near the start come first, and unreachable ones last.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


Address = Callable[[str, str], str]
"""A function that returns the address of the page for a box or arrow, from a kind and a key.

The kind is "questions", "outcomes" or "rules", and the key is that of the part. For a stuck path, the
kind is "stuck", and the key is that of its last question. For an arrow, the kind is "arrows", and the
key is the id of the stop or line that says where it leads.
"""


def question_kind(question: QuestionContent) -> str:
    """Returns what a question is, in words: « Question sur l’élève »."""
    return f"Question sur {SCOPE_LABELS[question.scope]}"


def outcome_kind(outcome: OutcomeContent) -> str:
    """Returns what an outcome is, in words: « Conclusion (contact) »."""
    if outcome.is_to_do and not outcome.final:
        return "À faire d’abord"
    return f"{'Conclusion' if outcome.final else 'Conseil'} ({TONE_LABELS[outcome.tone]})"


def build_picture(guide: GuideContent, parcours: Parcours, address: Address) -> Picture:
    """Returns the picture of a guide, with its unreachable parts and the rules that never hold.

    `guide` is a copy with the names that the picture shows (`rules.picture.displayed_names`).
    """
    builder = _PictureBuilder(guide, parcours, address)
    builder.add_line("", parcours.start)
    for stop in parcours.stops:
        builder.add_stop(stop)
    for key in parcours.unreached_questions:
        builder.add_question(key, is_unreachable=True)
    for key in parcours.unreached_outcomes:
        builder.add_unreachable_outcome(key)
    unfinished = {index for index, rule in enumerate(guide.rules) if rule.is_left_out}
    broken = sorted(unfinished.union(parcours.unreached_rules))
    arrows = (*builder.arrows_of_choices(), *builder.arrows_of_rules(broken))
    return Picture(tuple(builder.boxes.values()), arrows)


class _PictureBuilder:
    def __init__(self, guide: GuideContent, parcours: Parcours, address: Address) -> None:
        self.boxes: dict[str, Box] = {}
        self._guide = guide
        self._address = address
        self._labels = LineLabels(guide, parcours)
        self._conditions: defaultdict[str, defaultdict[str, dict[str, LineCondition]]]
        self._conditions = defaultdict(lambda: defaultdict(dict))
        """The conditions for each choice that leads from one box to another.

        The keys are the names of both boxes, then those of choices.
        """
        self._questions: dict[str, str] = {}
        """For each box from which choices lead on, the key of their question."""
        self._advice_names: dict[object, str] = {}
        """The names of boxes of advice, by their question, the advice and all that follows it."""

    def add_stop(self, stop: Stop) -> None:
        """Adds the box of a question, and the boxes and choices that follow it."""
        source = self.add_question(stop.question)
        self._questions[source] = stop.question
        for line in stop.lines:
            self.add_line(source, line)
        if not stop.lines:
            self._conditions[source][self.add_destination(Destination(), stop.question)] = {}
        if f"stuck-{stop.question}" in self.boxes:
            self.boxes[source] = replace(self.boxes[source], has_dead_end=True)

    def add_line(self, source: str, line: Line) -> None:
        """Adds the arrows of a choice: through the advice to act upon, to the boxes that follow.

        At the start of the guide, there is neither a choice nor a box that the arrows come from.
        """
        for advice in self._add_advice(line):
            self._conditions[source][advice][line.choice] = LineCondition("", "")
            source = advice
            self._questions[source] = line.question
        targets = [self.add_destination(case.destination, line.question) for case in line.cases]
        for target, condition in self._labels.conditions_of_targets(line, targets).items():
            self._conditions[source][target][line.choice] = condition

    def _add_advice(self, line: Line) -> list[str]:
        """Adds the boxes of the advice of a choice that visitors have to act upon; returns their names.

        Choices of one question share these boxes if they give the same advice from there on.
        """
        words: dict[str, list[str]] = {}
        for given in line.advice:
            if self._guide.outcome[given.outcome].is_to_do:
                condition = requirement_words(self._guide, "", given.requirements)
                words.setdefault(given.outcome, []).append(condition)
        conditions = {
            key: " ou ".join(dict.fromkeys(each)) if all(each) else ""
            for key, each in words.items()
        }
        names = []
        given_in_order = tuple(conditions.items())
        for index, (key, condition) in enumerate(given_in_order):
            shared = line.question, given_in_order[index:]
            name = self._advice_names.setdefault(
                shared, f"first-{len(self._advice_names)}.{line.question}"
            )
            box = self._outcome_box(name, key)
            names.append(self._add_box(replace(box, look=Look.ADVICE, condition=condition)))
        return names

    def add_question(self, key: str, *, is_unreachable: bool = False) -> str:
        """Adds the box of a question, and returns the name of the box."""
        question = self._guide.question[key]
        look = Look.SCHOOL if question.scope is Scope.SCHOOL else Look.PUPIL
        url = self._address("questions", key)
        name, kind = f"question-{key}", question_kind(question)
        return self._add_box(Box(name, look, question.title, url, is_unreachable, key, kind=kind))

    def add_destination(self, destination: Destination, came_from: str) -> str:
        """Adds the box of what follows the question `came_from`, and returns the name of the box.

        Several conclusions become a chain of boxes, of which the first is returned, in the order of
        results: those without anything to do come last. Each question has its own boxes of conclusions, so that arrows are short. If two chains after one question end
        with the same conclusions, they share these boxes.
        """
        if not destination.is_known:
            return self._add_box(Box(f"more-{came_from}", Look.UNKNOWN))
        if destination.question:
            return self.add_question(destination.question)
        if not destination.outcomes:
            url = self._address("stuck", came_from)
            return self._add_box(Box(f"stuck-{came_from}", Look.STUCK, url=url))
        outcomes, names = self._guide.outcome, []
        keys = sorted(destination.outcomes, key=lambda key: outcomes[key].comes_last)
        for index, key in enumerate(keys):
            name = f"end-{'_'.join(keys[index:])}.{came_from}"
            names.append(self._add_box(self._outcome_box(name, key)))
        for name, following in pairwise(names):
            self._conditions[name][following] = {}
        return names[0]

    def add_unreachable_outcome(self, key: str) -> None:
        self._add_box(self._outcome_box(f"alone-{key}", key, is_unreachable=True))

    def arrows_of_choices(self) -> Iterator[Arrow]:
        """Yields the arrows that choices lead along, and those between conclusions given together."""
        for source, targets in self._conditions.items():
            if source not in self.boxes:
                continue  # the start of the guide
            question = self._questions.get(source)
            choices = (
                self._guide.question[self.boxes[source].key].choice
                if self.boxes[source].is_question
                else {choice for conditions in targets.values() for choice in conditions}
            )
            for target, conditions in targets.items():
                labels: tuple[ArrowLabel, ...] = ()
                if question is None:
                    labels = (GIVEN_TOGETHER,)
                elif len(targets) > 1:
                    labels = tuple(self._labels.make_labels(question, conditions, len(choices)))
                yield Arrow(source, target, labels, url=self._arrow_url(question, conditions))

    def arrows_of_rules(self, positions: Iterable[int]) -> Iterator[Arrow]:
        """Yields an arrow for each rule that never holds, if both of its boxes are in the picture.

        The arrow leads from the question in the rule's last condition to what the rule would ask or
        give. If several boxes show this outcome, it leads to the box that follows this question.
        """
        for position in positions:
            rule = self._guide.rules[position]
            source = f"question-{rule.when[-1].question}" if rule.when else ""
            is_ask = rule.effect is Effect.ASK
            names = [
                box.name
                for box in self.boxes.values()
                if box.key == rule.target and box.is_question is is_ask
            ]
            suffix = source.replace("question-", ".", 1)
            own = (name for name in names if name.endswith(suffix))
            target = next(own, names[0] if names else "")
            if source in self.boxes and target:
                url = self._address("rules", rule.key)
                yield Arrow(source, target, rule_number=position + 1, url=url)

    def _arrow_url(self, question: str | None, choices: Iterable[str]) -> str:
        """Returns the address of the line of the only choice, or else of the stop of the question."""
        if not question:
            return ""
        keys = list(choices)
        return self._address(
            "arrows", line_anchor(question, keys[0]) if len(keys) == 1 else stop_anchor(question)
        )

    def _add_box(self, box: Box) -> str:
        """Adds a box unless there is one with its name, and returns the name."""
        self.boxes.setdefault(box.name, box)
        return box.name

    def _outcome_box(self, name: str, key: str, *, is_unreachable: bool = False) -> Box:
        outcome = self._guide.outcome[key]
        url = self._address("outcomes", key)
        look, kind = Look(outcome.tone.value), outcome_kind(outcome)
        return Box(name, look, outcome.title, url, is_unreachable, key, kind=kind)
