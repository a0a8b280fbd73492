"""Reads the code of a diagnostic as people type it: in lower case, with spaces, or pasted twice."""

import re

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH

_SEPARATORS = re.compile(r"[\s\u200b\u2060\ufeff\u00ad_.\u2010-\u2015\u2212-]+")
"""Spaces (invisible ones too), dots, underscores, hyphens and dashes between the characters."""


def normalize_code(typed: str) -> str:
    """Returns the typed code, or part of a code, in capitals and without separators."""
    return _SEPARATORS.sub("", typed).upper()


def parse_code(typed: str) -> str | None:
    """Returns the typed code, or `None` if the text is not eight characters of the alphabet."""
    code = normalize_code(typed)
    if code == 2 * code[:CODE_LENGTH]:  # copied from the result page, which has the code twice
        code = code[:CODE_LENGTH]
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None
