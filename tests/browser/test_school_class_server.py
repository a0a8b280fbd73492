"""Class mode loses nothing when the server is away, changes its guide, or is replaced by another."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from diagnostics.throttles.large_batches import LARGE_BATCH_ROWS
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.browser.test_school_class import (
    ADDRESS,
    LIST,
    METHOD,
    NAMES,
    answer_for_school,
    begin_class,
    erase_class,
    expect_groups,
    group_titled,
    open_class,
    paste_list,
)
from tests.web.conftest import publish_document

pytestmark = pytest.mark.browser

BATCHES = "**/evaluate-batch?texts=once"


def test_all_is_erased_although_the_guide_did_not_come(page: Page, shipped_guide: Guide) -> None:
    begin_class(page)
    page.route("**/guides/*", lambda route: route.fulfill(json={"login": 1}))
    page.route(f"**{ADDRESS}", without_guide)
    page.reload()
    expect(page.get_by_role("alert").filter(has_text="n’a pas pu répondre")).to_be_visible()
    assert "Dupont" in page.evaluate("JSON.stringify({...sessionStorage})")
    page.get_by_label("Liste des élèves", exact=True).fill("Durand")
    erase_class(page)
    expect(page.get_by_text("Tout est effacé.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    assert page.get_by_label("Liste des élèves", exact=True).input_value() == ""


def without_guide(route: Route) -> None:
    response = route.fetch()
    body = re.sub('data-guide="[^"]*"', 'data-guide="null"', response.text())
    route.fulfill(response=response, body=body)


def test_nothing_is_lost_when_the_server_does_not_answer(page: Page, shipped_guide: Guide) -> None:
    open_class(page)
    answer_for_school(page)
    page.context.set_offline(True)
    paste_list(page, LIST)
    announcement = page.get_by_role("alert").filter(has_text="Rien n’est perdu")
    expect(announcement).to_contain_text("Le serveur ne répond pas")
    expect_groups(page, [("En attente du serveur", NAMES)])
    page.context.set_offline(False)
    page.route(BATCHES, lambda route: route.fulfill(body="<h1>Wi-Fi</h1>"))
    page.get_by_role("button", name="Réessayer").click()
    expect(announcement).to_contain_text("Le serveur n’a pas pu répondre")
    page.unroute(BATCHES)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".group.outcomes .pupil")).to_have_count(1)
    expect(page.locator("#panne")).to_be_hidden()


def test_the_message_of_a_guide_closed_meanwhile_is_rendered(
    page: Page, shipped_guide: Guide
) -> None:
    open_class(page)
    answer_for_school(page)
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Il **revient**."
    )
    # The window of a test takes a status of 400 or more for a fault.
    page.route(BATCHES, lambda route: route.fulfill(response=route.fetch(), status=399))
    paste_list(page, LIST)
    announcement = page.get_by_role("alert").filter(has_text="Rien n’est perdu")
    expect(announcement.locator("strong")).to_have_text("revient")
    expect(announcement).not_to_contain_text("**")


@pytest.mark.parametrize(
    "body", [{"login": 1}, {"results": []}, {"results": {"length": 3}}, [1], 7]
)
def test_an_answer_that_is_not_the_servers_is_announced(
    body: object, page: Page, shipped_guide: Guide
) -> None:
    open_class(page)
    answer_for_school(page)
    page.route(BATCHES, lambda route: route.fulfill(json=body))
    paste_list(page, LIST)
    announcement = page.get_by_role("alert").filter(has_text="Le serveur n’a pas pu répondre")
    expect(announcement).to_contain_text("Rien n’est perdu")
    page.unroute(BATCHES)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".group.outcomes .pupil")).to_have_count(1)


def test_a_class_that_the_server_asks_to_wait_is_sent_again_without_a_click(
    page: Page, shipped_guide: Guide
) -> None:
    open_class(page)
    answer_for_school(page)
    # The window of a test takes a status of 400 or more for a fault.
    refused = {"detail": "Trop de demandes. Réessayez dans 1 seconde."}
    page.route(
        BATCHES,
        lambda route: route.fulfill(json=refused, status=399, headers={"Retry-After": "1"}),
        times=1,
    )
    paste_list(page, LIST)
    announcement = page.get_by_role("alert").filter(has_text="Rien n’est perdu")
    expect(announcement).to_contain_text("Réessayez dans 1 seconde.")
    expect(announcement).to_contain_text("Cette page réessaiera d’elle-même.")
    expect(page.locator(".group.outcomes .pupil")).to_have_count(1)
    expect(announcement).to_be_hidden()


def test_a_long_class_is_sent_in_batches_that_never_wait_for_others(
    page: Page, shipped_guide: Guide, guide_document: dict[str, Any]
) -> None:
    method = next(item for item in guide_document["questions"] if item["key"] == METHOD)
    choices = [{"key": f"c{number}", "label": f"Compte {number}"} for number in range(120)]
    method["choices"] += choices
    publish_document(guide_document)
    open_class(page)
    answer_for_school(page)
    sizes: list[int] = []

    def note_size(route: Route) -> None:
        sizes.append(len(json.loads(route.request.post_data or "")["rows"]))
        route.continue_()

    page.route(BATCHES, note_size)
    lines = [f"Élève {number}\tCompte {number}" for number in range(120)]
    paste_list(page, "\n".join([f"Nom\t{METHOD}", *lines]))
    expect(page.locator(".pupil")).to_have_count(120)
    expect(page.locator(".group", has_text="En attente")).to_have_count(0)
    assert sizes == [LARGE_BATCH_ROWS, 20]


def test_servers_that_never_agree_on_the_guide_are_not_asked_for_ever(
    page: Page, shipped_guide: Guide
) -> None:
    open_class(page)
    answer_for_school(page)
    asked = []

    def answer_as_another(route: Route) -> None:
        asked.append(route.request)
        response = route.fetch()
        headers = {**response.headers, "guide-version": "another"}
        route.fulfill(response=response, headers=headers)

    page.route(BATCHES, answer_as_another)
    paste_list(page, LIST)
    expect(page.get_by_text("Le guide est en train de changer.")).to_contain_text(
        "Rien n’est perdu"
    )
    assert len(asked) == 3
    page.unroute(BATCHES)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".group.outcomes .pupil")).to_have_count(1)


def test_a_browser_of_2021_sorts_a_class(page: Page, shipped_guide: Guide) -> None:
    page.add_init_script("delete AbortSignal.timeout")
    begin_class(page)
    expect(page.locator(".group.outcomes .pupil")).to_have_count(1)


def test_a_new_version_is_announced_and_followed(
    page: Page, shipped_guide: Guide, guide_document: dict[str, Any]
) -> None:
    begin_class(page)
    mail = next(item for item in guide_document["questions"] if item["key"] == METHOD)["choices"][2]
    mail |= {"key": "courriel", "label": "Courriel"}
    guide_document["rules"] = [
        rule for rule in guide_document["rules"] if "'mail'" not in str(rule)
    ]
    guide_document["examples"] = []
    publish_document(guide_document)
    row = page.locator(".pupil", has_text="Martin Léo")
    row.get_by_label("Réponse pour Martin Léo").select_option(label="Avec l’ENT et le Médiacentre")
    expect(page.get_by_text("Le guide vient de changer")).to_be_visible()
    asked = group_titled(page, "Dans Pix Orga").locator(".pupil", has_text="Nguyen Aïcha")
    expect(asked.get_by_role("option", name="Courriel")).to_be_attached()
