"""Paths of the paper poster lead through the pages to their outcomes: one for each way to end."""

from typing import Any

import pytest

from tests.paths import DecisionPath, paths_by_outcome
from tests.web.visitor import Visitor


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_a_path_asks_its_questions_in_order_and_ends_with_its_outcomes_and_its_advice(
    path: DecisionPath, visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    titles = {question["key"]: question["title"] for question in guide_document["questions"]}
    outcomes = {outcome["key"]: outcome for outcome in guide_document["outcomes"]}
    to_do = [key for key in path.advice if outcomes[key]["tone"] == "action"]
    remarks = [key for key in path.advice if outcomes[key]["tone"] != "action"]
    headlines = sorted(path.outcomes, key=lambda key: outcomes[key]["tone"] == "success")

    visitor.start()
    for number, (question, choice) in enumerate(path.answers.items(), 1):
        assert visitor.heading == titles[question]
        assert visitor.texts(".rank") == [f"Question {number}"]
        visitor.answer(choice)

    assert visitor.texts(".conclusion > h2") == [outcomes[key]["title"] for key in headlines]
    assert visitor.texts(".still .advice h3") == [outcomes[key]["title"] for key in to_do]
    assert visitor.texts(".aside .advice h3") == [outcomes[key]["title"] for key in remarks]
