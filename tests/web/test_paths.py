"""Tests that paths of the paper poster lead through the pages to their outcomes.

One path is followed for each set of conclusions.
"""

from typing import Any

import pytest

from tests.paths import DecisionPath, paths_by_outcome
from tests.web.visitor import Visitor


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_the_pages_ask_the_questions_of_a_path_and_show_its_outcomes(
    path: DecisionPath, visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    titles = {question["key"]: question["title"] for question in guide_document["questions"]}
    outcomes = {outcome["key"]: outcome for outcome in guide_document["outcomes"]}
    to_do = [key for key in path.advice if outcomes[key]["tone"] == "action"]
    remarks = [key for key in path.advice if outcomes[key]["tone"] not in {"action", "success"}]
    headlines = sorted(path.outcomes, key=lambda key: outcomes[key]["tone"] == "success")

    visitor.start()
    for number, (question, choice) in enumerate(path.answers.items(), 1):
        assert visitor.heading == titles[question]
        assert visitor.texts(".rank") == [f"Question {number}"]
        visitor.answer(choice)

    assert visitor.texts(".conclusion > h3") == [outcomes[key]["title"] for key in headlines]
    assert visitor.texts("section[aria-labelledby=etablissement] h3") == [
        outcomes[key]["title"] for key in to_do
    ]
    assert visitor.texts("details .advice h3") == [outcomes[key]["title"] for key in remarks]
