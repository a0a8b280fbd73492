"""The boxes of a picture and the arrows between them, gathered over all states of a proof."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rules.engine.content import Effect, GuideContent, RuleContent, Scope
from rules.proof.findings import Finding, FindingKind
from rules.proof.state_graph import MergedState, StateGraph


class Look(StrEnum):
    """What a box is, and the name of its colours."""

    SCHOOL = "school"
    PUPIL = "pupil"
    INFO = "info"
    SUCCESS = "success"
    ACTION = "action"
    CONTACT = "contact"
    STUCK = "stuck"
    UNKNOWN = "unknown"
    """What comes next was not looked into."""


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    """Of its own in the picture; a word that can be an HTML id."""
    look: Look
    title: str = ""
    url: str = ""
    is_unreachable: bool = False
    """Shown apart: no answers lead to it."""
    key: str = ""
    """Of the question or the outcome that it shows."""

    @property
    def is_question(self) -> bool:
        return self.look in {Look.SCHOOL, Look.PUPIL}

    @property
    def is_faulty(self) -> bool:
        return self.is_unreachable or self.look is Look.STUCK


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a question to what its choices lead to; from a conclusion to the one given with it."""

    source: str
    target: str
    labels: tuple[str, ...] = ()
    """Of these choices, in the question's order; none where every answer leads there."""
    rule: int = 0
    """The rank of a rule that would lead there but never holds; 0 of a way that is taken."""
    url: str = ""
    """Where that rule is edited."""


@dataclass(frozen=True, slots=True)
class Picture:
    boxes: tuple[Box, ...]
    """In the order in which visitors can come to them, what they never come to last."""
    arrows: tuple[Arrow, ...]


Address = Callable[[str, str], str]
"""Where a box or a rule leads: of `("questions", key)`, `("outcomes", key)`, `("rules", key)` or
`("stuck", key)`.
"""


def build_picture(
    guide: GuideContent, graph: StateGraph, address: Address, findings: Iterable[Finding] = ()
) -> Picture:
    """Findings tell what to draw apart; the picture of what is published needs none."""
    gathered = _Gathered(guide, graph, address)
    for state in _from_the_start(graph):
        gathered.add(state)
    never = [
        one for one in findings if one.kind in {FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE}
    ]
    for finding in never:
        gathered.add_unreached(finding)
    rules = sorted(int(one.place[1]) for one in never if one.place[0] == "rules")
    arrows = (*gathered.arrows(), *gathered.never_taken(rules))
    return Picture(tuple(gathered.boxes.values()), arrows)


def _from_the_start(graph: StateGraph) -> Iterator[MergedState]:
    """Each state once, the nearest first."""
    found = [0]
    known = {0}
    for at in found:  # grows while it is gone through
        yield graph.states[at]
        new = [following for following in graph.states[at].successors if following not in known]
        known.update(new)
        found += dict.fromkeys(new)


class _Gathered:
    def __init__(self, guide: GuideContent, graph: StateGraph, address: Address) -> None:
        self.boxes: dict[str, Box] = {}
        self._guide = guide
        self._states = graph.states
        self._address = address
        self._choices: defaultdict[str, defaultdict[str, set[str]]]
        self._choices = defaultdict(lambda: defaultdict(set))
        """Of each box, of each box after it: the choices that lead there."""

    def add(self, state: MergedState) -> None:
        """A question's box, and its arrows to all that follows. An end has come with its arrow."""
        if state.question is None:
            if not self.boxes:
                self._box_of(state, "")
            return
        source = self._put(self._question(state.question))
        question = self._guide.question[state.question]
        for choice, following in zip(question.choices, state.successors, strict=False):
            target = self._box_of(self._states[following], question.key)
            self._choices[source][target].add(choice.key)
        if not state.successors:
            more = self._put(Box(f"more-{question.key}", Look.UNKNOWN))
            self._choices[source][more].update(choice.key for choice in question.choices)

    def add_unreached(self, finding: Finding) -> None:
        match finding.place:
            case ("questions", int(at)):
                self._put(self._question(self._guide.questions[at].key, is_unreachable=True))
            case ("outcomes", int(at)):
                key = self._guide.outcomes[at].key
                self._put(self._outcome(f"alone-{key}", key, is_unreachable=True))

    def arrows(self) -> Iterator[Arrow]:
        in_order = {
            self._question(question.key).name: question.choices
            for question in self._guide.questions
        }
        for source, targets in self._choices.items():
            for target, keys in targets.items():
                listed = in_order.get(source, ()) if len(targets) > 1 else ()
                yield Arrow(source, target, tuple(c.label for c in listed if c.key in keys))

    def never_taken(self, rules: Iterable[int]) -> Iterator[Arrow]:
        """Of rules that never hold: from the question of the last condition to where they would
        lead. None where one of the two is not drawn.
        """
        for at in rules:
            rule = self._guide.rules[at]
            source = f"question-{rule.when[-1].question}" if rule.when else ""
            target = self._target(rule, source)
            if source in self.boxes and target:
                url = self._address("rules", rule.key)
                yield Arrow(source, target, rule=at + 1, url=url)

    def _target(self, rule: RuleContent, source: str) -> str:
        """Of the boxes of one outcome the one nearest to the question: its own, if it has one."""
        asks = rule.effect is Effect.ASK
        names = [
            box.name
            for box in self.boxes.values()
            if box.key == rule.target and box.is_question is asks
        ]
        own = source.replace("question-", ".", 1)
        return next((name for name in names if name.endswith(own)), names[0] if names else "")

    def _box_of(self, state: MergedState, came_from: str) -> str:
        if state.question is not None:
            return self._put(self._question(state.question))
        if state.outcomes:
            return self._ending(state.outcomes, came_from)
        url = self._address("stuck", came_from)
        return self._put(Box(f"stuck-{came_from}", Look.STUCK, url=url))

    def _ending(self, outcomes: tuple[str, ...], came_from: str) -> str:
        """Outcomes given together follow each other. Each question has boxes of its own, so that
        arrows stay short; its endings that end alike share them.
        """
        names = [
            self._put(self._outcome(f"end-{'_'.join(outcomes[at:])}.{came_from}", key))
            for at, key in enumerate(outcomes)
        ]
        for name, after in pairwise(names):
            self._choices[name][after] = set()
        return names[0]

    def _put(self, box: Box) -> str:
        self.boxes.setdefault(box.name, box)
        return box.name

    def _question(self, key: str, *, is_unreachable: bool = False) -> Box:
        question = self._guide.question[key]
        look = Look.SCHOOL if question.scope is Scope.SCHOOL else Look.PUPIL
        url = self._address("questions", key)
        return Box(f"question-{key}", look, question.title, url, is_unreachable, key)

    def _outcome(self, name: str, key: str, *, is_unreachable: bool = False) -> Box:
        outcome = self._guide.outcome[key]
        url = self._address("outcomes", key)
        return Box(name, Look(outcome.tone.value), outcome.title, url, is_unreachable, key)
