"""Tests the pages while a guide is closed to new visitors."""

import pytest
from django.test import Client

from diagnostics.models import Session
from rules.models import Guide, Version
from rules.publication.guide_settings import guide_settings_update
from tests.web.visitor import Visitor

START_URL = "/corriger-comptes-pix/"
CLOSING_MESSAGE = "Le guide **revient** lundi."
CLOSED = "Ce guide est fermé pour le moment\u00a0: vous ne pouvez pas y commencer de diagnostic."


@pytest.fixture
def closed(shipped_guide: Guide) -> Guide:
    set_closed(shipped_guide, closed=True)
    return shipped_guide


def set_closed(guide: Guide, *, closed: bool) -> None:
    guide_settings_update(
        guide=guide, needs_approval=False, closed=closed, closing_message=CLOSING_MESSAGE
    )


def test_the_start_page_shows_the_closing_message_and_no_form(
    visitor: Visitor, closed: Guide
) -> None:
    visitor.open(START_URL)
    assert visitor.status == 200
    assert visitor.heading == closed.title
    assert visitor.texts(".card strong") == [CLOSED, "revient"]
    assert visitor.page.select("form") == []


def test_the_start_page_has_the_title_that_is_online_and_not_that_of_the_draft(
    visitor: Visitor, closed: Guide
) -> None:
    Guide.objects.update(title="Que personne n’a publié")
    visitor.open(START_URL)
    assert visitor.heading == closed.title


def test_beginning_a_diagnostic_is_refused_with_the_closing_message(
    visitor: Visitor, closed: Guide
) -> None:
    response = visitor.client.post(START_URL)
    assert response.status_code == 403
    assert "revient" in response.content.decode()
    assert not Session.objects.exists()


def test_a_diagnostic_begun_before_the_closing_can_be_finished(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    visitor.start().answer("oui")
    set_closed(shipped_guide, closed=True)
    visitor.answer_all(["oui", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("ol.steps h3") == ["Tout va bien\u00a0!"]


def test_a_diagnostic_of_another_pupil_is_refused_with_the_closing_message(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    visitor.start().answer_all(["oui", "oui", "mediacentre", "mediacentre", "oui"])
    set_closed(shipped_guide, closed=True)
    visitor.press("Continuer avec un autre élève")
    assert visitor.status == 403
    assert "revient" in visitor.texts(".card strong")
    assert Session.objects.count() == 1


def test_the_list_of_guides_leaves_out_a_closed_guide(
    client: Client, closed: Guide, small_guide: Guide
) -> None:
    assert Visitor(client).open("/").address == "/petit-guide/"


def test_a_site_with_only_closed_guides_shows_their_closing_messages(
    visitor: Visitor, closed: Guide
) -> None:
    visitor.open("/")
    assert visitor.texts(".card h2") == [closed.title]
    assert visitor.texts(".card strong") == [CLOSED, "revient"]


def test_a_site_without_any_guide_says_so(visitor: Visitor) -> None:
    Version.objects.all().delete()
    assert "Aucun guide n’est en ligne" in visitor.open("/").element(".card").text


def test_a_diagnostic_begins_when_the_guide_is_open_again(visitor: Visitor, closed: Guide) -> None:
    set_closed(closed, closed=False)
    assert visitor.open("/").start().status == 200
    assert Session.objects.count() == 1


def test_scripts_in_a_closing_message_do_not_run(client: Client, shipped_guide: Guide) -> None:
    guide_settings_update(
        guide=shipped_guide,
        needs_approval=False,
        closed=True,
        closing_message="<script>alert(1)</script>[lien](javascript:alert(1))",
    )
    page = client.get(START_URL).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
