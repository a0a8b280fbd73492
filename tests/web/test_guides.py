"""Tests the first page of the site, `/`, which lists the guides."""

from typing import Any

import pytest
from django.test import Client

from rules.models import Guide
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor


def test_the_first_page_leads_to_the_only_guide(visitor: Visitor) -> None:
    assert visitor.open("/").address == "/corriger-comptes-pix/"


def test_several_guides_are_listed_by_their_live_titles(
    visitor: Visitor, small_guide: Guide
) -> None:
    visitor.open("/")
    assert visitor.texts("h1 + p")[0].startswith("Ces guides aident les établissements scolaires")
    assert visitor.texts("ul.guides a") == [
        "Corriger les problèmes de comptes Pix avant la certification",
        "Petit guide",
    ]
    assert visitor.follow("Petit guide").address == "/petit-guide/"


def test_an_altered_version_does_not_hide_other_guides(
    visitor: Visitor, small_guide: Guide
) -> None:
    small_guide.versions.update(document="{}")
    assert visitor.open("/").status == 200
    assert visitor.start().status == 200


@pytest.mark.django_db
def test_a_site_without_a_guide_says_so(no_guide: None, client: Client) -> None:
    visitor = Visitor(client).open("/")
    assert visitor.status == 200
    assert "Aucun guide n’est en ligne" in visitor.page.text


@pytest.mark.django_db
def test_a_guide_without_a_version_is_not_shown(no_guide: None, client: Client) -> None:
    Guide.objects.create(slug="brouillon", title="Brouillon")
    assert "Brouillon" not in Visitor(client).open("/").page.text
    assert Visitor(client).open("/brouillon/").status == 404


def test_the_first_page_leads_to_the_live_version(
    no_guide: None, small_guide: Guide, small_document: dict[str, Any], client: Client
) -> None:
    publish_document(small_document | {"title": "Un autre titre"})
    assert Visitor(client).open("/").heading == "Un autre titre"
