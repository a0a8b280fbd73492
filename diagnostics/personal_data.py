"""What looks like a person in a text: better one comment too many refused than one name kept.

Names themselves look like any word. What can be seen are an e-mail address, a phone number, and
the national identifier of a pupil (INE: nine digits and two letters; before 2018, and for
apprentices, ten digits and one letter).
"""

import re
import unicodedata
from enum import StrEnum


class Personal(StrEnum):
    EMAIL = "email"
    INE = "ine"
    PHONE = "phone"


_GAP = r"(?:[\s.:;|()/_·-]{0,3}|,)"
"""What may stand between two digits of a phone number…"""
_SEPARATOR = r"[\s.-]?"
"""…and between two characters of an INE."""
_DATE = re.compile(
    r"(?<!\d)(?<!\d[\s./-])(?:0?[1-9]|[12]\d|3[01])[\s./-](?:0?[1-9]|1[0-2])[\s./-](?:19|20)\d\d(?!\d)"
)
"""With its century; the other kind is shorter than any number looked for."""

_PATTERNS = {
    Personal.EMAIL: re.compile(
        r"[^\s@]@\s[\w-]+\.\w"
        r"|[^\s@]@\w"
        r"|\w\s?[(\[]\s?@\s?[)\]]\s?\w"
        r"|\w\s@\s[\w-]+(?:\.|\s\.\s)\w"
        r"|\w\s?[(\[]\s?(?:at|arobase)\s?[)\]]\s?\w"
        r"|\w\sarobase\s[\w-]+(?:\.|\s\.\s|\spoint\s)\w",
        re.IGNORECASE,
    ),
    Personal.INE: re.compile(
        r"(?<!\d)\d{9}[0-9A-Za-z][A-Za-z](?![^\W_])"
        # in groups, only in capitals: an hour after a number is no INE
        rf"|(?<!\w)\d(?:{_SEPARATOR}\d){{8}}{_SEPARATOR}[0-9A-Z]{_SEPARATOR}[A-Z](?!\w)"
    ),
    Personal.PHONE: re.compile(
        rf"(?<!\d)0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)"
        r"|(?<!\d)33[1-9]\d{8}(?!\d)"
        rf"|(?:\+|(?<!\d)00){_GAP}[1-9](?:{_GAP}\d){{7,14}}(?!\d)"
    ),
}


def find_personal_data(text: str) -> Personal | None:
    """The first that is found, whatever widths and dashes it is written with, but in a date."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", text))
    plain = _DATE.sub("date", plain)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(plain)), None)
