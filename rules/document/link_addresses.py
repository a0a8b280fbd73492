"""The addresses of links: where they are in a Markdown text, and which ones are refused.

The parsers of markdown-it leave links with some addresses, such as those of `javascript:`, as text.
Nobody would then hear that they are refused, so the parser of this module takes them for links.
"""

import re
from functools import lru_cache
from html import escape
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt

from rules.document.limits import URL_SCHEMES
from rules.document.problems import quote_value

_LINK_SYNTAX = re.compile(r"\]\(|\]:|<[^\s<>]+[:@]")
"""What every text with a link or an image contains. Most texts do not, and need not be parsed."""
_REMEDIES = (
    (r"//", "ajoutez https: devant"),
    (r"[^\s@/:]+@[^\s@/:]+$", "ajoutez mailto: devant"),
    (r"\+?[0-9][0-9 .\u00a0-]+$", "ajoutez tel: devant"),
    (r"[\w-]+(\.[\w-]+)+([:/?#]|$)", "ajoutez https:// devant"),
    (r"", "ajoutez https:// et le nom du site devant"),
)
"""Patterns of the beginning of an address without a scheme, each with what to do about it."""


class MarkdownParser(MarkdownIt):
    """A parser of Markdown without HTML, which takes every address for that of a link."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True})

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it calls it by this name)
        return True


_parser = MarkdownParser()


def markdown_link_refusals(text: str) -> list[str]:
    """Returns a French sentence about each refused address of a Markdown text, in its order."""
    if not _LINK_SYNTAX.search(text):
        return []
    refusals = map(link_refusal, _markdown_addresses(text))
    return list(dict.fromkeys(filter(None, refusals)))


@lru_cache(maxsize=4096)
def _markdown_addresses(text: str) -> list[str]:
    """Returns the addresses of the links and images of a Markdown text."""
    tokens, addresses = _parser.parse(text), list[str]()
    for token in tokens:
        tokens += token.children or []
        addresses += [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
    return addresses


@lru_cache(maxsize=4096)
def link_refusal(address: str) -> str:
    """Returns why an address is refused and what to do, in French; empty if it is accepted."""
    if not address:
        return "un lien n’a pas d’adresse\u00a0: écrivez-la, à partir de https://."
    typed = unquote(address)  # markdown-it quotes accents and spaces
    name = f"l’adresse {quote_value(typed)}"
    if re.search(r"\s", address):
        return f"{name} contient un espace\u00a0: enlevez-le."
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"{name} n’est pas valable\u00a0: copiez-la depuis votre navigateur."
    if not parts.scheme or "." in parts.scheme:
        remedy = next(remedy for start, remedy in _REMEDIES if re.match(start, typed))
        return f"{name} n’est pas complète\u00a0: {remedy}."
    if parts.scheme not in URL_SCHEMES:
        allowed = "seuls https:, http:, mailto: et tel: sont permis"
        return f"{name} commence par {quote_value(f'{parts.scheme}:')}\u00a0: {allowed}."
    if not (parts.hostname if parts.scheme in {"http", "https"} else parts.path):
        missing = {"mailto": "l’adresse électronique", "tel": "le numéro"}
        remedy = missing.get(parts.scheme, "le nom du site, comme dans https://pix.fr")
        return f"{name} n’est pas complète\u00a0: ajoutez {remedy}."
    if not _is_valid_address(address):
        return f"{name} n’est pas valable\u00a0: copiez-la depuis votre navigateur."
    return ""


def _is_valid_address(address: str) -> bool:
    """True if browsers can read an address. They refuse some names of sites, such as `a%20b`."""
    link = f'<a href="{escape(address)}">'
    return " href=" in nh3.clean(link, tags={"a"}, attributes={"a": {"href"}})
