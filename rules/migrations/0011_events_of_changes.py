"""Says as data what the sentences of the history say, of those that the site reads itself."""

import re

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500
BEGINNINGS = {
    "draft": r"Le guide «|L’adresse du guide |L’introduction ",
    "approved": r"La version (?P<version_number>\d+) est .*, approuvée par ",
    "published": r"La version (?P<version_number>\d+) est ",
    "reset": r"Le brouillon est remis à la version (?P<version_number>\d+)\.",
    "restored": r"Retour à la version \d+\u00a0: la version (?P<version_number>\d+) est en ligne\.",
    "requested": r"La publication est demandée",
    "refused": r"La publication demandée par .*? est refusée\u00a0: (?P<reason>.*)",
    "withdrawn": r"La publication demandée par ",
}
"""The beginnings of the sentences about a guide as a whole. The first one that fits decides."""


def write_events(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    changes, last = apps.get_model("rules", "Change").objects.order_by("pk"), 0
    changes.exclude(kind="guide").update(event="draft")
    while batch := list(changes.filter(kind="guide", pk__gt=last)[:BATCH]):
        for change in batch:
            for event, beginning in BEGINNINGS.items():
                if said := re.match(beginning, change.sentence, re.DOTALL):
                    vars(change).update(said.groupdict(), event=event)
                    break
        changes.bulk_update(batch, ["event", "version_number", "reason"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0010_short_names_of_questions"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="event",
            field=models.CharField(
                blank=True,
                choices=[
                    ("draft", "brouillon modifié"),
                    ("published", "brouillon publié, ou programmé"),
                    ("approved", "brouillon publié, ou programmé, après un accord"),
                    ("restored", "version antérieure publiée de nouveau"),
                    ("reset", "brouillon remis à une version"),
                    ("requested", "publication demandée"),
                    ("refused", "demande refusée"),
                    ("withdrawn", "demande retirée"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="événement",
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="version_number",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="numéro de version"
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="reason",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="motif"),
        ),
        migrations.RunPython(write_events, migrations.RunPython.noop),
    ]
