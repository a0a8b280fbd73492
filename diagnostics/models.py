"""The session, i.e. one visitor's diagnostic, and the counts that remain of purged sessions."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from diagnostics.answered_guide import AnsweredGuide, answer_version
from rules.document.limits import KEY_LENGTH
from rules.engine.content import Answers
from rules.models import Version

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The characters of codes, without 0, 1, I, L and O, which people confuse."""
CODE_LENGTH = 8
COMMENT_LENGTH = 300


class Verdict(models.TextChoices):
    """The visitor's answer to *Résolu ?*, i.e. whether the result solved the problem."""

    UNSAID = "", "Sans réponse"
    YES = "yes", "Oui"
    NO = "no", "Non"
    NOT_YET = "not_yet", "Pas encore"


class SessionQuerySet(models.QuerySet["Session"]):
    def filter_expired(self) -> Self:
        return self.filter(updated_at__lte=self._newest_expired_at())

    def exclude_expired(self) -> Self:
        return self.filter(updated_at__gt=self._newest_expired_at())

    def _newest_expired_at(self) -> datetime:
        return timezone.now() - timedelta(days=settings.SESSION_DAYS)


class Session(models.Model):
    """One visitor's diagnostic: the answers and the verdict on the result, and nothing personal.

    Whoever knows its id or its code may open it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="sessions", verbose_name="version"
    )
    answers = models.JSONField("réponses", default=dict)
    code = models.CharField("code", max_length=CODE_LENGTH, unique=True)
    solved = models.CharField(
        "résolu", max_length=10, choices=Verdict.choices, default=Verdict.UNSAID, blank=True
    )
    comment = models.CharField("commentaire", max_length=COMMENT_LENGTH, default="", blank=True)
    created_at = models.DateTimeField("commencé le", default=timezone.now)
    updated_at = models.DateTimeField("dernière réponse le", default=timezone.now, db_index=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "diagnostic"
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"Diagnostic {self.code}"

    @cached_property
    def answered_guide(self) -> AnsweredGuide:
        """The version with the answers of this session. Raises `VersionAlteredError`."""
        return answer_version(self.version, self.answers)

    def replace_answers(self, answers: Answers) -> None:
        """Replaces the answers, and what follows from them, without saving the session."""
        self.answered_guide = self.answered_guide.with_answers(answers)
        self.answers = answers

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Reads the session again. What was computed from its answers is dropped."""
        self.__dict__.pop("answered_guide", None)
        super().refresh_from_db(using, fields, from_queryset)

    @property
    def expires_at(self) -> datetime:
        return self.updated_at + timedelta(days=settings.SESSION_DAYS)

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class PurgedCount(models.Model):
    """The number of purged diagnostics with the same version, month of beginning, state and verdict.

    A row with an empty outcome counts them all; a row with an outcome counts those that gave it.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name="version")
    month = models.DateField("mois", help_text="Son premier jour.")
    status = models.CharField("état", max_length=20)
    outcome = models.CharField(
        "conclusion",
        max_length=KEY_LENGTH,
        blank=True,
        help_text="Vide : tous les diagnostics dans cet état, quelles que soient leurs conclusions.",
    )
    solved = models.CharField(
        "résolu", max_length=10, choices=Verdict.choices, default=Verdict.UNSAID, blank=True
    )
    sessions = models.PositiveIntegerField("diagnostics", default=0)

    class Meta:
        verbose_name = "nombre de diagnostics effacés"
        verbose_name_plural = "nombres de diagnostics effacés"
        ordering = ["-month", "version", "status", "outcome", "solved"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "month", "status", "outcome", "solved"],
                name="diagnostics_purgedcount_once",
                violation_error_message="Ces diagnostics sont déjà comptés.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.month:%m/%Y} : {self.sessions}"
