"""Tests how much one network, or all together, may ask of the class page without JavaScript."""

from typing import Any

import pytest
from django.test import Client

from diagnostics.throttles import large_batches
from diagnostics.throttles.large_batches import LARGE_BATCH_ROWS, batch_turns
from diagnostics.throttles.memory_limits import MemoryLimit
from diagnostics.web import school_class
from rules.models import Guide
from tests.api.test_large_batches import turn_taken_elsewhere
from tests.web.teacher import CLASS_URL


def send_class(client: Client, pupils: int) -> Any:  # noqa: ANN401 (as the client's)
    return client.post(CLASS_URL, {"combien": str(pupils)})


def test_a_very_large_class_waits_for_its_turn_and_a_usual_one_does_not(
    client: Client, shipped_guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_batches, "WAIT_SECONDS", 1)
    with turn_taken_elsewhere(batch_turns):
        refused = send_class(client, LARGE_BATCH_ROWS + 1)
        assert send_class(client, LARGE_BATCH_ROWS).status_code == 200
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert "Le site traite déjà d’autres longues listes" in refused.content.decode()
    assert send_class(client, LARGE_BATCH_ROWS + 1).status_code == 200


def test_pupils_count_as_rows_of_batches(
    client: Client, shipped_guide: Guide, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    monkeypatch.setattr(school_class, "BATCH_ROWS", MemoryLimit(100, period_seconds=60))
    assert [send_class(client, 40).status_code for _ in range(3)] == [200, 200, 429]
    assert send_class(client, 20).status_code == 200
