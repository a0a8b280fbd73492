"""Logs and error reports hold nothing that opens a visitor's diagnostic or tells its answers."""

import logging
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from diagnostics.models import Session
from diagnostics.privacy import MaskingFormatter, mask_event, mask_line
from diagnostics.services import session_create
from rules.engine.compiled import CompiledGuide
from rules.models import Guide, Version
from tests.paths import decision_paths

ID = "1f0e9c3a-5b7d-4c21-9e8f-0a1b2c3d4e5f"
COMMENT, PHONE = "Il reste trois comptes", "06 12 34 56 78"
LONGEST = max(decision_paths(), key=lambda path: len(path.answers))
SECRETS = {*LONGEST.answers, *LONGEST.answers.values(), "peut-etre"} - {"oui", "non"}


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (f"Not Found: /diagnostics/{ID}/", "Not Found: /diagnostics/***"),
        (f"Not Found: /diagnostics/{ID.upper()}/", "Not Found: /diagnostics/***"),
        (
            f"Bad Request: /diagnostics/{ID}/questions/liste-a-jour/",
            "Bad Request: /diagnostics/***",
        ),
        (
            f"Conflict: /api/v1/sessions/{ID}/answers/liste-a-jour",
            "Conflict: /api/v1/sessions/***",
        ),
        (f'href="/diagnostics/{ID}/" x', 'href="/diagnostics/***" x'),
        ("/corriger-comptes-pix/?liste-a-jour=oui&x=1 200", "/corriger-comptes-pix/?*** 200"),
        ("Not Found: /reprendre/ABCD2345/", "Not Found: /reprendre/***"),
        (f"WHERE id = '{ID.replace('-', '')}'", "WHERE id = '***'"),
        ("Invalid request from ip=192.0.2.7: x", "Invalid request from ip=*** x"),
        ("DETAIL:  Failing row contains (oui, ABCD2345).", "DETAIL:***"),
        ("version 3, empreinte " + "a" * 64, "version 3, empreinte " + "a" * 64),
        ("Une question\u00a0? Non.", "Une question\u00a0? Non."),
    ],
)
def test_what_opens_or_tells_a_diagnostic_is_masked(line: str, masked: str) -> None:
    assert mask_line(line) == masked


def test_a_traceback_is_masked() -> None:
    try:
        raise LookupError(f"/diagnostics/{ID}/questions/liste-a-jour/")
    except LookupError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Fault", (), sys.exc_info())
    line = MaskingFormatter("%(message)s").format(record)
    assert "LookupError: /diagnostics/***" in line
    assert ID not in line


def test_every_text_of_an_error_report_is_masked() -> None:
    event = {
        "request": {"url": f"https://x/diagnostics/{ID}/", "query_string": "?liste-a-jour=oui"},
        "exception": {"values": [{"value": f"no {ID}", "lineno": 3}]},
        "breadcrumbs": ({"message": f"/{ID}/answers/liste-a-jour"},),
        "level": None,
    }
    assert mask_event(event) == {
        "request": {"url": "https://x/diagnostics/***", "query_string": "?***"},
        "exception": {"values": [{"value": "no ***", "lineno": 3}]},
        "breadcrumbs": [{"message": "/***"}],
        "level": None,
    }


@pytest.fixture
def lines(shipped_guide: Guide, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Returns a function that reads all log lines, of our handler and of one that masks nothing."""
    caplog.set_level(logging.DEBUG)
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(MaskingFormatter("%(levelname)s %(name)s %(message)s"))
    for name in ("", "django"):
        caplog.set_level(logging.DEBUG, logger=name)
        logging.getLogger(name).addHandler(handler)
    yield lambda: stream.getvalue() + caplog.text
    for name in ("", "django"):
        logging.getLogger(name).removeHandler(handler)


def api_journey(client: Client) -> list[int]:
    """Goes through a diagnostic over REST, and returns the status of every refusal on the way."""

    def put(address: str, choice: object) -> int:
        body = {"choice": choice}
        return client.put(address, body, "application/json").status_code

    response = client.post(
        "/api/v1/sessions", {"guide": "corriger-comptes-pix"}, "application/json"
    )
    address = f"/api/v1/sessions/{response.json()['id']}"
    first, *_, last = LONGEST.answers
    refused = [
        client.get(f"/api/v1/sessions/{uuid4()}").status_code,
        put(f"{address}/answers/{first}", "peut-etre"),
        put(f"{address}/answers/{first}", None),
        put(f"{address}/answers/{last}", LONGEST.answers[last]),
        put(f"{address}/answers/inconnue", "oui"),
        client.post(f"{address}/answers/{first}").status_code,
        client.put(f"{address}/answers/{first}", b"?", "text/plain").status_code,
        client.get(f"{address}/{first}?{last}={LONGEST.answers[last]}").status_code,
    ]
    for question, choice in LONGEST.answers.items():
        assert put(f"{address}/answers/{question}", choice) == 200
    return refused


def web_journey(client: Client) -> list[int]:
    """Goes through a diagnostic on the pages, from a link that gives the last answer already."""
    first, *_, last = LONGEST.answers
    link = f"/corriger-comptes-pix/?{last}={LONGEST.answers[last]}&{first}=peut-etre"
    assert client.get(link).status_code == 200
    address = client.post(link).headers["Location"]
    refused = [
        client.post(f"{address}questions/{first}/", {"choice": "peut-etre"}).status_code,
        client.get(f"{address}questions/inconnue/").status_code,
        client.get(f"{address}{first}/").status_code,
        client.put(address).status_code,
    ]
    for question, choice in LONGEST.answers.items():
        assert client.post(f"{address}questions/{question}/", {"choice": choice}).status_code == 303
    return refused


def return_journey(client: Client) -> list[int]:
    """Opens a diagnostic by its code and gives a verdict, with every refusal on the way."""
    version = Version.objects.get()
    session = session_create(version=version, answers=LONGEST.answers)
    address = f"/diagnostics/{session.pk}/resolu/"
    refused = [
        client.post("/reprendre/", {"code": f"{session.code}x"}).status_code,
        client.post("/reprendre/", {"code": session.code[::-1]}).status_code,
        client.get(f"/reprendre/{session.code}/?code={session.code}").status_code,
        client.post(address, {"comment": COMMENT}).status_code,
        client.post(address, {"solved": "no", "comment": f"{COMMENT} {PHONE}"}).status_code,
        client.put(address, {"solved": "no", "comment": COMMENT}).status_code,
    ]
    assert client.post("/reprendre/", {"code": session.code}).status_code == 303
    assert client.post(address, {"solved": "no", "comment": COMMENT}).status_code == 303
    return refused


def support_journey(client: Client) -> list[int]:
    """Types the code in the admin, whole and in part, as support does."""
    code = session_create(version=Version.objects.get(), answers=LONGEST.answers).code
    client.force_login(User.objects.create_superuser("admin"))
    search = "/admin/diagnostics/session/"
    assert client.get(search, {"q": code.lower()}, follow=True).status_code == 200
    assert client.get(search, {"q": code[:7]}).status_code == 200
    return [
        client.get("/admin/nulle-part/", {"q": code}).status_code,
        client.post(f"{search}add/?q={code}").status_code,
    ]


def find_secrets(lines: str) -> list[str]:
    """Returns what the lines hold of the stored diagnostics."""
    secrets = {*SECRETS, COMMENT, PHONE}
    for session in Session.objects.all():
        secrets |= {str(session.pk), session.pk.hex}
        secrets |= {session.code, session.code[::-1], session.code.lower(), session.code[:7]}
    return [secret for secret in secrets if secret in lines]


@pytest.mark.parametrize("journey", [api_journey, web_journey, return_journey, support_journey])
def test_no_log_line_tells_a_diagnostic(
    journey: Callable[[Client], list[int]], client: Client, lines: Callable[[], str]
) -> None:
    refused = journey(client)
    assert all(400 <= status < 500 for status in refused)
    assert lines().count("WARNING django.request") >= len(refused)
    assert not find_secrets(lines())


@pytest.mark.parametrize("journey", [api_journey, web_journey])
def test_a_fault_is_logged_without_the_diagnostic(
    journey: Callable[[Client], list[int]],
    client: Client,
    lines: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journey(client)
    session = Session.objects.get()

    def fail(*_: Any, **__: Any) -> None:  # noqa: ANN401
        raise RuntimeError(f"DETAIL: {session.answers} {session.code}")

    monkeypatch.setattr(CompiledGuide, "resolve", fail)
    client.raise_request_exception = False
    for address in (f"/api/v1/sessions/{session.pk}", f"/diagnostics/{session.pk}/"):
        assert client.get(address).status_code == 500
    ours = lines().split("DETAIL:***")
    assert len(ours) > 1
    assert not find_secrets(ours[0])


@pytest.mark.parametrize("journey", [api_journey, return_journey, support_journey])
def test_the_statements_of_the_database_are_not_logged(
    journey: Callable[[Client], list[int]], client: Client, lines: Callable[[], str]
) -> None:
    connection.force_debug_cursor = True
    try:
        journey(client)
    finally:
        connection.force_debug_cursor = False
    assert not find_secrets(lines())
