"""Acts that give advice to some choices of a question, or take it away from them."""

from collections.abc import Sequence

from rules.edits.edit import Act


def give_advice(outcome: str, question: str, choices: Sequence[str]) -> Act:
    """Gives an advice to everyone who gives one of the answers."""
    raise NotImplementedError


def withdraw_advice(rule: str, question: str, choices: Sequence[str]) -> Act:
    """Makes a rule that gives advice stop giving it to those who give one of the answers."""
    raise NotImplementedError
