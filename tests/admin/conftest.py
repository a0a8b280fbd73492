from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

LogIn = Callable[..., Client]


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Logs a client in as a new member of staff who belongs to some groups."""

    def log_in_as(name: str, *groups: str, superuser: bool = False) -> Client:
        user = User.objects.create_user(name, is_staff=True, is_superuser=superuser)
        user.groups.set(Group.objects.filter(name__in=groups))
        client = Client()
        client.force_login(user)
        return client

    return log_in_as


@pytest.fixture
def editor(log_in: LogIn) -> Client:
    return log_in("edith", "Éditeurs")


@pytest.fixture
def publisher(log_in: LogIn) -> Client:
    return log_in("paul", "Responsables de publication")
