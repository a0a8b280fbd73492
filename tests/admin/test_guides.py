"""The list of guides, the page of a guide, and the creation and the deletion of guides."""

import pytest
from django.test import Client

from rules.admin.links import action_url, add_url, change_url
from rules.models import Example, Guide, Outcome, Question, Rule
from tests.admin.pages import fill_and_send, page_errors, page_links, page_text, parse_page

ADD_URL = "/admin/rules/guide/add/"


def test_the_list_shows_the_live_version_and_the_draft(guide: Guide, editor: Client) -> None:
    Guide.objects.create(slug="neuf", title="Un guide tout neuf")
    page = page_text(editor.get("/admin/rules/guide/"))
    assert "Corriger les problèmes de comptes Pix avant la certification 1 À jour" in page
    assert "Un guide tout neuf jamais publié Modifications non publiées" in page


def test_the_page_of_a_guide_links_to_all_its_parts(guide: Guide, editor: Client) -> None:
    urls = page_links(editor.get(change_url(guide)))
    rows = [
        *guide.questions.all(),
        *guide.outcomes.all(),
        *guide.rules.all(),
        *guide.examples.all(),
    ]
    for row in rows:
        assert change_url(row) in urls
    for model in (Question, Outcome, Rule, Example):
        assert add_url(model, guide) in urls


def test_the_page_of_a_guide_says_which_examples_fail(guide: Guide, editor: Client) -> None:
    wrong = guide.examples.all()[0]
    wrong.outcomes.all().delete()
    page = page_text(editor.get(change_url(guide)))
    assert "1 cas type en rouge" in page
    assert f"{wrong.name} attendu" in page
    assert page.count("donne bien ce qui est attendu") == guide.examples.count() - 1


def test_examples_of_an_unfinished_draft_are_checked(guide: Guide, editor: Client) -> None:
    guide.questions.create(key="vide", title="Vide ?")
    page = page_text(editor.get(change_url(guide)))
    assert page.count("donne bien ce qui est attendu") == guide.examples.count()


def test_a_new_guide_gets_its_address_from_its_title(no_guide: None, editor: Client) -> None:
    response = fill_and_send(editor, ADD_URL, title="Créer l’espace Pix Orga")
    guide = Guide.objects.get()
    assert guide.slug == "creer-l-espace-pix-orga"
    assert response["Location"] == change_url(guide)


def test_the_address_of_a_new_guide_can_be_chosen(no_guide: None, editor: Client) -> None:
    fill_and_send(editor, ADD_URL, title="Titre", slug="mon-guide")
    assert Guide.objects.get().slug == "mon-guide"


@pytest.mark.parametrize("slug", ["admin", "api", "diagnostics", "static", "Majuscule", "a b"])
def test_a_reserved_or_malformed_address_is_refused(
    no_guide: None, editor: Client, slug: str
) -> None:
    assert page_errors(fill_and_send(editor, ADD_URL, title="Titre", slug=slug))
    assert not Guide.objects.exists()


def test_a_title_equal_to_a_reserved_address_gets_another_address(
    no_guide: None, editor: Client
) -> None:
    fill_and_send(editor, ADD_URL, title="Admin")
    assert Guide.objects.get().slug == "admin-2"


def test_the_address_of_another_guide_is_refused(guide: Guide, editor: Client) -> None:
    page = fill_and_send(editor, ADD_URL, title="Titre", slug=guide.slug)
    assert "Un guide a déjà cette adresse." in page_errors(page)


def test_the_address_can_be_changed_until_the_first_publication(
    guide: Guide, editor: Client
) -> None:
    fresh = Guide.objects.create(slug="neuf", title="Neuf")
    fill_and_send(editor, action_url(fresh, "texts"), slug="renomme")
    fill_and_send(editor, action_url(guide, "texts"), slug="renomme-aussi")
    slugs = set(Guide.objects.values_list("slug", flat=True))
    assert slugs == {"renomme", "corriger-comptes-pix"}


def test_the_page_of_a_published_guide_does_not_offer_an_empty_address(
    guide: Guide, editor: Client
) -> None:
    assert "Vide" not in page_text(editor.get(change_url(guide)))
    assert "Vide" in page_text(editor.get(ADD_URL))


def test_publishing_is_the_main_button_when_there_is_something_to_publish(
    guide: Guide, publisher: Client
) -> None:
    assert parse_page(publisher.get(change_url(guide))).select(".button.main") == []
    fill_and_send(publisher, action_url(guide, "texts"), title="Autre titre")
    [button] = parse_page(publisher.get(change_url(guide))).select(".button.main")
    assert button["href"] == action_url(guide, "publish")


def test_the_number_of_choices_is_in_the_singular_or_in_the_plural(
    guide: Guide, editor: Client
) -> None:
    question = guide.questions.create(key="seule", title="Seule ?")
    question.choices.create(key="oui", label="Oui")
    page = page_text(editor.get(change_url(guide)))
    assert "Seule ?" in page
    assert "2 réponses" in page


def test_the_pages_have_the_icon_of_the_site(editor: Client) -> None:
    assert (
        parse_page(editor.get(ADD_URL)).select_one('link[rel="icon"][href$="favicon.svg"]')
        is not None
    )


def test_a_published_guide_cannot_be_deleted(guide: Guide, editor: Client) -> None:
    url = f"/admin/rules/guide/{guide.pk}/delete/"
    assert "ne peut pas être supprimé" in page_text(editor.get(url))
    editor.post(url, {"post": "yes"})
    assert Guide.objects.filter(pk=guide.pk).exists()


def test_a_guide_never_published_can_be_deleted(guide: Guide, editor: Client) -> None:
    editor.post(action_url(guide, "duplicate"))
    copy = Guide.objects.latest("pk")
    fill_and_send(editor, f"/admin/rules/guide/{copy.pk}/delete/")
    assert list(Guide.objects.all()) == [guide]


def test_the_page_of_a_live_guide_links_to_its_form(guide: Guide, editor: Client) -> None:
    fresh = Guide.objects.create(slug="neuf", title="Neuf")
    assert f"/{guide.slug}/" in " ".join(page_links(editor.get(change_url(guide))))
    assert "/admin/r/" not in " ".join(page_links(editor.get(change_url(fresh))))


def test_the_page_of_a_guide_links_to_its_poster_once_it_is_live(
    guide: Guide, editor: Client
) -> None:
    never_published = Guide.objects.create(slug="neuf", title="Un guide tout neuf")
    links = [page_links(editor.get(change_url(row))) for row in (guide, never_published)]
    assert [f"/{guide.slug}/affiche/" in links[0], "/neuf/affiche/" in links[1]] == [True, False]
    assert ["/integration/" in urls for urls in links] == [True, False]


def test_the_page_of_an_empty_guide_has_no_link_to_order_its_parts(
    no_guide: None, editor: Client
) -> None:
    empty = Guide.objects.create(slug="neuf", title="Neuf")
    page = page_text(editor.get(change_url(empty)))
    assert "Changer l’ordre" not in page
    assert "Importer" in page


def test_a_new_rule_in_a_guide_without_questions_asks_for_a_question_first(
    no_guide: None, editor: Client
) -> None:
    empty = Guide.objects.create(slug="neuf", title="Neuf")
    page = editor.get(add_url(Rule, empty))
    assert "Ajoutez d’abord une question" in page_text(page)
    assert add_url(Question, empty) in page_links(page)


def test_a_new_rule_in_a_guide_with_questions_asks_for_no_question(
    guide: Guide, editor: Client
) -> None:
    assert "Ajoutez d’abord" not in page_text(editor.get(add_url(Rule, guide)))


def test_the_introduction_is_previewed_and_seen_as_a_visitor(guide: Guide, editor: Client) -> None:
    page = parse_page(editor.get(action_url(guide, "texts")))
    preview = page.select_one(".preview[data-source=id_introduction]")
    assert preview is not None
    assert preview.get_text(strip=True)
    posted = editor.post(str(preview["data-url"]), {"text": "Une **introduction**"})
    assert "<strong>introduction</strong>" in posted.content.decode()
    link = page.find("a", string="Voir comme un visiteur")
    assert link is not None
    assert "Commencer" in editor.get(str(link["href"])).content.decode()
