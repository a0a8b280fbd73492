"""The code of a diagnostic as people type it."""

import re

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH

_SEPARATORS = re.compile(r"[\s\u200b\u2060\ufeff\u00ad_.\u2010-\u2015\u2212-]+")
"""What people may type between the characters: blanks of any kind, hyphens, dashes."""


def normalize_code(typed: str) -> str:
    """Returns a code, or a part of one, in capitals and without separators."""
    return _SEPARATORS.sub("", typed).upper()


def parse_code(typed: str) -> str | None:
    """Returns the code that was typed, or nothing if the text has not the shape of a code."""
    code = normalize_code(typed)
    if code == 2 * code[:CODE_LENGTH]:  # copied off the page, where it is also spelled
        code = code[:CODE_LENGTH]
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None
