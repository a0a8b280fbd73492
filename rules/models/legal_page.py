from django.db import models

from rules.document.limits import KEY_LENGTH, MARKDOWN_LENGTH
from rules.models.fields import title_field


class LegalPage(models.Model):
    """A page that French law requires of a public site. Its `key` is its address."""

    key = models.CharField("adresse", max_length=KEY_LENGTH, primary_key=True)
    title = title_field("titre")
    body = models.TextField(
        "texte",
        max_length=MARKDOWN_LENGTH,
        help_text="Markdown accepté. {jours} devient le nombre de jours que dure un diagnostic.",
    )
    updated_at = models.DateTimeField("mise à jour", auto_now=True)

    class Meta:
        verbose_name = "page légale"
        verbose_name_plural = "pages légales"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title
