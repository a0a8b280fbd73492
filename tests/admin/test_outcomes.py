"""The page of an outcome, with its link and the preview of its Markdown."""

import pytest
from django.test import Client

from rules.admin.links import add_url, change_url
from rules.models import Guide, Outcome
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_errors, parse_page

PREVIEW_URL = "/admin/rules/outcome/preview/"


@pytest.fixture
def outcome(shipped_guide: Guide) -> Outcome:
    return shipped_guide.outcomes.get(key="tout-va-bien")


def test_an_outcome_is_created(shipped_guide: Guide, editor: Client) -> None:
    fill_and_send(
        editor, add_url(Outcome, shipped_guide), title="Écrire à l’académie", final="False"
    )
    outcome = shipped_guide.outcomes.latest("pk")
    assert (outcome.key, outcome.final) == ("ecrire-a-l-academie", False)


def test_an_outcome_changes_from_conclusion_to_advice(outcome: Outcome, editor: Client) -> None:
    fill_and_send(editor, change_url(outcome), final="False")
    outcome.refresh_from_db()
    assert not outcome.final


def test_the_page_previews_the_saved_text(outcome: Outcome, editor: Client) -> None:
    fill_and_send(editor, change_url(outcome), body="1. d’abord\n2. ensuite")
    preview = parse_page(editor.get(change_url(outcome))).select(".preview ol li")
    assert [step.get_text(strip=True) for step in preview] == ["d’abord", "ensuite"]


def test_the_preview_renders_the_posted_text(editor: Client) -> None:
    response = editor.post(PREVIEW_URL, {"text": "**gras** <script>alert(1)</script>"})
    assert response.getvalue().decode() == (
        "<p><strong>gras</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    )


def test_the_preview_requires_permission(log_in: LogIn) -> None:
    assert log_in("nobody").post(PREVIEW_URL, {"text": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("javascript:alert(1)", "seuls https:, http:, mailto: et tel: sont permis"),
        ("//pix.fr", "ajoutez https: devant"),
        ("pix.fr", "ajoutez https:// devant"),
        ("https://a b", "enlevez-le"),
        ("https:", "ajoutez le nom du site"),
    ],
)
def test_a_link_with_an_unsafe_or_incomplete_address_is_refused_with_a_remedy(
    outcome: Outcome, editor: Client, url: str, remedy: str
) -> None:
    page = fill_and_send(editor, change_url(outcome), link_label="Lien", link_url=url)
    assert f"L’adresse «\u00a0{url}\u00a0»" in page_errors(page)
    assert remedy in page_errors(page)


def test_a_link_in_a_text_is_refused_with_a_remedy(outcome: Outcome, editor: Client) -> None:
    page = fill_and_send(editor, change_url(outcome), body="[Pix Orga](orga.pix.fr)")
    refusal = (
        "L’adresse «\u00a0orga.pix.fr\u00a0» n’est pas complète\u00a0: ajoutez https:// devant."
    )
    assert page_errors(page) == refusal


def test_a_link_is_saved(outcome: Outcome, editor: Client) -> None:
    fill_and_send(editor, change_url(outcome), link_label="Écrire", link_url="mailto:a@example.fr")
    outcome.refresh_from_db()
    assert outcome.link_url == "mailto:a@example.fr"


def test_the_preview_of_a_refused_form_shows_what_was_typed(
    outcome: Outcome, editor: Client
) -> None:
    page = fill_and_send(editor, change_url(outcome), title="", body="[Pix Orga](orga.pix.fr)")
    [preview] = parse_page(page).select(".preview[data-source=id_body]")
    assert "Pix Orga" in preview.text


def test_each_text_has_its_own_preview(outcome: Outcome, editor: Client) -> None:
    fill_and_send(editor, change_url(outcome), body="Il **le sait**.", for_pupil="Tu *le sais*.")
    page = parse_page(editor.get(change_url(outcome)))
    assert {str(one["data-source"]): one.decode_contents() for one in page.select(".preview")} == {
        "id_body": "<p>Il <strong>le sait</strong>.</p>\n",
        "id_for_pupil": "<p>Tu <em>le sais</em>.</p>\n",
    }


@pytest.mark.parametrize(
    ("label", "url", "message"),
    [
        ("Lien", "", "Donnez aussi l’adresse du lien."),
        ("", "https://pix.fr", "Donnez aussi le texte du lien."),
    ],
)
def test_a_link_without_its_text_or_its_address_is_refused(
    outcome: Outcome, editor: Client, label: str, url: str, message: str
) -> None:
    page = fill_and_send(editor, change_url(outcome), link_label=label, link_url=url)
    assert message in page_errors(page)


def test_a_text_is_saved_with_unix_line_ends_and_with_its_spaces(
    outcome: Outcome, editor: Client
) -> None:
    fill_and_send(editor, change_url(outcome), body="    code\r\nfin\r\n")
    outcome.refresh_from_db()
    assert outcome.body == "    code\nfin\n"
