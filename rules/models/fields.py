"""The fields that several models have: keys, titles, positions."""

from django.core.validators import RegexValidator
from django.db import models

from rules.document.limits import KEY_LENGTH, KEY_PATTERN, TITLE_LENGTH

validate_key = RegexValidator(
    rf"^{KEY_PATTERN}$",
    "Une clé s’écrit avec des lettres minuscules sans accent, des chiffres et des tirets.",
)


def key_field() -> "models.CharField[str, str]":
    """Returns a field for a key, which names a row in documents, e.g. `liste-a-jour`."""
    return models.CharField("clé", max_length=KEY_LENGTH, validators=[validate_key])


def title_field(name: str) -> "models.CharField[str, str]":
    """Returns a field for a title, labelled `name`."""
    return models.CharField(name, max_length=TITLE_LENGTH)


def position_field() -> "models.PositiveIntegerField[int, int]":
    """Returns a field for the position of a row: rows are listed in the order of positions."""
    return models.PositiveIntegerField("ordre", default=0)
