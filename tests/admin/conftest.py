from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from rules.models import Guide

LogIn = Callable[..., Client]


@pytest.fixture
def log_in(db: None) -> LogIn:
    """A function that creates a member of staff in some groups and returns their client."""

    def log_in_as(name: str, *groups: str, superuser: bool = False) -> Client:
        user = User.objects.create_user(name, is_staff=True, is_superuser=superuser)
        user.groups.set(Group.objects.filter(name__in=groups))
        client = Client()
        client.force_login(user)
        return client

    return log_in_as


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """The guide of most tests: the shipped one."""
    return shipped_guide


@pytest.fixture
def editor(log_in: LogIn) -> Client:
    """The client of « edith », who may edit guides and may not publish them."""
    return log_in("edith", "Éditeurs")


@pytest.fixture
def other(log_in: LogIn) -> Client:
    """The client of « olivier », who edits what « edith » edits too."""
    return log_in("olivier", "Éditeurs")


@pytest.fixture
def publisher(log_in: LogIn) -> Client:
    """The client of « paul », who may edit guides and publish them."""
    return log_in("paul", "Responsables de publication")


@pytest.fixture
def session_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request puts off the end of its session, which would take queries once a minute."""
    monkeypatch.setattr("diagnostics.logins.idle_sessions.time", lambda: 0.0)
