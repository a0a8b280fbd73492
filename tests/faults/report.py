"""What a scenario has shown, as a line of a table, and which figures are not what they must be."""

from dataclasses import dataclass
from math import ceil, nan

from tests.faults.calls import UNANSWERED, Call
from tests.faults.scenarios import Scenario
from tests.faults.visitors import Notes

MAX_WAIT_SECONDS = 5
MAX_RECOVERY_SECONDS = 5
COLUMNS = (
    ("requests", 8),
    ("wrong", 5),
    ("lost", 5),
    ("500s", 5),
    ("503s", 5),
    ("none", 5),
    ("reads>5s", 8),
    ("writes>5s", 9),
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
    def faults(self) -> list[str]:
        """The answers that are wrong whatever the fault, such as those with status 500."""
        return [call.fault for call in self.notes.calls if call.fault]

    @property
    def refusals(self) -> list[Call]:
        return [call for call in self.notes.calls if call.status == 503]

    @property
    def unanswered(self) -> int:
        return sum(call.status == UNANSWERED for call in self.notes.calls)

    def count_long_waits(self, *, reads: bool) -> int:
        return sum(
            call.seconds > MAX_WAIT_SECONDS for call in self.notes.calls if call.is_read is reads
        )

    def read_seconds(self, percent: float) -> float:
        """Returns the seconds that this share of the reads took at most."""
        seconds = sorted(call.seconds for call in self.notes.calls if call.is_read)
        return seconds[ceil(percent / 100 * len(seconds)) - 1] if seconds else nan

    @property
    def recovery_seconds(self) -> float:
        """The time from the end of the fault until the last request failed."""
        failures = [call for call in self.notes.calls if call.has_failed]
        last = max((call.ended_at for call in failures), default=self.fault_ended_at)
        return max(0.0, last - self.fault_ended_at)

    @property
    def complaints(self) -> list[str]:
        """What is not as it must be, with some of the cases."""
        refused_reads = sum(call.is_read for call in self.refusals)
        found = {
            "wrong": self.notes.wrong,
            "lost": self.notes.lost,
            "500s": self.faults,
            "unanswered": [] if self.scenario.may_be_unanswered else ["-"] * self.unanswered,
            "refused reads": [] if self.scenario.may_refuse_reads else ["-"] * refused_reads,
            "reads over 5 s": ["-"] * self.count_long_waits(reads=True),
            "recovery": ["-"] if self.recovery_seconds > MAX_RECOVERY_SECONDS else [],
        }
        return [
            f"{name}: {len(cases)}, e.g. {sorted(set(cases))[:3]}"
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
            self.unanswered,
            self.count_long_waits(reads=True),
            self.count_long_waits(reads=False),
            f"{self.read_seconds(50):.2f}s",
            f"{self.read_seconds(99):.2f}s",
            f"{self.recovery_seconds:.1f}s",
        )
        cells = [f"{figure:>{width}}" for figure, (_, width) in zip(figures, COLUMNS, strict=True)]
        line = f"{self.database + ': ' + self.scenario.title:<46}" + " ".join(cells)
        return "\n".join([line, *(f"    {complaint}" for complaint in self.complaints)])
