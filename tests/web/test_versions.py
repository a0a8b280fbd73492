"""A diagnostic stays on the version that it began with."""

from typing import Any

from tests.web.conftest import publish_document
from tests.web.visitor import Visitor


def test_a_diagnostic_under_way_keeps_its_version(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    visitor.start().answer("oui")
    before = visitor.heading
    guide_document["questions"][1]["title"] = "Une question nouvelle"
    publish_document(guide_document)
    assert visitor.open(visitor.address).heading == before
    visitor.answer_all(["oui", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("ol.steps h2") == ["Tout va bien\u00a0!"]


def test_a_diagnostic_begun_later_has_the_new_version(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    guide_document["questions"][0]["title"] = "Une question nouvelle"
    publish_document(guide_document)
    assert visitor.start().heading == "Une question nouvelle"
