"""Accessibility rules, run by axe in the browser."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SETTLED = """Promise.race([
    Promise.allSettled(document.getAnimations().map(animation => animation.finished)),
    new Promise(done => setTimeout(done, 500)),
])"""
AXE = Axe()


def axe_violations(page: Page) -> list[str]:
    """Every rule of WCAG 2.2 AA and of the RGAA that the page breaks, with the place: all of them
    in light, and in dark those about colours, as nothing else differs.
    """
    page.wait_for_load_state()  # a click waits for its page, not for the page's style
    page.evaluate(SETTLED)
    found = _violations(page, OPTIONS)
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    found += [f"dark: {violation}" for violation in _violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    violations = AXE.run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in violations
        for node in violation["nodes"]
    ]
