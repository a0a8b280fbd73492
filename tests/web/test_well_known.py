"""Tests `/robots.txt` and `/.well-known/security.txt`."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from pytest_django import Settings

SECURITY_URL = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("/", True),
        ("/corriger-comptes-pix/", True),
        ("/accessibilite/", True),
        ("/static/diagnostics/pages.css", True),
        ("/diagnostics/6b7a1f0e-3b9c-4f3e-8d51-6a0d6a5c2b10/", False),
        ("/admin/login/", False),
        ("/api/v1/guides", False),
    ],
)
def test_search_engines_see_guides_but_no_diagnostic(
    client: Client, address: str, is_allowed: bool
) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.can_fetch("any", f"http://testserver{address}") is is_allowed


def test_without_a_contact_there_is_no_security_text(client: Client) -> None:
    assert client.get(SECURITY_URL).status_code == 404


def test_the_security_text_gives_the_contacts_in_their_order(
    client: Client, settings: Settings
) -> None:
    settings.SECURITY_CONTACT = ["mailto:securite@example.fr", "https://example.fr/faille"]
    response = client.get(SECURITY_URL)
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == [
        "Contact: mailto:securite@example.fr",
        "Contact: https://example.fr/faille",
    ]
    assert "Preferred-Languages: fr, en" in lines
    assert not response.cookies


def test_the_security_text_expires_within_a_year(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ["mailto:securite@example.fr"]
    lines = dict(
        line.split(": ", 1)
        for line in client.get(SECURITY_URL).content.decode().split("\n")
        if line
    )
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_the_security_text_names_its_https_address(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ["mailto:securite@example.fr"]
    settings.HTTPS, settings.PUBLIC_URL = True, "https://diagnostics.example.fr"
    canonical = f"Canonical: https://diagnostics.example.fr{SECURITY_URL}\n"
    assert canonical in client.get(SECURITY_URL).content.decode()
