"""Tests that a diagnostic stays on the version on which it began."""

from typing import Any

from tests.web.conftest import publish_document
from tests.web.visitor import Visitor


def test_a_diagnostic_stays_on_its_version_after_a_publication(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    visitor.start().answer("oui")
    before = visitor.heading
    guide_document["questions"][1]["title"] = "Une question nouvelle"
    publish_document(guide_document)
    assert visitor.open(visitor.address).heading == before
    visitor.answer_all(["oui", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("ol.steps h3") == ["Tout va bien\u00a0!"]


def test_a_diagnostic_begun_after_a_publication_is_on_the_new_version(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    guide_document["questions"][0]["title"] = "Une question nouvelle"
    publish_document(guide_document)
    assert visitor.start().heading == "Une question nouvelle"
