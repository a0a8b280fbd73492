"""Class mode keeps the focus in view and shows the visitor what has changed."""

import re

import pytest
from playwright.sync_api import Page, expect

from rules.models import Guide
from tests.browser.conftest import NewPage
from tests.browser.test_school_class import (
    ADDRESS,
    LIST,
    answer_for_school,
    begin_class,
    group_titled,
    open_class,
    paste_list,
    print_sheets,
)

pytestmark = pytest.mark.browser

LOOK_AT_FOCUS = """(selector) => {
  const focused = document.activeElement;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const shown = document.elementFromPoint(left + width / 2, top + height / 2);
  return [
    !!shown && (focused.contains(shown) || shown.contains(focused)),
    [...document.querySelectorAll(selector)].at(-1) === focused,
    focused.outerHTML.slice(0, 120),
  ];
}"""
"""Tells whether the focused element is seen, whether it is the last that matches, and its HTML."""
DESKTOP = {"width": 1280, "height": 800}


def test_what_has_the_focus_is_never_covered(new_page: NewPage, shipped_guide: Guide) -> None:
    page = new_page(viewport=DESKTOP)
    begin_class(
        page, "Nom\tMéthode\n" + "\n".join(f"Élève {number}\tIdentifiant" for number in range(20))
    )
    page.locator("#tri-titre").focus()
    for key, end in (("Tab", ".pupil summary"), ("Shift+Tab", "[data-role=all]")):
        for _ in range(100):
            page.keyboard.press(key)
            seen, is_end, html = page.evaluate(LOOK_AT_FOCUS, end)
            assert seen, (key, html)
            if is_end:
                break
        else:
            raise AssertionError(f"{key} does not come to {end}")


def test_a_failure_is_announced_where_the_visitor_is(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(viewport=DESKTOP)
    begin_class(page, "\n".join(f"Élève {number}" for number in range(30)))
    page.context.set_offline(True)
    last = page.get_by_label("Réponse pour Élève 29")
    last.focus()
    last.select_option(label="Mail")
    again = page.get_by_role("button", name="Réessayer")
    expect(again).to_be_in_viewport()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(LOOK_AT_FOCUS, "*")[0]
    page.context.set_offline(False)
    again.press("Enter")
    expect(page.locator("#panne")).to_be_hidden()
    expect(page.locator("#tri-titre")).to_be_focused()


def test_a_row_that_has_a_new_number_stays_ticked_and_open(
    page: Page, shipped_guide: Guide
) -> None:
    begin_class(page, "Zoé\nLéo\nInès")
    asked = page.locator(".group.question")
    asked.get_by_role("checkbox", name="Inès").check()
    asked.get_by_text("Modifier Léo").click()
    asked.get_by_text("Modifier Zoé").click()
    asked.get_by_role("button", name="Retirer cet élève").first.click()
    expect(asked.get_by_text("2. Inès")).to_be_visible()
    expect(asked.get_by_role("checkbox", name="Inès")).to_be_checked()
    expect(asked.get_by_role("checkbox", name="Léo")).not_to_be_checked()
    expect(asked.get_by_role("button", name="Appliquer à 1 élève")).to_be_visible()
    expect(asked.get_by_label("Nom", exact=True)).to_have_value("Léo")


def test_what_has_moved_is_announced_in_a_few_words(page: Page, shipped_guide: Guide) -> None:
    begin_class(page, "Zoé\nLéo")
    announcement = page.locator("#etat")
    expect(announcement).to_have_text("2\u00a0élèves à compléter.")
    announcement.locator("span").click()  # takes the click, so that nothing beneath it does


def test_the_school_comes_first_while_it_is_asked_about(page: Page, shipped_guide: Guide) -> None:
    open_class(page)
    paste_list(page, "Zoé\nLéo")
    expect(page.locator(".pupil")).to_have_count(2)
    expect(page.locator("#etablissement[open] > summary")).to_be_focused()
    answer_for_school(page)
    paste_list(page, "Inès")
    expect(page.locator("#tri-titre")).to_be_focused()


def test_the_link_of_a_result_brings_the_answers_of_the_school_once(
    page: Page, shipped_guide: Guide
) -> None:
    page.goto(f"{ADDRESS}?liste-a-jour=non&attribution-gar=oui&methode-pix-orga=mail&autre=oui")
    chosen = page.locator("#etablissement :checked")
    expect(chosen).to_have_count(2)
    assert page.evaluate("location.search") == ""
    page.locator("#etablissement > summary").click()
    page.locator("label:has([name=liste-a-jour][value=oui])").click()
    page.reload()
    expect(chosen).to_have_count(2)
    assert [radio.input_value() for radio in chosen.all()] == ["oui", "oui"]


def test_what_the_school_has_to_do_stands_first_and_stays_unfolded(
    page: Page, shipped_guide: Guide
) -> None:
    page.goto(f"{ADDRESS}?liste-a-jour=non&attribution-gar=oui")
    paste_list(page, LIST)
    advice = page.locator(".school-advice + #tri, .school-advice details")
    expect(advice).to_have_count(2)
    page.get_by_text("Importer la liste des élèves").click()
    expect(page.get_by_text("base SIECLE (élèves")).to_be_visible()
    page.locator(".pending select").first.select_option("mail")
    expect(page.locator("#etat")).to_contain_text("élève")
    expect(page.get_by_text("base SIECLE (élèves")).to_be_visible()


def test_paper_tells_what_it_comes_from(page: Page, shipped_guide: Guide) -> None:
    begin_class(page)
    for button, paper in [
        ("une fiche par groupe", ".sheet"),
        ("un papier pour chaque élève", ".slip"),
    ]:
        print_sheets(page, f"Imprimer {button}", paper)
        sources = page.locator(f"{paper} .from").all_inner_texts()
        assert len(sources) == page.locator(paper).count()
        source = rf"{re.escape(group_title(page))}, version\s1, le \d\d/\d\d/\d{{4}}\."
        assert re.fullmatch(source, sources[0])


def group_title(page: Page) -> str:
    return page.locator(".brand").inner_text().removeprefix("Pix").strip()


def test_the_form_without_a_script_waits_until_none_has_begun(
    page: Page, shipped_guide: Guide
) -> None:
    page.route("**/classe/app*.js", lambda route: route.abort())
    page.goto(ADDRESS)
    expect(page.locator("#sans-script")).to_be_hidden()
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    expect(page.locator("#sans-script")).to_be_visible()


def test_slips_are_as_high_as_what_they_say(page: Page, shipped_guide: Guide) -> None:
    begin_class(page, "Nom\tMéthode\nZoé\tMail\n" + "Léo " * 60 + "\tMail")
    asked = group_titled(page, "Comment se connecte")
    asked.get_by_label("Tout cocher").check()
    asked.get_by_label("Réponse pour les élèves cochés").select_option(index=1)
    asked.get_by_role("button", name="Appliquer à 2 élèves").click()
    expect(asked).to_have_count(0)
    print_sheets(page, "Imprimer un papier pour chaque élève", ".slip")
    page.emulate_media(media="print")
    heights = page.locator(".slip").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert heights[0] < heights[1]
