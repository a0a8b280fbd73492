"""Writes a diagnostic as a text that a school sends to support, by copying it or in an e-mail."""

from urllib.parse import quote

from diagnostics.models import Session

NO_CONCLUSION = "Aucune\u00a0: le guide ne prévoit pas cette situation"


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
    """Returns a `mailto:` link with `text` as the body of the e-mail; other links do not change.

    On another host, a text in the address would put the answers into that host's logs.
    """
    if not url.lower().startswith("mailto:"):
        return url
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"{url}{'&' if '?' in url else '?'}body={body}"
