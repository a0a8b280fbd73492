"""Makes keys from titles. A row gets its key when it is created; a new title does not change it."""

from collections.abc import Collection

from django.utils.text import slugify

from rules.document.limits import KEY_LENGTH


def unused_key(title: str, *, taken: Collection[str], fallback: str) -> str:
    """Makes a key from `title` that is not in `taken`: `l-eleve` or, if that is taken, `l-eleve-2`.

    If the title has no letter or digit, the key is made from `fallback`.
    """
    title = title.replace("’", "-").replace("'", "-").replace("_", "-")
    stem = slugify(title)[:KEY_LENGTH].strip("-") or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem[: KEY_LENGTH - len(str(number)) - 1]}-{number}"
    return key
