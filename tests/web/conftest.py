"""Visitors, and guides that are published without a proof, for the tests of pages."""

from typing import Any

import pytest
from django.test import Client

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.models import Guide, Version
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(client: Client, shipped_guide: Guide) -> Visitor:
    """A visitor of a site whose only live guide is the shipped one."""
    return Visitor(client)


@pytest.fixture
def small_document() -> dict[str, Any]:
    """A document with one question and every optional text; only the choice « oui » concludes."""
    return {
        "format": 1,
        "slug": "petit-guide",
        "title": "Petit guide",
        "introduction": "Une *introduction*.",
        "questions": [
            {
                "key": "tout-marche",
                "title": "Tout marche\u00a0?",
                "help": "Une **aide** et [un lien](https://pix.fr).",
                "choices": [
                    {"key": "oui", "label": "Oui", "help": "Une explication."},
                    {"key": "non", "label": "Non"},
                ],
            }
        ],
        "outcomes": [
            {
                "key": "fin",
                "title": "C’est fini",
                "body": "Lisez la <b>suite</b>.",
                "final": True,
                "link": {"label": "La suite", "url": "https://pix.fr/suite"},
            }
        ],
        "rules": [
            {"key": "question", "when": [], "then": {"ask": "tout-marche"}},
            {
                "key": "fin",
                "when": [{"question": "tout-marche", "is": ["oui"]}],
                "then": {"conclude": "fin"},
            },
        ],
        "examples": [],
    }


@pytest.fixture
def small_guide(db: None, small_document: dict[str, Any]) -> Guide:
    """A live guide whose choice « non » leads to no conclusion, so that publication would refuse it."""
    return publish_document(small_document)


def publish_document(document: dict[str, Any]) -> Guide:
    """Makes a document the next live version of its guide without checking or proving it."""
    text, title = canonical_json(parse_document(document)), document["title"]
    guide, _ = Guide.objects.get_or_create(slug=document["slug"], defaults={"title": "Brouillon"})
    number = guide.versions.count() + 1
    Version.objects.create(
        guide=guide, number=number, title=title, document=text, sha256=document_digest(text)
    )
    return guide
