"""Markdown of editors to HTML that can hold nothing but text, lists, links and emphasis."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from rules.document.limits import URL_SCHEMES

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_BOX_TAGS = {"input", "label", "span"}
_BOX, _BOX_END = '<label><input type="checkbox"><span>', "</span></label>"


def _parser(upper: tuple[str, str], *, at: str, below: str) -> MarkdownIt:
    """Titles of the `upper` levels become those of one, all others those of the next."""

    def lower_titles(state: StateCore) -> None:
        for token in state.tokens:
            if token.type.startswith("heading_"):
                token.tag = at if token.tag in upper else below

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.core.ruler.push("lower_titles", lower_titles)
    return parser


_markdown = _parser(("h1", "h3"), at="h3", below="h4")
"""Titles of a text begin at level 3: pages own the first two."""
_page = _parser(("h1", "h2"), at="h2", below="h3")


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    return _clean(_markdown.render(text), _TAGS)


def to_page_html(text: str) -> str:
    """A text that is all of a page, below its title."""
    return _clean(_page.render(text), _TAGS)


@lru_cache(maxsize=4096)
def to_steps_html(text: str) -> str:
    """As `to_html`, with a box to tick before the words of each step: an item of a numbered list
    that stands in no other list.
    """
    tokens = _markdown.parse(text)
    for words in _steps(tokens):
        words.children = [_raw(_BOX), *(words.children or []), _raw(_BOX_END)]
    return _clean(_markdown.renderer.render(tokens, _markdown.options, {}), _TAGS | _BOX_TAGS)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes=set(URL_SCHEMES),
        link_rel="noopener noreferrer",
    )


def _steps(tokens: Iterable[Token]) -> Iterator[Token]:
    """The first words of each step that has some of its own."""
    numbered = begins = False
    for token in tokens:
        if token.level == 0:
            numbered = token.type == "ordered_list_open"
        elif token.type == "list_item_open" and token.level == 1:
            begins = numbered
        elif begins and token.type == "inline" and token.level == 3 and _has_words(token):
            begins = False
            yield token


def _has_words(inline: Token) -> bool:
    """Words that are shown: an image is not."""
    texts = (token.content for token in inline.children or [] if token.type != "image")
    return any(text.strip() for text in texts)


def _raw(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def to_plain_text(text: str) -> str:
    """The words alone, a paragraph or an item a line; a link's address follows its text."""
    blocks = (token for token in _markdown.parse(text) if token.content)
    return "\n".join("".join(_words(token.children or [token])) for token in blocks)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    links: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            links.append(str(token.attrs["href"]))
        elif token.type == "link_close":
            yield f" ({links.pop()})"
        elif token.type in {"softbreak", "hardbreak"}:
            yield "\n"
        else:
            yield token.content
        if token.type == "image":
            yield f" ({token.attrs['src']})"
