"""A visitor who opens pages, follows their links and sends their forms, without JavaScript."""

import re
from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


class Visitor:
    def __init__(self, client: Client) -> None:
        self.client = client
        self.status = 0
        self.address = ""
        self.page = BeautifulSoup("", "html.parser")

    def open(self, address: str) -> "Visitor":
        return self._read(self.client.get(address, follow=True), address)

    def start(self, slug: str = "corriger-comptes-pix") -> "Visitor":
        return self.open(f"/{slug}/").press("Commencer")

    def answer(self, choice: str) -> "Visitor":
        """Checks a radio button of the page's question and sends the form."""
        assert choice in self.choices(), f"{choice} is not offered"
        return self.press("Continuer", choice=choice)

    def answer_all(self, choices: Iterable[str]) -> "Visitor":
        for choice in choices:
            self.answer(choice)
        return self

    def press(self, button: str, **fields: str) -> "Visitor":
        """Sends the form that has this button, with the values of `fields` only."""
        form = next(form for form in self.page.select("form") if button in form.text)
        assert form["method"] == "post"
        address = str(form["action"])
        return self._read(self.client.post(address, fields, follow=True), address)

    def follow(self, link: str) -> "Visitor":
        return self.open(str(self.link(link)["href"]))

    def modify(self, question: str) -> "Visitor":
        """Follows the link *Modifier* of an answer; `question` is the key of its question."""
        return self.open(str(self.element(f'dd a[href$="/questions/{question}/"]')["href"]))

    def link(self, text: str) -> Tag:
        return next(link for link in self.page.select("a") if text in link.text)

    def element(self, selector: str) -> Tag:
        (found,) = self.page.select(selector)
        return found

    def texts(self, selector: str) -> list[str]:
        """Returns the texts of elements. White space is collapsed, except no-break spaces."""
        return [
            re.sub("[ \n]+", " ", found.get_text()).strip(" ")
            for found in self.page.select(selector)
        ]

    def choices(self) -> list[str]:
        return [str(radio["value"]) for radio in self.page.select('input[name="choice"]')]

    def chosen(self) -> list[str]:
        return [str(radio["value"]) for radio in self.page.select('input[name="choice"][checked]')]

    @property
    def heading(self) -> str:
        (heading,) = self.texts("h1")
        return heading

    @property
    def title(self) -> str:
        (title,) = self.texts("head title")
        return title

    @property
    def answers(self) -> list[str]:
        """The labels of the answers that the page shows."""
        return self.texts("dl.answers dd:not(:has(a))")

    def _read(self, response: Any, address: str) -> "Visitor":  # noqa: ANN401 (the client's own)
        self.status = response.status_code
        self.address = response.redirect_chain[-1][0] if response.redirect_chain else address
        self.page = BeautifulSoup(response.content, "html.parser")
        return self
