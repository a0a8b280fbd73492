"""What a scenario has shown, as a line of a table, and which figures are not what they must be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil, nan

from tests.faults.calls import UNANSWERED, Call
from tests.faults.scenarios import Scenario
from tests.faults.visitors import Notes

MAX_WAIT_SECONDS = 6
"""How long a request may wait: five seconds, and one for what is no wait on a busy machine."""
MAX_RECOVERY_SECONDS = 5
COLUMNS = (
    ("requests", 8),
    ("wrong", 5),
    ("lost", 5),
    ("500s", 5),
    ("503s", 5),
    ("none", 5),
    ("slow reads", 10),
    ("slow writes", 11),
    ("p50", 6),
    ("p99", 6),
    ("recovery", 8),
)
"""The heads of the columns with their widths. `none` counts requests without an answer; `p50` and
`p99` are the times of reads."""
HEAD = f"{'':<46}" + " ".join(f"{name:>{width}}" for name, width in COLUMNS)


@dataclass(frozen=True)
class Report:
    database: str
    scenario: Scenario
    notes: Notes
    fault_ended_at: float
    """When the fault was over, by the monotonic clock."""

    @property
    def faults(self) -> list[Call]:
        """The answers that are wrong whatever the fault, such as those with status 500."""
        return [call for call in self.notes.calls if call.fault]

    @property
    def refusals(self) -> list[Call]:
        return [call for call in self.notes.calls if call.status == HTTPStatus.SERVICE_UNAVAILABLE]

    @property
    def unanswered(self) -> list[Call]:
        return [call for call in self.notes.calls if call.status == UNANSWERED]

    def long_waits(self, *, reads: bool) -> list[Call]:
        calls = [call for call in self.notes.calls if call.is_read is reads]
        return [call for call in calls if call.seconds > MAX_WAIT_SECONDS]

    def read_seconds(self, percent: float) -> float:
        """Returns the seconds that this share of the reads took at most."""
        seconds = sorted(call.seconds for call in self.notes.calls if call.is_read)
        return seconds[ceil(percent / 100 * len(seconds)) - 1] if seconds else nan

    @property
    def recovery_seconds(self) -> float:
        """The time from the end of the fault until the last request failed."""
        failures = [call for call in self.notes.calls if call.is_failure]
        last = max((call.ended_at for call in failures), default=self.fault_ended_at)
        return max(0.0, last - self.fault_ended_at)

    @property
    def complaints(self) -> list[str]:
        """What is not as it must be, with some of the cases."""
        allowed = self.scenario.refused_reads
        refused_reads = [
            call for call in self.refusals if call.is_read and not re.match(allowed, call.title)
        ]
        slow = self.recovery_seconds > MAX_RECOVERY_SECONDS
        found: dict[str, Sequence[str]] = {
            "wrong": self.notes.wrong,
            "lost": self.notes.lost,
            "500s": _describe_calls(self.faults),
            "unanswered": _describe_calls(
                [] if self.scenario.may_be_unanswered else self.unanswered
            ),
            "refused reads": _describe_calls(refused_reads),
            "long reads": _describe_calls(self.long_waits(reads=True)),
            "long writes": _describe_calls(self.long_waits(reads=False)),
            "recovery": [f"{self.recovery_seconds:.1f} s"] if slow else [],
        }
        return [
            f"{name}: {len(cases)}, such as {'; '.join(sorted(set(cases))[:3])}"
            for name, cases in found.items()
            if cases
        ]

    def __str__(self) -> str:
        figures = (
            len(self.notes.calls),
            len(self.notes.wrong),
            len(self.notes.lost),
            len(self.faults),
            len(self.refusals),
            len(self.unanswered),
            len(self.long_waits(reads=True)),
            len(self.long_waits(reads=False)),
            f"{self.read_seconds(50):.2f}s",
            f"{self.read_seconds(99):.2f}s",
            f"{self.recovery_seconds:.1f}s",
        )
        cells = [f"{figure:>{width}}" for figure, (_, width) in zip(figures, COLUMNS, strict=True)]
        line = f"{self.database + ': ' + self.scenario.title:<46}" + " ".join(cells)
        return "\n".join([line, *(f"    {complaint}" for complaint in self.complaints)])


def _describe_calls(calls: Iterable[Call]) -> list[str]:
    return [
        f"{call.title} {call.fault or call.status or 'no answer'} after {call.seconds:.1f} s"
        for call in calls
    ]
