"""*En faire un cas type*: a try becomes an example, or changes what an example expects."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from rules.admin.links import change_url
from rules.models import Change, ExampleOutcome, Guide, Outcome
from tests.admin.conftest import LogIn
from tests.admin.pages import parse_page
from tests.web.visitor import Visitor

SUPPORT = ["oui", "oui", "identifiant", "mail"]
ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "mail",
}
EXAMPLE_NAME = "Identifiant dans Pix Orga, adresse mail d’habitude"
"""The name of the example of the shipped guide whose answers are `ANSWERS`."""


@pytest.fixture
def guide_without_example(guide: Guide) -> Guide:
    """The shipped guide without the example whose answers are `ANSWERS`."""
    guide.examples.get(name=EXAMPLE_NAME).delete()
    return guide


def example_url(guide: Guide, **answers: str) -> str:
    return reverse("admin:diagnostics_session_example", args=[guide.pk], query=answers)


def open_try(client: Client, guide: Guide, **answers: str) -> Visitor:
    return Visitor(client).open(
        reverse("admin:diagnostics_session_try", args=[guide.pk], query=answers or ANSWERS)
    )


def button_text(trial: Visitor) -> str:
    return trial.element(".trace form button").get_text()


def test_a_try_with_the_answers_of_an_example_links_to_it(guide: Guide, editor: Client) -> None:
    trial = open_try(editor, guide)
    assert trial.link(EXAMPLE_NAME)["href"] == change_url(guide.examples.get(name=EXAMPLE_NAME))
    assert "a déjà ces réponses." in trial.texts(".trace section")[0]
    assert trial.page.select(".trace form") == []


def test_an_example_that_expects_something_else_is_updated_by_one_click(
    guide: Guide, editor: Client
) -> None:
    example = guide.examples.get(name=EXAMPLE_NAME)
    other = guide.outcomes.get(key="tout-va-bien")
    ExampleOutcome.objects.filter(example=example).update(outcome=other)
    trial = open_try(editor, guide)
    assert button_text(trial) == "Lui faire attendre ces conclusions"
    before = guide.examples.count()
    response = editor.post(str(trial.element(".trace form")["action"]), {"update": ""}, follow=True)
    assert response.redirect_chain[-1][0] == change_url(example)
    assert [row.outcome.key for row in example.outcomes.all()] == ["contacter-support-pix"]
    assert (guide.examples.count(), guide.examples.get(pk=example.pk).name) == (
        before,
        EXAMPLE_NAME,
    )
    assert "maintenant" in response.content.decode()
    assert Change.objects.filter(guide=guide, kind="example", author__username="edith").exists()


def test_no_second_example_with_the_same_answers_is_created(guide: Guide, editor: Client) -> None:
    before = guide.examples.count()
    response = editor.post(example_url(guide, **ANSWERS), follow=True)
    assert "Un cas type a déjà ces réponses." in response.content.decode()
    assert guide.examples.count() == before


def test_a_deleted_example_is_not_updated(guide_without_example: Guide, editor: Client) -> None:
    before = guide_without_example.examples.count()
    response = editor.post(
        example_url(guide_without_example, **ANSWERS), {"update": ""}, follow=True
    )
    assert "Le brouillon a changé entre-temps" in response.content.decode()
    assert guide_without_example.examples.count() == before


def test_a_reader_can_neither_create_nor_update_an_example(guide: Guide, log_in: LogIn) -> None:
    reader = log_in("lea")
    User.objects.get(username="lea").user_permissions.add(
        Permission.objects.get(codename="view_guide")
    )
    ExampleOutcome.objects.filter(example__name=EXAMPLE_NAME).delete()
    assert open_try(reader, guide).page.select(".trace form") == []
    for sent in ({}, {"update": ""}):
        response = reader.post(example_url(guide, **ANSWERS), sent)
        assert response.status_code == 403
        assert "Vous n’avez pas accès à cette page." in response.content.decode()


def test_one_click_creates_an_example_from_a_try(
    guide_without_example: Guide, editor: Client
) -> None:
    trial = open_try(editor, guide_without_example)
    response = editor.post(str(trial.element(".trace form")["action"]), follow=True)
    example = guide_without_example.examples.last()
    assert example is not None
    assert response.redirect_chain[-1][0] == change_url(example)
    assert {row.question.key: row.choice.key for row in example.answers.all()} == ANSWERS
    assert [row.outcome.key for row in example.outcomes.all()] == ["contacter-support-pix"]
    field = parse_page(response).select_one('input[name="name"]')
    assert field is not None
    assert field["value"] == (
        "Contacter le support Pix (Identifiant, Avec son adresse mail sur Pix.fr)"
    )


def test_the_name_of_an_example_includes_the_question_of_an_ambiguous_answer(
    guide_without_example: Guide, editor: Client
) -> None:
    answers = ANSWERS | {"connexion-habituelle": "identifiant", "identifiants-connus": "oui"}
    guide_without_example.examples.all().delete()
    editor.post(example_url(guide_without_example, **answers))
    name = guide_without_example.examples.get().name
    assert "Identifiants connus\u00a0: Oui" in name
    assert "Liste des élèves à jour" not in name


def test_a_name_that_is_too_long_is_shortened(editor: Client, guide: Guide) -> None:
    guide.examples.all().delete()
    Outcome.objects.filter(guide=guide).update(title="x" * 300)
    for choice in ("oui", "non"):
        editor.post(example_url(guide, **ANSWERS | {"liste-a-jour": choice}))
    cut = [row.name for row in guide.examples.all() if row.name.startswith("xxx")]
    assert [name[-2:] for name in cut] == ["x…", " 2"]
    assert max(map(len, cut)) == 300


def test_the_history_has_an_example_created_from_a_try(
    editor: Client, guide_without_example: Guide
) -> None:
    editor.post(example_url(guide_without_example, **ANSWERS))
    assert Change.objects.filter(
        guide=guide_without_example, kind="example", author__username="edith"
    ).exists()


def test_answers_to_questions_that_are_not_asked_are_left_out_of_an_example(
    editor: Client, guide_without_example: Guide
) -> None:
    editor.post(example_url(guide_without_example, **ANSWERS, **{"identifiants-connus": "oui"}))
    example = guide_without_example.examples.last()
    assert example is not None
    assert example.answers.count() == len(ANSWERS)


def test_answers_without_a_conclusion_create_no_example(editor: Client, guide: Guide) -> None:
    before = guide.examples.count()
    for answers in ({"liste-a-jour": "oui"}, {"inconnue": "oui"}):
        response = editor.post(example_url(guide, **answers), follow=True)
        assert "Le brouillon a changé entre-temps" in response.content.decode()
    assert guide.examples.count() == before


def test_a_get_request_creates_no_example(editor: Client, guide: Guide) -> None:
    before = guide.examples.count()
    assert editor.get(example_url(guide, **ANSWERS)).status_code == 302
    assert guide.examples.count() == before


def test_creating_an_example_requires_the_csrf_token(guide: Guide, log_in: LogIn) -> None:
    logged_in = log_in("zoe", "Éditeurs")
    client = Client(enforce_csrf_checks=True)
    client.cookies = logged_in.cookies
    assert client.post(example_url(guide, **ANSWERS)).status_code == 403
