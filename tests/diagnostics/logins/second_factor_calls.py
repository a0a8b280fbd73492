"""Enrols a second factor and sends its codes, as people do with an application on their phone."""

from base64 import b32decode
from time import time
from typing import NamedTuple, cast

from django.http import HttpResponse
from django.test import Client
from django_otp.oath import hotp, totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.pages import parse_page
from tests.diagnostics.logins.login_calls import PASSWORD, send_login

CODE_URL = "/admin/login/code/"


class EnrolledAccount(NamedTuple):
    """What the owner of an account has after the enrolment."""

    client: Client
    key: bytes
    recovery_codes: list[str]

    def next_code(self) -> str:
        """Returns a code that is right and comes after the last one that was used.

        That may be the code of these 30 seconds, if the enrolment used the one of those before.
        """
        last_step = TOTPDevice.objects.get(key=self.key.hex()).last_t
        return f"{hotp(self.key, max(last_step + 1, int(time()) // 30)):06}"


def log_in_halfway(name: str = "paul") -> Client:
    """Returns a client that has given the right password, and no code."""
    client = Client()
    answer = send_login(name, PASSWORD, client=client)
    assert answer["Location"].startswith(CODE_URL)
    return client


def send_code(
    client: Client, code: str, next_url: str = "/admin/", address: str = "192.0.2.1"
) -> HttpResponse:
    form = {"code": code, "next": next_url}
    return cast("HttpResponse", client.post(CODE_URL, form, REMOTE_ADDR=address))


def enrol_account(name: str = "paul") -> EnrolledAccount:
    """Logs in with the password, and enrols an application with the key that the page shows."""
    client = log_in_halfway(name)
    shown = parse_page(client.get(CODE_URL)).select_one(".key")
    assert shown
    key = b32decode(shown.text.replace(" ", ""))
    page = parse_page(send_code(client, f"{totp(key):06}"))
    codes = [found.text for found in page.select(".recovery-codes code")]
    return EnrolledAccount(client, key, codes)
