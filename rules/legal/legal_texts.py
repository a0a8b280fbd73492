"""The legal pages: the texts that come with the program, and the pages as editors changed them.

The shipped texts are the Markdown files of this folder: a title, then the body. The command `start`
copies those that are missing into the database, where editors complete them.
"""

from pathlib import Path

from rules.models import LegalPage

LEGAL_PAGE_KEYS = ("accessibilite", "mentions-legales", "donnees-personnelles")
"""The keys of the legal pages, which are also the first segments of their addresses."""


def legal_page(key: str) -> LegalPage:
    """Returns the legal page from the database, or an unsaved one with the shipped text."""
    return LegalPage.objects.filter(key=key).first() or LegalPage(key=key, **shipped_text(key))


def shipped_text(key: str) -> dict[str, str]:
    """Returns the title and the body that come with the program, as fields of a `LegalPage`."""
    text = Path(__file__).with_name(f"{key}.md").read_text()
    title, body = text.removeprefix("# ").split("\n", 1)
    return {"title": title, "body": body.strip()}
