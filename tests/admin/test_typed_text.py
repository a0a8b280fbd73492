"""What someone typed in a form that is not saved is shown again, and can be sent again."""

import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from diagnostics.installation import legal_pages_create
from rules.admin.links import action_url, add_url, change_url
from rules.models import Choice, Example, Guide, LegalPage, Outcome, Question, Rule
from rules.typed_text import TEXT_LABELS
from tests.admin.conftest import LogIn
from tests.admin.pages import page_fields, page_text, parse_page

ORIGIN = "http://testserver"
TYPED_FORM = "form.typed-form"
PASSWORD = "a password that is long enough"
TYPED = "Une question <b>longue</b> ?\n\nEt « précieuse »"
FROM_ELSEWHERE: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver.example.fr"},
    {"Origin": "http://["},
    {"Referer": "http://example.fr/testserver/"},
    {"Origin": "http://example.fr", "Referer": f"{ORIGIN}/admin/"},
]


@pytest.fixture
def user(db: None) -> User:
    user = User.objects.create_user("edith", password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name="Éditeurs"))
    return user


@pytest.fixture
def browser(user: User) -> Client:
    """A client whose forms need their CSRF token, and which sends its origin, as browsers do."""
    client = Client(enforce_csrf_checks=True, headers={"Origin": ORIGIN})
    log_in_again(client)
    return client


@pytest.fixture
def question(shipped_guide: Guide) -> Question:
    return shipped_guide.questions.all()[0]


def end_session(client: Client) -> None:
    client.session.flush()


def log_in_again(client: Client) -> None:
    """Logs in through the page of the login, as a second tab does after the session has ended."""
    end_session(client)
    fields = page_fields(client.get("/admin/login/?next=/admin/"))
    response = client.post("/admin/login/", fields | {"username": "edith", "password": PASSWORD})
    assert response.status_code == 302


def send_after(
    client: Client, url: str, happening: Callable[[], object], **typed: str
) -> HttpResponseBase:
    """Opens a form, lets something happen and sends the form with a changed text."""
    fields = page_fields(client.get(url)) | (typed or {"help": TYPED})
    happening()
    return client.post(url, fields)


def shown_texts(response: HttpResponseBase) -> list[str]:
    """Returns the typed texts that a page shows."""
    texts = parse_page(response).select("form.typed-form textarea[readonly]")
    return [text.get_text().removeprefix("\n").replace("\r\n", "\n") for text in texts]


def send_again(client: Client, response: HttpResponseBase) -> HttpResponseBase:
    """Sends the form of the page that shows what was typed."""
    form = parse_page(response).select_one(TYPED_FORM)
    assert form is not None
    return client.post(str(form["action"]), page_fields(response, TYPED_FORM))


def test_a_form_sent_after_the_session_ended_is_shown_and_saved_after_a_login(
    browser: Client, question: Question
) -> None:
    page = send_after(browser, change_url(question), lambda: end_session(browser))
    assert page.status_code == 403
    assert TYPED in shown_texts(page)
    assert "Connectez-vous dans un autre onglet" in page_text(page)
    assert TYPED in shown_texts(send_again(browser, page)), "not logged in yet"
    log_in_again(browser)
    page = send_again(browser, page)
    assert page.status_code == 403
    assert "Votre compte est maintenant «\u00a0edith\u00a0»" in page.getvalue().decode()
    assert TYPED in shown_texts(page)
    question.refresh_from_db()
    assert question.help != TYPED
    assert send_again(browser, page).status_code == 302
    question.refresh_from_db()
    assert question.help == TYPED


def test_a_form_opened_before_another_login_is_shown_and_saved_when_it_is_sent_again(
    browser: Client, question: Question
) -> None:
    page = send_after(browser, change_url(question), lambda: log_in_again(browser))
    assert page.status_code == 403
    assert TYPED in shown_texts(page)
    (help_text,) = parse_page(page).select(f"{TYPED_FORM} [name=help]")
    assert int(str(help_text["rows"])) > 2, "its three lines are in sight"
    saved = send_again(browser, page)
    assert saved.status_code == 302
    question.refresh_from_db()
    assert question.help == TYPED


def test_a_form_is_sent_again_with_each_of_its_fields(
    browser: Client, shipped_guide: Guide
) -> None:
    for row in (shipped_guide.rules.all()[13], shipped_guide.examples.all()[0]):
        url = change_url(row)
        fields = page_fields(browser.get(url)) | {"_continue": "Enregistrer et continuer"}
        log_in_again(browser)
        page = parse_page(browser.post(url, fields))
        again = {
            (str(field["name"]), str(field.get("value", "")) or field.get_text().removeprefix("\n"))
            for field in page.select(f"{TYPED_FORM} [name]")
        }
        assert without_token(again) == without_token(
            (name, value)
            for name, values in fields.items()
            for value in ([values] if isinstance(values, str) else values)
        )


def without_token(fields: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {field for field in fields if field[0] != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
@pytest.mark.parametrize("ended", [False, True])
def test_a_form_of_another_site_is_refused_without_a_word_of_it(
    browser: Client, question: Question, headers: dict[str, str], *, ended: bool
) -> None:
    client = Client(enforce_csrf_checks=not ended, headers=headers)
    if not ended:
        client.cookies = browser.cookies
    page = client.post(
        change_url(question), {"help": "Un mot étranger", "csrfmiddlewaretoken": "x"}
    )
    assert page.status_code == (302 if ended else 403)
    text = page.getvalue().decode()
    assert "étranger" not in text
    assert "CSRF" not in text


def test_a_page_behind_a_proxy_comes_from_a_trusted_origin(
    browser: Client, question: Question, settings: Settings
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://guides.example.fr"]
    fields = page_fields(browser.get(change_url(question))) | {"help": TYPED}
    end_session(browser)
    headers = {"Origin": "https://guides.example.fr"}
    assert TYPED in shown_texts(browser.post(change_url(question), fields, headers=headers))


def test_nothing_that_was_typed_is_stored_or_logged(
    browser: Client, question: Question, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    send_after(browser, change_url(question), lambda: log_in_again(browser), help="Un mot précieux")
    send_after(browser, change_url(question), lambda: end_session(browser), help="Un mot précieux")
    assert "précieux" not in caplog.text
    assert "précieux" not in repr([record.__dict__ for record in caplog.records])
    assert "précieux" not in str(dict(browser.session))


def test_passwords_are_not_shown_and_are_asked_again(browser: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    secret = "correct horse battery staple"
    typed = {"username": "lea", "password1": secret, "password2": secret, "usable_password": "true"}
    page = send_after(browser, "/admin/auth/user/add/", lambda: log_in_again(browser), **typed)
    assert secret not in page.getvalue().decode()
    assert shown_texts(page) == ["lea"]
    fields = page_fields(page)
    assert (fields["password1"], fields["password2"]) == ("", "")
    response = browser.post("/admin/auth/user/add/", fields | typed)
    assert response.status_code == 302
    assert User.objects.get(username="lea").check_password(secret)


def test_a_file_is_named_and_chosen_again(browser: Client, shipped_guide: Guide) -> None:
    url = "/admin/rules/guide/import/"
    fields = page_fields(browser.get(url))
    log_in_again(browser)
    fields["file"] = SimpleUploadedFile("mon-guide.yaml", b"title: secret")  # type: ignore[assignment]
    page = browser.post(url, fields)
    assert "Fichier « mon-guide.yaml », à choisir de nouveau" in page_text(page)
    assert "title: secret" not in page.getvalue().decode()
    assert parse_page(page).select_one('input[type="file"][name="file"]')


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/logout/"])
def test_a_login_with_the_token_of_another_login_is_not_repeated(
    browser: Client, path: str
) -> None:
    page = browser.post(path, {"username": "edith", "password": PASSWORD})
    assert page.status_code == 403
    text = page.getvalue().decode()
    assert "Ouvrez l’administration de nouveau" in text
    assert PASSWORD not in text
    assert 'value="edith"' not in text


def test_a_permission_lost_meanwhile_keeps_the_text(
    browser: Client, user: User, question: Question
) -> None:
    page = send_after(browser, change_url(question), user.groups.clear)
    assert page.status_code == 403
    assert TYPED in shown_texts(page)


def test_an_account_that_may_no_longer_enter_keeps_the_text(
    browser: Client, user: User, question: Question
) -> None:
    leave = lambda: User.objects.filter(pk=user.pk).update(is_staff=False)  # noqa: E731
    page = send_after(browser, change_url(question), leave)
    assert page.status_code == 403
    assert TYPED in shown_texts(page)


@pytest.mark.parametrize("kind", ["question", "new question", "guide", "settings"])
def test_a_guide_deleted_meanwhile_keeps_the_text(
    browser: Client, user: User, shipped_guide: Guide, kind: str
) -> None:
    user.groups.set(Group.objects.filter(name="Responsables de publication"))
    question = shipped_guide.questions.all()[0]
    url, field = {
        "question": (change_url(question), "help"),
        "new question": (add_url(Question, shipped_guide), "help"),
        "guide": (action_url(shipped_guide, "texts"), "introduction"),
        "settings": (action_url(shipped_guide, "settings"), "closing_message"),
    }[kind]
    page = send_after(browser, url, lambda: delete_guide(shipped_guide), **{field: TYPED})
    assert page.status_code == 404
    assert TYPED in shown_texts(page)


def delete_guide(guide: Guide) -> None:
    for rows in (guide.examples, guide.rules, guide.versions, guide.outcomes, guide.questions):
        rows.all()._raw_delete("default") if rows is guide.versions else rows.all().delete()
    guide.delete()


def test_a_draft_that_became_unreadable_keeps_the_text(browser: Client, question: Question) -> None:
    ruin = lambda: Choice.objects.filter(question=question).update(aliases=3)  # noqa: E731
    page = send_after(browser, change_url(question), ruin)
    assert page.status_code == 409
    assert TYPED in shown_texts(page)


def test_a_database_that_fails_meanwhile_keeps_the_text(
    browser: Client, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> object:
        raise DatabaseError("the database has gone")

    browser.raise_request_exception = False
    change = "rules.admin.conflicts.conflict_admin.record_changes"
    with monkeypatch.context() as patch:
        page = send_after(browser, change_url(question), lambda: patch.setattr(change, fail))
    assert page.status_code == 500
    assert TYPED in shown_texts(page)
    assert send_again(browser, page).status_code == 302
    question.refresh_from_db()
    assert question.help == TYPED


@pytest.mark.parametrize("kind", ["session", "token"])
def test_a_form_without_a_text_can_be_sent_again_too(
    browser: Client, shipped_guide: Guide, kind: str
) -> None:
    rule = shipped_guide.rules.all()[1]
    url = action_url(rule, "move")
    happening = end_session if kind == "session" else log_in_again
    token = page_fields(browser.get(change_url(rule)))["csrfmiddlewaretoken"]
    happening(browser)
    page = browser.post(url, {"direction": "down", "csrfmiddlewaretoken": token})
    assert (page.status_code, shown_texts(page)) == (403, [])
    assert page_fields(page)["direction"] == "down"


def test_each_text_of_the_forms_has_a_label(log_in: LogIn, shipped_guide: Guide) -> None:
    """Texts without a label would be sent again, but not shown."""
    legal_pages_create()
    client, version = log_in("boss", superuser=True), shipped_guide.versions.get()
    models: list[type[Model]] = [Guide, Question, Outcome, Rule, Example, LegalPage, User, Group]
    urls = [change_url(row) for model in models if (row := model._default_manager.first())]
    urls += [add_url(Question, shipped_guide), "/admin/rules/guide/add/", "/admin/auth/user/add/"]
    urls += [action_url(shipped_guide, page) for page in ("texts", "settings")]
    urls += [action_url(version, "restore")]
    urls += ["/admin/rules/guide/import/"]
    asked = "question=liste-a-jour"
    acts = {
        "lead": "arrow=liste-a-jour",
        "insert": "arrow=liste-a-jour",
        "place_rule": "rule=liste-a-jour",
    }
    acts |= dict.fromkeys(("choices", "advise", "enter", "place_question"), asked)
    urls += [f"{action_url(shipped_guide, act)}?{query}" for act, query in acts.items()]
    texts = ("textarea", "input[type=text]", "input[type=url]", "input[type=email]")
    selector = ", ".join(f"#content-start form[method=post] {text}" for text in texts)
    names = {
        str(text["name"]) for url in urls for text in parse_page(client.get(url)).select(selector)
    }
    dates = {name for name in names if re.search(r"(date_joined|last_login)_[01]$", name)}
    assert {name.rpartition("-")[2] for name in names - dates} <= set(TEXT_LABELS)
    assert len(names) > 20


@pytest.mark.parametrize("kind", ["guide", "question", "import", "settings", "legal page"])
def test_back_returns_to_the_filled_form_of_an_editor(
    log_in: LogIn, shipped_guide: Guide, kind: str
) -> None:
    """`no-store` makes Firefox open the form as it was saved; without it, it keeps the page."""
    legal_pages_create()
    urls = {
        "guide": action_url(shipped_guide, "texts"),
        "question": change_url(shipped_guide.questions.all()[0]),
        "import": "/admin/rules/guide/import/",
        "settings": action_url(shipped_guide, "settings"),
        "legal page": change_url(LegalPage.objects.all()[0]),
    }
    page = log_in("boss", superuser=True).get(urls[kind])
    assert page.headers["Cache-Control"] == "private, no-cache"
    scripts = [str(script["src"]) for script in parse_page(page).select('script[src^="/static/"]')]
    listener = re.compile(r"""addEventListener\(['"](before)?unload""")
    others = [path for path in scripts if "jquery.min" not in path]  # it listens in frames only
    listening = [path for path in others if listener.search(read_script(path))]
    # This one listens only while something is not saved.
    assert [path for path in listening if "unsaved" not in path] == [], (
        "no browser keeps such a page"
    )


def read_script(path: str) -> str:
    """Returns the text of a static file."""
    return Path(str(finders.find(path.removeprefix("/static/")))).read_text()


@pytest.mark.parametrize("url", ["/admin/auth/user/add/", "/admin/diagnostics/session/"])
def test_pages_of_accounts_and_visitors_are_not_stored_by_browsers(
    log_in: LogIn, shipped_guide: Guide, url: str
) -> None:
    page = log_in("boss", superuser=True).get(url)
    assert "no-store" in page.headers["Cache-Control"]


def test_a_logout_makes_browsers_forget_the_pages_that_they_keep(log_in: LogIn) -> None:
    page = log_in("boss", superuser=True).post("/admin/logout/")
    assert page.status_code == 200
    assert page.headers["Clear-Site-Data"] == '"cache"'
