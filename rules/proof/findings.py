"""What a proof finds, by key; `rules.proof.words` says it in French."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rules.engine.state import Answer
from rules.proof.state_graph import StateGraph


class Level(StrEnum):
    """A fault keeps a draft from being published, a warning asks for a reason, a remark for nothing."""

    FAULT = "fault"
    WARNING = "warning"
    REMARK = "remark"


class FindingKind(StrEnum):
    STUCK = "stuck"
    """Nothing is asked and nothing concluded."""
    UNREACHABLE = "unreachable"
    """A question that no visitor is asked, an outcome or a rule that no visitor meets."""
    UNSATISFIABLE = "unsatisfiable"
    """A rule that no answers at all can make hold."""
    SEVERAL_CONCLUSIONS = "several-conclusions"
    """Several conclusions in one state, and no example expects them."""
    ALWAYS_HOLDS = "always-holds"
    """A rule that holds in every reachable state where its questions are answered."""
    INDISTINGUISHABLE = "indistinguishable"
    """Choices of a question that have the same effect wherever it is asked."""
    PREEMPTED = "preempted"
    """An ask whose question never comes: a conclusion is always there first."""


LEVELS = {
    FindingKind.STUCK: Level.FAULT,
    FindingKind.UNREACHABLE: Level.FAULT,
    FindingKind.UNSATISFIABLE: Level.FAULT,
    FindingKind.SEVERAL_CONCLUSIONS: Level.WARNING,
    FindingKind.ALWAYS_HOLDS: Level.WARNING,
    FindingKind.INDISTINGUISHABLE: Level.REMARK,
    FindingKind.PREEMPTED: Level.REMARK,
}


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    place: tuple[str | int, ...]
    """What is to be mended, as in a document: `("rules", 3)`; empty for the guide itself."""
    answers: tuple[Answer, ...] = ()
    """The shortest answers that show it, in the order they are given.

    Of what is never reached: those that come closest.
    """
    keys: tuple[str, ...] = ()
    """The outcomes that come together, the choices that are alike."""

    @property
    def level(self) -> Level:
        return LEVELS[self.kind]


@dataclass(frozen=True)
class Proof:
    graph: StateGraph
    findings: tuple[Finding, ...]
    """In the order: faults, warnings, remarks. Of an unfinished walk only what is certain."""
    seconds: float
    """How long it took."""

    @property
    def complete(self) -> bool:
        """Whether every path was walked. If not, this is no proof."""
        return self.graph.complete

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        return self._of(Level.FAULT)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        return self._of(Level.WARNING)

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        return self._of(Level.REMARK)

    def _of(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)
