"""Forms with errors, by the keyboard and as the accessibility tree has them, without scripts too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from diagnostics.services import session_create
from rules.admin.links import action_url, add_url, change_url
from rules.models import Guide, Question
from tests.browser.axe import axe_violations
from tests.browser.conftest import LogIn, NewPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Fill = Callable[[Page, Guide], None]


def fill_question(page: Page, guide: Guide) -> None:
    page.goto(add_url(Question, guide))
    page.locator("#id_help").fill("Gardé")
    page.locator("#id_choices-1-label").fill("Oui")
    page.locator("#id_choices-1-position").fill("99999")


def fill_outcome(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide.outcomes.all()[0]))
    page.locator("#id_body").fill("Gardé")
    page.locator("#id_title").fill("")
    page.locator("#id_link_url").fill("pix")


def fill_rule(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide.rules.all()[13]))
    page.locator("#id_note").fill("Gardé")
    for box in page.locator("#conditions-0 [type=checkbox]:checked").all()[::-1]:
        box.uncheck()
    page.locator("#id_then").select_option("")


def fill_publication(page: Page, guide: Guide) -> None:
    guide.title = "Autre titre"
    guide.save()
    page.goto(action_url(guide, "publish"))
    page.locator("#id_note").fill("Gardé")
    page.get_by_label("À une date et une heure").check()
    page.locator("#id_date").fill("2020-01-01")


FORMS: dict[str, tuple[Fill, str, list[str]]] = {
    "question": (fill_question, "id_help", ["id_title", "id_choices-1-position"]),
    "outcome": (fill_outcome, "id_body", ["id_title", "id_link_url"]),
    "rule": (fill_rule, "id_note", ["id_conditions-0-named_0", "id_then"]),
    "publish": (fill_publication, "id_note", ["id_time"]),
}


def is_invalid(field: Locator) -> bool:
    """True if the field, or the group that it is in, is described by an error that is shown."""
    return bool(
        field.evaluate(
            """element => [element, element.closest("[role=group]")].some(found =>
                (found?.getAttribute("aria-describedby") ?? "").split(" ").some(id =>
                    id.endsWith("_error") && document.getElementById(id)?.offsetParent))"""
        )
    )


@pytest.mark.parametrize(
    ("name", "scripts"),
    [("question", True), ("outcome", False), ("rule", True), ("rule", False), ("publish", True)],
)
def test_the_first_error_has_the_focus_and_each_link_leads_to_its_field(
    log_in: LogIn, shipped_guide: Guide, name: str, *, scripts: bool
) -> None:
    fill, field_to_keep, anchors = FORMS[name]
    page = log_in(java_script_enabled=scripts)
    fill(page, shipped_guide)
    page.locator("input.default:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f'[id="{anchors[0]}"]')).to_be_focused()
    expect(page.locator(f"#{field_to_keep}")).to_have_value("Gardé")
    links = page.get_by_role("alert").get_by_role("link")
    expect(links).to_have_count(len(anchors))
    for link, anchor in zip(links.all(), anchors, strict=True):
        link.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(f'[id="{anchor}"]')).to_be_focused()
        assert is_invalid(page.locator(f'[id="{anchor}"]'))
    assert scripts is False or axe_violations(page) == []


def miss_a_code(page: Page, guide: Guide) -> None:
    page.goto("/reprendre/")
    page.get_by_role("button", name="Ouvrir").click()


def miss_a_choice(page: Page, guide: Guide) -> None:
    page.goto(f"/{guide.slug}/")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("button", name="Continuer").click()


def miss_a_number(page: Page, guide: Guide) -> None:
    page.goto(f"/{guide.slug}/classe/")
    page.get_by_role("button", name="Continuer").last.click()


def miss_a_verdict(page: Page, guide: Guide) -> None:
    answers = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
    session = session_create(version=guide.versions.get(), answers=answers)
    page.goto(f"/diagnostics/{session.pk}/")
    page.get_by_text("Le problème est-il réglé").click()
    page.get_by_role("button", name="Envoyer").click()


def test_a_visitor_has_the_focus_in_the_field_that_is_wrong(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(java_script_enabled=False)
    for miss in (miss_a_code, miss_a_choice, miss_a_number, miss_a_verdict):
        miss(page, shipped_guide)
        check_error_of_visitor(page)


def check_error_of_visitor(page: Page) -> None:
    link = page.get_by_role("alert").get_by_role("link")
    expect(link).to_have_count(1)
    field = page.locator(str(link.get_attribute("href")))
    expect(field).to_be_focused()
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    invalid = page.locator("[aria-invalid=true]")
    expect(invalid).to_have_count(1)
    error = str(page.locator("#erreur").inner_text())
    expect(invalid).to_have_accessible_description(re.compile(re.escape(error)))
