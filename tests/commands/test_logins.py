"""The commands `unlock` and `two_factors_reset`."""

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from tests.commands.calls import command_output, command_refusal
from tests.diagnostics.logins.login_calls import PASSWORD, login_statuses, send_login
from tests.diagnostics.logins.second_factor_calls import (
    CODE_URL,
    enrol_account,
    log_in_halfway,
    send_code,
)


@pytest.fixture(autouse=True)
def _accounts(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diagnostics.throttles.token_bucket.time", lambda: 1_800_000_000.0)
    for name in ("paul", "anne"):
        User.objects.create_superuser(name, password=PASSWORD)


def test_unlock_lifts_the_limits_of_one_account() -> None:
    for name in ("paul", "anne"):
        login_statuses(10, name)
    said = command_output("unlock", "paul")
    assert said == "Les limites de connexion du compte « paul » sont levées.\n"
    assert send_login("paul", PASSWORD).status_code == 302
    assert send_login("anne", PASSWORD).status_code == 429


def test_unlock_without_an_account_lifts_the_limits_of_all_accounts_and_networks() -> None:
    for name in ("paul", "anne", "zoé"):
        login_statuses(10, name)
    assert send_login("other").status_code == 429
    said = command_output("unlock")
    assert said == "Les limites de connexion de tous les comptes et réseaux sont levées.\n"
    assert [send_login(name).status_code for name in ("paul", "anne", "other")] == [200] * 3


def test_limits_can_be_reached_and_lifted_again() -> None:
    for _ in range(2):
        assert login_statuses(11) == [200] * 10 + [429]
        command_output("unlock", "paul")


def test_unlock_lifts_the_limit_on_codes(settings: Settings) -> None:
    settings.TWO_FACTORS = True
    enrolled = enrol_account()
    client = log_in_halfway()
    assert [send_code(client, "000000").status_code for _ in range(11)][-1] == 429
    command_output("unlock", "paul")
    assert send_code(client, enrolled.next_code()).status_code == 302


def test_two_factors_reset_makes_the_account_enrol_another_application(settings: Settings) -> None:
    settings.TWO_FACTORS = True
    enrol_account("paul")
    other = enrol_account("anne")
    said = command_output("two_factors_reset", "paul")
    assert said.startswith(
        "Le second facteur du compte « paul » et ses codes de secours sont retirés, et ses connexions "
        "en cours sont terminées."
    )
    assert other.client.get("/admin/").status_code == 200
    assert {TOTPDevice.objects.get().user.username, StaticDevice.objects.get().user.username} == {
        "anne"
    }
    assert "Enregistrer un second facteur" in log_in_halfway().get(CODE_URL).content.decode()


def test_two_factors_reset_ends_the_sessions_of_the_account_that_have_given_a_password_only(
    settings: Settings,
) -> None:
    settings.TWO_FACTORS = True
    enrolled, other = enrol_account("paul"), enrol_account("anne")
    halfway = log_in_halfway()
    command_output("two_factors_reset", "paul")
    for client in (enrolled.client, halfway):
        assert client.get(CODE_URL, follow=True).redirect_chain[-1][0].startswith("/admin/login/?")
    assert other.client.get("/admin/").status_code == 200


def test_two_factors_reset_says_if_there_is_no_second_factor() -> None:
    said = command_output("two_factors_reset", "paul")
    assert said == "Le compte « paul » n’a pas de second facteur.\n"


@pytest.mark.parametrize("command", ["unlock", "two_factors_reset"])
def test_an_unknown_account_is_an_error(command: str) -> None:
    assert command_refusal(command, "personne") == "Aucun compte ne s’appelle « personne »."
