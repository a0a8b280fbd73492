"""The findings of a proof, as keys and positions. `finding_sentences` writes them in French."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rules.engine.state import Answer
from rules.proof.bounds import BoundKind
from rules.proof.state_graph import StateGraph

Place = tuple[str | int, ...]
"""The kind of a part and its position: `("rules", 3)`. The place of the guide itself is empty."""


class Level(StrEnum):
    """How serious a finding is.

    A guide with a fault cannot be published. A publisher must give a reason to publish a guide with
    a warning. A remark has no effect.
    """

    FAULT = "fault"
    WARNING = "warning"
    REMARK = "remark"


class FindingKind(StrEnum):
    """The kinds of findings, in the order in which they are listed."""

    STUCK = "stuck"
    """A reachable state asks nothing and concludes nothing."""
    UNFINISHED = "unfinished"
    """A rule of a draft cannot be evaluated yet, or a reachable state asks a question without choices."""
    UNREACHABLE = "unreachable"
    """A question that is never asked, an outcome that is never given, or a rule that never fires."""
    UNSATISFIABLE = "unsatisfiable"
    """A rule that no answers make hold, not even answers that no visitor can give."""
    SEVERAL_CONCLUSIONS = "several-conclusions"
    """A reachable state gives several conclusions, and no example gives the same ones."""
    ALWAYS_HOLDS = "always-holds"
    """A rule holds in every reachable state in which all its questions are answered."""
    INDISTINGUISHABLE = "indistinguishable"
    """Several choices of a question have the same effect wherever it is asked."""
    PREEMPTED = "preempted"
    """Whenever a rule could ask its question, a conclusion ends the diagnostic first."""
    SAME_RULE = "same-rule"
    """A rule has the same conditions and the same effect as an earlier one."""
    SAME_NAME = "same-name"
    """A question, an outcome or an example has the same title or name as an earlier one."""
    SAME_ANSWERS = "same-answers"
    """An example has the same answers as an earlier one."""
    NOT_FOR_PUPIL = "not-for-pupil"
    """A question about the pupil, or a conclusion, has no text for the pupil, while others have one."""


LEVELS = {
    FindingKind.STUCK: Level.FAULT,
    FindingKind.UNFINISHED: Level.FAULT,
    FindingKind.UNREACHABLE: Level.FAULT,
    FindingKind.UNSATISFIABLE: Level.FAULT,
    FindingKind.SEVERAL_CONCLUSIONS: Level.WARNING,
    FindingKind.ALWAYS_HOLDS: Level.WARNING,
    FindingKind.INDISTINGUISHABLE: Level.REMARK,
    FindingKind.PREEMPTED: Level.REMARK,
    FindingKind.SAME_RULE: Level.REMARK,
    FindingKind.SAME_NAME: Level.REMARK,
    FindingKind.SAME_ANSWERS: Level.REMARK,
    FindingKind.NOT_FOR_PUPIL: Level.REMARK,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, the place of the part that an editor should mend, and answers that show it."""

    kind: FindingKind
    place: Place
    answers: tuple[Answer, ...] = ()
    """The shortest path that shows the finding.

    For a rule that never fires, it is the path that makes the most of its conditions true.
    """
    keys: tuple[str, ...] = ()
    """The keys of the outcomes that are concluded together, or of the indistinguishable choices."""
    earlier: Place = ()
    """The place of the part that this part repeats.

    For a question that is never asked although a rule that asks it fires, it is the place of a rule
    that comes first: it concludes, or asks another question.
    """
    conditions: tuple[int, ...] = ()
    """The positions of the one or two conditions because of which a rule is unsatisfiable.

    It is empty if more conditions are needed, or if the proof had no time left to find them.
    """

    @property
    def level(self) -> Level:
        return LEVELS[self.kind]


@dataclass(frozen=True)
class Proof:
    """The graph of a guide's states, and the findings about the guide."""

    graph: StateGraph
    findings: tuple[Finding, ...]
    """The findings: faults, then warnings, then remarks.

    If the proof is not complete, there may be more, but these are certain.
    """
    seconds: float
    """The duration of the proof."""
    stopped_by: BoundKind | None = None
    """The bound that ended the proof before it had found everything; None if it is complete."""
    undecided_rules: tuple[int, ...] = ()
    """The positions of the rules of which it is not known whether any answers make them hold."""

    @property
    def complete(self) -> bool:
        """True if all paths were explored and everything was found. Otherwise nothing is proved."""
        return self.stopped_by is None

    @cached_property
    def explored_count(self) -> int:
        """The number of states that were explored, of all the states that were found."""
        return sum(bool(state.successors) or state.question is None for state in self.graph.states)

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        return self._findings_of_level(Level.FAULT)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        return self._findings_of_level(Level.WARNING)

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        return self._findings_of_level(Level.REMARK)

    def _findings_of_level(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)
