"""Keys made from titles. Made once, when a row is created: a new title changes no key."""

from collections.abc import Collection

from django.utils.text import slugify

from rules.document.limits import KEY_LENGTH


def free_key(title: str, *, taken: Collection[str], fallback: str) -> str:
    """A key that nobody has: `l-eleve`, then `l-eleve-2`. `fallback` is for titles without letters."""
    words = title.replace("’", "-").replace("'", "-").replace("_", "-")
    stem = slugify(words)[:KEY_LENGTH].strip("-") or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem[: KEY_LENGTH - len(str(number)) - 1]}-{number}"
    return key
