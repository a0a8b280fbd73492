"""Tests the limits on calls, on rows of batches and on diagnostics begun."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from diagnostics.api import views
from diagnostics.models import Session
from diagnostics.throttles.memory_limits import MemoryLimit
from diagnostics.web import views as pages
from rules.models import Guide
from tests.api.conftest import SLUG, ApiClient
from tests.api.contract import openapi_document
from tests.web.visitor import Visitor


@pytest.fixture(autouse=True)
def _clock(clock: list[float], db: None) -> None:
    openapi_document()  # with which the client checks answers, before the limits of a test
    clock[0] += 18


@pytest.fixture
def one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CALLS", MemoryLimit(1, period_seconds=60))


def send_rows(api: ApiClient, count: int) -> Any:  # noqa: ANN401 (as the client's)
    rows = [{"id": str(number), "answers": {}} for number in range(count)]
    return api.call("POST", f"guides/{SLUG}/evaluate-batch", {"rows": rows})


def test_a_call_beyond_the_limit_is_refused_with_the_time_to_wait(
    api: ApiClient, one_call: None
) -> None:
    assert api.call("GET", "guides").status_code == 200
    refused = api.call("GET", "guides")
    assert (refused.status_code, refused["Retry-After"]) == (429, "42")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"] == (
        "Trop de demandes sont venues de votre réseau. Réessayez dans 42 secondes."
    )
    assert api.call("GET", "guides", REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.parametrize("call", ["GET unknown", "PUT guides", "POST sessions", "GET schema"])
def test_every_call_counts_whatever_its_answer(api: ApiClient, one_call: None, call: str) -> None:
    method, path = call.split()
    api.call(method, path)
    assert api.call("GET", "guides").status_code == 429


def test_the_rows_of_batches_are_limited_together(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "BATCH_ROWS", MemoryLimit(100, period_seconds=60))
    assert [send_rows(api, 40).status_code for _ in range(3)] == [200, 200, 429]
    assert send_rows(api, 20).status_code == 200


def test_diagnostics_begun_by_the_api_and_by_forms_are_limited_together(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = MemoryLimit(2, period_seconds=24 * 3_600)
    for module in (views, pages):
        monkeypatch.setattr(module, "DIAGNOSTICS_BEGUN", limit)
    api.begin()
    visitor = Visitor(Client())
    visitor.start().answer("oui").answer("oui").answer("aucune")
    assert visitor.press("Continuer avec un autre élève").status == 429
    assert visitor.heading == "Trop de demandes"
    assert "Réessayez dans 24 heures." in visitor.element("main").text
    for address in (f"/{SLUG}/", f"/diagnostics/{Session.objects.all()[0].pk}/autre-eleve/"):
        refused = visitor.client.post(address)
        assert (refused.status_code, refused["Retry-After"]) == (429, "86382")
    assert api.call("POST", "sessions", {"guide": SLUG}).status_code == 429
    assert Session.objects.count() == 2


def test_a_call_within_the_limits_makes_no_query_for_them(
    api: ApiClient, shipped_guide: Guide, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    send_rows(api, 40)
    with django_assert_num_queries(1):  # the live version
        send_rows(api, 40)


def test_every_call_declares_its_refusal() -> None:
    paths = openapi_document()["paths"].values()
    refusals = [call["responses"]["429"] for calls in paths for call in calls.values()]
    assert len(refusals) == 8
    for refusal in refusals:
        assert refusal["headers"]["Retry-After"]["required"]
        assert [*refusal["content"]] == ["application/problem+json"]
