"""Pictures, and how they are built from the graph of a guide's states.

Several states may ask the same question. In the picture they are one box, with an arrow for each
step from one state to the next.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rules.engine.content import Effect, GuideContent, Scope
from rules.proof.findings import Finding, FindingKind
from rules.proof.state_graph import MergedState, StateGraph
from rules.sentences import question_name


class Look(StrEnum):
    """The look of a box, which is a class of the style sheet."""

    SCHOOL = "school"
    PUPIL = "pupil"
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

    @property
    def is_question(self) -> bool:
        return self.look in {Look.SCHOOL, Look.PUPIL}

    @property
    def is_faulty(self) -> bool:
        return self.is_unreachable or self.look is Look.STUCK


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, which are given by their names.

    There are three kinds of arrows: from a question to a box that its choices lead to, from a
    conclusion to another one that is given with it, and for a rule that never holds.
    """

    source: str
    target: str
    labels: tuple[str, ...] = ()
    """The labels of the choices that lead to the target; empty if all choices of the question do."""
    rule_number: int = 0
    """The number of the rule that never holds, counted from 1; 0 for other arrows."""
    url: str = ""
    """The address of the page of this rule."""


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
kind is "stuck", and the key is that of its last question.
"""


def build_picture(
    guide: GuideContent, graph: StateGraph, address: Address, findings: Iterable[Finding] = ()
) -> Picture:
    """Returns the picture of a guide, from the graph of its states.

    With the findings of the proof, it also has the unreachable parts and the rules that never hold.
    """
    builder = _PictureBuilder(guide, graph, address)
    queue, known = [0], {0}
    # The queue grows during the loop, so the states that are nearest to the start come first.
    for number in queue:
        builder.add_state(graph.states[number])
        new = [after for after in graph.states[number].successors if after not in known]
        known.update(new)
        queue += dict.fromkeys(new)
    never = {FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE, FindingKind.UNFINISHED}
    faults = [finding for finding in findings if finding.kind in never]
    for finding in faults:
        if finding.kind is not FindingKind.UNFINISHED:
            builder.add_unreachable_box(finding)
    rules = sorted(int(finding.place[1]) for finding in faults if finding.place[0] == "rules")
    arrows = (*builder.arrows_of_choices(), *builder.arrows_of_broken_rules(rules))
    return Picture(tuple(builder.boxes.values()), arrows)


class _PictureBuilder:
    def __init__(self, guide: GuideContent, graph: StateGraph, address: Address) -> None:
        self.boxes: dict[str, Box] = {}
        self._guide = guide
        self._states = graph.states
        self._address = address
        self._choices: defaultdict[str, defaultdict[str, set[str]]]
        self._choices = defaultdict(lambda: defaultdict(set))
        """The keys of the choices that lead from one box to another, by the names of both boxes."""

    def add_state(self, state: MergedState) -> None:
        """Adds the box of the question that a state asks, the boxes that follow, and the choices.

        A state that asks nothing is an end. It is added together with the question before it, unless
        the guide asks nothing at all.
        """
        if state.question is None:
            if not self.boxes:
                self._add_box_of_state(state, "")
            return
        question = self._guide.question[state.question]
        source = self._add_box(self._question_box(question.key))
        for choice, successor in zip(question.choices, state.successors, strict=False):
            target = self._add_box_of_state(self._states[successor], question.key)
            self._choices[source][target].add(choice.key)
        if not question.choices:
            url = self._address("stuck", question.key)
            self._choices[source][self._add_box(Box(f"stuck-{question.key}", Look.STUCK, url=url))]
        elif not state.successors:
            more = self._add_box(Box(f"more-{question.key}", Look.UNKNOWN))
            self._choices[source][more].update(choice.key for choice in question.choices)

    def add_unreachable_box(self, finding: Finding) -> None:
        """Adds the box of an unreachable question or outcome; a rule has no box."""
        match finding.place:
            case ("questions", int(position)):
                key = self._guide.questions[position].key
                self._add_box(self._question_box(key, is_unreachable=True))
            case ("outcomes", int(position)):
                key = self._guide.outcomes[position].key
                self._add_box(self._outcome_box(f"alone-{key}", key, is_unreachable=True))

    def arrows_of_choices(self) -> Iterator[Arrow]:
        """Yields the arrows from questions, and the arrows between conclusions given together."""
        choices_of_box = {
            f"question-{question.key}": question.choices for question in self._guide.questions
        }
        for source, targets in self._choices.items():
            for target, keys in targets.items():
                choices = choices_of_box.get(source, ()) if len(targets) > 1 else ()
                labels = tuple(choice.label for choice in choices if choice.key in keys)
                yield Arrow(source, target, labels)

    def arrows_of_broken_rules(self, rules: Iterable[int]) -> Iterator[Arrow]:
        """Yields an arrow for each rule that never holds, if both of its boxes are in the picture.

        The arrow leads from the question in the rule's last condition to what the rule would ask or
        give. If several boxes show this outcome, it leads to the box that follows this question.
        """
        for position in rules:
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

    def _add_box_of_state(self, state: MergedState, came_from: str) -> str:
        """Adds the box of a state that follows the question `came_from`, and returns the box's name.

        An end with several conclusions becomes a chain of boxes, of which the first is returned. Each
        question has its own boxes of conclusions, so that arrows are short. If two chains after one
        question end with the same conclusions, they share these boxes.
        """
        if state.question is not None:
            return self._add_box(self._question_box(state.question))
        if not state.outcomes:
            url = self._address("stuck", came_from)
            return self._add_box(Box(f"stuck-{came_from}", Look.STUCK, url=url))
        names = []
        for index, key in enumerate(state.outcomes):
            name = f"end-{'_'.join(state.outcomes[index:])}.{came_from}"
            names.append(self._add_box(self._outcome_box(name, key)))
        for name, following in pairwise(names):
            self._choices[name][following] = set()
        return names[0]

    def _add_box(self, box: Box) -> str:
        """Adds a box unless there is one with its name, and returns the name."""
        self.boxes.setdefault(box.name, box)
        return box.name

    def _question_box(self, key: str, *, is_unreachable: bool = False) -> Box:
        question = self._guide.question[key]
        look = Look.SCHOOL if question.scope is Scope.SCHOOL else Look.PUPIL
        url = self._address("questions", key)
        return Box(
            f"question-{key}", look, question_name(self._guide, key), url, is_unreachable, key
        )

    def _outcome_box(self, name: str, key: str, *, is_unreachable: bool = False) -> Box:
        outcome = self._guide.outcome[key]
        url = self._address("outcomes", key)
        return Box(name, Look(outcome.tone.value), outcome.title, url, is_unreachable, key)
