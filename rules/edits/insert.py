"""Inserts a question on arrows: visitors answer it, and go on as before."""

from collections.abc import Iterable, Sequence

from rules.edits.arrows import Arrow
from rules.edits.edit import Act, Edit, MappedDraft
from rules.edits.new_parts import NewQuestion


def insert_question(
    arrows: Sequence[Arrow], question: str | NewQuestion, *, answer_in_examples: str = ""
) -> Act:
    """Returns the act that inserts a question on some arrows: an existing one, by its key, or a new one.

    The examples that take one of the arrows get the answer `answer_in_examples`: the key of a choice
    or, if the question is new, its label. They stay as they are if it is empty.
    """

    def propose_edits(draft: MappedDraft) -> Iterable[Edit]:
        raise NotImplementedError

    return propose_edits
