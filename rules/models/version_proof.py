from django.db import models

from rules.models.version import Version


class VersionProof(models.Model):
    """The proof of a version, made when it was published, or later if it is older than this table.

    `paths` is the number of paths that visitors can take, `longest` the number of questions of the
    longest one, `seconds` the duration of the proof, and `states` what `StateGraph.to_json`
    returns. If the proof is not complete, `paths` and `states` are empty and `longest` is null.
    """

    version = models.OneToOneField(
        Version, models.CASCADE, primary_key=True, related_name="proof", verbose_name="version"
    )
    complete = models.BooleanField("preuve complète")
    paths = models.TextField(
        "parcours", help_text="Un nombre qui peut avoir des centaines de chiffres."
    )
    longest = models.PositiveIntegerField("questions du plus long parcours", null=True)
    seconds = models.FloatField("durée en secondes")
    states = models.JSONField("états")

    class Meta:
        verbose_name = "preuve d’une version"
        verbose_name_plural = "preuves des versions"

    def __str__(self) -> str:
        return str(self.version)
