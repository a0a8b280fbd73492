"""The ids of the parts of a parcours on a page."""

from rules.engine.state import Answer

OUTSIDE_ANCHOR = "hors-du-parcours"
"""The id of the list of what no path leads to."""


def stop_anchor(question: str) -> str:
    """Returns the id of a stop, by the key of its question."""
    return f"etape-{question}"


def line_anchor(question: str, choice: str) -> str:
    """Returns the id of a line, by the keys of its question and its choice."""
    return f"reponse-{question}.{choice}"


def answer_of_anchor(anchor: str) -> Answer:
    """Returns the keys of the question and the choice of a line, by its id."""
    question, _, choice = anchor.removeprefix("reponse-").partition(".")
    return question, choice


def part_anchor(anchor: str) -> str:
    """Returns the id of the stop that has a line, by the id of the line; any other id as it is."""
    kind, _, key = anchor.partition("-")
    return stop_anchor(key.partition(".")[0]) if kind == "reponse" else anchor


def outcome_anchor(outcome: str) -> str:
    """Returns the id of an outcome, by its key."""
    return f"conclusion-{outcome}"
