"""The fields that several models have."""

from django.core.validators import RegexValidator
from django.db import models

from rules.document.limits import KEY_LENGTH, KEY_PATTERN, TITLE_LENGTH

validate_key = RegexValidator(
    rf"^{KEY_PATTERN}$",
    "Une clé s’écrit avec des lettres minuscules sans accent, des chiffres et des tirets.",
)


def key_field() -> "models.CharField[str, str]":
    return models.CharField("clé", max_length=KEY_LENGTH, validators=[validate_key])


def title_field(name: str) -> "models.CharField[str, str]":
    return models.CharField(name, max_length=TITLE_LENGTH)


def position_field() -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField("ordre", default=0)
