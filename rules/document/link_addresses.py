"""The addresses of links: where they are in a Markdown text, and which ones are refused.

The parsers of markdown-it leave links with some addresses, such as those of `javascript:`, as text.
Nobody would then hear that they are refused, so the parser of this module takes them for links.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import takewhile
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt

from rules.document.limits import URL_SCHEMES
from rules.document.problems import quote_value

_PLAIN_ADDRESS = (
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?![a-z0-9.-])"
    r"(?:/(?:[A-Za-z0-9_.~/?=#-]|&(?![A-Za-z0-9#]*;))*)?"  # `&amp;` is a character of Markdown
)
"""The pattern of most addresses, all of which are accepted."""
_LINK_SYNTAX = re.compile(rf"\]\((?!{_PLAIN_ADDRESS}\))|\]:|<[^\s<>]+[:@]")
"""What every text with a refused link or image contains. Most texts do not, and need not be parsed."""
_MISTAKES = (
    (r"[A-Za-z]:|\\|file:", "désigne un fichier d’un ordinateur\u00a0: donnez une adresse du Web"),
    (r"(?i:h+t+p+s*|tt+p+s*)[;.,:]*/", "commence mal\u00a0: écrivez https:// au début"),
    (r"//", "n’est pas complète\u00a0: ajoutez https: devant"),
    (r"[^\s@/:]+@[^\s@/:]+$", "n’est pas complète\u00a0: ajoutez mailto: devant"),
    (r"\+?[0-9][0-9 .\u00a0-]+$", "n’est pas complète\u00a0: ajoutez tel: devant"),
    (
        r"[\w-]+((\.[\w-]+)+([:/?#]|$)|:[0-9]+([/?#]|$))",
        "n’est pas complète\u00a0: ajoutez https:// devant",
    ),
)
"""Patterns of the beginning of an address without an allowed scheme, each with what to say of it."""


class MarkdownParser(MarkdownIt):
    """A parser of Markdown without HTML, which takes every address for that of a link."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True})

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it calls it by this name)
        return True


_parser = MarkdownParser()


def count_signs_to_parse(text: str) -> int:
    """Returns how many signs of Markdown must be parsed to find the refused addresses of a text.

    The parser takes up to 10 µs for each of them. It is 0 for most texts, which need not be parsed.
    """
    return sum(map(text.count, "[]!*_<`")) if _LINK_SYNTAX.search(text) else 0


def markdown_link_refusals(text: str) -> list[str]:
    """Returns a French sentence about each refused address of a Markdown text, in its order."""
    if not _LINK_SYNTAX.search(text):
        return []
    refusals = (link_refusal(address, shown) for address, shown in _markdown_links(text))
    return list(dict.fromkeys(filter(None, refusals)))


def _markdown_links(text: str) -> Iterator[tuple[str, str]]:
    """Yields the address and the text of each link and image of a Markdown text."""
    for block in _parser.parse(text):
        tokens = block.children or []
        for index, token in enumerate(tokens):
            if token.type == "image":
                yield str(token.attrs["src"]), token.content
            elif token.type == "link_open":
                inside = takewhile(lambda inner: inner.type != "link_close", tokens[index:])
                yield str(token.attrs["href"]), "".join(inner.content for inner in inside)


def link_refusal(address: str, shown: str = "") -> str:
    """Returns why an address is refused and what to do, in French; empty if it is accepted.

    `shown` is the text of its link, which tells a link without an address from others.
    """
    if not address:
        name = f"le lien {quote_value(shown)}" if shown.strip() else "un lien"
        return f"{name} n’a pas d’adresse\u00a0: écrivez-la, à partir de https://."
    typed = unquote(address)  # markdown-it quotes accents and spaces
    name = f"l’adresse {quote_value(typed)}"
    if re.search(r"\s", address):
        return f"{name} contient un espace\u00a0: enlevez-le."
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"{name} n’est pas valable\u00a0: copiez-la depuis votre navigateur."
    if parts.scheme not in URL_SCHEMES:
        return f"{name} {_find_mistake(typed, parts.scheme)}."
    if not (parts.hostname if parts.scheme in {"http", "https"} else parts.path):
        missing = {"mailto": "l’adresse e-mail", "tel": "le numéro"}
        remedy = missing.get(parts.scheme, "le nom du site, comme dans https://pix.fr")
        return f"{name} n’est pas complète\u00a0: ajoutez {remedy}."
    if not _is_valid_address(address):
        return f"{name} n’est pas valable\u00a0: copiez-la depuis votre navigateur."
    return ""


def _find_mistake(typed: str, scheme: str) -> str:
    """Returns what is wrong with the scheme of an address, or that it has none, and what to do."""
    for start, mistake in _MISTAKES:
        if re.match(start, typed):
            return mistake
    if not scheme:
        return "n’est pas complète\u00a0: ajoutez https:// et le nom du site devant"
    allowed = "seuls https:, http:, mailto: et tel: sont permis"
    return f"commence par {quote_value(f'{scheme}:')}\u00a0: {allowed}"


def _is_valid_address(address: str) -> bool:
    """True if browsers can read an address. They refuse some names of sites, such as `a%20b`."""
    link = f'<a href="{escape(address)}">'
    return " href=" in nh3.clean(link, tags={"a"}, attributes={"a": {"href"}})
