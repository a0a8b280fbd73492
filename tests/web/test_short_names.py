"""Short names are for editors: no page and no answer of the API about a diagnostic has them."""

from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import publish_document
from tests.web.teacher import Teacher
from tests.web.visitor import Visitor

MARK = "nom pour les éditeurs"
ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "mail",
    "connexion-habituelle": "mail",
    "identifiants-connus": "non",
}


@pytest.fixture
def _named_questions(no_guide: None, guide_document: dict[str, Any]) -> None:
    """Publishes the shipped guide with short names that no other text has."""
    for question in guide_document["questions"]:
        question["short"] = MARK
    publish_document(guide_document)


@pytest.mark.usefixtures("_named_questions")
def test_visitors_never_see_a_short_name(client: Client) -> None:
    visitor, teacher = Visitor(client).start(), Teacher(client).begin(1)
    steps = [visitor.answer(choice).page for choice in ANSWERS.values()]
    assert "Pourquoi" in str(steps[-1])
    urls = [f"/corriger-comptes-pix/{page}" for page in ("hors-ligne/", "affiche/", "classe/")]
    pages = [client.get(url, ANSWERS) for url in ("/corriger-comptes-pix/", "/integration/", *urls)]
    assert [page.status_code for page in pages] == [200] * 5
    shown = [str(teacher.page), *map(str, steps), *(page.getvalue().decode() for page in pages)]
    assert [text for text in shown if MARK in text] == []


@pytest.mark.usefixtures("_named_questions")
def test_states_have_no_short_names(client: Client) -> None:
    api, kind = "/api/v1/guides/corriger-comptes-pix", "application/json"
    rows = {"rows": [{"id": "1", "answers": ANSWERS}, {"id": "2", "answers": {}}]}
    for address, body in (
        (f"{api}/evaluate", {"answers": ANSWERS}),
        (f"{api}/evaluate-batch", rows),
        (f"{api}/evaluate-batch?texts=once", rows),
        ("/api/v1/sessions", {"guide": "corriger-comptes-pix", "answers": ANSWERS}),
    ):
        answer = client.post(address, body, content_type=kind)
        assert "sentence" in answer.content.decode()
        assert MARK not in answer.content.decode()
    assert MARK in client.get(api).content.decode()  # the whole document, as it was published
