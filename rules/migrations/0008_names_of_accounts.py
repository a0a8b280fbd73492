"""Writes the names of accounts beside what they have written, before any account is deleted."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat, Trim

SIGNED = ("Change", "PublicationRequest", "Version")


def write_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    full_name = Trim(Concat("first_name", Value(" "), "last_name"))
    name = Case(When(first_name="", last_name="", then=F("username")), default=full_name)
    accounts = apps.get_model("auth", "User").objects.filter(pk=OuterRef("author"))
    for model in SIGNED:
        signed = apps.get_model("rules", model).objects.filter(author__isnull=False)
        signed.update(author_name=Subquery(accounts.values_list(name)[:1]))


def copy_legal_page_histories(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copies what Django's own log says about legal pages to their history."""
    entries = apps.get_model("admin", "LogEntry").objects.filter(
        content_type__app_label="rules", content_type__model="legalpage"
    )
    pages = apps.get_model("rules", "LegalPage").objects.in_bulk()
    history = apps.get_model("rules", "LegalPageChange").objects
    for entry in entries.select_related("user").order_by("action_time", "pk"):
        if entry.object_id in pages and entry.change_message not in {"", "[]"}:
            user = entry.user
            history.create(
                page=pages[entry.object_id],
                sentence=entry.change_message,
                author=user,
                author_name=f"{user.first_name} {user.last_name}".strip() or user.username,
                changed_at=entry.action_time,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0007_cancellations_and_names"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(write_names, migrations.RunPython.noop),
        migrations.RunPython(copy_legal_page_histories, migrations.RunPython.noop),
    ]
