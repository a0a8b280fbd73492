"""What an account has written keeps its name when the account is deleted, whatever deletes it."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone

from diagnostics.installation import legal_pages_create
from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Cancellation, Change, Guide, LegalPage, PublicationRequest, Version
from rules.models.signed_row import SignedRow
from rules.publication.cancel import version_cancel
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_fields, page_text, parse_page
from tests.rules.documents import small_document

NAME = "Paul Martin"
SIGNED_MODELS = [model for model in apps.get_models() if issubclass(model, SignedRow)]
LEGAL_PAGE = "/admin/rules/legalpage/mentions-legales"


@pytest.fixture
def paul(publisher: Client) -> User:
    User.objects.filter(username="paul").update(first_name="Paul", last_name="Martin")
    return User.objects.get(username="paul")


@pytest.fixture
def boss(log_in: LogIn) -> Client:
    return log_in("boss", superuser=True)


@pytest.fixture
def guide(no_guide: None, paul: User, publisher: Client) -> Guide:
    """A guide in which « Paul Martin » has done all that an account can sign."""
    legal_pages_create()
    fill_and_send(publisher, f"{LEGAL_PAGE}/change/", body="De Paul.")
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide), author=paul)
    fill_and_send(publisher, action_url(guide, "texts"), title="Deux")
    guide.refresh_from_db()
    tomorrow = timezone.now() + timedelta(days=1)
    scheduled = guide_publish(review=PublicationReview(guide), author=paul, publish_at=tomorrow)
    version_cancel(version=scheduled, author=paul)
    Guide.objects.update(needs_approval=True)
    fill_and_send(publisher, action_url(guide, "publish"))
    return guide


def delete_in_the_admin(account: User, boss: Client) -> None:
    boss.post(f"/admin/auth/user/{account.pk}/delete/", {"post": "yes"})


def delete_from_the_list(account: User, boss: Client) -> None:
    chosen = {"action": "delete_selected", "_selected_action": str(account.pk), "post": "yes"}
    boss.post("/admin/auth/user/", chosen)


def delete_in_a_shell(account: User, boss: Client) -> None:
    account.delete()


def delete_by_sql(account: User, boss: Client) -> None:
    with connection.cursor() as cursor:
        for model in SIGNED_MODELS:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"UPDATE {table} SET author_id = NULL")
        cursor.execute("DELETE FROM auth_user_groups WHERE user_id = %s", [account.pk])
        cursor.execute("DELETE FROM auth_user WHERE id = %s", [account.pk])


DELETIONS: list[Callable[[User, Client], None]] = [
    delete_in_the_admin,
    delete_from_the_list,
    delete_in_a_shell,
    delete_by_sql,
]


def test_every_reference_to_an_account_keeps_its_name() -> None:
    for model in apps.get_app_config("rules").get_models():
        names = [field.name for field in model._meta.fields if field.related_model is User]
        assert names == (["author"] if issubclass(model, SignedRow) else []), model
    assert len(SIGNED_MODELS) == 6


@pytest.mark.parametrize("delete", DELETIONS, ids=lambda delete: delete.__name__)
def test_all_pages_name_an_account_that_is_deleted(
    guide: Guide, paul: User, boss: Client, delete: Callable[[User, Client], None]
) -> None:
    delete(paul, boss)
    assert not User.objects.filter(pk=paul.pk).exists()
    rows = parse_page(boss.get(f"/admin/rules/guide/{guide.pk}/history/")).select("tbody tr")
    writers = {row.select("td")[0].text for row in rows}
    assert writers == ({NAME, "boss"} if delete in DELETIONS[:2] else {NAME})
    versions = parse_page(boss.get(list_url(Version, guide))).select(".field-author_name")
    assert [cell.text for cell in versions] == [NAME, NAME]
    for version in guide.versions.all():
        assert f"par {NAME}" in page_text(boss.get(change_url(version)))
    assert Cancellation.objects.get().author_name == NAME
    assert NAME in page_text(boss.get(f"{LEGAL_PAGE}/history/"))
    assert NAME in boss.get("/admin/").getvalue().decode()


@pytest.mark.parametrize("delete", DELETIONS[:2], ids=lambda delete: delete.__name__)
def test_the_deletion_of_an_account_withdraws_its_request_and_the_history_says_so(
    guide: Guide, paul: User, boss: Client, delete: Callable[[User, Client], None]
) -> None:
    delete(paul, boss)
    assert not PublicationRequest.objects.exists()
    last = guide.changes.latest("pk")
    sentence = f"La publication demandée par {NAME} est retirée, car ce compte est supprimé."
    assert (last.sentence, last.author_name) == (sentence, "boss")


@pytest.mark.parametrize("delete", DELETIONS[2:], ids=lambda delete: delete.__name__)
def test_the_request_of_an_account_that_is_gone_is_void_until_someone_withdraws_it(
    guide: Guide, paul: User, boss: Client, delete: Callable[[User, Client], None]
) -> None:
    delete(paul, boss)
    sentence = f"la publication demandée par {NAME} ne vaut plus"
    status = page_text(boss.get(change_url(guide)))
    assert sentence in status
    assert "ce compte n’existe plus" in status
    url = action_url(guide, "approve")
    form = page_fields(boss.get(url))
    refused = boss.post(url, form | {"decision": "approve"})
    assert "rien n’est publié" in refused.getvalue().decode()
    assert guide.versions.count() == 2
    boss.post(url, form)
    assert not PublicationRequest.objects.exists()
    history = page_text(boss.get(f"/admin/rules/guide/{guide.pk}/history/"))
    assert f"La publication demandée par {NAME} est retirée." in history


def test_the_page_that_deletes_an_account_names_the_request_that_it_withdraws(
    guide: Guide, paul: User, boss: Client
) -> None:
    page = boss.get(f"/admin/auth/user/{paul.pk}/delete/").getvalue().decode()
    assert "La demande de publier «\u00a0Deux\u00a0» sera retirée." in page


def test_an_account_whose_acts_only_the_log_of_django_tells_is_not_deleted(
    paul: User, boss: Client
) -> None:
    LogEntry.objects.create(
        user=paul, action_flag=CHANGE, content_type=ContentType.objects.get_for_model(User)
    )
    for delete in DELETIONS[:2]:
        delete(paul, boss)
    page = boss.get(f"/admin/auth/user/{paul.pk}/delete/").getvalue().decode()
    assert "Ce que paul a fait sur des comptes ou des guides supprimés" in page
    assert User.objects.filter(pk=paul.pk).exists()
    assert LogEntry.objects.filter(user=paul).exists()


def test_the_names_of_accounts_are_written_beside_what_they_wrote_before(
    guide: Guide, boss: Client
) -> None:
    Change.objects.create(
        guide=guide, sentence="De boss.", author=User.objects.get(username="boss")
    )
    Change.objects.create(guide=guide, sentence="De personne.")
    before = [list(model._default_manager.values()) for model in (Change, Version)]
    for model in (Change, Version):
        model._default_manager.update(author_name="")
    run_migration("0008_names_of_accounts", "write_names")
    assert Change.objects.get(sentence="De boss.").author_name == "boss"
    assert Change.objects.get(sentence="De personne.").author_name == ""
    Change.objects.filter(sentence="De boss.").update(author_name="")
    assert [list(model._default_manager.values()) for model in (Change, Version)] == before


def test_the_history_of_legal_pages_is_taken_from_the_log_of_django(paul: User) -> None:
    legal_pages_create()
    for key, sentence in (("accessibilite", "Retiré."), ("accessibilite", "[]"), ("autre", "Ôté.")):
        LogEntry.objects.create(
            user=paul,
            action_flag=CHANGE,
            content_type=ContentType.objects.get_for_model(LegalPage),
            object_id=key,
            change_message=sentence,
        )
    run_migration("0008_names_of_accounts", "copy_legal_page_histories")
    [change] = LegalPage.objects.get(key="accessibilite").changes.all()
    entry = LogEntry.objects.get(change_message="Retiré.")
    assert (change.sentence, change.author_name) == ("Retiré.", NAME)
    assert (change.author, change.changed_at) == (paul, entry.action_time)


def test_only_the_group_of_editors_loses_the_right_to_change_legal_pages(db: None) -> None:
    permission = Permission.objects.get(codename="change_legalpage")
    for name in ("Éditeurs", "Juristes"):
        Group.objects.get_or_create(name=name)[0].permissions.add(permission)
    run_migration("0009_legal_pages_of_publishers", "reserve_legal_pages")
    holders = set(Group.objects.filter(permissions=permission).values_list("name", flat=True))
    assert holders == {"Juristes", "Responsables de publication"}


def test_a_worker_of_the_release_before_still_writes_while_new_ones_start(guide: Guide) -> None:
    """It does not know the column of the names, so the database has to fill it in."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO rules_change (guide_id, kind, "key", sentence, "at") '
            "VALUES (%s, 'guide', '', 'Avant.', CURRENT_TIMESTAMP)",
            [guide.pk],
        )
    assert Change.objects.get(sentence="Avant.").author_name == ""


def run_migration(module: str, step: str) -> None:
    getattr(import_module(f"rules.migrations.{module}"), step)(apps, connection.schema_editor())
