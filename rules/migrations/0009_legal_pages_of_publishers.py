"""Only *Responsables de publication* change the legal pages, which are online at once."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def reserve_legal_pages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="rules", codename="change_legalpage"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Éditeurs"):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [("rules", "0008_names_of_accounts")]

    operations = [migrations.RunPython(reserve_legal_pages, migrations.RunPython.noop)]
