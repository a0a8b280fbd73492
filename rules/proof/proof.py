"""The proof of a guide: every path walked, what was found, and how far it came."""

from dataclasses import dataclass
from functools import cached_property

from rules.proof.findings import Finding, Level
from rules.proof.states import StateGraph


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
