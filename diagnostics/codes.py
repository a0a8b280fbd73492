"""The code of a diagnostic as people type it."""

import re

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH

_BETWEEN = re.compile(r"[\s\u200b\u2060\ufeff\u00ad_.\u2010-\u2015\u2212-]+")
"""What may stand between the characters: blanks of any kind, hyphens, dashes."""


def normalize_code(typed: str) -> str:
    """In capitals, with nothing between them: whole, or part of a code."""
    return _BETWEEN.sub("", typed).upper()


def parse_code(typed: str) -> str | None:
    """None for what has not the shape of a code."""
    code = normalize_code(typed)
    if code == 2 * code[:CODE_LENGTH]:  # copied off the page: as it is seen, and as it is spelled
        code = code[:CODE_LENGTH]
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None
