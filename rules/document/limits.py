"""The limits of a guide document. Lengths are in characters.

The maximum numbers of parts and the reserved slugs are asked only of what is written, i.e. imported,
saved or published: versions and drafts that were stored before may break them. All other limits hold
for stored documents too. Never make those stricter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.counts import format_number

KEY_PATTERN = r"[a-z0-9-]+"
KEY_LENGTH = 64
TITLE_LENGTH = 300
SHORT_NAME_LENGTH = 40
MARKDOWN_LENGTH = 20_000
URL_LENGTH = 2_000
URL_SCHEMES = ("https", "http", "mailto", "tel")
MAX_DOCUMENT_BYTES = 5_000_000
"""The maximum size of a guide: of its canonical JSON, which has no spaces between values."""
MAX_FILE_BYTES = 5 * MAX_DOCUMENT_BYTES
"""The maximum size of the text of a file, which is a guide with spaces and line ends.

An export of a guide is never longer than this, even if its lines end with two bytes, as browsers
send them. Its worst values are those of one character in the lists that are the most indented:
`"a",` becomes a line with 12 spaces, 18 bytes instead of 4.
"""


@dataclass(frozen=True, slots=True)
class CountLimit:
    """How many parts of one kind a guide, a question or a rule may have."""

    maximum: int
    owner: str
    """What has these parts, in French: « ce guide »."""
    parts: str
    """What the parts are called, in French and in the plural: « questions »."""
    remedy: str = ""
    """What to do if there are more, in French, without full stop."""

    def refusal_sentence(self, count: int, verb: str = "a") -> str:
        """Returns « ce guide a 201 questions ; le maximum est 200. »."""
        found, maximum = format_number(count), format_number(self.maximum)
        remedy = f"\u00a0: {self.remedy}" if self.remedy else ""
        return f"{self.owner} {verb} {found} {self.parts}\u00a0; le maximum est {maximum}{remedy}."


GUIDE_LIMITS = {
    "questions": CountLimit(200, "ce guide", "questions"),
    "outcomes": CountLimit(1_000, "ce guide", "conseils et conclusions"),
    "rules": CountLimit(10_000, "ce guide", "règles"),
    "examples": CountLimit(1_000, "ce guide", "cas types"),
}
"""The limit of each list of a guide, by the name of its field in a document."""
CHOICE_LIMIT = CountLimit(200, "cette question", "réponses")
CONDITION_LIMIT = CountLimit(40, "cette règle", "conditions", "coupez-la en plusieurs")

RESERVED_SLUGS = frozenset(
    {
        "accessibilite",
        "admin",
        "api",
        "diagnostics",
        "donnees-personnelles",
        "healthz",
        "images",
        "integration",
        "mentions-legales",
        "metrics",
        "plan-du-site",
        "readyz",
        "reprendre",
        "static",
    }
)
"""The first segments of the site's own addresses, which no guide may have as its slug."""


def count_refusals(document: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yields the place and the refusal of each list of a raw document that is too long.

    The document need not be well-formed.
    """
    for name, limit in GUIDE_LIMITS.items():
        items = _list_field(document, name)
        if len(items) > limit.maximum:
            yield (name,), limit.refusal_sentence(len(items))
    for name, inner, limit in (
        ("questions", "choices", CHOICE_LIMIT),
        ("rules", "when", CONDITION_LIMIT),
    ):
        for index, owner in enumerate(_list_field(document, name)):
            items = _list_field(owner, inner)
            if len(items) > limit.maximum:
                yield (name, index, inner), limit.refusal_sentence(len(items))


def size_refusal(size: int, owner: str) -> str:
    """Returns the refusal of a guide of `size` bytes, or an empty text if it is small enough.

    `owner` is what it is, in French: « ce guide ».
    """
    return _bytes_refusal(size, MAX_DOCUMENT_BYTES, owner)


def file_size_refusal(size: int) -> str:
    """Returns the refusal of the text of a file of `size` bytes, or an empty text."""
    return _bytes_refusal(size, MAX_FILE_BYTES, "ce texte")


def _bytes_refusal(size: int, maximum: int, owner: str) -> str:
    if size <= maximum:
        return ""
    return (
        f"{owner} fait {format_number(size)} octets\u00a0; le maximum est "
        f"{format_number(maximum)} ({maximum // 1_000_000}\u00a0Mo)."
    )


def _list_field(value: object, name: str) -> Sequence[object]:
    """Returns the list in a field of a raw value, or an empty list if there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []
