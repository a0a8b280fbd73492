"""Pages that publish a guide, set its draft back and duplicate it."""

import json
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from diagnostics.selectors import session_get
from diagnostics.services import session_create
from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Guide, Outcome, Question, Rule, Version
from rules.publication.review import PublicationReview
from rules.publication.timeline import live_version
from rules.publication.versions import compiled_version
from tests.admin.pages import (
    fill_and_send,
    option_value,
    page_fields,
    page_links,
    page_text,
    parse_page,
)

pytestmark = pytest.mark.no_cover  # other tests take the same branches

FIRST_QUESTION_KEY = "liste-a-jour"


def first_question(guide: Guide) -> Question:
    return guide.questions.get(key=FIRST_QUESTION_KEY)


def live_title(guide: Guide) -> str:
    """Returns the title of the first question in the live version."""
    version = live_version(guide.slug)
    assert version is not None
    return compiled_version(version).guide.question[FIRST_QUESTION_KEY].title


def title_from_api(guide: Guide) -> str:
    """Returns the title of the first question that the API asks."""
    response = Client().post(
        f"/api/v1/guides/{guide.slug}/evaluate",
        json.dumps({"answers": {}}),
        content_type="application/json",
    )
    return str(response.json()["question"]["title"])


def publish_guide(client: Client, guide: Guide) -> HttpResponseBase:
    """Posts the form of the publish page, or an empty form if the page has none."""
    url = action_url(guide, "publish")
    page = client.get(url)
    return client.post(url, page_fields(page) if b'name="checked"' in page.getvalue() else {})


def test_visitors_see_a_change_only_after_its_publication(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    before = title_from_api(guide)
    fill_and_send(editor, change_url(first_question(guide)), title="La liste est-elle à jour ?")
    assert live_title(guide) == before
    assert title_from_api(guide) == before
    publish_guide(publisher, guide)
    assert live_title(guide) == "La liste est-elle à jour ?"
    assert title_from_api(guide) == "La liste est-elle à jour ?"


def test_visitors_get_a_changed_outcome_after_its_publication(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    outcome = guide.outcomes.get(key="tout-va-bien")
    fill_and_send(editor, change_url(outcome), body="Rien à faire.")
    publish_guide(publisher, guide)
    version = live_version(guide.slug)
    assert version is not None
    assert compiled_version(version).guide.outcome["tout-va-bien"].body == "Rien à faire."


def test_a_changed_rule_applies_after_its_publication(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    first, second = guide.rules.filter(gives__final=False)[:2]
    exchanged = (
        {"then": page_fields(editor.get(change_url(second)))["then"]},
        {"then": page_fields(editor.get(change_url(first)))["then"]},
    )
    for rule, effect in zip((first, second), exchanged, strict=True):
        fill_and_send(editor, change_url(rule), **effect)
    publish_guide(publisher, guide)
    version = live_version(guide.slug)
    assert version is not None
    [advice] = compiled_version(version).resolve({FIRST_QUESTION_KEY: "oui"}).advice
    assert advice.outcome == "importer-liste-eleves"


def test_a_diagnostic_begun_earlier_keeps_its_version(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    version = live_version(guide.slug)
    assert version is not None
    begun = session_create(version=version, answers={})
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    publish_guide(publisher, guide)
    session = session_get(begun.pk)
    assert session.version.number == 1
    assert (
        compiled_version(session.version).guide.question[FIRST_QUESTION_KEY].title
        != "Nouvelle question"
    )
    assert session.answered_guide.state.question == FIRST_QUESTION_KEY


def test_the_page_of_the_guide_mentions_unpublished_changes(guide: Guide, editor: Client) -> None:
    assert "brouillon à jour" in page_text(editor.get(change_url(guide)))
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    assert "brouillon modifié par edith" in page_text(editor.get(change_url(guide)))
    assert "Modifications non publiées" in page_text(editor.get("/admin/rules/guide/"))


@pytest.mark.slow
def test_saving_a_page_without_a_change_leaves_the_draft_published(
    guide: Guide, editor: Client
) -> None:
    rows = [
        *guide.questions.all(),
        *guide.outcomes.all(),
        *guide.rules.all()[::3],
        *guide.examples.all()[::5],
    ]
    for url in (*map(change_url, rows), action_url(guide, "texts")):
        assert fill_and_send(editor, url).status_code == 302
    assert not PublicationReview(guide).has_unpublished_changes


def test_an_editor_cannot_publish(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    assert publish_guide(editor, guide).status_code == 302
    assert guide.versions.count() == 1


def test_a_second_click_on_publish_creates_no_second_version(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    publish_guide(publisher, guide)
    publish_guide(publisher, guide)
    assert guide.versions.count() == 2


def test_a_draft_that_changed_after_its_review_is_reviewed_again(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    url = action_url(guide, "publish")
    fill_and_send(editor, change_url(first_question(guide)), title="Une question relue")
    form = page_fields(publisher.get(url))
    fill_and_send(
        editor, change_url(first_question(guide)), title="Une question que personne n’a relue"
    )
    page = publisher.post(url, form)
    assert "Le brouillon a changé entre-temps" in page_text(page)
    assert guide.versions.count() == 1
    publisher.post(url, page_fields(page))
    assert guide.versions.count() == 2


def test_a_version_has_the_user_who_published_it_as_its_author(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    publish_guide(publisher, guide)
    version = guide.versions.get(number=2)
    assert version.author is not None
    assert version.author.username == "paul"


def test_a_failing_example_prevents_publication_and_is_linked(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    example = guide.examples.all()[0]
    wrong = option_value(editor.get(change_url(example)), "outcome-1", "Tout va bien")
    fill_and_send(editor, change_url(example), outcome__1=wrong)
    page = publish_guide(publisher, guide)
    assert guide.versions.count() == 1
    assert "attendu" in page_text(page)
    assert change_url(example) in page_links(page)


def test_a_question_with_one_choice_prevents_publication_and_is_linked(
    guide: Guide, publisher: Client
) -> None:
    question = Question.objects.create(guide=guide, key="seule", title="Seule ?", position=99)
    question.choices.create(key="oui", label="Oui", position=1)
    page = publish_guide(publisher, guide)
    assert guide.versions.count() == 1
    assert "au moins deux réponses" in page_text(page)
    assert change_url(question) in page_links(page)


def test_the_publish_page_has_no_form_if_the_draft_has_problems(
    guide: Guide, publisher: Client
) -> None:
    Question.objects.create(guide=guide, key="vide", title="Vide ?")
    page = publisher.get(action_url(guide, "publish"))
    assert parse_page(page).select("#content-start form") == []


def test_a_guide_never_published_can_be_published(
    no_guide: None, guide_document: dict[str, Any], publisher: Client
) -> None:
    guide = guide_import(content=parse_document(guide_document))
    assert "Jamais publié" in page_text(publisher.get(change_url(guide)))
    publish_guide(publisher, guide)
    assert live_version(guide.slug) is not None


def test_the_draft_is_set_back_to_the_live_version(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    assert editor.get(action_url(guide, "reset")).status_code == 200
    assert PublicationReview(guide).has_unpublished_changes
    editor.post(action_url(guide, "reset"))
    assert not PublicationReview(guide).has_unpublished_changes
    assert first_question(guide).title != "Nouvelle question"


def test_the_draft_of_a_guide_never_published_cannot_be_set_back(
    no_guide: None, editor: Client
) -> None:
    guide = Guide.objects.create(slug="neuf", title="Neuf")
    guide.questions.create(key="une", title="Une ?")
    assert editor.post(action_url(guide, "reset")).status_code == 302
    assert guide.questions.count() == 1


def test_a_duplicated_guide_has_all_of_the_draft_and_no_version(
    guide: Guide, editor: Client
) -> None:
    response = editor.post(action_url(guide, "duplicate"))
    copy = Guide.objects.get(slug=f"{guide.slug}-copie")
    assert response.headers["Location"] == change_url(copy)
    for model in (Question, Outcome, Rule):
        assert list_keys(model, copy) == list_keys(model, guide)
    assert copy.examples.count() == guide.examples.count()
    assert not copy.versions.exists()


def list_keys(model: type[Question | Outcome | Rule], guide: Guide) -> list[str]:
    return list(model._default_manager.filter(guide=guide).values_list("key", flat=True))


def test_a_guide_can_be_duplicated_twice(guide: Guide, editor: Client) -> None:
    for _ in range(2):
        editor.post(action_url(guide, "duplicate"))
    assert Guide.objects.filter(slug__startswith=f"{guide.slug}-copie").count() == 2


def test_opening_a_page_that_asks_for_confirmation_changes_nothing(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, change_url(first_question(guide)), title="Nouvelle question")
    for action in ("publish", "reset", "duplicate"):
        assert publisher.get(action_url(guide, action)).status_code == 200
    assert (Guide.objects.count(), Version.objects.count()) == (1, 1)
    assert first_question(guide).title == "Nouvelle question"


def test_the_page_of_the_guide_links_to_its_versions(guide: Guide, editor: Client) -> None:
    assert list_url(Version, guide) in page_links(editor.get(change_url(guide)))
