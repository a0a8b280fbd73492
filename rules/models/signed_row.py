from typing import TypedDict

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

ACCOUNT_NAME_LENGTH = 301
"""A first name and a last name have 150 characters each, with a space between them."""


class SignedRow(models.Model):
    """A row that says which account has written it.

    `author` becomes null if that account is deleted. `author_name` is what the account was called
    when the row was written, and stays. It is empty if a command has written the row.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="compte",
        related_name="+",
    )
    author_name = models.CharField(
        "par",
        max_length=ACCOUNT_NAME_LENGTH,
        blank=True,
        default="",
        db_default="",  # a worker of an earlier release does not name this column
    )

    class Meta:
        abstract = True


class Signature(TypedDict):
    """The fields of a `SignedRow`."""

    author: User | None
    author_name: str


def sign_as(author: User | None) -> Signature:
    """Returns the fields that sign a row in the name of an account, or of none."""
    return {"author": author, "author_name": account_name(author) if author else ""}


def account_name(user: User) -> str:
    """Returns the first and last name of an account or, without them, its user name."""
    return user.get_full_name() or user.get_username()
