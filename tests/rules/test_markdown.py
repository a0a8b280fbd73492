"""The Markdown that editors write becomes safe HTML."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given
from hypothesis import strategies as st

from rules.markdown import to_html, to_page_html, to_plain_text, to_steps_html

ALLOWED = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul",
}  # fmt: skip
PIECES = st.sampled_from(
    ["<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>", "<svg/onload=x>",
     "[x](javascript:alert(1))", "[x](JaVaScRiPt:x)", "[x](data:text/html,x)", "[x](a.fr)", "<ftp://a.fr>", "![x](https://a.fr/i.png)",
     "<style>", " style=", " onclick=x ", "`", "```\n", "# ", "> ", "- ", "1. ", "\n", "<", ">", "\"", "&lt;",
     "[x](https://a.fr \"t\")", "<https://a.fr>", "\x00", "&#106;avascript:", "javascript:", "<iframe>"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
@example("[x](&#106;avascript:alert(1))")
@example("[x](\tjavascript:alert(1))")
def test_html_contains_only_allowed_tags_attributes_and_addresses(text: str) -> None:
    for tag in BeautifulSoup(to_html(text), "html.parser").find_all(True):
        assert isinstance(tag, Tag)
        assert tag.name in ALLOWED
        assert set(tag.attrs) <= {"href", "rel", "start", "title"}
        assert tag.name != "a" or re.match("https?://[^/?#]|mailto:.|tel:.", str(tag["href"]))


@pytest.mark.parametrize("text", ["<b>x</b>", "<script>x</script>", "<!-- x -->"])
def test_html_in_a_text_is_displayed_as_text(text: str) -> None:
    assert BeautifulSoup(to_html(text), "html.parser").get_text().strip() == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Un", "<h3>Un</h3>"),
        ("## Deux", "<h4>Deux</h4>"),
        ("### Trois", "<h3>Trois</h3>"),
        ("###### Six", "<h4>Six</h4>"),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("[x](tel:+33)", '<p><a href="tel:+33" rel="noopener noreferrer">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[**x**](pix.fr) y", "<p><strong>x</strong> y</p>"),
        ("[x](//pix.fr)", "<p>x</p>"),
        ("<ftp://pix.fr>", "<p>ftp://pix.fr</p>"),
        ("[x][r]\n\n[r]: https:/pix.fr", "<p>x</p>"),
        ("![x](https://a.fr/i.png)", "<p></p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert to_html(text).strip() == html


@pytest.mark.parametrize("text", ["![a](javascript:x)", "![a](pix.fr)", "![a]()"])
def test_a_refused_image_is_nothing_in_html_and_in_plain_text(text: str) -> None:
    assert BeautifulSoup(to_html(text), "html.parser").get_text().strip() == ""
    assert to_plain_text(text) == ""
    assert to_plain_text(f"Voir {text}ici") == "Voir ici"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Un", "<h2>Un</h2>"),
        ("## Deux", "<h2>Deux</h2>"),
        ("### Trois", "<h3>Trois</h3>"),
        ("###### Six", "<h3>Six</h3>"),
        ("<h2>x</h2>", "<p>&lt;h2&gt;x&lt;/h2&gt;</p>"),
    ],
)
def test_titles_of_a_text_that_fills_a_page_are_h2_and_h3(text: str, html: str) -> None:
    assert to_page_html(text).strip() == html


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
@example("1. <input type=text>\n2. <label>x")
@example("1. ![x](y)")
def test_steps_only_add_labelled_boxes_to_the_html(text: str) -> None:
    soup = BeautifulSoup(to_steps_html(text), "html.parser")
    for box in soup.find_all("input"):
        assert isinstance(box, Tag)
        assert box.attrs == {"type": "checkbox"}
        label = box.find_parent("label")
        assert label is not None
        assert label.get_text().strip()
        box.decompose()
    for added in soup.find_all(["label", "span"]):
        assert isinstance(added, Tag)
        assert not added.attrs
        added.unwrap()
    assert soup.decode() == BeautifulSoup(to_html(text), "html.parser").decode()


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Avant\n\n1. a\n2. b", ["a", "b"]),
        ("1. a\n\n   suite\n\n2. b", ["a", "b"]),  # in paragraphs
        ("1. **a** [b](https://a.fr) `c`", ["a b c"]),
        ("1. a\n   1. dedans\n   - dedans", ["a"]),
        ("1. a\n   - dedans\n\n   suite", ["a"]),
        ("1. # a", ["a"]),
        ("1. > cité\n\n   a", ["a"]),
        ("1. > cité", []),
        ("1. - dedans", []),
        ("1. ![a](b)", []),
        ("1.", []),
        ("- a\n- b", []),
        ("- x\n  1. a", []),
        ("> 1. a", []),
        ("1. a\n\nEntre\n\n1. b", ["a", "b"]),
        ("1. a\n\n- x", ["a"]),
    ],
)
def test_only_items_of_outer_numbered_lists_are_steps_to_tick(text: str, steps: list[str]) -> None:
    labels = BeautifulSoup(to_steps_html(text), "html.parser").select("label:has(> input)")
    assert [label.get_text() for label in labels] == steps
