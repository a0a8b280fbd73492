"""Plays jobs of editors in chromium, and counts what they cost.

A click is a press of the pointer. By keyboard, each key counts. Typing a text is free. A page is a
navigation to another document.
"""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator, Page, Request, expect

KEYS_FOR_A_CLICK = 3
"""The keys that a job may take by keyboard, for each click that it may take with the mouse."""
MAX_TABS = 40


FIND_SHORTCUT = """node => {
  if (document.activeElement !== document.body || document.querySelector(":target")) return 0;
  const links = [...document.querySelectorAll("a[href]")];
  const others = links.findIndex(link => !link.getAttribute("href").startsWith("#"));
  const parts = links.slice(0, others).map(link => document.querySelector(link.hash));
  const before = parts.filter(part => part?.contains(node) || part?.compareDocumentPosition(node) & 4);
  const last = before.reduce((one, other) => one.compareDocumentPosition(other) & 4 ? other : one, before[0]);
  return last ? parts.indexOf(last) + 1 : 0;
}"""
"""Returns which of the links at the beginning of a page, counted from 1, leads nearest before a node.

It returns 0 if there is none, or if the editor has gone to a part of the page already.
"""
IS_BEHIND = """node => {
  const active = document.activeElement;
  const here = active === document.body ? document.querySelector(":target") : active;
  return Boolean(here && here.compareDocumentPosition(node) & 2);
}"""
"""Returns true if a node stands before the place from which Tab goes on."""


class Cost(NamedTuple):
    """How much a job takes, or may take at most."""

    presses: int
    pages: int


class Hand:
    """The hand of an editor on one page of the browser. Counting begins when it is made."""

    def __init__(self, page: Page) -> None:
        page.wait_for_load_state()
        self.page = page
        self.presses = 0
        self.pages = 0
        page.on("request", self.count_page)

    def count_page(self, request: Request) -> None:
        """Counts a request for another document; what it is redirected to is the same page."""
        self.pages += request.is_navigation_request() and request.redirected_from is None

    @property
    def cost(self) -> Cost:
        self.page.wait_for_load_state()
        return Cost(self.presses, self.pages)

    def await_target(self, target: Locator) -> None:
        """Waits until a target is there and the scripts of its page have run."""
        expect(target).to_be_visible()
        self.page.wait_for_load_state()

    def press(self, target: Locator) -> None:
        """Presses a link, a button, or a field to type in."""
        raise NotImplementedError

    def tick_box(self, box: Locator) -> None:
        """Ticks a box, or a radio button."""
        self.press(box)

    def send_form(self, button: Locator) -> None:
        """Sends the form in which the hand is, which has this button."""
        self.press(button)

    def pick_radio(self, target: Locator) -> None:
        """Ticks one of several radio buttons."""
        self.press(target)

    def replace_text(self, field: Locator, text: str) -> None:
        """Goes to a field and types a text in place of what it contains."""
        self.press(field)
        field.fill(text)

    def send_text(self, field: Locator, text: str, button: Locator) -> None:
        """Goes to a field, types a text and sends its form with the button."""
        self.replace_text(field, text)
        self.press(button)


class MouseHand(Hand):
    def press(self, target: Locator) -> None:
        self.await_target(target)
        target.click()
        self.presses += 1


class KeyboardHand(Hand):
    """It uses the access key of what has one (two keys), and otherwise reaches it by the Tab key.

    At the beginning of a page it takes the links to its parts.
    """

    def press_key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def press_access_key(self, key: str) -> None:
        """Presses Alt and a letter. Playwright's keys lack the letter without Alt, by which it is known."""
        keys = {"key": key, "code": f"Key{key.upper()}", "windowsVirtualKeyCode": ord(key.upper())}
        devtools = self.page.context.new_cdp_session(self.page)
        letter = {"text": key, "unmodifiedText": key}
        devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "modifiers": 1} | keys | letter)
        devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": 1} | keys)
        self.presses += 2

    def reach(self, target: Locator) -> None:
        self.await_target(target)
        if access_key := target.get_attribute("accesskey"):
            self.press_access_key(access_key)
            return
        if shortcut := target.evaluate(FIND_SHORTCUT):
            for _ in range(shortcut):
                self.press_key("Tab")
            self.press_key("Enter")
        tab = "Shift+Tab" if target.evaluate(IS_BEHIND) else "Tab"
        for _ in range(MAX_TABS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.press_key(tab)
        raise AssertionError(f"{MAX_TABS} times Tab do not lead to {target}")

    def press(self, target: Locator) -> None:
        has_access_key = target.get_attribute("accesskey")
        self.reach(target)
        if not has_access_key:  # an access key presses what it reaches
            self.press_key("Enter")
        self.page.wait_for_load_state()

    def tick_box(self, box: Locator) -> None:
        self.reach(box)
        self.press_key("Space")

    def send_form(self, button: Locator) -> None:
        self.press_key("Enter")
        self.page.wait_for_load_state()

    def pick_radio(self, target: Locator) -> None:
        """Goes through the radio buttons with the arrow key, from the one that has the focus."""
        self.reach(self.page.locator(f"input[name={target.get_attribute('name')}]:checked"))
        while not target.is_checked():
            self.press_key("ArrowDown")

    def replace_text(self, field: Locator, text: str) -> None:
        self.reach(field)
        field.fill(text)

    def send_text(self, field: Locator, text: str, button: Locator) -> None:
        self.replace_text(field, text)
        self.send_form(button)


Job = Callable[[Hand], None]


def play_job(page: Page, address: str, job: Job, hand: type[Hand], limit: Cost) -> Cost:
    """Plays a job from a page on which the editor is logged in. Fails if it costs more than `limit`."""
    page.goto(address)
    playing = hand(page)
    job(playing)
    return check_cost(playing, limit)


def check_cost(hand: Hand, limit: Cost) -> Cost:
    """Returns what a hand has done. Fails if that is more than `limit`."""
    cost = hand.cost
    most = limit.presses * (1 if isinstance(hand, MouseHand) else KEYS_FOR_A_CLICK)
    assert cost.presses <= most, cost
    assert cost.pages <= limit.pages, cost
    return cost
