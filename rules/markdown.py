"""Markdown of editors to HTML that can hold nothing but text, lists, links and emphasis."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from rules.document.limits import URL_SCHEMES

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


def _lower_titles(state: StateCore) -> None:
    """Titles of a text begin at level 3: pages own the first two."""
    for token in state.tokens:
        if token.type.startswith("heading_"):
            token.tag = "h3" if token.tag in {"h1", "h3"} else "h4"


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
_markdown.core.ruler.push("lower_titles", _lower_titles)


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    return nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=set(URL_SCHEMES),
        link_rel="noopener noreferrer",
    )
