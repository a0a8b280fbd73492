"""Writes a diagnostic as a text that a school sends to support, by copying it or in an e-mail."""

from urllib.parse import quote, unquote

from diagnostics.models import Session

NO_CONCLUSION = "Aucune\u00a0: le guide ne prévoit pas cette situation"
MAX_TEXT_OF_LINK = 1_900
"""The length of the longest text that is put into the address of a link, in characters."""


def support_text(session: Session) -> str:
    answered = session.answered_guide
    conclusions = [given.outcome.title for given in answered.outcomes] or [NO_CONCLUSION]
    paragraphs = [
        [
            ("Guide", answered.guide.title),
            ("Version", str(session.version.number)),
            ("Code du diagnostic", session.code),
        ],
        [(given.question.title, given.choice.label) for given in answered.path],
        [("Conclusion", title) for title in conclusions],
    ]
    # A colon follows each name, except a question that ends with a question mark.
    return "\n\n".join(
        "\n".join(
            f"{name} {value}" if name.endswith("?") else f"{name}\u00a0: {value}"
            for name, value in paragraph
        )
        for paragraph in paragraphs
        if paragraph
    )


def with_text(url: str, text: str) -> str:
    """Returns a `mailto:` link with `text` at the end of the body of the e-mail.

    Other links do not change: on another host, a text in the address would put the answers into that
    host's logs. Nor does the link change if the text is too long for it (`leaves_text_out`).
    """
    if not _is_email_link(url) or leaves_text_out(url, text):
        return url
    address, _, query = url.partition("?")
    fields = [field.partition("=") for field in query.split("&") if field]
    bodies = [unquote(value) for name, _, value in fields if name.lower() == "body"]
    body = "\n\n".join([*filter(None, bodies), text]).replace("\r\n", "\n")
    others = ["".join(field) for field in fields if field[0].lower() != "body"]
    return f"{address}?{'&'.join([*others, f'body={_quote_body(body)}'])}"


def leaves_text_out(url: str, text: str) -> bool:
    """True for a `mailto:` link that cannot contain the text, since e-mail programs would cut it."""
    return _is_email_link(url) and len(text) > MAX_TEXT_OF_LINK


def _is_email_link(url: str) -> bool:
    return url.lower().startswith("mailto:")


def _quote_body(body: str) -> str:
    return quote(body.replace("\n", "\r\n"), safe="")
