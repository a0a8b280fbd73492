"""No address of the admin answers a publisher before the second factor is verified."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver
from pytest_django import Settings

from rules.models import Change, Guide
from tests.diagnostics.logins.second_factor_calls import enrol_account, log_in_halfway

OPEN_ADDRESSES = {"/admin/login/", "/admin/login/code/"}
"""The pages that ask for the password and for the code."""


def admin_addresses(
    patterns: list[URLPattern | URLResolver], prefix: str = "/admin/"
) -> Iterator[str]:
    """Yields each address of the admin, with 1 in place of each id."""
    for pattern in patterns:
        route = re.sub(
            r"\(\?P<app_label>(\w+)[^)]*\)|\(\?P<url>\.\*\)", r"\1", str(pattern.pattern)
        )
        address = prefix + re.sub(r"<[^>]+>", "1", route.strip("^$"))
        if isinstance(pattern, URLResolver):
            yield from admin_addresses(pattern.url_patterns, address)
        else:
            yield address


def is_sent_to_login(response: HttpResponseBase) -> bool:
    """True if the answer leads to the login page, directly or by the front page."""
    to = response["Location"] if response.status_code == 302 else ""
    return to == "/admin/" or to.startswith("/admin/login/")


@pytest.mark.usefixtures("paul", "shipped_guide")
def test_every_address_asks_for_the_second_factor_first(settings: Settings) -> None:
    settings.TWO_FACTORS = True
    enrol_account()
    addresses = set(admin_addresses(admin.site.urls[0])) - OPEN_ADDRESSES
    assert {"/admin/", "/admin/rules/guide/1/publish/", "/admin/password_change/"} <= addresses
    assert len(addresses) > 80
    before = Guide.objects.values().get(), Change.objects.count()
    client = log_in_halfway()
    opened = [
        (method.__name__, address)
        for address in sorted(addresses)
        for method in (client.get, client.post)
        if not is_sent_to_login(method(address))
    ]
    assert opened == []
    assert (Guide.objects.values().get(), Change.objects.count()) == before
