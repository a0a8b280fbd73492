"""The 52 paths of the poster: answers, and the outcomes that they must give.

They are read from `decision_table.csv`.
"""

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
    """One path from the first question to the conclusions. `answers` are in the order of the path."""

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
    """Returns one path for each set of conclusions. Together, the paths have all answers and advice.

    Pages and the API only show what the engine finds, so these few paths suffice to test them. The
    engine and the lookup table of the offline file are tested with all 52 paths.
    """
    paths = defaultdict[tuple[str, ...], list[DecisionPath]](list)
    for path in decision_paths():
        paths[path.outcomes].append(path)
    return [same_end[index % len(same_end)] for index, same_end in enumerate(paths.values())]


def headline_first(outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Sorts conclusions as pages show them: a conclusion that asks for no action comes last.

    In the shipped guide, only `tout-va-bien` asks for no action.
    """
    return tuple(sorted(outcomes, key=lambda outcome: outcome == "tout-va-bien"))
