import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from rules.models import Version

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are mistaken for one another when read out."""
CODE_LENGTH = 8


class Session(models.Model):
    """One visitor's diagnostic: the answers and nothing else about them. Its id is its key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="sessions", verbose_name="version"
    )
    answers = models.JSONField("réponses", default=dict)
    code = models.CharField("code", max_length=CODE_LENGTH, unique=True)
    created_at = models.DateTimeField("commencé le", default=timezone.now)
    updated_at = models.DateTimeField("dernière réponse le", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "diagnostic"
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"Diagnostic {self.code}"

    @property
    def expires_at(self) -> datetime:
        return self.updated_at + timedelta(days=settings.SESSION_DAYS)

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
