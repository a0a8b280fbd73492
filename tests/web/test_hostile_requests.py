"""Hostile requests to pages get a page in French, store nothing, and cause no fault."""

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
PART = b'--x\r\nContent-Disposition: form-data; name="choice"\r\n\r\n%b\r\n--x--\r\n'
BODIES = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=50).map(lambda value: b"choice=" + quote_from_bytes(value).encode()),
    st.binary(max_size=50).map(lambda value: PART % value),
    st.just(b"choice=x&" * 1_001),
)
hostile = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


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
    """True if the answer is a page that says in French what is wrong."""
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
@hostile
def test_no_body_but_a_choice_is_an_answer(
    question: str, session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    address = f"/diagnostics/{session.pk}/questions/{question}/"
    response = browser.generic("POST", address, body, content_type)
    leads_back = question == "methode-pix-orga" and response.status_code == 303  # not asked yet
    assert leads_back or is_french_refusal(response)
    assert Session.objects.get().answers == {"liste-a-jour": "oui"}


@given(end=st.sampled_from(["", "autre-eleve/"]), body=BODIES, content_type=CONTENT_TYPES)
@hostile
def test_no_body_disturbs_the_other_addresses_of_a_diagnostic(
    end: str, session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    response = browser.generic("POST", f"/diagnostics/{session.pk}/{end}", body, content_type)
    assert response.status_code == 303 if end else is_french_refusal(response)
    session.refresh_from_db()
    assert session.answers == {"liste-a-jour": "oui"}


@given(body=BODIES, content_type=CONTENT_TYPES)
@hostile
def test_beginning_looks_at_no_body(
    session: Session, browser: Client, body: bytes, content_type: str
) -> None:
    response = browser.generic("POST", "/corriger-comptes-pix/", body, content_type)
    assert response.status_code == 303
    assert not any(begun.answers for begun in Session.objects.exclude(pk=session.pk))


@given(body=BODIES, content_type=CONTENT_TYPES)
@hostile
def test_no_body_but_a_number_begins_a_class(
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
@settings(hostile, max_examples=300)
def test_no_path_is_an_error_of_ours(
    method: str, start: str, session: Session, browser: Client, path: bytes
) -> None:
    address = f"/{start.format(id=session.pk)}{quote_from_bytes(path, safe='/')}/"
    assert is_french_refusal(browser.generic(method, address, b"choice=oui"))
    assert Session.objects.get().answers == {"liste-a-jour": "oui"}


@pytest.mark.parametrize(
    "path",
    ["/%00/", "/%FF%FE/", "/corriger-comptes-pix%00/", "/%ED%A0%80/", f"/{'x' * 5_000}/"],
)
def test_addresses_that_no_link_has_are_not_found(
    path: str, session: Session, browser: Client
) -> None:
    assert browser.get(path).status_code == 404
