"""Accessibility rules, run by axe in the browser."""

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
    "preload": {
        "assets": ["media"]
    },  # no style sheets: axe copies them, which the CSP of pages forbids
}
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
AXE_SCRIPT = Axe().axe_script
FINISH_ANIMATIONS = """for (const animation of document.getAnimations())
    if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish()"""
BROKEN_RULES = """async (options) => (await axe.run(document, options)).violations.flatMap(
    ({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`)
)"""


def axe_violations(page: Page) -> list[str]:
    """Returns each rule of WCAG 2.2 AA and of the RGAA that the page breaks, with the place.

    All rules are run in light; in dark only those about colours, as nothing else differs.
    """
    page.wait_for_load_state()  # a click waits for its page, not for the page's style
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = run_axe(page, OPTIONS)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {violation}" for violation in run_axe(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


def violations_by_address(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Opens each of these pages, which must be there, and returns the rules that they break."""
    found: dict[str, list[str]] = {}
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        if violations := axe_violations(page):
            found[address] = violations
    return found


def run_axe(page: Page, options: dict[str, Any]) -> list[str]:
    page.evaluate(FINISH_ANIMATIONS)
    return list(page.evaluate(BROKEN_RULES, options))
