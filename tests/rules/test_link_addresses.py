"""Links of Markdown texts: each is shown with an allowed address, or refused by its address."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rules.document.cursor import is_acceptable_url
from rules.document.link_addresses import MarkdownParser, link_refusal, markdown_link_refusals
from rules.markdown import to_html, to_plain_text

SCHEMES = ("https", "http", "mailto", "tel")
ADDRESSES = st.builds(
    lambda *pieces: "".join(pieces),
    st.sampled_from(
        ["https://", "HTTP://", "https:/", "https:", "//", "/", "", "ftp://", "javascript:", "data:",
         "mailto:", "tel:", "file:///", "java\tscript:", "vbscript:", "image:", "&#106;avascript:", "https:\\\\"]
    ),
    st.sampled_from(
        ["pix.fr", "é.fr", "a b", "[::1]", "[::", "a%20b", "a@pix.fr", ":80", "xn--a", "1.2.3.4.5", "pix.fr:99999",
         "", "localhost:8000", "a.fr.1", "xn--a.fr", "01 02 03", "alert(1)", "text/html,x"]
    ),
    st.sampled_from(["", "/x?y#z", "\\", "&amp;", "%", "\u202e"]),
) | st.text(max_size=8)  # fmt: skip
FORMS = st.sampled_from(
    ["[a]({})", "[a](<{}>)", '[a]({} "t")', "[a][r]\n\n[r]: {}", "[a]\n\n[a]: <{}>", "<{}>", "1. [a]({})",
     "> [**a** `b`]({})", "# [a]({})", "[![i](https://pix.fr)]({})", "[a]({}) [b](https://pix.fr)"]
)  # fmt: skip
IMAGES = st.sampled_from(["![a]({})", "![a][r]\n\n[r]: {}", "[![a]({})](https://pix.fr)"])


def refusal_of(address: str) -> str:
    return link_refusal(address).replace("\u00a0", " ")


def count_links(text: str) -> int:
    """Returns how many links a text has, whatever their addresses."""
    blocks = [block.children or [] for block in MarkdownParser().parse(text)]
    return sum(token.type == "link_open" for tokens in blocks for token in tokens)


@pytest.mark.parametrize(
    "address",
    ["https://pix.fr", "HTTP://PIX.FR:80/à?b#c", "http://localhost:8000", "https://é.fr", "https://[::1]/",
     "mailto:a@pix.fr", "mailto:a@pix.fr?subject=b", "tel:+33102030405"],
)  # fmt: skip
def test_an_address_with_an_allowed_scheme_and_its_target_is_accepted(address: str) -> None:
    assert link_refusal(address) == ""
    assert markdown_link_refusals(f"[a]({address})") == []


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("orga.pix.fr", "l’adresse « orga.pix.fr » n’est pas complète : ajoutez https:// devant."),
        ("pix.fr:80/a", "l’adresse « pix.fr:80/a » n’est pas complète : ajoutez https:// devant."),
        ("//pix.fr", "l’adresse « //pix.fr » n’est pas complète : ajoutez https: devant."),
        ("a@pix.fr", "l’adresse « a@pix.fr » n’est pas complète : ajoutez mailto: devant."),
        ("0102030405", "l’adresse « 0102030405 » n’est pas complète : ajoutez tel: devant."),
        (
            "aide/mail",
            "l’adresse « aide/mail » n’est pas complète : ajoutez https:// et le nom du site devant.",
        ),
        (
            "https:/x",
            "l’adresse « https:/x » n’est pas complète : "
            "ajoutez le nom du site, comme dans https://pix.fr.",
        ),
        (
            "https://:80",
            "l’adresse « https://:80 » n’est pas complète : "
            "ajoutez le nom du site, comme dans https://pix.fr.",
        ),
        ("tel:", "l’adresse « tel: » n’est pas complète : ajoutez le numéro."),
        ("mailto:", "l’adresse « mailto: » n’est pas complète : ajoutez l’adresse e-mail."),
        (
            "ftp://pix.fr",
            "l’adresse « ftp://pix.fr » commence par « ftp: » : "
            "seuls https:, http:, mailto: et tel: sont permis.",
        ),
        ("https://a b", "l’adresse « https://a b » contient un espace : enlevez-le."),
        (
            "https://a%20b",
            "l’adresse « https://a b » n’est pas valable : copiez-la depuis votre navigateur.",
        ),
        (
            "https://[::",
            "l’adresse « https://[:: » n’est pas valable : copiez-la depuis votre navigateur.",
        ),
        ("", "un lien n’a pas d’adresse : écrivez-la, à partir de https://."),
        *(
            (address, f"l’adresse « {address} » commence mal : écrivez https:// au début.")
            for address in (
                "https//pix.fr",
                "https;//pix.fr",
                "http.//pix.fr",
                "HTTPS,/pix.fr",
                "htpps://pix.fr",
                "ttps://pix.fr",
            )
        ),
        (
            "localhost:8000",
            "l’adresse « localhost:8000 » n’est pas complète : ajoutez https:// devant.",
        ),
        *(
            (
                address,
                f"l’adresse « {address} » désigne un fichier d’un ordinateur : "
                "donnez une adresse du Web.",
            )
            for address in ("C:\\dossier", "d:/dossier", "\\\\serveur\\dossier", "file:///etc")
        ),
        (
            "tp/exercice",
            "l’adresse « tp/exercice » n’est pas complète : "
            "ajoutez https:// et le nom du site devant.",
        ),
    ],
)
def test_a_refusal_names_the_address_and_the_remedy(address: str, refusal: str) -> None:
    assert refusal_of(address) == refusal


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "[a](file:///x)",
        "<ftp://pix.fr>",
        "![a](data:image/png;base64,x)",
        "[a][r]\n\n[r]: //pix.fr",
        "[![a](pix.fr)](https://pix.fr)",
        "- > 1. [a]()",
    ],
)
def test_a_link_is_refused_however_it_is_written(text: str) -> None:
    assert len(markdown_link_refusals(text)) == 1


@pytest.mark.parametrize(
    "text", ["`[a](pix.fr)`", "    [a](pix.fr)", "\\[a](pix.fr)", "<a href=x>", "[a] <b>"]
)
def test_what_is_no_link_is_not_refused(text: str) -> None:
    assert markdown_link_refusals(text) == []


def test_each_refused_address_is_named_once() -> None:
    refusals = markdown_link_refusals("[a](a.fr) [b](b.fr) [a](a.fr)")
    assert [re.findall(r"[ab]\.fr", refusal) for refusal in refusals] == [["a.fr"], ["b.fr"]]


def test_links_without_an_address_are_told_apart_by_their_texts() -> None:
    refusals = markdown_link_refusals("[le **site**]() [aide]() [ ]() ![plan]()")
    assert [refusal.replace("\u00a0", " ").split(" :")[0] for refusal in refusals] == [
        "le lien « le site » n’a pas d’adresse",
        "le lien « aide » n’a pas d’adresse",
        "un lien n’a pas d’adresse",
        "le lien « plan » n’a pas d’adresse",
    ]


def test_links_with_a_plain_address_are_accepted_without_a_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MarkdownParser, "parse", None)
    text = "[a](https://pix.fr) **[b](http://orga.pix-a.fr/a_b/?c=d&f=g#e)**\n\n"
    assert markdown_link_refusals(text * 60) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "](https://a.fr)",
                "](https://a.fr/b?c&d=e)",
                "](https://a.fr/&colon;&#0;&)",
                "](a.fr)",
                "[",
                "]",
                "(",
                ")",
                "<",
                ">",
                ":",
                "!",
                "`",
                "\\",
                "\n",
                "https://a.fr",
                "https://1.2.3",
                "](https://a.fr.1)",
                "](http://xn--a.fr)",
                "](https://a.fr:99999)",
                "x",
            ]
        ),
        max_size=12,
    ).map("".join)
)
@example("[a](https://1.2.3.4.5)")
def test_a_text_that_is_not_parsed_has_no_refused_link(text: str) -> None:
    parsed = f"{text}\n\n<https://a.fr>"  # a link of this kind is always parsed
    assert markdown_link_refusals(text) == markdown_link_refusals(parsed)


@given(FORMS, ADDRESSES)
@example("[a]({})", "https:\\\\pix.fr")
@example("[a](<{}>)", "https://a b")
def test_a_link_is_either_shown_with_an_allowed_address_or_refused(form: str, address: str) -> None:
    text = form.format(address)
    shown = BeautifulSoup(to_html(text), "html.parser").select("a")
    for link in shown:
        parts = urlsplit(str(link["href"]))
        assert parts.scheme in SCHEMES
        assert parts.hostname if parts.scheme.startswith("http") else parts.path
    assert (len(shown) == count_links(text)) == (not markdown_link_refusals(text))


@given(IMAGES, ADDRESSES)
def test_an_image_is_refused_by_the_address_that_a_link_is_refused_by(
    form: str, address: str
) -> None:
    image, link = form.format(address), form.replace("!", "").format(address)
    if count_links(image) == 0 < count_links(link):
        assert markdown_link_refusals(image) == markdown_link_refusals(link)


@given(ADDRESSES.filter(re.compile(r"[a-zA-Z0-9.:/@?#-]+").fullmatch))
def test_a_refused_address_is_named_as_it_was_typed(address: str) -> None:
    assume(MarkdownParser().normalizeLink(address) == address)  # it drops an empty user: `0:@`
    refusals = markdown_link_refusals(f"[a]({address})")
    assert refusals == list(filter(None, [link_refusal(address)]))
    assert all(f"«\u00a0{address}\u00a0»" in refusal for refusal in refusals)
    assert (f"({address})" in to_plain_text(f"[a]({address})")) == (not refusals)


@given(ADDRESSES)
def test_what_documents_refused_before_is_still_refused(address: str) -> None:
    assert is_acceptable_url(address) or link_refusal(address)
