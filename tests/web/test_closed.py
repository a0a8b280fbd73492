"""A guide closed to new visitors says so; a diagnostic that was begun goes on."""

import pytest
from django.test import Client

from diagnostics.models import Session
from rules.models import Guide, Version
from rules.publication.guide_settings import guide_settings_update
from tests.web.visitor import Visitor

START = "/corriger-comptes-pix/"
MESSAGE = "Le guide **revient** lundi."


@pytest.fixture
def closed(shipped_guide: Guide) -> Guide:
    set_closed(shipped_guide, closed=True)
    return shipped_guide


def set_closed(guide: Guide, *, closed: bool) -> None:
    guide_settings_update(guide=guide, needs_approval=False, closed=closed, closing_message=MESSAGE)


def test_the_start_page_shows_the_message_and_no_form(visitor: Visitor, closed: Guide) -> None:
    visitor.open(START)
    assert visitor.status == 200
    assert visitor.heading == closed.title
    assert visitor.texts(".card strong") == ["Ce guide est fermé pour le moment.", "revient"]
    assert visitor.page.select("form") == []


def test_beginning_is_refused_with_the_message(visitor: Visitor, closed: Guide) -> None:
    response = visitor.client.post(START)
    assert response.status_code == 403
    assert "revient" in response.content.decode()
    assert not Session.objects.exists()


def test_a_diagnostic_under_way_goes_on_to_its_end(visitor: Visitor, shipped_guide: Guide) -> None:
    visitor.start().answer("oui")
    set_closed(shipped_guide, closed=True)
    visitor.answer_all(["oui", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("ol.steps h2") == ["Tout va bien\u00a0!"]


def test_another_pupil_is_refused_with_the_message(visitor: Visitor, shipped_guide: Guide) -> None:
    visitor.start().answer_all(["oui", "oui", "mediacentre", "mediacentre", "oui"])
    set_closed(shipped_guide, closed=True)
    visitor.press("Diagnostiquer un autre élève")
    assert visitor.status == 403
    assert "revient" in visitor.texts(".card strong")
    assert Session.objects.count() == 1


def test_the_list_of_guides_leaves_it_out(
    client: Client, closed: Guide, small_guide: Guide
) -> None:
    assert Visitor(client).open("/").address == "/petit-guide/"


def test_a_site_with_closed_guides_only_shows_why_they_are(visitor: Visitor, closed: Guide) -> None:
    visitor.open("/")
    assert visitor.texts(".card h2") == [closed.title]
    assert visitor.texts(".card strong") == ["Ce guide est fermé pour le moment.", "revient"]


def test_a_site_without_any_guide_says_so(visitor: Visitor) -> None:
    Version.objects.all().delete()
    assert "Aucun guide n’est en ligne" in visitor.open("/").element(".card").text


def test_a_guide_opened_again_is_begun(visitor: Visitor, closed: Guide) -> None:
    set_closed(closed, closed=False)
    assert visitor.open("/").start().status == 200
    assert Session.objects.count() == 1


def test_its_message_is_harmless_html(client: Client, shipped_guide: Guide) -> None:
    guide_settings_update(
        guide=shipped_guide,
        needs_approval=False,
        closed=True,
        closing_message="<script>alert(1)</script>[lien](javascript:alert(1))",
    )
    page = client.get(START).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
