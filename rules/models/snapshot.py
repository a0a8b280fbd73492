from django.db import models
from django.utils import timezone

from rules.models.guide import Guide
from rules.models.signed_row import SignedRow


class SnapshotStep(models.TextChoices):
    """What kind of change a snapshot was taken before."""

    CHANGE = "", "modification"
    UNDO = "undo", "annulation"
    REDO = "redo", "rétablissement"


_BEGINNINGS = {
    SnapshotStep.CHANGE: "",
    SnapshotStep.UNDO: "Annulé\u00a0: ",
    SnapshotStep.REDO: "Rétabli\u00a0: ",
}


class Snapshot(SignedRow):
    """The draft of a guide as it was before a change.

    `sentence` says what the change did, `author` who made it. If the change only undid another one,
    or did again what was undone, `step` says so, and `sentence` is that of the other one. `content`
    is the draft as canonical JSON, compressed, and `sha256` its digest. The numbers of a guide
    follow each other; the oldest snapshots are removed.
    """

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="snapshots", verbose_name="guide")
    number = models.PositiveIntegerField("numéro")
    sentence = models.TextField("modification")
    step = models.CharField(
        "étape", max_length=10, choices=SnapshotStep, blank=True, default=SnapshotStep.CHANGE
    )
    content = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte", max_length=64)
    taken_at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "moment d’un brouillon"
        verbose_name_plural = "moments de brouillons"
        ordering = ["guide", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="rules_snapshot_number"),
        ]

    def __str__(self) -> str:
        return self.full_sentence

    @property
    def full_sentence(self) -> str:
        """The sentence that also says if the change undid another one, or did it again."""
        return f"{_BEGINNINGS[SnapshotStep(self.step)]}{self.sentence}"
