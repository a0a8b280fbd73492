"""Checks that hold for every public page in every window, made in one visit."""

from collections.abc import Iterator, Sequence

from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import axe_violations
from tests.browser.structure import structure_faults

AXE_WIDTHS = [320, 1280]
"""Widths in pixels at which axe runs."""
SIZES = [(320, 100), (768, 100), (1280, 100), (640, 100), (1280, 200)]
"""Width and size of text in percent; 640 is what a window of 1280 px has at a zoom of 200 %."""
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    if (one.tagName === "IFRAME") return [0, true, "a frame"]; // it shows the focus itself
    const ringed = [one, one.closest("label")].some((shown) => {
        const style = shown && getComputedStyle(shown);
        return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
    });
    return [[...document.querySelectorAll("*")].indexOf(one), ringed, one.outerHTML.slice(0, 120)];
}"""
MAX_TAB_PRESSES = 400
"""After so many presses of Tab, the page is taken for one that the focus cannot leave."""


def find_faults(page: Page) -> list[str]:
    """Returns what is wrong with the structure of the page, the rules of accessibility that it breaks
    at each width, each window that it scrolls sideways in, and where the focus is unseen or out of order.
    """
    page.wait_for_load_state()
    size = page.viewport_size
    assert size is not None
    structure = [] if "/admin/" in page.url else structure_faults(page)
    found = [*structure, *broken_rules(page), *_too_wide(page)]
    page.set_viewport_size(size)
    return [*found, *_focus_faults(page)]


def broken_rules(page: Page, widths: Sequence[int] = AXE_WIDTHS) -> Iterator[str]:
    """Gives the rules of accessibility that the page breaks at each of these widths in pixels."""
    for width in widths:
        page.set_viewport_size(window_size(width))
        yield from (f"{width} px: {broken}" for broken in axe_violations(page))


def sideways_scrolls(page: Page, widths: Sequence[int] = AXE_WIDTHS) -> Iterator[str]:
    """Gives the widths in pixels at which the page is wider than its window."""
    for width in widths:
        page.set_viewport_size(window_size(width))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"scrolls sideways at {width} px"


def _too_wide(page: Page) -> Iterator[str]:
    set_text = "size => document.documentElement.style.setProperty('font-size', size)"
    for width, text in SIZES:
        page.set_viewport_size(window_size(width))
        page.evaluate(set_text, f"{text}%")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"scrolls sideways at {width} px, text at {text} %"
    page.evaluate(set_text, "")


def _focus_faults(page: Page) -> Iterator[str]:
    """Gives each element that takes the focus out of the page's order, or without a visible ring."""
    page.evaluate("document.activeElement.blur()")
    previous_index = -1
    for _ in range(MAX_TAB_PRESSES):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return
        index, ringed, html = focused
        if html == "a frame":
            continue
        if index <= previous_index:
            yield f"focus goes back to {html}"
            return
        if not ringed:
            yield f"focus is not seen on {html}"
        previous_index = index
    yield "focus never leaves the page"


def window_size(width: int) -> ViewportSize:
    return {"width": width, "height": 800}
