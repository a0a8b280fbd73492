"""Lets both groups change the legal pages."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def allow_legal_pages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Django creates permissions after all migrations: a new database does not have them yet.
    config = installed.get_app_config("rules")
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="rules", codename__in=["view_legalpage", "change_legalpage"]
    )
    for group in apps.get_model("auth", "Group").objects.filter(
        name__in=["Éditeurs", "Responsables de publication"]
    ):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("rules", "0004_legal_pages")]

    operations = [migrations.RunPython(allow_legal_pages, migrations.RunPython.noop)]
