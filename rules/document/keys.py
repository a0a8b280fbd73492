"""Makes keys from titles. A part gets its key when it is created; a new title does not change it."""

import re
from collections.abc import Collection
from unicodedata import normalize

from rules.document.limits import KEY_LENGTH


def unused_key(title: str, *, taken: Collection[str], fallback: str) -> str:
    """Makes a key from `title` that is not in `taken`: `l-eleve` or, if that is taken, `l-eleve-2`.

    If the title has no letter or digit of ASCII, the key is made from `fallback`.
    """
    title = "-".join(title.split())
    for separator in ("’", "'", "_"):
        title = title.replace(separator, "-")
    ascii_title = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9-]", "", ascii_title)
    stem = re.sub(r"-+", "-", words).strip("-")[:KEY_LENGTH].strip("-") or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem[: KEY_LENGTH - len(str(number)) - 1]}-{number}"
    return key
