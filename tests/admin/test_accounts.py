"""The pages of accounts say what an account still lacks before its owner can work."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_text, parse_page

PASSWORD = "un bon mot de passe"


@pytest.fixture
def root(log_in: LogIn) -> Client:
    return log_in("root", superuser=True)


def save_account(root: Client, **changes: str | list[str]) -> str:
    """Saves the page of « neuf » with these changes, and returns the text of the next page."""
    account, _ = User.objects.get_or_create(username="neuf")
    url = f"/admin/auth/user/{account.pk}/change/"
    chosen: dict[str, str | list[str]] = {"groups": [], "user_permissions": [], **changes}
    saved = fill_and_send(root, url, _continue="1", **chosen)
    return page_text(root.get(saved["Location"])).replace("\u00a0", " ")


def test_a_new_account_lacks_the_status_and_a_group(root: Client) -> None:
    added = fill_and_send(
        root, "/admin/auth/user/add/", username="neuf", password1=PASSWORD, password2=PASSWORD
    )
    text = page_text(root.get(added["Location"])).replace("\u00a0", " ")
    assert (
        "Le compte « neuf » ne peut pas encore travailler ici : cochez « Statut équipe » "
        "et choisissez un groupe, puis enregistrez." in text
    )


def test_an_account_without_the_status_or_without_a_group_is_warned_of(root: Client) -> None:
    group = str(Group.objects.get(name="Éditeurs").pk)
    assert "ici : choisissez un groupe, puis" in save_account(root, is_staff="on")
    assert "ici : cochez « Statut équipe », puis" in save_account(root, is_staff=[], groups=[group])
    assert "ne peut pas encore" not in save_account(root, is_staff="on", groups=[group])


def test_accounts_that_need_no_group_are_not_warned_of(root: Client) -> None:
    assert "ne peut pas encore" not in save_account(root, is_staff="on", is_superuser="on")
    permission = str(Permission.objects.get(codename="view_guide").pk)
    text = save_account(root, is_staff="on", is_superuser=[], user_permissions=[permission])
    assert "ne peut pas encore" not in text


def test_an_account_closed_on_purpose_is_not_warned_of(root: Client) -> None:
    assert "ne peut pas encore" not in save_account(root, is_active=[])


def test_the_login_page_answers_an_account_without_the_status_like_a_wrong_password(
    client: Client, db: None
) -> None:
    User.objects.create_user("neuf", password=PASSWORD)
    texts = {
        page_text(client.post("/admin/login/", {"username": "neuf", "password": password}))
        for password in (PASSWORD, "faux")
    }
    assert len(texts) == 1


@pytest.mark.parametrize("from_the_list", [False, True])
def test_the_page_that_deletes_an_account_asks_in_plain_french(
    root: Client, from_the_list: bool
) -> None:
    account = User.objects.create_user("neuf")
    chosen = {"action": "delete_selected", "_selected_action": str(account.pk)}
    url = "/admin/auth/user/"
    page = root.post(url, chosen) if from_the_list else root.get(f"{url}{account.pk}/delete/")
    content = parse_page(page).select_one("#content")
    assert content is not None
    text = " ".join(content.get_text().split())
    name = ": neuf Renoncer" if from_the_list else ": neuf ? Renoncer"
    assert text == f"Supprimer Supprimer {name}"
    assert content.select_one("input[type=submit][value='Oui, supprimer']")
    assert content.select_one(f"a.closelink[href^='{url}']")


def test_a_deletion_is_confirmed_with_the_name_of_the_account(root: Client) -> None:
    account = User.objects.create_user("neuf")
    confirm = {"post": "yes"}
    page = root.post(f"/admin/auth/user/{account.pk}/delete/", confirm, follow=True)
    assert page_text(page).replace("\u00a0", " ").startswith("Supprimé : neuf.")
