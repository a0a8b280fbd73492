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
    parts = [
        [
            ("Guide", guide.title),
            ("Version", str(session.version.number)),
            ("Code du diagnostic", session.code),
        ],
        [(given.question.title, given.choice.label) for given in description.answers],
        [("Conclusion", title) for title in conclusions],
    ]
    return "\n\n".join(_lines(part) for part in parts if part)


def _lines(part: list[tuple[str, str]]) -> str:
    return "\n".join(f"{_asked(name)} {words}" for name, words in part)


def _asked(name: str) -> str:
    """What a question mark ends needs no colon."""
    return name if name.endswith("?") else f"{name}\u00a0:"


def with_text(url: str, text: str) -> str:
    """The same link; one that writes an e-mail begins it with `text`.

    Other links carry nothing: their host would keep the answers in its logs.
    """
    if not url.lower().startswith("mailto:"):
        return url
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"{url}{'&' if '?' in url else '?'}body={body}"
