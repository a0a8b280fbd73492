"""Forms that cannot be stored because the database does not answer are given back."""

import pytest
from django.test import Client

from rules.models import Guide
from tests.admin.conftest import LogIn
from tests.admin.matrix_site import MatrixSite, log_in_as
from tests.admin.pages import Fields, page_fields
from tests.silent_database import SENT_HERE, silent_database

Form = tuple[Client, str, Fields]


@pytest.fixture
def question_form(log_in: LogIn, shipped_guide: Guide) -> Form:
    client = log_in("edith", "Éditeurs")
    client.raise_request_exception = False
    client.defaults.update(SENT_HERE)
    question = shipped_guide.questions.all()[0]
    url = f"/admin/rules/question/{question.pk}/change/"
    return client, url, {**page_fields(client.get(url)), "help": "Un nouveau texte"}


def test_an_editor_gets_the_form_back_to_send_it_again(question_form: Form) -> None:
    client, url, form = question_form
    with silent_database("UPDATE"):
        page = client.post(url, form)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Un nouveau texte" in page.content.decode()
    again = page_fields(page, "form.typed-form")
    assert client.post(url, again).status_code == 302


def test_a_session_of_the_admin_that_cannot_be_stored_does_not_end(question_form: Form) -> None:
    client, url, form = question_form
    with silent_database('UPDATE "django_session"'):
        page = client.post(url, form)
    assert page.status_code == 503
    assert client.get(url).status_code == 200


@pytest.mark.django_db
def test_every_page_is_shown_while_nothing_can_be_written() -> None:
    """Nothing that a page shows may ask for a lock that a write holds: no transaction, no write."""
    site = MatrixSite()
    client = log_in_as("superuser")
    client.raise_request_exception = False
    shown, refused = list[str](), list[str]()
    for address, url in site.urls().items():
        if "logout" in address or client.get(url).status_code != 200:
            continue
        with silent_database(only_reads=True):
            status = client.get(url).status_code
        (shown if status == 200 else refused).append(address)
    assert refused == []
    assert len(shown) > 40


def test_a_message_that_cannot_be_forgotten_is_shown_again(editor: Client) -> None:
    guide = Guide.objects.get()
    question = guide.questions.all()[0]
    url = f"/admin/rules/question/{question.pk}/change/"
    editor.post(url, {**page_fields(editor.get(url)), "help": "Un nouveau texte"})
    with silent_database(only_reads=True):
        pages = [editor.get(url) for _ in range(2)]
    texts = [page.content.decode() for page in [*pages, editor.get(url)]]
    assert ["messagelist" in text for text in texts] == [True, True, True]
    assert "messagelist" not in editor.get(url).content.decode()
