"""Tests that a purge runs once a day, whichever worker begins it."""

from datetime import date

import pytest

from diagnostics.server import daily_purge

pytestmark = pytest.mark.django_db


class CountedPurge:
    """A purge that counts how often it ran, and that may fail; and the day that the clock shows."""

    def __init__(self) -> None:
        self.count = 0
        self.day = date(2026, 11, 28)
        self.error: BaseException | None = None

    def run(self) -> int:
        self.count += 1
        if self.error:
            raise self.error
        return 12


@pytest.fixture
def purge(monkeypatch: pytest.MonkeyPatch) -> CountedPurge:
    purge = CountedPurge()
    monkeypatch.setattr(daily_purge, "expired_purge", purge.run)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: purge.day)
    return purge


def test_a_day_has_one_purge_however_many_workers_look(purge: CountedPurge) -> None:
    for _ in range(5):
        daily_purge.purge_if_due()
    assert purge.count == 1


def test_the_next_day_has_its_own_even_if_the_first_purge_was_killed(purge: CountedPurge) -> None:
    purge.error = SystemExit()  # no handler of errors runs, as in a killed process
    with pytest.raises(SystemExit):
        daily_purge.purge_if_due()
    daily_purge.purge_if_due()
    assert purge.count == 1
    purge.day, purge.error = date(2026, 11, 29), None
    daily_purge.purge_if_due()
    assert purge.count == 2


def test_a_purge_that_failed_is_tried_again_on_the_same_day(purge: CountedPurge) -> None:
    purge.error = TimeoutError()
    with pytest.raises(TimeoutError):
        daily_purge.purge_if_due()
    purge.error = None
    daily_purge.purge_if_due()
    assert purge.count == 2


def test_one_line_of_the_log_says_how_many_diagnostics_were_removed(
    purge: CountedPurge, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="diagnostics"):
        daily_purge.purge_if_due()
        daily_purge.purge_if_due()
    assert caplog.messages == ["Expired diagnostics removed: 12"]
