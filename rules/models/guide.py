from django.core.exceptions import ValidationError
from django.db import models

from rules.document.limits import KEY_LENGTH, MARKDOWN_LENGTH, RESERVED_SLUGS
from rules.models.fields import title_field, validate_key


def refuse_reserved(slug: str) -> None:
    """Raises `ValidationError` for the slug of another page of the site, e.g. `admin`."""
    if slug in RESERVED_SLUGS:
        raise ValidationError("Cette adresse est réservée au site : choisissez-en une autre.")


class Guide(models.Model):
    """A poster: the draft that editors change, and settings.

    The draft is the title, the introduction, and the questions, outcomes, rules and examples of
    other tables. Visitors get the live `Version` of the guide.
    The other fields are settings, which apply at once, without publication. A guide that is
    `closed` shows `closing_message` to new visitors.
    """

    slug = models.CharField(
        "adresse",
        max_length=KEY_LENGTH,
        unique=True,
        validators=[validate_key, refuse_reserved],
        help_text="Ce qui suit le nom du site dans l’adresse du formulaire.",
    )
    title = title_field("titre")
    introduction = models.TextField(
        "introduction",
        blank=True,
        max_length=MARKDOWN_LENGTH,
        help_text="Affichée sur la première page. Markdown accepté.",
    )
    needs_approval = models.BooleanField(
        "accord d’une seconde personne",
        default=False,
        help_text="Une publication attend alors l’accord d’un autre responsable.",
    )
    closed = models.BooleanField("fermé aux nouveaux visiteurs", default=False)
    closing_message = models.TextField(
        "message aux visiteurs",
        blank=True,
        max_length=MARKDOWN_LENGTH,
        help_text="Affiché à la place du formulaire. Markdown accepté.",
    )

    class Meta:
        verbose_name = "guide"
        ordering = ["title", "pk"]
        permissions = [("publish_guide", "Peut publier un guide et revenir à une version")]

    def __str__(self) -> str:
        return self.title
