"""Creates the two groups of colleagues. Superusers may change them later: nothing resets them."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DRAFT = [
    "guide", "question", "choice", "outcome", "rule", "condition", "conditionchoice",
    "example", "exampleanswer", "exampleoutcome",
]  # fmt: skip
EDIT = [f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in DRAFT]
GROUPS = {
    "Éditeurs": [*EDIT, "view_version"],
    "Responsables de publication": [*EDIT, "view_version", "publish_guide"],
}


def create_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Django creates permissions after all migrations: a new database does not have them yet.
    config = installed.get_app_config("rules")
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="rules"
    )
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
