"""Reads the texts of legal pages that come with the program, and the pages that editors changed.

The shipped texts are the Markdown files of this folder: a title, then the body. The command `start`
copies each one into the database unless editors have changed it there.
"""

from pathlib import Path

from rules.models import LegalPage

LEGAL_PAGE_KEYS = ("accessibilite", "mentions-legales", "donnees-personnelles")
"""The keys of the legal pages. The address of a page is its key, e.g. `/accessibilite/`."""


def legal_page(key: str) -> LegalPage:
    """Returns a legal page from the database, or else an unsaved one with the shipped text."""
    return LegalPage.objects.filter(key=key).first() or LegalPage(key=key, **shipped_text(key))


def shipped_text(key: str) -> dict[str, str]:
    """Returns the shipped text of a legal page as the fields `title` and `body`."""
    return parse_text(Path(__file__).with_name(f"{key}.md").read_text())


def parse_text(text: str) -> dict[str, str]:
    """Returns the fields `title` and `body` of a file: the first line, and what follows it."""
    title, body = text.removeprefix("# ").split("\n", 1)
    return {"title": title, "body": body.strip()}
