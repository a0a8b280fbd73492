"""Tests that logs and error reports contain no id, code, answer or comment of a diagnostic."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from gunicorn.config import Config
from gunicorn.glogging import Logger as GunicornLogger

from diagnostics.logs.privacy import mask_event, mask_line
from diagnostics.models import Session
from diagnostics.services import session_create
from rules.engine.compiled import CompiledGuide
from rules.models import Guide, Version
from tests.paths import decision_paths

SESSION_ID = "1f0e9c3a-5b7d-4c21-9e8f-0a1b2c3d4e5f"
COMMENT, PHONE = "Il reste trois comptes", "06 12 34 56 78"
LONGEST_PATH = max(decision_paths(), key=lambda path: len(path.answers))
SECRETS = {*LONGEST_PATH.answers, *LONGEST_PATH.answers.values(), "peut-etre"} - {"oui", "non"}


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (f"Not Found: /diagnostics/{SESSION_ID}/", "Not Found: /diagnostics/***"),
        (f"Not Found: /diagnostics/{SESSION_ID.upper()}/", "Not Found: /diagnostics/***"),
        (
            f"Bad Request: /diagnostics/{SESSION_ID}/questions/liste-a-jour/",
            "Bad Request: /diagnostics/***",
        ),
        (
            f"Conflict: /api/v1/sessions/{SESSION_ID}/answers/liste-a-jour",
            "Conflict: /api/v1/sessions/***",
        ),
        (f'href="/diagnostics/{SESSION_ID}/" x', 'href="/diagnostics/***" x'),
        ("/corriger-comptes-pix/?liste-a-jour=oui&x=1 200", "/corriger-comptes-pix/?*** 200"),
        ("Not Found: /reprendre/ABCD2345/", "Not Found: /reprendre/***"),
        ("Not Found: /ABCD2345", "Not Found: /***"),
        ("Not Found: /abcd-2345/ (Error, urls.py:1)", "Not Found: /*** (Error, urls.py:1)"),
        ("Not Found: /ABCD2345X/", "Not Found: /ABCD2345X/"),
        (f"WHERE id = '{SESSION_ID.replace('-', '')}'", "WHERE id = '***'"),
        ("DETAIL:  Failing row contains (oui, ABCD2345).", "DETAIL:***"),
        (
            "DETAIL:  (oui,\n\nA\n\nThe above exception was the direct cause",
            "DETAIL:***\n\nThe above exception was the direct cause",
        ),
        ("LINE 1: … code = 'ABCD2345'\n   ^", "LINE ***\n   ^"),
        ('date/time field value out of range: "oui"', "date/time field value out of range: ***"),
        ('invalid input syntax for type integer: "oui"', "invalid input syntax for type ***"),
        ("version 3, empreinte " + "a" * 64, "version 3, empreinte " + "a" * 64),
        ("Une question\u00a0? Non.", "Une question\u00a0? Non."),
    ],
)
def test_ids_codes_answers_and_addresses_are_masked(line: str, masked: str) -> None:
    assert mask_line(line) == masked


@pytest.fixture
def read_library_log() -> Iterator[Callable[[], str]]:
    """Returns a function that returns what a library has logged with a handler of its own."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("library")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream.getvalue
    logger.removeHandler(handler)


def test_the_message_of_a_library_with_its_own_handler_is_masked(
    read_library_log: Callable[[], str],
) -> None:
    logging.getLogger("library").warning("No page %s", f"/diagnostics/{SESSION_ID}/")
    assert read_library_log() == "WARNING No page /diagnostics/***\n"


def test_the_traceback_of_a_library_with_its_own_handler_is_masked(
    read_library_log: Callable[[], str],
) -> None:
    try:
        raise LookupError(f"/diagnostics/{SESSION_ID}/questions/liste-a-jour/")
    except LookupError:
        logging.getLogger("library").exception("Fault")
    assert "LookupError: /diagnostics/***" in read_library_log()
    assert SESSION_ID not in read_library_log()


def test_the_stack_of_a_record_is_masked() -> None:
    record = logging.getLogger("library").makeRecord(
        "library", logging.ERROR, "", 1, "Fault", (), None, sinfo=f'resolve("{SESSION_ID}")'
    )
    assert logging.Formatter().format(record) == 'Fault\nresolve("***")'


def test_gunicorn_masks_the_traceback_of_a_request_that_it_cannot_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    server_log = GunicornLogger(Config())
    try:
        raise OSError(f"/diagnostics/{SESSION_ID}/")
    except OSError:
        server_log.exception("Error handling request %s", f"/diagnostics/{SESSION_ID}/")
    for handler in [h for h in server_log.error_log.handlers if hasattr(h, "_gunicorn")]:
        server_log.error_log.removeHandler(handler)
    written = capfd.readouterr().err
    assert "Error handling request /diagnostics/***" in written
    assert "OSError: /diagnostics/***" in written
    assert SESSION_ID not in written


def test_every_text_of_an_error_report_is_masked() -> None:
    event = {
        "request": {
            "url": f"https://x/diagnostics/{SESSION_ID}/",
            "query_string": "liste-a-jour=oui&q=Camille",
        },
        "exception": {"values": [{"value": f"no {SESSION_ID}", "lineno": 3}]},
        "breadcrumbs": ({"message": f"/{SESSION_ID}/answers/liste-a-jour"},),
        "level": None,
    }
    assert mask_event(event) == {
        "request": {"url": "https://x/diagnostics/***", "query_string": "***"},
        "exception": {"values": [{"value": "no ***", "lineno": 3}]},
        "breadcrumbs": [{"message": "/***"}],
        "level": None,
    }


@pytest.fixture
def read_log(shipped_guide: Guide, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Returns a function that returns the log so far, of a handler of the site and one of pytest."""
    caplog.set_level(logging.DEBUG)
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    for name in ("", "django"):
        caplog.set_level(logging.DEBUG, logger=name)
        logging.getLogger(name).addHandler(handler)
    yield lambda: stream.getvalue() + caplog.text
    for name in ("", "django"):
        logging.getLogger(name).removeHandler(handler)


def use_api(client: Client) -> list[int]:
    """Answers a diagnostic over REST with wrong requests in between; returns their statuses."""

    def put(address: str, choice: object) -> int:
        body = {"choice": choice}
        return client.put(address, body, "application/json").status_code

    response = client.post(
        "/api/v1/sessions", {"guide": "corriger-comptes-pix"}, "application/json"
    )
    address = f"/api/v1/sessions/{response.json()['id']}"
    first, *_, last = LONGEST_PATH.answers
    refused = [
        client.get(f"/api/v1/sessions/{uuid4()}").status_code,
        put(f"{address}/answers/{first}", "peut-etre"),
        put(f"{address}/answers/{first}", None),
        put(f"{address}/answers/{last}", LONGEST_PATH.answers[last]),
        put(f"{address}/answers/inconnue", "oui"),
        client.post(f"{address}/answers/{first}").status_code,
        client.put(f"{address}/answers/{first}", b"?", "text/plain").status_code,
        client.get(f"{address}/{first}?{last}={LONGEST_PATH.answers[last]}").status_code,
    ]
    for question, choice in LONGEST_PATH.answers.items():
        assert put(f"{address}/answers/{question}", choice) == 200
    return refused


def use_pages(client: Client) -> list[int]:
    """Answers a diagnostic on the pages with wrong requests in between; returns their statuses.

    The diagnostic begins with a link that contains the last answer.
    """
    first, *_, last = LONGEST_PATH.answers
    link = f"/corriger-comptes-pix/?{last}={LONGEST_PATH.answers[last]}&{first}=peut-etre"
    assert client.get(link).status_code == 200
    address = client.post(link)["Location"].split("questions/")[0]
    refused = [
        client.post(f"{address}questions/{first}/", {"choice": "peut-etre"}).status_code,
        client.get(f"{address}questions/inconnue/").status_code,
        client.get(f"{address}{first}/").status_code,
        client.put(address).status_code,
    ]
    for question, choice in LONGEST_PATH.answers.items():
        assert client.post(f"{address}questions/{question}/", {"choice": choice}).status_code == 303
    return refused


def use_code_and_verdict(client: Client) -> list[int]:
    """Opens a diagnostic by its code and sends a verdict; returns the statuses of wrong requests."""
    version = Version.objects.get()
    session = session_create(version=version, answers=LONGEST_PATH.answers)
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


def use_support_search(client: Client) -> list[int]:
    """Searches a code in the admin, whole and in part; returns the statuses of wrong requests."""
    code = session_create(version=Version.objects.get(), answers=LONGEST_PATH.answers).code
    client.force_login(User.objects.create_superuser("admin"))
    search = "/admin/diagnostics/session/"
    assert client.post(search, {"q": code.lower()}, follow=True).status_code == 200
    assert client.post(search, {"q": code[:7]}).status_code == 200
    return [
        client.get("/admin/nulle-part/", {"q": code}).status_code,
        client.post(f"{search}add/?q={code}").status_code,
    ]


def find_secrets(log: str) -> list[str]:
    """Returns the ids, codes, answers and comments of diagnostics that the log contains."""
    secrets = {*SECRETS, COMMENT, PHONE}
    for session in Session.objects.all():
        secrets |= {str(session.pk), session.pk.hex}
        secrets |= {session.code, session.code[::-1], session.code.lower(), session.code[:7]}
    return [secret for secret in secrets if secret in log]


@pytest.mark.parametrize("use_site", [use_api, use_pages, use_code_and_verdict, use_support_search])
def test_log_lines_of_wrong_requests_contain_no_secret(
    use_site: Callable[[Client], list[int]], client: Client, read_log: Callable[[], str]
) -> None:
    refused = use_site(client)
    assert all(400 <= status < 500 for status in refused)
    assert read_log().count("WARNING django.request") >= len(refused)
    assert not find_secrets(read_log())


@pytest.mark.parametrize("use_site", [use_api, use_pages])
def test_the_log_of_a_server_error_contains_no_secret(
    use_site: Callable[[Client], list[int]],
    client: Client,
    read_log: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_site(client)
    session = Session.objects.get()

    def fail(*_: Any, **__: Any) -> None:  # noqa: ANN401
        raise RuntimeError(f"DETAIL: {session.answers} {session.code}")

    monkeypatch.setattr(CompiledGuide, "resolve", fail)
    client.raise_request_exception = False
    for address in (f"/api/v1/sessions/{session.pk}", f"/diagnostics/{session.pk}/"):
        assert client.get(address).status_code == 500
    assert "RuntimeError: DETAIL:***" in read_log()
    assert not find_secrets(read_log())


@pytest.mark.parametrize("use_site", [use_api, use_code_and_verdict, use_support_search])
def test_database_statements_with_secrets_are_not_logged(
    use_site: Callable[[Client], list[int]], client: Client, read_log: Callable[[], str]
) -> None:
    connection.force_debug_cursor = True
    try:
        use_site(client)
    finally:
        connection.force_debug_cursor = False
    assert not find_secrets(read_log())
