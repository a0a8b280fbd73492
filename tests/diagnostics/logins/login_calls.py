"""Sends the login form as people do, from any address."""

from typing import cast

from django.http import HttpResponse
from django.test import Client

PASSWORD = "un bon mot de passe"


def send_login(
    name: str, password: str = "faux", address: str = "192.0.2.1", client: Client | None = None
) -> HttpResponse:
    """Sends the login form from an address, by default with a wrong password."""
    form = {"username": name, "password": password, "next": "/admin/"}
    answer = (client or Client()).post("/admin/login/", form, REMOTE_ADDR=address)
    return cast("HttpResponse", answer)


def login_statuses(count: int, name: str = "paul", address: str = "192.0.2.1") -> list[int]:
    """Sends wrong passwords one after another, and returns the status of each answer."""
    return [send_login(name, address=address).status_code for _ in range(count)]
