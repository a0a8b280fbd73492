"""Sends random and malformed requests to pages.

They get a page in French, store nothing, and cause no server error.
"""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.models import Session
from rules.models import Guide, Version

pytestmark = pytest.mark.slow

CONTENT_TYPES = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=hex",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=x; charset=hex",
        "multipart/form-data; boundary=\x00; charset=utf-16",
        "application/json",
        "",
    ]
)
MULTIPART_BODY = b'--x\r\nContent-Disposition: form-data; name="choice"\r\n\r\n%b\r\n--x--\r\n'
BODIES = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=50).map(lambda value: b"choice=" + quote_from_bytes(value).encode()),
    st.binary(max_size=50).map(lambda value: MULTIPART_BODY % value),
    st.just(b"choice=x&" * 1_001),
)
hostile_settings = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def session(shipped_guide: Guide) -> Session:
    """A diagnostic with one question answered."""
    return Session.objects.create(
        version=Version.objects.get(), answers={"liste-a-jour": "oui"}, code="ABCDEFGH"
    )


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def is_french_refusal(response: Any) -> bool:  # noqa: ANN401 (the client's own)
    """True if the answer is a page in French with the status of a refusal."""
    page = BeautifulSoup(response.content, "html.parser")
    return (
        response.status_code in {400, 404, 405, 409, 410, 413}
        and page.html is not None
        and page.html["lang"] == "fr"
        and len(page.select("h1")) == 1
    )


@given(
    question=st.sampled_from(["liste-a-jour", "attribution-gar", "methode-pix-orga"]),
    body=BODIES,
    content_type=CONTENT_TYPES,
)
@hostile_settings
def test_a_body_without_a_known_choice_is_not_recorded(
    question: str, session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    address = f"/diagnostics/{session.pk}/questions/{question}/"
    response = browser.generic("POST", address, body, content_type)
    leads_back = question == "methode-pix-orga" and response.status_code == 303  # not asked yet
    assert leads_back or is_french_refusal(response)
    assert Session.objects.get().answers == {"liste-a-jour": "oui"}


@given(end=st.sampled_from(["", "autre-eleve/"]), body=BODIES, content_type=CONTENT_TYPES)
@hostile_settings
def test_other_addresses_of_a_diagnostic_ignore_the_body(
    end: str, session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    response = browser.generic("POST", f"/diagnostics/{session.pk}/{end}", body, content_type)
    assert response.status_code == 303 if end else is_french_refusal(response)
    session.refresh_from_db()
    assert session.answers == {"liste-a-jour": "oui"}


@given(body=BODIES, content_type=CONTENT_TYPES)
@hostile_settings
def test_beginning_a_diagnostic_ignores_the_body(
    session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    response = browser.generic("POST", "/corriger-comptes-pix/", body, content_type)
    assert response.status_code == 303
    assert not any(begun.answers for begun in Session.objects.exclude(pk=session.pk))


@given(body=BODIES, content_type=CONTENT_TYPES)
@hostile_settings
def test_a_body_without_a_number_of_pupils_is_refused(
    session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    assert is_french_refusal(
        browser.generic("POST", "/corriger-comptes-pix/classe/", body, content_type)
    )


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "OPTIONS"]),
    start=st.sampled_from(["", "diagnostics/", "diagnostics/{id}/", "diagnostics/{id}/questions/"]),
    path=st.binary(min_size=1, max_size=100).filter(lambda path: path[:1] != b"/"),
)
@settings(hostile_settings, max_examples=300)
def test_no_address_causes_a_server_error(
    method: str, start: str, session: Session, browser: Client, path: bytes
) -> None:
    address = f"/{start.format(id=session.pk)}{quote_from_bytes(path, safe='/')}/"
    response = browser.generic(method, address, b"choice=oui")
    leads_to_small_letters = response.status_code == 307 and response["Location"] == address.lower()
    assert leads_to_small_letters or is_french_refusal(response)
    assert Session.objects.get().answers == {"liste-a-jour": "oui"}


@pytest.mark.parametrize(
    "path",
    ["/%00/", "/%FF%FE/", "/corriger-comptes-pix%00/", "/%ED%A0%80/", f"/{'x' * 5_000}/"],
)
def test_malformed_addresses_are_not_found(path: str, session: Session, browser: Client) -> None:
    assert browser.get(path).status_code == 404
