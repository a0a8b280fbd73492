"""The parcours of the shipped guide, which is that of the poster."""

from typing import Any

import pytest

from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.parcours.stops import Parcours
from rules.proof.prove import prove_guide


@pytest.fixture
def guide(guide_document: dict[str, Any]) -> GuideContent:
    return parse_document(guide_document)


@pytest.fixture
def parcours(guide: GuideContent) -> Parcours:
    return build_parcours(guide, prove_guide(CompiledGuide(guide)).graph)


def test_the_stops_are_the_questions_of_the_poster_in_its_order(
    guide: GuideContent, parcours: Parcours
) -> None:
    assert [stop.question for stop in parcours.stops] == list(guide.question)
    assert [len(stop.answers) for stop in parcours.stops] == [0, 1, 2, 3, 4]
