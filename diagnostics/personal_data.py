"""Recognises e-mail addresses, phone numbers and pupils' national identifiers (INE) in a comment.

An INE is nine digits and two letters or, before 2018 and for apprentices, ten digits and one
letter. Names cannot be recognised. In doubt the patterns match: the visitor can reword a comment
that is dropped by mistake, but personal data must not be stored.
"""

import re
import unicodedata
from enum import StrEnum


class PersonalDataKind(StrEnum):
    """The kinds of personal data that are recognised."""

    EMAIL = "email"
    INE = "ine"
    PHONE = "phone"


_PHONE_GAP = r"(?:[\s.:;|()/_·-]{0,3}|,)"
"""The characters that may separate two digits of a phone number."""
_INE_GAP = r"[\s.-]?"
"""The characters that may separate two characters of an INE."""
_DATE = re.compile(
    r"(?<!\d)(?<!\d[\s./-])(?:0?[1-9]|[12]\d|3[01])[\s./-](?:0?[1-9]|1[0-2])[\s./-](?:19|20)\d\d(?!\d)"
)
"""A date whose year has four digits. With two, a date has too few digits for any pattern."""

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
        # The letters must be capitals if there are gaps: "123456789 8 h" is a number and an hour.
        rf"|(?<!\w)\d(?:{_INE_GAP}\d){{8}}{_INE_GAP}[0-9A-Z]{_INE_GAP}[A-Z](?!\w)"
    ),
    PersonalDataKind.PHONE: re.compile(
        rf"(?<!\d)0{_PHONE_GAP}[1-9](?:{_PHONE_GAP}\d){{8}}(?!\d)"
        r"|(?<!\d)33[1-9]\d{8}(?!\d)"
        rf"|(?:\+|(?<!\d)00){_PHONE_GAP}[1-9](?:{_PHONE_GAP}\d){{7,14}}(?!\d)"
    ),
}


def kind_of_personal_data(text: str) -> PersonalDataKind | None:
    """Returns a kind of personal data that the text contains, or `None`.

    Dates are taken out first, since they look like phone numbers. Unicode variants, such as
    full-width digits or long dashes, are read as the plain characters (NFKC).
    """
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", text))
    plain = _DATE.sub("date", plain)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(plain)), None)
