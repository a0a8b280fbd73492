from django.db import models
from django.utils import timezone

from rules.models.signed_row import SignedRow
from rules.models.version import Version


class Cancellation(SignedRow):
    """The decision, taken before the date of a scheduled version, that it never goes live."""

    version = models.OneToOneField(
        Version,
        models.CASCADE,
        primary_key=True,
        related_name="cancellation",
        verbose_name="version",
    )
    cancelled_at = models.DateTimeField("annulée le", default=timezone.now)

    class Meta:
        verbose_name = "annulation d’une version"
        verbose_name_plural = "annulations de versions"

    def __str__(self) -> str:
        return str(self.version)
