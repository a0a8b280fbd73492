"""Tests when the sessions of the admin end."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from diagnostics.logins.idle_sessions import IdleSessionMiddleware
from tests.admin.pages import fill_and_send
from tests.diagnostics.logins.login_calls import PASSWORD, send_login

LOGGED_IN_AT = 1_800_000_000.0


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A list whose only item is the time of requests, in seconds; tests may change the item."""
    found = [LOGGED_IN_AT]
    monkeypatch.setattr("diagnostics.logins.idle_sessions.time", lambda: found[0])
    return found


@pytest.fixture
def client(paul: User, now: list[float]) -> Client:
    """The client of « paul », who has just opened the front page."""
    client = Client()
    send_login("paul", PASSWORD, client=client)
    assert is_logged_in(client)
    return client


def is_logged_in(client: Client) -> bool:
    return client.get("/admin/password_change/").status_code == 200


def set_remaining_time(**duration: float) -> None:
    Session.objects.update(expire_date=timezone.now() + timedelta(**duration))


def remaining_minutes() -> int:
    return round((Session.objects.get().expire_date - timezone.now()).total_seconds() / 60)


def test_a_session_lasts_an_hour_and_its_cookie_until_the_browser_is_closed(client: Client) -> None:
    assert remaining_minutes() == 60
    assert client.cookies["sessionid"]["max-age"] == ""


def test_a_session_ends_when_its_time_is_over(client: Client) -> None:
    set_remaining_time(seconds=-1)
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_a_request_puts_the_end_off_once_a_minute(client: Client, now: list[float]) -> None:
    set_remaining_time(minutes=5)
    now[0] += 59
    assert is_logged_in(client)
    assert remaining_minutes() == 5
    now[0] += 1
    assert is_logged_in(client)
    assert remaining_minutes() == 60


def test_public_pages_do_not_put_the_end_off(
    client: Client, now: list[float], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_remaining_time(minutes=5)
    now[0] += 3_000
    with django_assert_num_queries(0):
        response = client.get("/reprendre/")
    assert not response.cookies
    assert remaining_minutes() == 5


def test_a_session_that_another_request_ends_meanwhile_is_not_stored_again(
    client: Client, now: list[float]
) -> None:
    now[0] += 60
    request = RequestFactory().get("/admin/")
    request.session = SessionStore(client.session.session_key)
    assert SESSION_KEY in request.session
    Session.objects.all().delete()
    assert IdleSessionMiddleware(lambda _: HttpResponse())(request).status_code == 200
    assert not request.session.modified
    assert not Session.objects.exists()


def test_a_password_changed_in_one_browser_ends_the_sessions_of_others(client: Client) -> None:
    other = Client()
    send_login("paul", PASSWORD, client=other)
    new = "un autre mot de passe"
    fill_and_send(
        client,
        "/admin/password_change/",
        old_password=PASSWORD,
        new_password1=new,
        new_password2=new,
    )
    assert is_logged_in(client)
    assert not is_logged_in(other)
