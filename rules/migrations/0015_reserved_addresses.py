"""Guides whose slug is now the address of another page get `-guide` after it.

Their versions never change, so the documents of these versions keep the slug of before, by which
`rules.publication.timeline.version_of_former_slug` finds the guide.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RESERVED_SLUGS = (
    *("accessibilite", "admin", "api", "diagnostics", "donnees-personnelles", "healthz", "images"),
    *(
        "integration",
        "mentions-legales",
        "metrics",
        "plan-du-site",
        "readyz",
        "reprendre",
        "static",
    ),
)


def rename_guides(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guides = apps.get_model("rules", "Guide").objects
    for guide in guides.filter(slug__in=RESERVED_SLUGS).order_by("pk"):
        before, slug, number = guide.slug, f"{guide.slug}-guide", 1
        while guides.filter(slug=slug).exists():
            number += 1
            slug = f"{before}-guide-{number}"
        guides.filter(pk=guide.pk).update(slug=slug)
        sentence = (
            f"L’adresse est maintenant «\u00a0{slug}\u00a0» au lieu de «\u00a0{before}\u00a0», qui est "
            "réservée au site."
        )
        guide.changes.create(sentence=sentence, event="draft")
        print(f"Guide «\u00a0{guide.title}\u00a0»\u00a0: {sentence}")  # noqa: T201 (for whoever migrates)


class Migration(migrations.Migration):
    dependencies = [("rules", "0014_texts_for_pupils")]

    operations = [migrations.RunPython(rename_guides, migrations.RunPython.noop)]
