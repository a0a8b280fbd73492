from typing import TypedDict

from django.db import models
from django.utils import timezone

from rules.models.guide import Guide
from rules.models.signed_row import SignedRow
from rules.models.snapshot import Snapshot


class ChangeEvent(models.TextChoices):
    """What a sentence of the history says, as far as the site itself has to know it."""

    DRAFT = "draft", "brouillon modifié"
    PUBLISHED = "published", "brouillon publié, ou programmé"
    APPROVED = "approved", "brouillon publié, ou programmé, après un accord"
    RESTORED = "restored", "version antérieure publiée de nouveau"
    RESCHEDULED = "reschedule", "version programmée gardée après une publication"
    RESET = "reset", "brouillon remis à une version"
    REQUESTED = "requested", "publication demandée"
    REFUSED = "refused", "demande refusée"
    WITHDRAWN = "withdrawn", "demande retirée"


class ChangeMeaning(TypedDict, total=False):
    """The fields of a `Change` that say as data what its sentence says."""

    event: ChangeEvent
    version_number: int
    reason: str


class Change(SignedRow):
    """A sentence of the history of a guide: who changed what, in which part, and when (`at`).

    `kind` and `key` name the part: `key` is the key of a question, an outcome or a rule, the name
    of an example (with a number from the second of that name, as `rules.comparison.example_keys`
    says), and empty for the guide as a whole. There is no reference to the row of the part, so that
    a part that is deleted and later restored has its history again.

    The sentence is for people only. What the site reads from the history is `event`, empty for a
    sentence from which it reads nothing; `version_number`, the version that was published or to which
    the draft was reset; and `reason`, why a request was refused.

    `snapshot` is the draft before the change, as long as it is stored: all sentences about one change
    have the same.
    """

    GUIDE = "guide"
    KINDS = [
        (GUIDE, "guide"),
        ("question", "question"),
        ("outcome", "conseil ou conclusion"),
        ("rule", "règle"),
        ("example", "cas type"),
    ]

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="changes", verbose_name="guide")
    kind = models.CharField("partie", max_length=10, choices=KINDS, default=GUIDE)
    key = models.CharField("clé", max_length=310, blank=True)
    sentence = models.TextField("modification")
    # A worker of an earlier release names none of these three columns.
    event = models.CharField(
        "événement", max_length=10, choices=ChangeEvent, blank=True, default="", db_default=""
    )
    version_number = models.PositiveIntegerField("numéro de version", null=True, blank=True)
    reason = models.TextField("motif", blank=True, default="", db_default="")
    snapshot = models.ForeignKey(
        Snapshot,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="brouillon d’avant",
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "modification"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["guide", "kind", "key"], name="rules_change_part")]

    def __str__(self) -> str:
        return self.sentence
