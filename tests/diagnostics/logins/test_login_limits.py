"""Tests the limits on wrong passwords: whom they stop, and whom they never stop."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from diagnostics.logins import login_limits
from diagnostics.logins.login_limits import password_check, take_password_tokens
from tests.admin.pages import page_text, parse_page
from tests.diagnostics.logins.login_calls import PASSWORD, login_statuses, send_login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "paul")]

OTHER_ADDRESS = "198.51.100.1"


def slow_down_account() -> None:
    """Counts 100 wrong passwords for one account, ten from each of ten addresses."""
    for number in range(100):
        request = RequestFactory().post("/admin/login/", REMOTE_ADDR=f"203.0.113.{number // 10}")
        take_password_tokens(request, "paul")


def test_the_eleventh_wrong_password_from_one_address_is_not_answered() -> None:
    assert login_statuses(12) == [200] * 10 + [429] * 2


def test_the_refusal_says_in_french_how_long_to_wait(clock: list[float]) -> None:
    login_statuses(10)
    clock[0] += 30
    refusal = send_login("paul")
    assert refusal["Retry-After"] == "60"
    assert "Réessayez dans 60 secondes." in page_text(refusal)


def test_the_page_of_a_refusal_keeps_the_name_and_has_the_focus_on_the_password() -> None:
    login_statuses(10)
    page = parse_page(send_login("paul", "secret"))
    name, password = (page.select_one(f"input[name={field}]") for field in ("username", "password"))
    assert name
    assert password
    assert (name["value"], name.get("autofocus")) == ("paul", None)
    assert (password.get("value"), password.has_attr("autofocus")) == (None, True)
    error = page.find(id=str(password["aria-describedby"]))
    assert error
    assert "Trop de mots de passe incorrects" in error.text


@pytest.mark.parametrize(
    ("typed", "focused"),
    [(("", "x"), "username"), (("paul", ""), "password"), (("", ""), "username")],
)
def test_the_focus_is_on_the_first_field_that_is_empty(
    typed: tuple[str, str], focused: str
) -> None:
    page = parse_page(send_login(*typed))
    assert [field["name"] for field in page.select("[autofocus]")] == [focused]


def test_no_password_is_checked_once_the_limit_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    login_statuses(10)

    def check_password(**_: object) -> None:
        pytest.fail("a password was checked")

    monkeypatch.setattr("django.contrib.auth.forms.authenticate", check_password)
    assert send_login("paul", PASSWORD).status_code == 429


@contextmanager
def busy_worker() -> Iterator[None]:
    """Makes as many threads check passwords as the worker has for this."""
    with ExitStack() as checks:
        for _ in range(settings.SERVER_THREADS // 2):
            checks.enter_context(login_limits._free_checks)
        yield


def test_half_of_the_threads_check_no_password_so_that_they_answer_visitors() -> None:
    with busy_worker():
        refusal = send_login("paul", PASSWORD)
    assert (refusal.status_code, refusal["Retry-After"]) == (429, "2")
    sentence = "Trop de mots de passe sont vérifiés en ce moment. Réessayez dans 2 secondes."
    assert sentence in page_text(refusal)


def test_a_try_that_a_busy_worker_refuses_is_not_counted() -> None:
    login_statuses(9)
    with busy_worker():
        assert login_statuses(3) == [429] * 3
    assert login_statuses(2) == [200, 429]


def test_a_busy_worker_does_not_check_the_old_password_of_who_changes_it(paul: User) -> None:
    client = Client()
    client.force_login(paul)
    with busy_worker():
        refusal = client.post("/admin/password_change/", {"old_password": PASSWORD})
    assert refusal.status_code == 429


def test_a_worker_checks_one_password_at_a_time() -> None:
    request = RequestFactory().post("/admin/login/", REMOTE_ADDR=OTHER_ADDRESS)
    with password_check(request, "anne"):
        assert not login_limits._check_turn.acquire(blocking=False)
    assert send_login("paul", PASSWORD).status_code == 302


def test_a_worker_checks_passwords_again_after_wrong_ones() -> None:
    assert login_statuses(settings.SERVER_THREADS + 1) == [200] * (settings.SERVER_THREADS + 1)


@pytest.mark.parametrize("asked_for", ["https://example.org/", ""])
def test_a_login_that_asks_for_no_page_of_this_site_leads_to_the_front_page(
    asked_for: str,
) -> None:
    form = {"username": "paul", "password": PASSWORD, "next": asked_for}
    assert Client().post("/admin/login/", form)["Location"] == "/admin/"


def test_ten_wrong_passwords_come_back_within_fifteen_minutes(clock: list[float]) -> None:
    login_statuses(10)
    clock[0] += 90
    assert login_statuses(2) == [200, 429]
    clock[0] += 15 * 60
    assert login_statuses(11) == [200] * 10 + [429]


def test_one_address_has_25_wrong_passwords_for_all_accounts_together() -> None:
    answered = [login_statuses(9, name) for name in ("paul", "anne", "zoé")]
    assert answered == [[200] * 9, [200] * 9, [200] * 7 + [429] * 2]


def test_right_passwords_are_not_counted() -> None:
    login_statuses(9)
    assert {send_login("paul", PASSWORD).status_code for _ in range(12)} == {302}
    assert login_statuses(2) == [200, 429]


def test_refused_tries_are_not_counted(clock: list[float]) -> None:
    for name in ("paul", "zoé", "otto"):
        login_statuses(9, name)
    assert set(login_statuses(11, "anne")) == {429}
    clock[0] += 36
    assert send_login("anne").status_code == 200


def test_a_name_that_does_not_exist_is_answered_like_one_that_does() -> None:
    assert login_statuses(11, "personne", OTHER_ADDRESS) == login_statuses(11)


def test_other_addresses_never_slow_down_who_has_mistyped_the_password_twice_at_most() -> None:
    slow_down_account()
    assert send_login("paul", PASSWORD, OTHER_ADDRESS).status_code == 302
    assert login_statuses(2, address=OTHER_ADDRESS) == [200, 200]
    assert send_login("paul", PASSWORD, OTHER_ADDRESS).status_code == 302


def test_wrong_passwords_of_a_calm_time_leave_the_tries_that_are_never_slowed() -> None:
    assert login_statuses(3, address=OTHER_ADDRESS) == [200] * 3
    slow_down_account()
    assert login_statuses(2, address=OTHER_ADDRESS) == [200, 200]
    assert send_login("paul", PASSWORD, OTHER_ADDRESS).status_code == 302


def test_all_the_ipv6_networks_of_one_customer_share_the_tries_that_are_never_slowed() -> None:
    slow_down_account()
    addresses = [f"2001:db8:1:{number}::1" for number in range(4)]
    statuses = [send_login("paul", address=address).status_code for address in addresses]
    assert statuses == [200, 200, 200, 429]
    assert send_login("paul", PASSWORD, "2001:db8:2::1").status_code == 302


def test_after_100_wrong_passwords_an_account_gets_one_try_each_ten_seconds(
    clock: list[float],
) -> None:
    slow_down_account()
    assert login_statuses(4, address=OTHER_ADDRESS) == [200, 200, 200, 429]
    assert int(send_login("paul", address=OTHER_ADDRESS)["Retry-After"]) <= 10
    clock[0] += 10
    assert login_statuses(2, address=OTHER_ADDRESS) == [200, 429]
    assert send_login("anne", address=OTHER_ADDRESS).status_code == 200


def test_whoever_finds_a_session_open_cannot_guess_its_password(
    paul: User, clock: list[float]
) -> None:
    client = Client()
    client.force_login(paul)

    def change_password(old: str, new: str = "encore un autre") -> HttpResponse:
        form = {"old_password": old, "new_password1": new, "new_password2": new}
        url = "/admin/password_change/"
        return cast("HttpResponse", client.post(url, form, REMOTE_ADDR="192.0.2.1"))

    assert {change_password(PASSWORD, "court").status_code for _ in range(12)} == {200}
    assert [change_password("faux").status_code for _ in range(11)] == [200] * 10 + [429]
    refusal = change_password(PASSWORD)
    assert (refusal.status_code, refusal["Retry-After"]) == (429, "90")
    assert "Réessayez dans 90 secondes." in page_text(refusal)
    clock[0] += 90
    assert change_password(PASSWORD).status_code == 302


def test_each_login_is_one_line_in_the_log_without_name_and_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    User.objects.create_user("visitor", password=PASSWORD)
    for name, password in [("paul", PASSWORD), ("visitor", PASSWORD), ("personne", "faux")]:
        send_login(name, password)
    login_statuses(11)
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "Login succeeded.",
        *["Login failed: wrong name or password."] * 12,
        "Login refused: too many wrong passwords or codes.",
    ]
    assert {record.levelname for record in caplog.records} == {"INFO", "WARNING"}


def test_the_cache_holds_no_name_and_no_address() -> None:
    login_statuses(11)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        stored = str(cursor.fetchall())
    assert "login-account" in stored
    assert "paul" not in stored
    assert "192.0.2" not in stored
