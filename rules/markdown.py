"""Turns the Markdown that editors write into safe HTML, and into plain text.

The HTML has only titles, paragraphs, lists, links, emphasis, quotations and code.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from rules.document.limits import URL_SCHEMES
from rules.document.link_addresses import MarkdownParser, link_refusal

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_BOX_TAGS = {"input", "label", "span"}
_BOX_START, _BOX_END = '<label><input type="checkbox"><span>', "</span></label>"


def _make_parser(upper_levels: tuple[str, str], *, upper_tag: str, lower_tag: str) -> MarkdownIt:
    """Returns a Markdown parser that renders all titles with two tags.

    Titles of the levels in `upper_levels` are rendered with `upper_tag`, others with `lower_tag`.
    A link whose address is refused is rendered as its text, and such an image as nothing: texts
    that were saved before their links were checked may have some.
    """

    def lower_titles(state: StateCore) -> None:
        for token in state.tokens:
            if token.type.startswith("heading_"):
                token.tag = upper_tag if token.tag in upper_levels else lower_tag

    def drop_refused_links(state: StateCore) -> None:
        for token in state.tokens:
            token.children = token.children and list(_without_refused_addresses(token.children))

    parser = MarkdownParser()
    parser.core.ruler.push("lower_titles", lower_titles)
    parser.core.ruler.push("drop_refused_links", drop_refused_links)
    return parser


def _without_refused_addresses(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yields tokens without refused images, and without the beginnings and ends of refused links."""
    refused = False  # links are never inside other links
    for token in tokens:
        if token.type == "link_open":
            refused = bool(link_refusal(str(token.attrs["href"])))
        if token.type == "image":
            dropped = bool(link_refusal(str(token.attrs["src"])))
        else:
            dropped = refused and token.type in {"link_open", "link_close"}
        if not dropped:
            yield token


_text_parser = _make_parser(("h1", "h3"), upper_tag="h3", lower_tag="h4")
"""The parser of short texts within a page that has titles of the levels h1 and h2 already."""
_page_parser = _make_parser(("h1", "h2"), upper_tag="h2", lower_tag="h3")
"""The parser of texts that fill a whole page, which has only its own title as h1 already."""


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    """Returns the HTML of a short text, whose titles are h3 and h4."""
    return _sanitise_html(_text_parser.render(text), _TAGS)


def to_page_html(text: str) -> str:
    """Returns the HTML of a text that fills a whole page, with h2 and h3 as titles."""
    return _sanitise_html(_page_parser.render(text), _TAGS)


@lru_cache(maxsize=4096)
def to_steps_html(text: str) -> str:
    """Returns the HTML of a short text, with a box to tick before each step.

    A step is an item of a numbered list which is not inside another list or a quotation.
    """
    tokens = _text_parser.parse(text)
    for step in _first_texts_of_steps(tokens):
        step.children = [_html_token(_BOX_START), *(step.children or []), _html_token(_BOX_END)]
    return _sanitise_html(
        _text_parser.renderer.render(tokens, _text_parser.options, {}), _TAGS | _BOX_TAGS
    )


def _sanitise_html(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes=set(URL_SCHEMES),
        link_rel="noopener noreferrer",
    )


def _first_texts_of_steps(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yields the first visible text of each step, without the lists and quotations inside the step."""
    numbered = begins = False
    for token in tokens:
        if token.level == 0:
            numbered = token.type == "ordered_list_open"
        elif token.type == "list_item_open" and token.level == 1:
            begins = numbered
        elif begins and token.type == "inline" and token.level == 3 and _has_visible_text(token):
            begins = False
            yield token


def _has_visible_text(inline: Token) -> bool:
    """True if a token contains text. Images do not count, because the HTML does not show them."""
    texts = (token.content for token in inline.children or [] if token.type != "image")
    return any(text.strip() for text in texts)


def _html_token(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def to_plain_text(text: str) -> str:
    """Returns a Markdown text as plain text: a line for each paragraph or item, links with addresses."""
    blocks = (token for token in _text_parser.parse(text) if token.content)
    pieces = ([token] if token.children is None else token.children for token in blocks)
    return "\n".join(filter(None, ("".join(_plain_pieces(tokens)) for tokens in pieces)))


def _plain_pieces(tokens: Iterable[Token]) -> Iterator[str]:
    """Yields the texts of tokens. After a link or an image comes its address in brackets."""
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
