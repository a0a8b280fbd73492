"""*Nouveaux textes proposés*: what is offered to a site whose shipped guide nobody has changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from diagnostics.installation import shipped_guide_publish
from rules.admin.guide import shipped_texts_page
from rules.admin.links import action_url, change_url
from rules.document.files import dump_yaml
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, page_text, parse_page

NEW_TITLE = "Un titre plus clair"


@pytest.fixture
def newer(guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GuideContent:
    """A newer content of the shipped guide. That of the tests is then a former one."""
    former = draft_read(guide)
    newer, file = replace(former, title=NEW_TITLE), tmp_path / "newer.yaml"
    file.write_text(dump_yaml(newer))
    digests = frozenset({document_digest(canonical_json(former))})
    monkeypatch.setattr(shipped_texts_page, "FORMER_DIGESTS", digests)
    monkeypatch.setattr(shipped_texts_page, "SHIPPED_GUIDE", file)
    monkeypatch.setattr("diagnostics.installation.SHIPPED_GUIDE", file)
    return newer


def is_offered(client: Client, guide: Guide) -> bool:
    return action_url(guide, "new_texts") in page_links(client.get(change_url(guide)))


def stored_draft(guide: Guide) -> GuideContent:
    return draft_read(Guide.objects.get(pk=guide.pk))


def test_the_page_says_what_changes_and_its_button_puts_it_into_the_draft_alone(
    newer: GuideContent, guide: Guide, editor: Client
) -> None:
    assert is_offered(editor, guide)
    assert f"«\u00a0{NEW_TITLE}\u00a0»".replace("\u00a0", " ") in page_text(
        editor.get(action_url(guide, "new_texts"))
    )
    assert fill_and_send(editor, action_url(guide, "new_texts")).status_code == 302
    assert stored_draft(guide) == newer
    assert guide.versions.count() == 1
    assert not is_offered(editor, guide)


def test_the_button_of_the_message_undoes_it_and_the_texts_are_offered_again(
    newer: GuideContent, guide: Guide, editor: Client
) -> None:
    former = stored_draft(guide)
    page = parse_page(editor.post(action_url(guide, "new_texts"), follow=True))
    button = page.select_one(".messagelist button[name=snapshot]")
    assert button is not None
    editor.post(action_url(guide, "undo"), {"snapshot": str(button["value"])})
    assert stored_draft(guide) == former != newer
    assert is_offered(editor, guide)


@pytest.mark.parametrize("changed", ["draft", "live version"])
def test_a_guide_that_someone_has_changed_is_left_as_it_is(
    newer: GuideContent, guide: Guide, publisher: Client, changed: str
) -> None:
    fill_and_send(publisher, action_url(guide, "texts"), title="Notre titre")
    if changed == "live version":
        fill_and_send(publisher, action_url(guide, "publish"))
        fill_and_send(publisher, action_url(guide, "texts"), title=guide.title)
        assert stored_draft(guide).title != newer.title
    before = stored_draft(guide)
    assert not is_offered(publisher, guide)
    for response in (
        publisher.get(action_url(guide, "new_texts"), follow=True),
        publisher.post(action_url(guide, "new_texts"), follow=True),
    ):
        assert "Rien n’est changé." in page_text(response)
    assert stored_draft(guide) == before


def test_who_may_not_change_guides_is_offered_nothing(
    newer: GuideContent, guide: Guide, log_in: LogIn
) -> None:
    assert not is_offered(log_in("lea"), guide)


def test_the_guide_of_today_is_offered_nothing(guide: Guide, editor: Client) -> None:
    assert not is_offered(editor, guide)


def test_a_start_leaves_a_guide_with_former_texts_as_it_is(
    newer: GuideContent, guide: Guide
) -> None:
    shipped_guide_publish()
    assert stored_draft(guide) != newer
    assert guide.versions.count() == 1
