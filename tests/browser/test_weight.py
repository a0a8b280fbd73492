"""Public pages, served as in production, stay within their weight over the wire."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_form import answer_questions
from tests.local_installation import LocalInstallation

pytestmark = pytest.mark.browser

WHOLE_CLASS = 45 * 1024
ONE_ROUND_TRIP = 14 * 1024
"""Bytes that a server may send before it waits for an answer."""


def weigh_visit(page: Page, visit: Callable[[], object]) -> int:
    """Returns the bytes over the wire of all that a visit loads, headers included."""
    page.wait_for_load_state()  # what an earlier visit loads is not weighed
    network, sizes = page.context.new_cdp_session(page), list[float]()
    network.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    visit()
    page.wait_for_load_state("networkidle")
    network.detach()
    assert sizes
    return round(sum(sizes))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server, for all tests of this module."""
    installation = LocalInstallation(tmp_path_factory.mktemp("installation"))
    yield installation.start_and_wait()
    installation.kill_servers()


@pytest.fixture
def served(site: str, chromium: Browser) -> Page:
    return chromium.new_context(base_url=site, locale="fr-FR").new_page()


def test_no_page_of_the_form_needs_a_second_round_trip(served: Page) -> None:
    weights = [weigh_visit(served, lambda: served.goto("/corriger-comptes-pix/"))]
    served.get_by_role("button", name="Commencer").click()
    for choice in ["non", "non", "identifiant", "identifiant", "non"]:
        weights.append(weigh_visit(served, served.reload))
        answer_questions(served, [choice])
    weights.append(weigh_visit(served, served.reload))  # the result
    assert len(weights) == 7
    assert max(weights) <= ONE_ROUND_TRIP


def test_a_whole_class_is_forty_five_kilobytes_at_most(served: Page) -> None:
    """The guide's document and the states of a class with every method are weighed with the page."""
    methods = ["Identifiant", "Mediacentre", "Adresse e-mail", "Aucune"]

    def sort_a_class() -> None:
        served.goto("/corriger-comptes-pix/classe/")
        rows = [f"Élève {number}\t{methods[number % 4]}" for number in range(200)]
        served.get_by_label("Liste des élèves", exact=True).fill("\n".join(rows))
        served.locator("#ajouter").click()
        served.locator("#confirmer").click()
        served.locator("#tri .groups section").first.wait_for()

    assert weigh_visit(served, sort_a_class) <= WHOLE_CLASS
