"""Forms that cannot be stored because the database does not answer are given back."""

import pytest
from django.test import Client

from rules.models import Guide
from tests.admin.conftest import LogIn
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
