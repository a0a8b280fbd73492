"""Finds personal data in a text: to refuse too many comments is better than to store one.

Names look like any other word. What can be recognised is an e-mail address, a phone number, and
the national identifier of a pupil (INE: nine digits and two letters; before 2018, and for
apprentices, ten digits and one letter).
"""

import re
import unicodedata
from enum import StrEnum


class PersonalDataKind(StrEnum):
    EMAIL = "email"
    INE = "ine"
    PHONE = "phone"


_GAP = r"(?:[\s.:;|()/_·-]{0,3}|,)"
"""The characters that may separate two digits of a phone number."""
_SEPARATOR = r"[\s.-]?"
"""The characters that may separate two characters of an INE."""
_DATE = re.compile(
    r"(?<!\d)(?<!\d[\s./-])(?:0?[1-9]|[12]\d|3[01])[\s./-](?:0?[1-9]|1[0-2])[\s./-](?:19|20)\d\d(?!\d)"
)
"""A date whose year has four digits; shorter ones have too few digits for any pattern."""

_PATTERNS = {
    PersonalDataKind.EMAIL: re.compile(
        r"[^\s@]@\s[\w-]+\.\w"
        r"|[^\s@]@\w"
        r"|\w\s?[(\[]\s?@\s?[)\]]\s?\w"
        r"|\w\s@\s[\w-]+(?:\.|\s\.\s)\w"
        r"|\w\s?[(\[]\s?(?:at|arobase)\s?[)\]]\s?\w"
        r"|\w\sarobase\s[\w-]+(?:\.|\s\.\s|\spoint\s)\w",
        re.IGNORECASE,
    ),
    PersonalDataKind.INE: re.compile(
        r"(?<!\d)\d{9}[0-9A-Za-z][A-Za-z](?![^\W_])"
        # in groups, only in capitals: an hour after a number is no INE
        rf"|(?<!\w)\d(?:{_SEPARATOR}\d){{8}}{_SEPARATOR}[0-9A-Z]{_SEPARATOR}[A-Z](?!\w)"
    ),
    PersonalDataKind.PHONE: re.compile(
        rf"(?<!\d)0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)"
        r"|(?<!\d)33[1-9]\d{8}(?!\d)"
        rf"|(?:\+|(?<!\d)00){_GAP}[1-9](?:{_GAP}\d){{7,14}}(?!\d)"
    ),
}


def kind_of_personal_data(text: str) -> PersonalDataKind | None:
    """Returns the first kind of personal data found; dates are not searched.

    The width of characters and the kind of dashes make no difference.
    """
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", text))
    plain = _DATE.sub("date", plain)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(plain)), None)
