"""Acts that remove a question, with the rules, the conditions and the answers that depend on it."""

from rules.edits.edit import Act
from rules.parcours.stops import Destination


def remove_question(question: str) -> Act:
    """Removes a question. Where its choices made no difference, visitors go on as before.

    Otherwise the rules that ask it fall, and so does what holds only once it is answered.
    """
    raise NotImplementedError


def remove_question_as_if(question: str, choice: str) -> Act:
    """Removes a question as if all visitors gave it the same answer."""
    raise NotImplementedError


def remove_question_and_lead(question: str, destination: Destination) -> Act:
    """Removes a question, and leads its arrows to another question or to conclusions."""
    raise NotImplementedError
