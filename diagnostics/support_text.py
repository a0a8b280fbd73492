"""What a school sends to support: a diagnostic in words, ready to copy. No name is in it."""

from urllib.parse import quote

from diagnostics.descriptions import describe_state
from diagnostics.models import Session
from diagnostics.selectors import session_state
from rules.publication.versions import compiled_version

NO_CONCLUSION = "Aucune\u00a0: le guide ne prévoit pas cette situation"


def support_text(session: Session) -> str:
    guide = compiled_version(session.version).guide
    description = describe_state(guide, session_state(session))
    conclusions = [given.outcome.title for given in description.outcomes] or [NO_CONCLUSION]
    paragraphs = [
        [
            ("Guide", guide.title),
            ("Version", str(session.version.number)),
            ("Code du diagnostic", session.code),
        ],
        [(given.question.title, given.choice.label) for given in description.answers],
        [("Conclusion", title) for title in conclusions],
    ]
    # A name is followed by a colon, unless a question mark ends it.
    return "\n\n".join(
        "\n".join(
            f"{name} {value}" if name.endswith("?") else f"{name}\u00a0: {value}"
            for name, value in paragraph
        )
        for paragraph in paragraphs
        if paragraph
    )


def with_text(url: str, text: str) -> str:
    """Returns the same link; a link that writes an e-mail begins it with `text`.

    Other links do not carry the text: their host would keep the answers in its logs.
    """
    if not url.lower().startswith("mailto:"):
        return url
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"{url}{'&' if '?' in url else '?'}body={body}"
