"""What the admin shows to accounts with some rights only; its headers and cookies."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from diagnostics.models import Session
from diagnostics.services import session_create
from rules.admin.links import action_url, change_url
from rules.models import Example, Guide, Outcome, Question, Rule, Version
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, page_text

PART_MODELS = [Question, Outcome, Rule, Example]


def test_staff_without_a_group_read_that_they_may_do_nothing(log_in: LogIn) -> None:
    assert "pas la permission" in page_text(log_in("nobody").get("/admin/"))


@pytest.mark.parametrize("group", ["Éditeurs", "Responsables de publication"])
def test_both_groups_see_guides_legal_pages_and_diagnostics_but_no_accounts(
    db: None, log_in: LogIn, group: str
) -> None:
    client = log_in("someone", group)
    lists = {link for link in page_links(client.get("/admin/")) if link.count("/") == 4}
    assert lists == {
        "/admin/rules/guide/",
        "/admin/rules/legalpage/",
        "/admin/diagnostics/session/",
    }
    assert client.get("/admin/auth/user/").status_code == 403


def test_an_address_that_a_form_is_sent_to_says_so_in_french_when_it_is_opened(
    guide: Guide, log_in: LogIn
) -> None:
    client = log_in("someone", "Éditeurs")
    for url in (action_url(guide.rules.all()[1], "move"), "/admin/logout/"):
        response = client.get(url)
        assert response.status_code == 405
        assert "POST" in response["Allow"]
        assert "Elle ne fait que recevoir ce qu’un bouton envoie." in response.text
        assert 'href="/admin/"' in response.text


def test_the_front_page_shows_guides_before_accounts(db: None, log_in: LogIn) -> None:
    urls = page_links(log_in("root", superuser=True).get("/admin/"))
    assert urls.index("/admin/rules/guide/") < urls.index("/admin/auth/user/")


def test_a_reader_opens_pages_and_cannot_change_anything(guide: Guide, log_in: LogIn) -> None:
    reader = log_in("reader")
    permissions = [f"view_{model._meta.model_name}" for model in (Guide, *PART_MODELS, Version)]
    User.objects.get(username="reader").user_permissions.set(
        Permission.objects.filter(codename__in=permissions)
    )
    rule = guide.rules.all()[1]
    assert reader.get(change_url(rule)).status_code == 200
    assert reader.get(change_url(guide)).status_code == 200
    for url in (change_url(rule), action_url(rule, "move"), action_url(guide, "reset")):
        assert reader.post(url, {"direction": "up"}).status_code == 403
    assert action_url(guide, "reset") not in page_links(reader.get(change_url(guide)))


@pytest.mark.parametrize("page", ["delete", "change"])
def test_not_even_a_superuser_changes_or_deletes_a_version(
    guide: Guide, log_in: LogIn, page: str
) -> None:
    root = log_in("root", superuser=True)
    version = guide.versions.get()
    root.post(f"/admin/rules/version/{version.pk}/{page}/", {"post": "yes", "number": "7"})
    version.refresh_from_db()
    assert version.number == 1
    assert root.get(f"/admin/rules/version/add/?guide={guide.pk}").status_code == 403


@pytest.mark.parametrize("page", ["delete", "change"])
def test_not_even_a_superuser_changes_or_deletes_a_diagnostic(
    guide: Guide, log_in: LogIn, page: str
) -> None:
    root = log_in("root", superuser=True)
    session = session_create(version=guide.versions.get(), answers={})
    url = f"/admin/diagnostics/session/{session.pk}/{page}/"
    assert root.post(url, {"post": "yes", "code": "X"}).status_code == 403
    assert Session.objects.get(pk=session.pk).code == session.code
    assert root.get("/admin/diagnostics/session/add/").status_code == 403


def test_no_site_can_frame_the_admin_and_no_inline_script_runs(
    guide: Guide, editor: Client
) -> None:
    response = editor.get(change_url(guide))
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"


def test_browsers_send_the_cookies_of_the_admin_to_the_admin_only(
    guide: Guide, client: Client
) -> None:
    User.objects.create_superuser("root", password="a long password")
    client.post("/admin/login/", {"username": "root", "password": "a long password"})
    saved = fill_and_send(client, action_url(guide, "texts"), title="Titre")
    assert {cookie["path"] for cookie in client.cookies.values()} == {"/admin/"}
    assert "messages" not in saved.cookies
