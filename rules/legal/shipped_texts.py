"""The legal pages that come with the program, in Markdown: a title, then the text.

`start` keeps them in the database where they are missing; there, editors complete them.
"""

from pathlib import Path

LEGAL_PAGES = ("accessibilite", "mentions-legales", "donnees-personnelles")
"""The first segments of their addresses."""


def shipped_text(key: str) -> dict[str, str]:
    """The title and the body of a `LegalPage`."""
    text = Path(__file__).with_name(f"{key}.md").read_text()
    title, body = text.removeprefix("# ").split("\n", 1)
    return {"title": title, "body": body.strip()}
