"""Tests the page `/reprendre/`, which opens a diagnostic again by its code."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from diagnostics import wrong_codes
from diagnostics.codes import parse_code
from diagnostics.models import Session
from diagnostics.throttles.token_bucket import TokenBucket
from rules.models import Version
from tests.web.visitor import Visitor

CODE, UNKNOWN_CODE = "ABCDEFGH", "HGFEDCBA"


@pytest.fixture
def session(visitor: Visitor) -> Session:
    return Session.objects.create(
        version=Version.objects.get(), answers={"liste-a-jour": "oui"}, code=CODE
    )


def type_code(visitor: Visitor, code: str) -> Visitor:
    return visitor.open("/reprendre/").press("Ouvrir", code=code)


def status_for_code(client: Client, code: str, address: str = "192.0.2.1") -> int:
    return client.post("/reprendre/", {"code": code}, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize(
    "code",
    [
        CODE,
        "abcdefgh",
        "  ABCD EFGH\n",
        "abcd-efgh",
        "A B C D E F G H",
        "ABCD\u00a0EFGH",
        "ABCD\u202fEFGH",
        "ABCD–EFGH",
        "ABCD\u00a0EFGH\nA B C D E F G H",
        "Bonjour, mon code est ABCD EFGH, merci.",
        "Votre code : ABCDEFGH\nDonnez-le si vous contactez le support Pix.",
    ],
)
def test_a_code_opens_its_diagnostic_in_any_case_and_with_any_separators(
    visitor: Visitor, session: Session, code: str
) -> None:
    assert type_code(visitor, code).address == f"/diagnostics/{session.pk}/"
    assert visitor.answers == ["Oui"]


def test_a_code_in_small_letters_is_told_from_other_words_by_its_digits() -> None:
    assert parse_code("Bonsoir, mon code : z54f fdmb, pour mes amis") == "Z54FFDMB"


def test_a_right_code_redirects_to_an_address_without_the_code(
    client: Client, session: Session
) -> None:
    response = client.post("/reprendre/", {"code": CODE})
    assert (response.status_code, response["Location"]) == (303, f"/diagnostics/{session.pk}/")


def test_a_code_in_the_address_opens_no_diagnostic(visitor: Visitor, session: Session) -> None:
    visitor.open(f"/reprendre/?code={CODE}")
    assert visitor.heading == "Reprendre un diagnostic"
    assert visitor.element("input")["value"] == ""
    assert visitor.element("form")["method"] == "post"


@pytest.mark.parametrize(
    "code",
    [
        "ABCD",
        "ABCDEFGHJ",
        "ABCDEFG0",
        "ABCDEFGI",
        "ABCD.EFGÉ",
        "\x00",
        "ABCD EFGH ou ABCD EFGJ",
        "mon code abcdefgh",
    ],
)
def test_a_malformed_code_gets_an_error_that_explains_codes(
    visitor: Visitor, session: Session, code: str
) -> None:
    type_code(visitor, code)
    assert visitor.status == 400
    assert visitor.title.startswith("Erreur\u00a0: Reprendre un diagnostic")
    assert "sans 0, O, 1, I ni L" in visitor.element("[role=alert] a").text
    assert visitor.element("input")["value"] == code


def test_an_empty_field_asks_for_the_code(visitor: Visitor) -> None:
    type_code(visitor, " ")
    assert visitor.status == 400
    error = visitor.element("[role=alert] a")
    assert error.text == "Saisissez le code de votre diagnostic"
    field = visitor.element(str(error["href"]))
    assert field["name"] == "code"
    assert str(visitor.element("[role=alert] p")["id"]) in str(field["aria-describedby"])


def test_the_code_of_an_expired_diagnostic_gets_the_page_of_an_unknown_code(
    visitor: Visitor, session: Session
) -> None:
    unknown = type_code(visitor, UNKNOWN_CODE).texts("main"), visitor.status
    Session.objects.update(updated_at=session.updated_at - timedelta(days=settings.SESSION_DAYS))
    assert (type_code(visitor, CODE).texts("main"), visitor.status) == unknown
    assert visitor.status == 404
    assert visitor.element("input")["value"] == CODE
    assert visitor.title.startswith("Erreur\u00a0: ")


def test_the_refusal_after_too_many_wrong_codes_says_how_long_to_wait_and_keeps_the_code(
    visitor: Visitor, session: Session, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_codes, "WRONG_CODES", TokenBucket("one", 1, seconds_per_token=12))
    type_code(visitor, UNKNOWN_CODE)
    response = visitor.client.post("/reprendre/", {"code": CODE})
    assert (response.status_code, response["Retry-After"]) == (429, "12")
    type_code(visitor, "abcd efgh")
    assert visitor.status == 429
    assert visitor.title.startswith("Erreur\u00a0: ")
    assert "Attendez 12 secondes" in visitor.element("[role=alert] a").text
    assert visitor.element("input")["value"] == "abcd efgh"
    clock[0] += 12
    assert visitor.press("Ouvrir", code="abcd efgh").address == f"/diagnostics/{session.pk}/"


def test_malformed_codes_are_not_counted(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_codes, "WRONG_CODES", TokenBucket("one", 1, seconds_per_token=12))
    assert {status_for_code(client, "ABC") for _ in range(3)} == {400}
    assert status_for_code(client, UNKNOWN_CODE) == 404


def test_a_code_is_counted_for_the_network_of_the_visitor(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_codes, "WRONG_CODES", TokenBucket("one", 1, seconds_per_token=12))
    assert status_for_code(client, UNKNOWN_CODE, "2001:db8::1") == 404
    assert status_for_code(client, CODE, "2001:db8:0:1::2") == 429
    assert status_for_code(client, CODE, "2001:db8:1::1") == 303
    assert status_for_code(client, CODE, "192.0.2.2") == 303


@pytest.mark.parametrize("body", [b"", b"code=%00", b"code=\xed\xa0\x80", b"code=" + b"A" * 10_000])
def test_a_hostile_body_gets_the_page_again(client: Client, session: Session, body: bytes) -> None:
    response = client.post("/reprendre/", body, "application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "Reprendre un diagnostic" in response.content.decode()
