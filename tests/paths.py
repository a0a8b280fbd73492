"""The 52 paths of the poster, read from a table: answers, and the outcomes that they must give."""

import csv
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = (
    "liste-a-jour",
    "attribution-gar",
    "methode-pix-orga",
    "connexion-habituelle",
    "identifiants-connus",
)


@dataclass(frozen=True)
class DecisionPath:
    """One path. `answers` are complete, in the order in which they are asked."""

    answers: dict[str, str]
    advice: tuple[str, ...]
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join(self.answers.values())


def decision_paths() -> list[DecisionPath]:
    with Path(__file__).with_name("decision_table.csv").open(newline="") as file:
        return [
            DecisionPath(
                answers={key: row[key] for key in QUESTIONS if row[key]},
                advice=tuple(row["advice"].split()),
                outcomes=tuple(row["outcomes"].split()),
            )
            for row in csv.DictReader(file)
        ]


def headline_first(outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Sorts conclusions as pages show them: the one that asks for nothing comes last.

    In the shipped guide, only `tout-va-bien` asks for nothing.
    """
    return tuple(sorted(outcomes, key=lambda outcome: outcome == "tout-va-bien"))
