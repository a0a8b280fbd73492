"""The 52 paths of the poster, read from a table: answers, and the outcomes that they must give."""

import csv
from collections import defaultdict
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


def paths_by_outcome() -> list[DecisionPath]:
    """Returns one path for each way to end: all answers and all advice of the poster are on one.

    The 52 paths are for the engine and for the table of the offline file; what only passes their
    result on is shown on these.
    """
    paths = defaultdict[tuple[str, ...], list[DecisionPath]](list)
    for path in decision_paths():
        paths[path.outcomes].append(path)
    return [same_end[index % len(same_end)] for index, same_end in enumerate(paths.values())]


def headline_first(outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Sorts conclusions as pages show them: the one that asks for nothing comes last.

    In the shipped guide, only `tout-va-bien` asks for nothing.
    """
    return tuple(sorted(outcomes, key=lambda outcome: outcome == "tout-va-bien"))
