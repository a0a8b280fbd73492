from django.db import models
from django.utils import timezone

from rules.models.guide import Guide
from rules.models.signed_row import SignedRow


class Change(SignedRow):
    """A sentence of the history of a guide: who changed what, in which part, and when (`at`).

    `kind` and `key` name the part: `key` is the key of a question, an outcome or a rule, the name
    of an example (with a number from the second of that name, as `rules.comparison.example_keys`
    says), and empty for the guide as a whole. There is no reference to the row of the part, so that
    a part that is deleted and later restored has its history again.
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
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "modification"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["guide", "kind", "key"], name="rules_change_part")]

    def __str__(self) -> str:
        return self.sentence
