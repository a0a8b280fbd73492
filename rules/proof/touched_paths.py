"""How many paths of visitors a finding touches, and the faults that touch the most paths first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.proof.findings import Finding, FindingKind
from rules.proof.root_causes import RootCause
from rules.proof.state_graph import StateGraph


class TouchedPaths:
    """The numbers of paths that the findings of a proof touch. Without a complete graph, none is known."""

    def __init__(self, guide: GuideContent, graph: StateGraph) -> None:
        self._guide = guide
        self._graph = graph

    @property
    def total(self) -> int:
        return self._graph.path_count

    def count_paths(self, finding: Finding) -> int | None:
        """Returns the number of paths that a finding touches, or None if it is not known."""
        if not self._graph.complete:
            return None
        match finding.kind:
            case FindingKind.STUCK:
                return self.stuck_after[finding.answers[-1:]]
            case FindingKind.UNFINISHED | FindingKind.INDISTINGUISHABLE if (
                finding.place[0] == "questions"
            ):
                return self.asking[self._guide.questions[int(finding.place[1])].key]
            case FindingKind.SEVERAL_CONCLUSIONS:
                return self.concluding[finding.keys]
        return None

    def count_paths_of_cause(self, cause: RootCause) -> int | None:
        """Returns the number of paths that a root cause touches, or None if it is not known.

        Rules that conclude before the first question touch all paths.
        """
        if cause.fault is None:
            return self.total
        counts = [self.count_paths(fault) for fault in (cause.fault, *cause.similar)]
        return None if None in counts else sum(filter(None, counts))

    def sort_causes(self, causes: Iterable[RootCause]) -> list[RootCause]:
        """Returns root causes, those that touch the most paths first, and otherwise in the same order."""
        return sorted(causes, key=lambda cause: -(self.count_paths_of_cause(cause) or 0))

    @cached_property
    def stuck_after(self) -> Mapping[tuple[Answer, ...], int]:
        """For each last answer, the number of paths that are stuck after it.

        The key is empty if visitors are stuck before the first question.
        """
        counts = Counter[tuple[Answer, ...]]({(): 1})
        for number, arriving in self._graph.beginning_counts.items():
            state = self._graph.states[number]
            choices = self._guide.question[state.question].choices if state.question else ()
            for choice, successor in zip(choices, state.successors, strict=True):
                if self._graph.states[successor].is_stuck:
                    counts[((str(state.question), choice.key),)] += arriving
        return counts

    @cached_property
    def asking(self) -> Mapping[str, int]:
        """For each question, the number of paths that ask it."""
        counts = Counter[str]()
        for number, arriving in self._graph.beginning_counts.items():
            if question := self._graph.states[number].question:
                counts[question] += arriving * self._graph.path_counts[number]
        return counts

    @cached_property
    def concluding(self) -> Mapping[tuple[str, ...], int]:
        """For each list of conclusions, the number of paths that end with them."""
        counts = Counter[tuple[str, ...]]()
        for number, arriving in self._graph.beginning_counts.items():
            if self._graph.states[number].question is None:
                counts[self._graph.states[number].outcomes] += arriving
        return counts
