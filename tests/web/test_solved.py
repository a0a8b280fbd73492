"""Tests the question « Résolu ? » on the page of a result, and the storing of its verdict."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from diagnostics.models import Session
from diagnostics.throttles.token_bucket import TokenBucket
from diagnostics.web.solved import VERDICTS
from rules.models import Guide
from tests.web.visitor import Visitor

THREE_ANSWERS = ("oui", "oui", "aucune")


@pytest.fixture
def result(visitor: Visitor) -> Visitor:
    """A visitor who has got a result."""
    return visitor.start().answer_all(THREE_ANSWERS)


def send_verdict(visitor: Visitor, solved: str = "", comment: str = "") -> Visitor:
    fields = {"solved": solved} if solved else {}
    return visitor.press("Envoyer", comment=comment, **fields)


def stored_verdict() -> tuple[str, str]:
    session = Session.objects.get()
    return session.solved, session.comment


def checked_verdicts(visitor: Visitor) -> list[str]:
    return [str(radio["value"]) for radio in visitor.page.select("[name=solved][checked]")]


def test_the_page_of_a_result_asks_for_a_verdict(result: Visitor) -> None:
    assert result.texts("#resolu label.choice") == ["Oui", "Non", "Pas encore"]
    assert "N’écrivez ni nom, ni adresse, ni identifiant." in result.element("#resolu").text
    assert checked_verdicts(result) == []


def test_the_page_of_a_question_does_not_ask_for_a_verdict(visitor: Visitor) -> None:
    assert not visitor.start().page.select("#resolu")


def test_a_verdict_is_stored_and_the_page_says_thanks(result: Visitor) -> None:
    send_verdict(result, "not_yet", "Il reste 3 élèves.")
    assert result.address == f"/diagnostics/{Session.objects.get().pk}/#resolu"
    assert "Merci, c’est noté\u00a0: Pas encore" in result.texts("#resolu p")
    assert stored_verdict() == ("not_yet", "Il reste 3 élèves.")


def test_a_verdict_can_be_changed_after_opening_the_diagnostic_by_its_code(result: Visitor) -> None:
    send_verdict(result, "not_yet", "Il reste 3 élèves.")
    result.open("/reprendre/").press("Ouvrir", code=Session.objects.get().code)
    assert checked_verdicts(result) == ["not_yet"]
    assert result.texts("textarea") == ["Il reste 3 élèves."]
    send_verdict(result, "yes")
    assert "Merci, c’est noté\u00a0: Oui" in result.texts("#resolu p")
    assert stored_verdict() == ("yes", "")


def test_a_result_without_conclusion_asks_for_a_verdict(client: Client, small_guide: Guide) -> None:
    visitor = Visitor(client).start("petit-guide").answer("non")
    assert "Merci, c’est noté\u00a0: Non" in send_verdict(visitor, "no").texts("#resolu p")


def test_a_missing_verdict_is_an_error_and_the_comment_stays_in_its_field(result: Visitor) -> None:
    send_verdict(result, comment="Il reste 3 élèves.")
    assert result.status == 400
    assert result.title.startswith("Erreur\u00a0: Résultat\u00a0: ")
    error = result.element("[role=alert] a")
    assert error.text == "Choisissez Oui, Non ou Pas encore"
    assert result.element(str(error["href"]))["name"] == "solved"
    assert result.texts("textarea") == ["Il reste 3 élèves."]
    assert stored_verdict() == ("", "")


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("jean@exemple.fr", "une adresse e-mail"),
        ("123456789AB", "l’INE d’un élève"),
        ("06 12 34 56 78", "un numéro de téléphone"),
        ("x" * 10_000, "dépasse 300 caractères"),
    ],
)
def test_a_comment_that_is_dropped_stays_in_its_field(
    result: Visitor, comment: str, reason: str
) -> None:
    send_verdict(result, "not_yet", comment)
    assert result.status == 400
    error = result.element("[role=alert] a")
    assert reason in error.text
    assert "Votre réponse est notée, mais pas votre commentaire" in error.text
    field = result.element(str(error["href"]))
    assert field.get_text().strip() == comment
    assert str(result.element("[role=alert] p")["id"]) in str(field["aria-describedby"])
    assert checked_verdicts(result) == ["not_yet"]
    assert stored_verdict() == ("not_yet", "")


@pytest.mark.parametrize(
    "comment", [b"a%00b", b"\xed\xa0\x80", b"une%0D%0Aligne", b"%3C/textarea%3E%3Cb%3E", b""]
)
def test_no_comment_causes_a_server_error(result: Visitor, comment: bytes) -> None:
    address = f"/diagnostics/{Session.objects.get().pk}/resolu/"
    body = b"solved=yes&comment=" + comment
    response = result.client.post(address, body, "application/x-www-form-urlencoded")
    assert response.status_code == 303
    assert stored_verdict()[0] == "yes"
    assert not result.open(address).page.select("textarea b")


def test_the_verdicts_of_a_diagnostic_are_limited_and_a_refused_comment_stays_in_its_field(
    result: Visitor, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (VERDICTS.capacity, VERDICTS.seconds_per_token) == (5, 60)
    monkeypatch.setattr("diagnostics.web.solved.VERDICTS", TokenBucket("one", 1, 180))
    address = f"/diagnostics/{Session.objects.get().pk}/resolu/"
    assert result.client.post(address, {"solved": "no"}).status_code == 303
    response = result.client.post(address, {"solved": "yes"}, REMOTE_ADDR="192.0.2.2")
    assert (response.status_code, response["Retry-After"]) == (429, "180")
    send_verdict(result, "yes", "Merci à tous")
    assert "Réessayez dans 3 minutes" in result.element("[role=alert]").text
    assert (result.texts("textarea"), checked_verdicts(result)) == (["Merci à tous"], ["yes"])
    assert stored_verdict() == ("no", "")


def test_the_verdicts_of_a_class_are_not_limited_together(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.web.solved.VERDICTS", TokenBucket("one", 1, 180))
    for _ in range(3):
        visitor.start().answer_all(THREE_ANSWERS)
        assert "Merci, c’est noté\u00a0: Oui" in send_verdict(visitor, "yes").texts("#resolu p")


def test_a_verdict_on_no_result_leaves_nothing_in_the_cache(visitor: Visitor) -> None:
    visitor.start()
    for key in (uuid4(), Session.objects.get().pk):
        visitor.client.post(f"/diagnostics/{key}/resolu/", {"solved": "yes"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache WHERE cache_key LIKE %s", ["%verdicts%"])
        assert cursor.fetchone() == (0,)


def test_the_address_of_the_verdict_leads_to_the_diagnostic(result: Visitor) -> None:
    here = result.address
    assert result.open(f"{here}resolu/").address == here


@pytest.mark.parametrize("fields", [{"solved": "yes"}, {}])
def test_no_verdict_is_stored_while_there_is_no_result(
    visitor: Visitor, fields: dict[str, str]
) -> None:
    visitor.start()
    address = f"/diagnostics/{Session.objects.get().pk}/resolu/"
    assert (
        visitor.client.post(address, fields)["Location"]
        == f"/diagnostics/{Session.objects.get().pk}/"
    )
    assert stored_verdict() == ("", "")


def test_a_verdict_on_an_unknown_or_expired_diagnostic_is_refused(result: Visitor) -> None:
    session = Session.objects.get()
    Session.objects.update(updated_at=session.updated_at - timedelta(days=settings.SESSION_DAYS))
    for key, status in ((uuid4(), 404), (session.pk, 410)):
        response = result.client.post(f"/diagnostics/{key}/resolu/", {"solved": "yes"})
        assert response.status_code == status
    assert stored_verdict() == ("", "")


def test_a_changed_answer_removes_the_verdict_and_the_comment(result: Visitor) -> None:
    send_verdict(result, "yes", "Merci")
    result.modify("liste-a-jour").answer("non")
    assert not [line for line in result.texts("#resolu p") if "Merci" in line]
    assert (checked_verdicts(result), result.texts("textarea")) == ([], [""])


def test_the_diagnostic_of_another_pupil_has_no_verdict(result: Visitor) -> None:
    send_verdict(result, "yes", "Merci").press("Continuer avec un autre élève").answer("aucune")
    assert checked_verdicts(result) == []
