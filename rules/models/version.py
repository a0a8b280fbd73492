from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from rules.models.fields import title_field
from rules.models.guide import Guide
from rules.models.signed_row import SignedRow


class VersionQuerySet(models.QuerySet["Version"]):
    def filter_due(self, as_of: datetime | None = None) -> Self:
        """Returns the versions that are or were live at the time `as_of`, by default now.

        These are the versions whose `published_at` has come and which were not cancelled. The
        highest number comes first: the first version of a guide is its live one.
        """
        due = self.filter(published_at__lte=as_of or timezone.now(), cancellation=None)
        return due.order_by("-number")

    def filter_live(self, as_of: datetime | None = None) -> Self:
        """Returns the live version of each guide at the time `as_of`, by default now."""
        due = Version.objects.filter_due(as_of).filter(guide=models.OuterRef("pk"))
        newest = Guide.objects.annotate(live=models.Subquery(due.values("pk")[:1]))
        return self.filter(pk__in=newest.values("live"))


class Version(SignedRow):
    """An immutable published copy of a guide.

    `document` is the guide as canonical JSON, and `title` its title, so that lists need not read
    the document. `sha256` is the digest of the document: if it does not match, someone has altered
    the document in the database. Nothing tells a guide that was altered together with its digest
    from the guide that was published. A version is never updated, except that `author` becomes null
    if that account is deleted.

    `note` says what is new in the version. `reason` says why it was published in spite of warnings
    of the proof or without a complete one, or why an earlier version was published again.
    `published_at` is the date from which the version is live, unless it has a `Cancellation`. This
    date may be in the future.
    """

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions", verbose_name="guide")
    number = models.PositiveIntegerField("numéro")
    title = title_field("titre")
    document = models.TextField("document", help_text="JSON canonique.")
    sha256 = models.CharField("empreinte", max_length=64)
    note = models.CharField("note", max_length=300, blank=True)
    reason = models.CharField(
        "motif",
        max_length=300,
        blank=True,
        help_text="Pourquoi elle est publiée malgré ce que la preuve signale, ou pourquoi l’on y revient.",
    )
    published_at = models.DateTimeField("publiée le", default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        ordering = ["guide", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "number"],
                name="rules_version_number",
                violation_error_message="Une version de ce guide a déjà ce numéro.",
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="rules_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.guide} – version {self.number}"
