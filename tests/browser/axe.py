"""Accessibility rules, run by axe in the browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def axe_violations(page: Page) -> list[str]:
    """Every rule of WCAG 2.2 AA and of the RGAA that the page breaks, with the place."""
    page.wait_for_load_state()  # a click waits for its page, not for the page's style
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in violations
        for node in violation["nodes"]
    ]
