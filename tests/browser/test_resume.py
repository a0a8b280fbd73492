"""Visitors come back by their code and say whether the result helped; support opens it too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from diagnostics.models import Session
from diagnostics.throttles.token_bucket import TokenBucket
from rules.models import Guide, Version
from tests.browser.conftest import LogIn, NewPage
from tests.browser.sound import broken_rules, find_faults, sideways_scrolls
from tests.browser.test_form import tab_to_element

pytestmark = pytest.mark.browser

CODE = "ABCDEFGH"
ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
Opener = Callable[[Page, Session], None]


@pytest.fixture
def session(shipped_guide: Guide) -> Session:
    """A diagnostic that has a result."""
    return Session.objects.create(version=Version.objects.get(), answers=ANSWERS, code=CODE)


def come_back(page: Page, code: str = CODE) -> None:
    page.goto("/reprendre/")
    page.get_by_label("Code du diagnostic").fill(code)
    page.get_by_role("button", name="Ouvrir").click()


def unfold_verdict_form(page: Page) -> None:
    page.get_by_text("Le problème est-il réglé").click()


def shown_verdict(page: Page) -> str:
    return page.locator("#resolu strong").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_a_visitor_comes_back_by_the_code_and_says_whether_it_helped(
    script: bool, new_page: NewPage, session: Session
) -> None:
    page = new_page(java_script_enabled=script)
    come_back(page, "abcd efgh")
    unfold_verdict_form(page)
    page.get_by_label("Pas encore").check()
    page.get_by_text("Ajouter un commentaire").click()
    page.get_by_label("Votre commentaire").fill("Rappeler le 06 12 34 56 78")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("un numéro de téléphone")
    expect(page.get_by_label("Votre commentaire")).to_have_value("Rappeler le 06 12 34 56 78")
    page.get_by_label("Votre commentaire").fill("Il reste 3 élèves")
    page.get_by_role("button", name="Envoyer").click()
    assert shown_verdict(page) == "Pas encore"
    come_back(page)
    page.get_by_text("Changer ma réponse").click()
    expect(page.get_by_label("Votre commentaire")).to_have_value("Il reste 3 élèves")
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#resolu strong")).to_have_text("Oui")
    assert page.context.cookies() == []


def test_the_keyboard_alone_comes_back_and_answers(page: Page, session: Session) -> None:
    page.goto("/reprendre/")
    tab_to_element(page, "#code")
    page.keyboard.type(CODE.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/diagnostics/{session.pk}/")
    tab_to_element(page, "details:has(#resolu) > summary")
    page.keyboard.press("Enter")
    tab_to_element(page, "[name=solved]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to_element(page, ".comment summary")
    page.keyboard.press("Enter")
    tab_to_element(page, "textarea")
    page.keyboard.type("Presque")
    tab_to_element(page, "#resolu button")
    page.keyboard.press("Enter")
    expect(page.locator("#resolu")).to_be_focused()
    assert shown_verdict(page) == "Non"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to_element(page, "[name=solved]")
    expect(page.get_by_label("Non", exact=True)).to_be_focused()


def test_a_wrong_code_is_announced_where_the_visitor_is(page: Page, session: Session) -> None:
    come_back(page, "HGFEDCBA")
    expect(page).to_have_title("Erreur\u00a0: Reprendre un diagnostic – Pix")
    expect(page.get_by_label("Code du diagnostic")).to_be_focused()
    page.get_by_role("link", name="Aucun diagnostic").click()
    expect(page.get_by_label("Code du diagnostic")).to_be_focused()
    expect(page.get_by_label("Code du diagnostic")).to_have_value("HGFEDCBA")


def test_a_missing_verdict_is_announced_where_the_visitor_is(page: Page, session: Session) -> None:
    come_back(page)
    unfold_verdict_form(page)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_label("Oui", exact=True)).to_be_focused()
    page.get_by_role("link", name="Choisissez Oui").click()
    expect(page.get_by_label("Oui", exact=True)).to_be_focused()


def test_the_question_is_not_printed(page: Page, session: Session) -> None:
    come_back(page)
    page.emulate_media(media="print")
    expect(page.locator("#resolu")).to_be_hidden()


def open_code(page: Page, session: Session) -> None:
    page.goto("/reprendre/")


def open_wrong_code(page: Page, session: Session) -> None:
    come_back(page, "0")


def open_too_many(page: Page, session: Session) -> None:
    with pytest.MonkeyPatch.context() as limited:
        none = TokenBucket("none", capacity=0, seconds_per_token=55)
        limited.setattr("diagnostics.wrong_codes.WRONG_CODES", none)
        come_back(page)
        expect(page.get_by_role("alert")).to_contain_text(
            "secondes, puis choisissez de nouveau Ouvrir"
        )


def open_result(page: Page, session: Session) -> None:
    come_back(page)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def open_dropped_comment(page: Page, session: Session) -> None:
    come_back(page)
    unfold_verdict_form(page)
    page.get_by_label("Non", exact=True).check()
    page.get_by_text("Ajouter un commentaire").click()
    page.get_by_label("Votre commentaire").fill("jean@exemple.fr")
    page.get_by_role("button", name="Envoyer").click()


def open_thanks(page: Page, session: Session) -> None:
    Session.objects.update(solved="not_yet", comment="Il reste 3 élèves")
    come_back(page)
    page.get_by_text("Changer ma réponse").click()


OPENERS = [opener for name, opener in list(globals().items()) if name.startswith("open_")]


@pytest.mark.parametrize("opener", OPENERS, ids=lambda opener: opener.__name__)
def test_a_page_is_sound_in_every_window(opener: Opener, page: Page, session: Session) -> None:
    opener(page, session)
    assert find_faults(page) == []


def test_what_is_pressed_or_filled_in_is_large_enough(page: Page, session: Session) -> None:
    open_thanks(page, session)
    for target in page.locator("#resolu :is(.choice, .button, .field, summary)").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44


@pytest.mark.django_db(transaction=True)
def test_support_opens_a_diagnostic_by_its_code_and_reads_why(
    log_in: LogIn, session: Session
) -> None:
    page = log_in()
    page.goto("/admin/")
    assert list(broken_rules(page)) == []
    page.get_by_label("Ouvrir un diagnostic par son code").fill("abcd-efgh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Diagnostic {CODE}")).to_be_visible()
    page.get_by_text("Règles non déclenchées").click()
    assert [*broken_rules(page), *sideways_scrolls(page)] == []
    trace = page.get_by_role("complementary", name="Trace du diagnostic")
    trace.get_by_role("link", name="Règle 12", exact=True).click()
    expect(page.get_by_text("Communiquer un code de campagne").first).to_be_visible()
