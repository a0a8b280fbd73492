"""The page `/reprendre/`, which opens a diagnostic again by its code."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from diagnostics.models import Session
from diagnostics.throttling import Throttle
from diagnostics.web.resume import WRONG_CODES
from rules.models import Version
from tests.web.visitor import Visitor

CODE, UNKNOWN = "ABCDEFGH", "HGFEDCBA"
HALF_PAST = 1_800_001_800.0


@pytest.fixture
def session(visitor: Visitor) -> Session:
    return Session.objects.create(
        version=Version.objects.get(), answers={"liste-a-jour": "oui"}, code=CODE
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that the throttle reads, in a list to change it."""
    now = [HALF_PAST]
    monkeypatch.setattr("diagnostics.throttling.time", lambda: now[0])
    return now


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
    ],
)
def test_a_code_opens_its_diagnostic_however_it_is_typed(
    visitor: Visitor, session: Session, code: str
) -> None:
    assert type_code(visitor, code).address == f"/diagnostics/{session.pk}/"
    assert visitor.answers == ["Oui"]


def test_a_right_code_redirects_to_an_address_without_it(client: Client, session: Session) -> None:
    response = client.post("/reprendre/", {"code": CODE})
    assert (response.status_code, response["Location"]) == (303, f"/diagnostics/{session.pk}/")


def test_a_code_in_an_address_opens_nothing(visitor: Visitor, session: Session) -> None:
    visitor.open(f"/reprendre/?code={CODE}")
    assert visitor.heading == "Reprendre un diagnostic"
    assert visitor.element("input")["value"] == ""
    assert visitor.element("form")["method"] == "post"


@pytest.mark.parametrize("code", ["ABCD", "ABCDEFGHJ", "ABCDEFG0", "ABCDEFGI", "ABCD.EFGÉ", "\x00"])
def test_a_text_that_is_no_code_gets_the_shape_of_a_code(
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


def test_an_expired_code_gets_the_same_page_as_an_unknown_one(
    visitor: Visitor, session: Session
) -> None:
    unknown = type_code(visitor, UNKNOWN).texts("main"), visitor.status
    Session.objects.update(updated_at=session.updated_at - timedelta(days=settings.SESSION_DAYS))
    assert (type_code(visitor, CODE).texts("main"), visitor.status) == unknown
    assert visitor.status == 404
    assert visitor.element("input")["value"] == CODE
    assert visitor.title.startswith("Erreur\u00a0: ")


def test_wrong_codes_are_limited_and_then_a_right_one_opens_nothing(
    client: Client, session: Session, clock: list[float]
) -> None:
    assert WRONG_CODES.limit == 20
    assert [status_for_code(client, UNKNOWN) for _ in range(21)] == [404] * 20 + [429]
    assert status_for_code(client, CODE) == 429


def test_beyond_the_limit_a_page_says_when_to_come_back(
    visitor: Visitor, session: Session, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.web.resume.WRONG_CODES", Throttle("none", limit=0))
    response = visitor.client.post("/reprendre/", {"code": CODE})
    assert response["Retry-After"] == "1800"
    type_code(visitor, CODE)
    assert visitor.heading == "Trop de demandes"
    assert "Réessayez dans 30\u00a0minutes." in visitor.element("main").text
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"


def test_right_codes_and_texts_that_are_no_code_are_not_counted(
    client: Client, session: Session, clock: list[float]
) -> None:
    assert {status_for_code(client, CODE) for _ in range(25)} == {303}
    assert {status_for_code(client, "ABC") for _ in range(25)} == {400}
    assert status_for_code(client, UNKNOWN) == 404


def test_another_address_and_another_hour_have_places_of_their_own(
    client: Client, session: Session, clock: list[float]
) -> None:
    for _ in range(WRONG_CODES.limit + 1):
        status_for_code(client, UNKNOWN)
    assert status_for_code(client, CODE, "192.0.2.2") == 303
    clock[0] += 1_800
    assert status_for_code(client, CODE) == 303


def test_nothing_stored_names_the_address(client: Client, session: Session) -> None:
    status_for_code(client, UNKNOWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        rows = str(cursor.fetchall())
    assert "wrong-codes" in rows
    assert "192.0.2.1" not in rows


@pytest.mark.parametrize("body", [b"", b"code=%00", b"code=\xed\xa0\x80", b"code=" + b"A" * 10_000])
def test_a_hostile_body_is_answered_by_the_page(
    client: Client, session: Session, body: bytes
) -> None:
    response = client.post("/reprendre/", body, "application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "Reprendre un diagnostic" in response.content.decode()
