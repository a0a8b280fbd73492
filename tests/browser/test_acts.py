"""Acts on the page of a guide, in place: what they cost, where the focus goes, who can use them."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from rules.admin.acts.removal_pages import choice_removal_url
from rules.admin.links import action_url, change_url
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.drafts.snapshots import snapshot_take
from rules.models import Guide
from tests.admin.usual_guide import usual_guide
from tests.browser.axe import axe_violations, violations_by_address
from tests.browser.conftest import LogIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "La liste vient-elle de l’ENT\u00a0?"
SCREEN = {"width": 1366, "height": 768}


def open_act(page: Page, guide: Guide, name: str) -> None:
    page.goto(change_url(guide))
    page.get_by_role("link", name=name, exact=False).first.click()
    expect(page.locator(".act-in-place")).to_be_visible()


def test_after_an_act_the_page_stays_as_it_was_unfolded_and_the_focus_is_at_its_place(
    log_in: LogIn, db: None
) -> None:
    guide = guide_import(content=usual_guide(40, 150))
    guide.examples.all().delete()
    page = log_in(viewport=SCREEN)
    page.goto(change_url(guide))
    for number in (30, 20):
        page.locator(".stop").nth(number).locator("summary").first.click()
    navigations: list[str] = []
    page.on("framenavigated", lambda frame: navigations.append(frame.url))
    stop = page.locator(".stop").nth(20)
    stop.get_by_role("link", name="Insérer une question").first.click()
    page.locator("[name=title]").fill(QUESTION)
    page.keyboard.press("Enter")
    new = page.locator(".stop", has=page.locator("h3", has_text=QUESTION))
    choices = new.get_by_role("link", name="Changer les réponses")
    expect(choices).to_be_focused()
    expect(choices).to_be_in_viewport()
    expect(page.locator(".messagelist")).to_contain_text("est posée")
    expect(page.get_by_role("status")).to_contain_text("est posée")
    assert page.locator(".stop > details[open]").count() == 3
    assert navigations == []


def test_an_act_is_undone_in_place(log_in: LogIn, shipped_guide: Guide) -> None:
    before = draft_read(shipped_guide)
    page = log_in(viewport=SCREEN)
    open_act(page, shipped_guide, "Insérer une question\u00a0: Méthode Pix Orga → Mail")
    page.locator("[name=title]").fill(QUESTION)
    page.get_by_label("Réponse des cas types").fill("Oui")
    page.keyboard.press("Enter")
    navigations: list[str] = []
    page.on("framenavigated", lambda frame: navigations.append(frame.url))
    examples = page.locator("details", has=page.locator(".examples"))
    examples.locator("summary").click()
    page.get_by_role("button", name="Annuler").dblclick()
    expect(page.locator("h3", has_text=QUESTION)).to_have_count(0)
    redo = page.get_by_role("button", name="Rétablir").first
    box = redo.bounding_box()
    assert box
    # the second press of a double click that was slower than the server
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(500)
    expect(redo).to_be_visible()
    assert draft_read(shipped_guide) == before
    assert examples.get_attribute("open") is not None
    assert page.locator(".plus").get_attribute("open") is None
    assert navigations == []


def test_who_gives_an_act_up_does_not_undo_the_one_before(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    page = log_in(viewport=SCREEN)
    open_act(page, shipped_guide, "Insérer une question\u00a0: Méthode Pix Orga → Mail")
    page.locator("[name=title]").fill(QUESTION)
    page.get_by_label("Réponse des cas types").fill("Oui")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("est posée")
    page.get_by_role("link", name="Supprimer\u00a0: Attribution dans le GAR").click()
    page.get_by_label("Les visiteurs passent à la suite").check()
    page.get_by_role("button", name="Continuer").click()
    page.locator(".act").get_by_role("link", name="Renoncer").click()
    expect(page.locator(".act")).to_have_count(0)
    expect(page.locator(".messagelist")).to_have_count(0)
    expect(page.get_by_text("Dernier changement du brouillon")).to_be_visible()


def test_escape_closes_an_act_and_gives_the_focus_back(log_in: LogIn, shipped_guide: Guide) -> None:
    page = log_in()
    open_act(page, shipped_guide, "Mener ailleurs\u00a0: Méthode Pix Orga → Mail")
    page.keyboard.press("Escape")
    expect(page.locator(".act-in-place")).to_have_count(0)
    name = "Mener ailleurs\u00a0: Méthode Pix Orga → Mail"
    expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()


def test_what_is_typed_in_an_act_is_given_up_only_by_an_editor_who_says_so(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    before = draft_read(shipped_guide)
    page, asked, answers = log_in(), list[str](), iter([False, False, False, True])

    def answer_dialog(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if next(answers) else dialog.dismiss()

    page.on("dialog", answer_dialog)
    open_act(page, shipped_guide, "Insérer une question\u00a0: Méthode Pix Orga → Mail")
    title = page.locator("[name=title]")
    title.fill(QUESTION)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Mener ailleurs").first.click()
    page.get_by_role("button", name="Créer les cas types manquants").click()
    expect(title).to_have_value(QUESTION)
    title.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".act-in-place")).to_have_count(0)
    assert asked == ["Renoncer à ce que vous avez saisi\u00a0?"] * 4
    assert draft_read(shipped_guide) == before


@pytest.mark.parametrize("width", [1366, 390])
def test_an_act_and_what_it_will_do_are_accessible_in_place(
    log_in: LogIn, shipped_guide: Guide, width: int
) -> None:
    page = log_in(viewport={"width": width, "height": 800})
    open_act(page, shipped_guide, "Mener ailleurs\u00a0: Méthode Pix Orga → Identifiant")
    assert axe_violations(page) == []
    page.get_by_label("Question ou conclusion").fill("support")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="« Identifiant »", exact=False)).to_be_focused()
    assert axe_violations(page) == []


def test_an_act_that_cannot_open_in_place_opens_as_a_page(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    page = log_in()
    page.goto(change_url(shipped_guide))
    page.context.clear_cookies()
    page.get_by_role("link", name="Mener ailleurs").first.click()
    expect(page.get_by_label("Nom d’utilisateur", exact=False)).to_be_visible()


@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_that_removes_a_question_is_accessible_in_place(
    log_in: LogIn, shipped_guide: Guide, width: int
) -> None:
    page = log_in(viewport={"width": width, "height": 800})
    open_act(page, shipped_guide, "Supprimer\u00a0: Méthode Pix Orga")
    expect(page.locator("input[name=way]").first).to_be_focused()
    assert axe_violations(page) == []
    page.get_by_label("une autre question ou conclusion").check()
    expect(page.get_by_role("combobox", name="Question ou conclusion")).to_be_visible()
    assert axe_violations(page) == []


def pages_of_acts(guide: Guide) -> list[str]:
    """Returns the addresses of the pages about acts that nothing else opens in a browser."""
    guide.outcomes.create(key="autre", title="Une autre fin", final=True, position=99)
    about = "question=methode-pix-orga&choice=mail"
    snapshot_take(guide=guide, before=usual_guide(3, 8), sentence="Tout a changé.", author=None)
    return [
        f"{action_url(guide, 'advise')}?{about}",
        f"{action_url(guide, 'withdraw')}?{about}&rule=expliquer-mail",
        f"{action_url(guide, 'place_question')}?{about}",
        f"{action_url(guide, 'place_rule')}?rule=expliquer-mail",
        f"{action_url(guide, 'enter')}?outcome=autre",
        f"{action_url(guide, 'lead')}?arrow=methode-pix-orga.aucune&arrow=methode-pix-orga.mail",
        choice_removal_url(guide, "methode-pix-orga", "mail"),
        f"{action_url(guide, 'revert')}?snapshot=1",
        action_url(guide.versions.get(), "take"),
    ]


def test_each_page_of_acts_is_accessible_and_keeps_to_the_content_security_policy(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    """The fixture of the window fails the test when the console complains."""
    page = log_in(viewport={"width": 390, "height": 800})
    assert violations_by_address(page, pages_of_acts(shipped_guide)) == {}
    page.goto(change_url(shipped_guide))
    page.get_by_role("button", name="Créer les cas types manquants").click()
    expect(page.locator(".act-in-place .errornote")).to_be_visible()
    assert axe_violations(page) == []
