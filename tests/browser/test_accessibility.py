"""Each kind of public page keeps the rules of accessibility in every window and when printed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from diagnostics.models import Session
from rules.document.files import load_document
from rules.guides import SHIPPED_GUIDE
from rules.models import Guide, Version
from rules.publication.guide_settings import guide_settings_update
from tests.browser.sound import find_faults
from tests.browser.structure import structure_faults
from tests.web.conftest import publish_document

pytestmark = pytest.mark.browser

SCHOOL = {"liste-a-jour": "non", "attribution-gar": "oui"}
PUPIL = {"methode-pix-orga": "identifiant", "connexion-habituelle": "identifiant"}


def create_diagnostic(end: str = "", **answers: str) -> str:
    given = {key.replace("_", "-"): choice for key, choice in answers.items()}
    session = Session.objects.create(version=Version.objects.get(), answers=given, code="ABCDEFGH")
    return f"/diagnostics/{session.pk}/{end}"


def open_start(page: Page) -> None:
    page.goto("/corriger-comptes-pix/")


def open_start_with_answers_given(page: Page) -> None:
    page.goto("/corriger-comptes-pix/?liste-a-jour=non&methode-pix-orga=mail")


def open_poster(page: Page) -> None:
    page.goto("/corriger-comptes-pix/affiche/")
    page.locator("details").evaluate("element => { element.open = true }")


def open_site_map(page: Page) -> None:
    page.goto("/plan-du-site/")


def open_first_question(page: Page) -> None:
    page.goto(create_diagnostic())


def open_question_with_help_and_advice(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL))


def open_change_of_an_answer(page: Page) -> None:
    page.goto(create_diagnostic("questions/attribution-gar/", **SCHOOL))


def open_question_with_an_error(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL))
    page.get_by_role("button", name="Continuer").click()


def open_result_with_two_steps(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL, **PUPIL, identifiants_connus="non"))
    page.get_by_text("Pourquoi").click()


def open_result_with_one_step(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL, methode_pix_orga="aucune"))


def open_result_for_support(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL, **PUPIL | {"connexion-habituelle": "mail"}))
    page.get_by_text("Votre message au support").click()
    page.get_by_role("button", name="Copier le texte").click()
    expect(page.get_by_role("status")).to_contain_text("texte")


def open_result_beside_a_success(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL, **PUPIL, identifiants_connus="oui"))
    page.get_by_label("C’est fait").first.check()


def open_question_with_answers_set_aside(page: Page) -> None:
    page.goto(create_diagnostic(**SCHOOL, identifiants_connus="oui"))


def open_result_that_nothing_gives(page: Page) -> None:
    document = cast("dict[str, Any]", load_document(SHIPPED_GUIDE.read_text()))
    version = publish_document(document | {"rules": [], "examples": []}).versions.get(number=2)
    session = Session.objects.create(version=version, code="ABCDEFGH")
    page.goto(f"/diagnostics/{session.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ne prévoit pas")


def open_unknown_address(page: Page) -> None:
    page.goto("/nulle-part/")


def open_expired_diagnostic(page: Page) -> None:
    address = create_diagnostic()
    Session.objects.update(updated_at=timezone.now() - timedelta(days=settings.SESSION_DAYS))
    page.goto(address)
    expect(page.get_by_role("heading", name="Ce diagnostic a été effacé")).to_be_visible()


def open_closed_guide(page: Page) -> None:
    guide_settings_update(
        guide=Guide.objects.get(), needs_approval=False, closed=True, closing_message="Revenez."
    )
    page.goto("/corriger-comptes-pix/")
    expect(page.get_by_text("fermé pour le moment")).to_be_visible()


def open_list_of_guides(page: Page) -> None:
    document = cast("dict[str, Any]", load_document(SHIPPED_GUIDE.read_text()))
    publish_document(document | {"slug": "autre-guide", "title": "Un autre guide"})
    page.goto("/")
    expect(page.get_by_role("link", name="Un autre guide")).to_be_visible()


OPENERS = [opener for name, opener in list(globals().items()) if name.startswith("open_")]
every_page = pytest.mark.parametrize("opener", OPENERS, ids=lambda opener: opener.__name__)
Opener = Callable[[Page], None]


@every_page
def test_a_page_is_sound_in_every_window(opener: Opener, page: Page, shipped_guide: Guide) -> None:
    opener(page)
    assert find_faults(page) == []


def test_the_skip_link_leads_to_the_content(page: Page, shipped_guide: Guide) -> None:
    open_first_question(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("opener", [open_question_with_help_and_advice, open_result_with_two_steps])
def test_what_is_pressed_is_large_enough(opener: Opener, page: Page, shipped_guide: Guide) -> None:
    opener(page)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    for target in page.locator("label:has(input), .button, summary").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_the_field_with_an_error_has_the_focus(page: Page, shipped_guide: Guide) -> None:
    open_question_with_an_error(page)
    expect(page.get_by_role("radio").first).to_be_focused()
    page.get_by_role("link", name="Choisissez une réponse").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()


def test_what_is_printed_is_what_is_read(page: Page, shipped_guide: Guide) -> None:
    open_result_with_two_steps(page)
    page.emulate_media(media="print")
    assert structure_faults(page) == []
    expect(page.get_by_role("heading", name="Associer le compte Pix")).to_be_visible()
    expect(page.get_by_role("strong").filter(has_text="ABCD")).to_be_visible()
    for left_out in (".actions", ".back", "dd a", "footer"):
        expect(page.locator(left_out).first).to_be_hidden()
