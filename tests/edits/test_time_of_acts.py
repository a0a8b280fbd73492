"""Acts propose their edits in bounded time and memory."""

from dataclasses import replace
from itertools import repeat

import pytest

from rules.edits.acts.example_acts import answer_in_examples
from rules.edits.acts.insert import insert_question
from rules.edits.acts.lead import lead_arrows
from rules.edits.acts.new_parts import NewConclusion, NewQuestion
from rules.edits.acts.question_removal import remove_question_as_if
from rules.edits.arrows import Arrow
from rules.edits.edit import Act
from rules.edits.rewriting.answer_regions import (
    EVERYTHING,
    UnclearArrowsError,
    collect_regions,
)
from rules.engine.content import ExampleContent
from rules.proof.bounds import BoundReachedError, Effort, ProofBound
from tests.edits.acts import make_guide, map_draft
from tests.engine.guides import ask_when, choice_is, conclude_when, has_answer, make_question

GUIDE = replace(
    make_guide(
        (make_question("q", "a", "b"), make_question("r", "a", "b")),
        ask_when("q"),
        ask_when("r", choice_is("q", "a")),
        conclude_when("end", choice_is("q", "b")),
        conclude_when("other", has_answer("r")),
    ),
    examples=(ExampleContent("cas", {"q": "a"}, ("other",)),),
)
ARROWS = [Arrow("q", "b", ("conclude-end",))]


@pytest.mark.parametrize(
    "act",
    [
        lead_arrows(ARROWS, NewConclusion("Fin")),
        insert_question(ARROWS, NewQuestion("Neuve", ("Oui", "Non")), answer_in_examples="Oui"),
        remove_question_as_if("r", "a"),
        answer_in_examples("r", "a", ["cas"]),
    ],
)
def test_an_act_proposes_nothing_more_once_its_time_is_over(act: Act) -> None:
    draft = map_draft(GUIDE)
    assert [*act(draft)]
    late = replace(draft, effort=Effort(ProofBound(seconds=-1)))
    with pytest.raises(BoundReachedError):
        next(iter(act(late)))


def test_visitors_whom_far_too_many_regions_describe_are_not_described() -> None:
    with pytest.raises(UnclearArrowsError):
        collect_regions(repeat(EVERYTHING))
