"""Both groups may look at diagnostics."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def allow_reading(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are made after all migrations; on a new database they would not be there yet.
    config = installed.get_app_config("diagnostics")
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="diagnostics", codename="view_session"
    )
    for group in apps.get_model("auth", "Group").objects.filter(
        name__in=["Éditeurs", "Responsables de publication"]
    ):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("diagnostics", "0001_initial"), ("rules", "0002_groups")]

    operations = [migrations.RunPython(allow_reading, migrations.RunPython.noop)]
