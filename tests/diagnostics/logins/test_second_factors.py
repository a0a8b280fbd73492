"""Tests second factors: who needs one, how it is enrolled, and which codes are right."""

import re
from base64 import b32decode

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from diagnostics.logins.second_factors import second_factor_create
from tests.admin.pages import page_errors, page_text, parse_page
from tests.diagnostics.logins.login_calls import PASSWORD, send_login
from tests.diagnostics.logins.second_factor_calls import (
    CODE_URL,
    enrol_account,
    log_in_halfway,
    send_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paul")]


@pytest.fixture
def two_factors(settings: Settings) -> None:
    settings.TWO_FACTORS = True


def is_logged_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_without_the_setting_nothing_of_second_factors_is_seen() -> None:
    client = Client()
    assert send_login("paul", PASSWORD, client=client)["Location"] == "/admin/"
    assert is_logged_in(client)
    assert client.get(CODE_URL)["Location"] == "/admin/"
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    assert not parse_page(root.get("/admin/")).select("[href*=otp i]")
    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404


@pytest.mark.usefixtures("two_factors")
class TestEnrolment:
    def test_who_may_publish_is_asked_to_enrol_and_gets_recovery_codes_once(self) -> None:
        enrolled = enrol_account()
        assert len(set(enrolled.recovery_codes)) == 10
        assert all(re.fullmatch(r"(\w{4}-){2}\w{4}", code) for code in enrolled.recovery_codes)
        assert is_logged_in(enrolled.client)
        assert send_code(enrolled.client, "123456")["Location"] == "/admin/"  # the page reloaded

    def test_the_key_is_shown_as_a_qr_code_and_in_letters_without_inline_styles(self) -> None:
        response = log_in_halfway().get(CODE_URL)
        page = parse_page(response)
        assert page.select_one(".second-factor svg path")
        key = page.select_one(".key")
        assert key
        assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", key.text)
        assert not page.select("[style], style")
        assert response["Cache-Control"].split(", ")[-2:] == ["must-revalidate", "private"]

    def test_opening_the_page_stores_nothing_and_shows_the_same_key_again(self) -> None:
        client = log_in_halfway()
        keys = {parse_page(client.get(CODE_URL)).select_one(".key") for _ in range(2)}
        assert len({str(key) for key in keys}) == 1
        assert not TOTPDevice.objects.exists()

    @pytest.mark.parametrize("code", ["000000", "", "abcdef", "٣٣٣٣٣٣", "1" * 5_000])
    def test_a_wrong_code_enrols_nothing(self, code: str) -> None:
        client = log_in_halfway()
        assert page_errors(send_code(client, code))
        assert not TOTPDevice.objects.exists()
        assert not is_logged_in(client)

    def test_the_same_session_gets_another_key_after_a_reset(self) -> None:
        enrolled = enrol_account()
        TOTPDevice.objects.all().delete()
        shown = parse_page(enrolled.client.get(CODE_URL)).select_one(".key")
        assert shown
        assert b32decode(shown.text.replace(" ", "")) != enrolled.key

    def test_of_two_applications_that_are_enrolled_at_once_only_the_first_counts(
        self, paul: User
    ) -> None:
        keys = b"1" * 20, b"2" * 20
        enrolments = [
            second_factor_create(user=paul, key=key, typed=f"{totp(key):06}") for key in keys
        ]
        assert [bool(enrolment) for enrolment in enrolments] == [True, False]
        assert TOTPDevice.objects.get().bin_key == keys[0]

    def test_recovery_codes_are_stored_as_digests(self) -> None:
        enrolled = enrol_account()
        stored = "".join(StaticToken.objects.values_list("token", flat=True)).upper()
        assert len(stored) == 10 * 16
        assert not any(
            part in stored for code in enrolled.recovery_codes for part in code.split("-")
        )


@pytest.mark.usefixtures("two_factors")
class TestLogin:
    def test_the_right_code_opens_the_page_that_was_asked_for(self) -> None:
        enrolled = enrol_account()
        client = log_in_halfway()
        assert not is_logged_in(client)
        answer = send_code(client, enrolled.next_code(), "/admin/rules/guide/")
        assert answer["Location"] == "/admin/rules/guide/"
        assert is_logged_in(client)

    def test_the_page_leads_to_no_other_site(self) -> None:
        enrolled = enrol_account()
        answer = send_code(log_in_halfway(), enrolled.next_code(), "https://example.org/")
        assert answer["Location"] == "/admin/"

    def test_a_code_is_right_once_only(self) -> None:
        enrolled = enrol_account()
        code = enrolled.next_code()
        assert send_code(log_in_halfway(), code).status_code == 302
        assert "a déjà servi" in page_errors(send_code(log_in_halfway(), code))

    def test_a_recovery_code_is_right_once_however_it_is_typed(self) -> None:
        enrolled = enrol_account()
        client, typed = log_in_halfway(), enrolled.recovery_codes[3].lower().replace("-", " ")
        assert send_code(client, typed).status_code == 302
        assert "Codes de secours restants : 9" in page_text(client.get("/admin/")).replace(
            "\xa0", " "
        )
        assert page_errors(send_code(log_in_halfway(), typed))

    def test_only_the_codes_of_the_account_itself_are_right(self) -> None:
        User.objects.create_superuser("root", password=PASSWORD)
        accounts = {name: enrol_account(name) for name in ("paul", "root")}
        for name, other in (("paul", "root"), ("root", "paul")):
            client = log_in_halfway(name)
            for code in (accounts[other].next_code(), accounts[other].recovery_codes[0]):
                assert page_errors(send_code(client, code))
            assert send_code(client, accounts[name].next_code()).status_code == 302
            assert (
                send_code(log_in_halfway(name), accounts[name].recovery_codes[1]).status_code == 302
            )

    def test_the_second_factor_of_someone_else_in_the_session_counts_for_nothing(self) -> None:
        enrolled = enrol_account()
        User.objects.create_superuser("root", password=PASSWORD)
        client = log_in_halfway("root")
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = enrolled.client.session[DEVICE_ID_SESSION_KEY]
        session.save()
        assert not is_logged_in(client)

    def test_after_ten_wrong_codes_even_a_right_one_waits(self, clock: list[float]) -> None:
        enrolled = enrol_account()
        clients = [log_in_halfway() for _ in range(2)]
        statuses = [send_code(clients[n % 2], "000000").status_code for n in range(11)]
        assert statuses == [200] * 10 + [429]
        refusal = send_code(clients[0], enrolled.next_code())
        assert (refusal.status_code, refusal["Retry-After"]) == (429, "900")
        assert "Réessayez dans 15 minutes" in page_errors(refusal)
        clock[0] += 900
        assert send_code(clients[0], enrolled.next_code()).status_code == 302

    def test_whoever_knows_the_password_does_not_lock_out_a_recovery_code(
        self, clock: list[float]
    ) -> None:
        enrolled = enrol_account()
        client = log_in_halfway()
        for wrong in ("000000", "ABCD-EFGH-JKMN"):
            statuses = [
                send_code(client, wrong, address="203.0.113.1").status_code for _ in range(11)
            ]
            assert statuses == [200] * 10 + [429]
        owner = log_in_halfway()
        refusal = send_code(owner, enrolled.next_code())
        assert refusal.status_code == 429
        assert "saisissez un code de secours" in page_errors(refusal)
        assert send_code(owner, enrolled.recovery_codes[0]).status_code == 302

    def test_each_step_is_one_line_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO")
        enrolled = enrol_account()
        client = log_in_halfway()
        for code in ("000000", enrolled.next_code()):
            send_code(client, code)
        asked = "Login continues: the password is right, the second factor is asked for."
        registered = "Login succeeded, a second factor is registered."
        succeeded = "Login succeeded, with a second factor."
        wrong = "Login failed: right password, wrong code of the second factor."
        lines = [record.getMessage() for record in caplog.records]
        assert lines == [asked, registered, asked, wrong, succeeded]

    def test_another_account_can_log_in_instead(self) -> None:
        enrol_account()
        client = log_in_halfway()
        assert client.post(CODE_URL, {"leave": "yes"})["Location"] == "/admin/login/"
        assert 'name="username"' in client.get("/admin/login/").content.decode()

    def test_the_focus_is_on_the_code_with_its_error_as_description(self) -> None:
        enrol_account()
        page = parse_page(send_code(log_in_halfway(), "000000"))
        (field,) = page.select("[autofocus]")
        assert field["name"] == "code"
        described = [page.find(id=name) for name in str(field["aria-describedby"]).split()]
        assert all(described)
        assert "n’est pas le bon" in " ".join(found.text for found in described if found)


@pytest.mark.usefixtures("two_factors")
class TestWhoNeedsOne:
    def test_who_may_not_publish_is_asked_for_a_password_only(self) -> None:
        editor = User.objects.create_user("edith", password=PASSWORD, is_staff=True)
        editor.groups.set(Group.objects.filter(name="Éditeurs"))
        assert send_login("edith", PASSWORD)["Location"] == "/admin/"

    @pytest.mark.parametrize("codename", ["change_legalpage", "change_user"])
    def test_who_may_change_what_is_online_or_grant_it_is_asked_for_one(
        self, codename: str
    ) -> None:
        lea = User.objects.create_user("lea", password=PASSWORD, is_staff=True)
        lea.user_permissions.set(Permission.objects.filter(codename=codename))
        log_in_halfway("lea")

    def test_a_superuser_is_asked_for_one(self) -> None:
        User.objects.create_superuser("root", password=PASSWORD)
        log_in_halfway("root")

    def test_a_session_in_which_the_user_becomes_a_publisher_is_asked_for_one(
        self, paul: User
    ) -> None:
        groups = list(paul.groups.all())
        paul.groups.clear()
        client = Client()
        client.force_login(paul)
        assert is_logged_in(client)
        paul.groups.set(groups)
        assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
        assert client.get("/admin/login/?next=/admin/")["Location"].startswith(CODE_URL)

    def test_a_reset_ends_what_was_verified(self) -> None:
        enrolled = enrol_account()
        TOTPDevice.objects.all().delete()
        assert not is_logged_in(enrolled.client)

    def test_the_page_that_deletes_an_account_lists_no_row_of_its_second_factor(
        self, paul: User
    ) -> None:
        User.objects.create_superuser("root", password=PASSWORD)
        enrol_account()
        root, url = enrol_account("root").client, f"/admin/auth/user/{paul.pk}/delete/"
        assert "Supprimer : paul ? Renoncer" in " ".join(page_text(root.get(url)).split())
        assert root.post(url, {"post": "yes"}).status_code == 302
        assert TOTPDevice.objects.get().user.username == "root"
