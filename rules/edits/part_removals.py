"""Acts that remove or replace an outcome or a choice, or remove a rule or an example."""

from rules.edits.edit import Act
from rules.engine.content import ExampleContent


def remove_outcome(outcome: str) -> Act:
    """Removes a conclusion or advice, with the rules that give it."""
    raise NotImplementedError


def replace_outcome(outcome: str, replacement: str) -> Act:
    """Removes an outcome; the rules that gave it give the replacement, which is of the same kind."""
    raise NotImplementedError


def remove_choice(question: str, choice: str) -> Act:
    """Removes a choice of a question from the rules that name it, and from the answers of examples."""
    raise NotImplementedError


def replace_choice(question: str, choice: str, replacement: str) -> Act:
    """Removes a choice of a question; another choice takes its place in examples.

    It also takes its place in rules if no rule names it yet. Otherwise the rules keep what they say of
    it, since it leads somewhere of its own.
    """
    raise NotImplementedError


def remove_rule(rule: str) -> Act:
    """Removes a rule, whatever that changes for visitors."""
    raise NotImplementedError


def remove_example(example: ExampleContent) -> Act:
    """Removes an example, which changes nothing for visitors."""
    raise NotImplementedError
