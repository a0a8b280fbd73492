"""The legal pages in the admin: editors change their texts, and nobody adds or deletes a page."""

import re

import pytest
from django.test import Client

from diagnostics.installation import legal_pages_create
from rules.document.limits import MARKDOWN_LENGTH
from rules.document.link_addresses import markdown_link_refusals
from rules.legal.legal_texts import LEGAL_PAGE_KEYS, shipped_text
from rules.models import LegalPage
from tests.admin.conftest import LogIn
from tests.admin.pages import (
    fill_and_send,
    page_errors,
    page_fields,
    page_links,
    page_text,
    parse_page,
)

PAGE_URL = "/admin/rules/legalpage/mentions-legales/"
CHANGE_URL = f"{PAGE_URL}change/"


@pytest.fixture(autouse=True)
def _pages(db: None) -> None:
    legal_pages_create()


def test_a_publisher_changes_legal_pages_and_visitors_read_them_at_once(publisher: Client) -> None:
    fill_and_send(publisher, CHANGE_URL, title="Mentions", body="Édité par **nous**.")
    assert LegalPage.objects.get(key="mentions-legales").title == "Mentions"
    page = publisher.get("/mentions-legales/").content.decode()
    assert "Édité par <strong>nous</strong>." in page


def test_an_editor_reads_legal_pages_and_cannot_change_them(
    editor: Client, publisher: Client
) -> None:
    opened = page_fields(publisher.get(CHANGE_URL))
    page = editor.get(CHANGE_URL)
    assert "seul un responsable de publication peut les changer" in page_text(page)
    assert "À compléter par l’éditeur du service" in page_text(page)
    assert parse_page(page).select("#content-start [name=body], [type=submit][name]") == []
    assert editor.post(CHANGE_URL, opened | {"title": "Mentions"}).status_code == 403
    assert not LegalPage.objects.filter(title="Mentions").exists()


@pytest.mark.parametrize("superuser", [True, False])
def test_nobody_adds_or_deletes_a_legal_page(log_in: LogIn, superuser: bool) -> None:
    client = log_in("someone", "Éditeurs", superuser=superuser)
    assert client.get("/admin/rules/legalpage/add/").status_code == 403
    assert client.post(f"{PAGE_URL}delete/", {"post": "yes"}).status_code == 403
    assert LegalPage.objects.count() == 3


def test_refused_links_of_a_saved_text_are_named_when_its_page_opens(editor: Client) -> None:
    body = "Voir [les mentions](/mentions-legales/) et [Pix](https://pix.fr)."
    LegalPage.objects.filter(key="mentions-legales").update(body=body)
    shown = [
        found.get_text()
        for found in parse_page(editor.get(CHANGE_URL)).select(".messagelist .warning")
    ]
    assert [sentence.replace("\u00a0", " ") for sentence in shown] == [
        "Les visiteurs voient ce lien comme du texte : l’adresse « /mentions-legales/ » n’est pas "
        "complète : ajoutez https:// et le nom du site devant."
    ]
    assert not parse_page(editor.get("/admin/rules/legalpage/accessibilite/change/")).select(
        ".messagelist"
    )


@pytest.mark.parametrize("key", LEGAL_PAGE_KEYS)
def test_no_link_of_the_shipped_texts_is_refused(key: str) -> None:
    assert markdown_link_refusals(shipped_text(key)["body"]) == []


def test_staff_of_no_group_do_not_see_legal_pages(log_in: LogIn) -> None:
    nobody = log_in("nobody")
    for url in ("/admin/rules/legalpage/", CHANGE_URL, f"{PAGE_URL}history/"):
        assert nobody.get(url).status_code == 403


def test_the_page_links_to_the_public_page_to_its_history_and_to_the_list(editor: Client) -> None:
    page = editor.get(CHANGE_URL)
    site = parse_page(page).select_one(".viewsitelink")
    assert site is not None
    assert site["href"] == "/mentions-legales/"
    assert f"{PAGE_URL}history/" in page_links(page)
    assert [link["href"] for link in parse_page(page).select(".breadcrumbs a")] == [
        "/admin/",
        "/admin/rules/legalpage/",
    ]


def test_the_page_previews_the_text(editor: Client) -> None:
    preview = parse_page(editor.get(CHANGE_URL)).select_one(".preview[data-source=id_body]")
    assert preview is not None
    assert "À compléter par l’éditeur du service" in preview.text
    response = editor.post(str(preview["data-url"]), {"text": "## Éditeur"})
    assert response.getvalue().decode() == "<h2>Éditeur</h2>\n"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Ce champ est obligatoire."),
        ("title", "x" * 301, "301"),
        ("body", "", "Ce champ est obligatoire."),
        ("body", "x" * (MARKDOWN_LENGTH + 1), str(MARKDOWN_LENGTH + 1)),
        ("body", "a\x00b", "Le caractère nul n’est pas autorisé."),
        ("body", "a\x07b", "caractère invisible"),
    ],
)
def test_an_error_is_shown_on_its_field(
    publisher: Client, field: str, value: str, message: str
) -> None:
    before = LegalPage.objects.get(key="mentions-legales")
    page = parse_page(fill_and_send(publisher, CHANGE_URL, **{field: value}))
    error = page.select_one(f".field-{field} .errorlist")
    assert error is not None
    assert message in error.text
    after = LegalPage.objects.get(key="mentions-legales")
    assert (after.title, after.body) == (before.title, before.body)


def test_the_history_has_the_author_and_the_changed_words(publisher: Client) -> None:
    LegalPage.objects.filter(key="mentions-legales").update(body="Édité par personne.")
    fill_and_send(publisher, CHANGE_URL, title="Mentions", body="Édité par nous.")
    history = page_text(publisher.get(f"{PAGE_URL}history/")).replace("\u00a0", " ")
    assert "paul" in history
    assert "La page s’appelle maintenant « Mentions »." in history
    assert "Retiré : « personne. ». Ajouté : « nous. »." in history


def test_the_second_person_to_save_a_page_is_warned_and_loses_nothing(
    log_in: LogIn, publisher: Client
) -> None:
    anne = log_in("anne", "Responsables de publication")
    opened = page_fields(anne.get(CHANGE_URL))
    fill_and_send(publisher, CHANGE_URL, body="De Paul.")
    refused = anne.post(CHANGE_URL, opened | {"body": "D’Anne."})
    assert re.match(
        r"paul a modifié cette page à \d\d\u00a0h\u00a0\d\d, pendant que vous l’aviez ouverte\. "
        r"Rien n’est perdu de votre texte",
        page_errors(refused),
    )
    assert LegalPage.objects.get(key="mentions-legales").body == "De Paul."
    again = page_fields(refused)
    assert again["body"] == "D’Anne."
    anne.post(CHANGE_URL, again)
    assert LegalPage.objects.get(key="mentions-legales").body == "D’Anne."


def test_a_page_names_nobody_else_if_the_same_person_saved_it_in_another_window(
    publisher: Client,
) -> None:
    opened = page_fields(publisher.get(CHANGE_URL))
    publisher.post(CHANGE_URL, opened | {"body": "De l’autre fenêtre."})
    refused = publisher.post(CHANGE_URL, opened | {"body": "De celle-ci."})
    assert page_errors(refused).startswith("Vous avez modifié cette page à ")


def test_a_double_click_is_not_refused(publisher: Client) -> None:
    opened = page_fields(publisher.get(CHANGE_URL))
    for _ in range(2):
        assert publisher.post(CHANGE_URL, opened | {"body": "Une fois."}).status_code == 302


def test_the_address_of_a_missing_page_redirects(editor: Client) -> None:
    LegalPage.objects.all().delete()
    assert editor.get(CHANGE_URL).status_code == 302
    assert editor.get("/admin/rules/legalpage/a-b/change/").status_code == 302
