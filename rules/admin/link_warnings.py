"""The warning about links that were saved before links were checked, in texts that are online."""

from django.contrib import messages
from django.http import HttpRequest

from rules.document.link_addresses import markdown_link_refusals


def warn_of_refused_links(request: HttpRequest, text: str) -> None:
    """Adds a message for each refused link of a saved Markdown text: visitors see it as its text."""
    for refusal in markdown_link_refusals(text):
        messages.warning(request, f"Les visiteurs voient ce lien comme du texte\u00a0: {refusal}")
