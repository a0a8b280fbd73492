"""Reads the code of a diagnostic as people type or paste it.

It may be in lower case, with spaces, twice, or among other words.
"""

import re

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH

_SEPARATOR = r"[\s\u200b\u2060\ufeff\u00ad_.\u2010-\u2015\u2212-]"
_SEPARATORS = re.compile(f"{_SEPARATOR}+")
"""Spaces (invisible ones too), dots, underscores, hyphens and dashes between the characters."""
_HALF = f"[{CODE_ALPHABET}]{{{CODE_LENGTH // 2}}}"
_SHOWN_CODE = re.compile(rf"(?<!\w){_HALF}{_SEPARATOR}?{_HALF}(?!\w)")
"""A code as the page of a result shows it."""


def normalize_code(typed: str) -> str:
    """Returns the typed code, or part of a code, in capitals and without separators."""
    return _SEPARATORS.sub("", typed).upper()


def parse_code(typed: str) -> str | None:
    """Returns the code that is typed, or that is the only one among other words; otherwise `None`.

    Among words in small letters, a code is told by a digit in it.
    """
    code = normalize_code(typed)
    if code == 2 * code[:CODE_LENGTH]:  # copied from the result page, which has the code twice
        code = code[:CODE_LENGTH]
    if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET):
        return code
    shown = _find_shown_codes(typed) or {
        code for code in _find_shown_codes(typed.upper()) if not code.isalpha()
    }
    return shown.pop() if len(shown) == 1 else None


def _find_shown_codes(text: str) -> set[str]:
    return set(map(normalize_code, _SHOWN_CODE.findall(text)))
