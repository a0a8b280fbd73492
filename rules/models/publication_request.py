from django.db import models
from django.utils import timezone

from rules.models.guide import Guide
from rules.models.signed_row import SignedRow


class PublicationRequest(SignedRow):
    """A request of `author` to publish the draft of a guide, which a second person must approve.

    `sha256` is the digest of the draft that was requested: a draft that has changed since is not
    published, nor is one whose author has no account any more. `note`, `reason` and `publish_at`
    are for the version; `publish_at` is null if it is to go live as soon as it is approved. `reschedules` says
    for each scheduled version that it overtakes, by number, if that version is rescheduled.
    """

    guide = models.OneToOneField(
        Guide, models.CASCADE, related_name="publication_request", verbose_name="guide"
    )
    sha256 = models.CharField("empreinte du brouillon", max_length=64)
    note = models.CharField("note", max_length=300, blank=True)
    reason = models.CharField("motif", max_length=300, blank=True)
    publish_at = models.DateTimeField("à publier le", null=True, blank=True)
    reschedules = models.JSONField(
        "versions programmées gardées",
        default=dict,
        blank=True,
        db_default={},  # a worker of an earlier release does not name this column
    )
    created_at = models.DateTimeField("demandée le", default=timezone.now)

    class Meta:
        verbose_name = "demande de publication"
        verbose_name_plural = "demandes de publication"

    def __str__(self) -> str:
        return f"{self.guide} – {self.author_name}"
