"""The findings of a proof, as keys and positions; `finding_sentences` puts them into French."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rules.engine.state import Answer
from rules.proof.state_graph import StateGraph

Place = tuple[str | int, ...]
"""The path to a part in the document of a guide: `("rules", 3)`; empty for the guide itself."""


class Level(StrEnum):
    """A fault prevents publication, a warning asks the publisher for a reason, a remark for nothing."""

    FAULT = "fault"
    WARNING = "warning"
    REMARK = "remark"


class FindingKind(StrEnum):
    """What a proof looks for, in the order in which findings are listed."""

    STUCK = "stuck"
    """A reachable state asks nothing and concludes nothing."""
    UNREACHABLE = "unreachable"
    """A question is asked in no reachable state, an outcome given in none, or a rule fires in none."""
    UNSATISFIABLE = "unsatisfiable"
    """No answers at all make the conditions of a rule hold, whether a visitor can give them or not."""
    SEVERAL_CONCLUSIONS = "several-conclusions"
    """One state gives several conclusions, and no example expects them."""
    ALWAYS_HOLDS = "always-holds"
    """A rule holds in every reachable state in which all its questions are answered."""
    INDISTINGUISHABLE = "indistinguishable"
    """Several choices of a question have the same effect wherever it is asked."""
    PREEMPTED = "preempted"
    """Whenever a rule could ask its question, a conclusion ends the diagnostic first."""


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
    """One finding, with the place where an editor mends it and a counter-example."""

    kind: FindingKind
    place: Place
    answers: tuple[Answer, ...] = ()
    """The shortest answers that show the finding, in the order in which a visitor gives them.

    For a rule that never fires, they are the answers that come closest to firing it.
    """
    keys: tuple[str, ...] = ()
    """The outcomes that are concluded together, or the choices that are indistinguishable."""

    @property
    def level(self) -> Level:
        return LEVELS[self.kind]


@dataclass(frozen=True)
class Proof:
    """The states of a guide and everything that was found in them."""

    graph: StateGraph
    findings: tuple[Finding, ...]
    """Faults come first, then warnings, then remarks.

    If the walk stopped early, only the findings that are certain are here.
    """
    seconds: float
    """The time that the proof took."""

    @property
    def complete(self) -> bool:
        """True if every path was walked. Otherwise nothing is proved."""
        return self.graph.complete

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
