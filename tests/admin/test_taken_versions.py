"""*Reprendre dans le brouillon*, and the draft that is set back when a version is restored."""

import pytest
from django.test import Client

from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.models import ChangeEvent, Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.versions import version_content
from tests.admin.pages import fill_and_send, page_fields, page_text, parse_page
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """A guide whose draft is version 2, which is live."""
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide))
    change_title(guide, "Titre de la version 2")
    guide_publish(review=PublicationReview(guide))
    return guide


@pytest.fixture
def first(guide: Guide) -> Version:
    return guide.versions.get(number=1)


def change_title(guide: Guide, title: str) -> None:
    guide.title = title
    guide.save()


def read_draft_title(guide: Guide) -> str:
    return draft_read(Guide.objects.get(pk=guide.pk)).title


def test_a_version_is_taken_into_the_draft_by_one_click_on_its_page(
    guide: Guide, first: Version, editor: Client
) -> None:
    page = editor.get(change_url(first))
    [form] = parse_page(page).select('form[action$="/take/"]')
    assert "Reprendre dans le brouillon" in form.text
    answer = editor.post(str(form["action"]))
    assert answer.headers["Location"] == change_url(guide)
    assert draft_read(Guide.objects.get()) == version_content(first)
    assert guide.versions.count() == 2
    taken = guide.changes.get(event=ChangeEvent.RESET)
    assert (taken.version_number, taken.author_name) == (1, "edith")
    [undo] = parse_page(editor.get(change_url(guide))).select('.messagelist button[form="undo"]')
    editor.post(str(undo["formaction"]), {"snapshot": str(undo["value"])})
    assert read_draft_title(guide) == "Titre de la version 2"


def test_a_version_is_taken_by_one_click_in_the_list(
    guide: Guide, first: Version, editor: Client
) -> None:
    page = parse_page(editor.get(list_url(Version, guide)))
    buttons = page.select("#changelist-form button[formaction]")
    assert [button.text for button in buttons] == [
        "Reprendre la version 2 dans le brouillon",
        "Reprendre la version 1 dans le brouillon",
    ]
    editor.post(str(buttons[1]["formaction"]))
    assert read_draft_title(guide) == "Petit guide"


def test_a_draft_with_changes_that_no_version_has_is_compared_first(
    guide: Guide, first: Version, editor: Client
) -> None:
    change_title(guide, "Pas encore publié")
    page = editor.post(action_url(first, "take"))
    text = page_text(page).replace("\u00a0", " ")
    assert "des modifications qui ne sont dans aucune version" in text
    assert "S’appelle maintenant « Petit guide » au lieu de « Pas encore publié »" in text
    assert read_draft_title(guide) == "Pas encore publié"
    editor.post(action_url(first, "take"), page_fields(page))
    assert read_draft_title(guide) == "Petit guide"


def test_a_draft_that_changes_after_it_was_compared_is_compared_again(
    guide: Guide, first: Version, editor: Client
) -> None:
    change_title(guide, "Pas encore publié")
    compared = page_fields(editor.get(action_url(first, "take")))
    change_title(guide, "Changé entre-temps")
    page = editor.post(action_url(first, "take"), compared)
    assert "Changé entre-temps" in page_text(page)
    assert read_draft_title(guide) == "Changé entre-temps"


def test_a_version_that_the_draft_has_already_is_not_taken(guide: Guide, editor: Client) -> None:
    page = editor.post(action_url(guide.versions.get(number=2), "take"), follow=True)
    assert "Le brouillon dit déjà ce que dit la version 2." in page.getvalue().decode()
    assert not guide.changes.filter(event=ChangeEvent.RESET).exists()


def test_an_altered_version_is_not_taken(guide: Guide, first: Version, editor: Client) -> None:
    Version.objects.filter(pk=first.pk).update(sha256="0" * 64)
    for page in (
        editor.get(action_url(first, "take"), follow=True),
        editor.post(action_url(first, "take"), follow=True),
    ):
        assert "La version 1 n’est plus celle qui a été publiée" in page.getvalue().decode()
    assert read_draft_title(guide) == "Titre de la version 2"


@pytest.mark.parametrize("takes", [False, True])
def test_restoring_a_version_sets_the_draft_back_if_wanted(
    guide: Guide, first: Version, publisher: Client, *, takes: bool
) -> None:
    ticked = {"takes": "on"} if takes else {}
    fill_and_send(publisher, action_url(first, "restore"), reason="Fautive", **ticked)
    assert guide.versions.count() == 3
    assert read_draft_title(guide) == ("Petit guide" if takes else "Titre de la version 2")
    resets = guide.changes.filter(event=ChangeEvent.RESET).values_list("version_number", flat=True)
    assert list(resets) == ([3] if takes else [])
    state = page_text(publisher.get(change_url(guide)))
    assert ("brouillon à jour" in state) == takes


def test_the_draft_is_not_set_back_to_what_it_says_already(
    guide: Guide, first: Version, publisher: Client
) -> None:
    publisher.post(action_url(first, "take"))
    page = publisher.get(action_url(first, "restore"))
    assert "takes" not in page_fields(page)
    assert not parse_page(page).select('[name="takes"]')
    assert "il dit déjà ce que dit cette version" in page_text(page)
