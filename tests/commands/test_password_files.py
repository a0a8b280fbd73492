"""The files of first passwords: no file is overwritten, and one is removed with its password."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from diagnostics import password_files
from diagnostics.password_files import password_file_create

FIRST, OTHER = "premier mot de passe", "un autre mot de passe"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(password_files, "data_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin", password=FIRST)


def read_passwords(folder: Path) -> dict[str, str]:
    """Returns the text of each file of the folder by its name."""
    return {file.name: file.read_text().strip() for file in folder.iterdir()}


def test_a_file_is_never_overwritten(folder: Path) -> None:
    written = [password_file_create(password) for password in "abc"]
    assert [file.name for file in written] == [
        "admin_password",
        "admin_password.2",
        "admin_password.3",
    ]
    assert [file.read_text() for file in written] == ["a\n", "b\n", "c\n"]
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def change_on_its_page(admin: User) -> None:
    client = Client()
    client.force_login(admin)
    form = {"old_password": FIRST, "new_password1": OTHER, "new_password2": OTHER}
    assert client.post("/admin/password_change/", form).status_code == 302


def change_on_the_page_of_accounts(admin: User) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    form = {"password1": OTHER, "password2": OTHER}
    assert client.post(f"/admin/auth/user/{admin.pk}/password/", form).status_code == 302


def change_by_the_command(admin: User) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("getpass.getpass", lambda *_, **__: OTHER)
        call_command("changepassword", "admin")


@pytest.mark.parametrize(
    "change_password", [change_on_its_page, change_on_the_page_of_accounts, change_by_the_command]
)
def test_the_file_is_removed_when_its_account_changes_its_password(
    change_password: Callable[[User], None],
    admin: User,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    password_file_create("celui d’une autre base")
    password_file_create(FIRST)
    with django_capture_on_commit_callbacks(execute=True):
        change_password(admin)
    assert read_passwords(folder) == {"admin_password": "celui d’une autre base"}


def test_the_file_stays_when_another_account_changes_its_password_or_its_own_is_only_saved(
    admin: User,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    password_file_create(FIRST)
    with django_capture_on_commit_callbacks(execute=True):
        admin.save()
        other = User.objects.create_user("anne", password=OTHER)
        other.set_password("encore un autre")
        other.save()
    assert read_passwords(folder) == {"admin_password": FIRST}


def test_a_folder_that_does_not_exist_does_not_stop_a_change(
    admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def data_folder() -> Path:
        raise PermissionError

    monkeypatch.setattr(password_files, "data_folder", data_folder)
    admin.set_password(OTHER)
    admin.save()
    assert admin.check_password(OTHER)
