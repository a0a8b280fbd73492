"""*Comparer*: what changes from the live version to the draft, or between any two versions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url
from rules.models import Guide, Question, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.versions import version_content
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, page_text, parse_page


def first_question(guide: Guide) -> Question:
    return guide.questions.all()[0]


def compare_text(client: Client, guide: Guide, query: str = "") -> str:
    return page_text(client.get(action_url(guide, "compare") + query))


def test_the_draft_is_compared_with_the_live_version(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    page = editor.get(action_url(guide, "compare"))
    assert "Le titre est maintenant « Nouvelle question » au lieu de «" in page_text(page)
    assert change_url(first_question(guide)) in page_links(page)
    assert [heading.text for heading in parse_page(page).select("#content-start h2")] == [
        "Pour les visiteurs",
        "Questions",
    ]


def test_the_page_says_that_two_equal_contents_are_the_same(guide: Guide, editor: Client) -> None:
    assert "Les deux disent la même chose." in compare_text(editor, guide)


def test_any_two_versions_are_compared(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Deuxième titre")
    guide_publish(review=PublicationReview(guide))
    fill_and_send(editor, change_url(first_question(guide)), title="Troisième titre")
    assert "maintenant « Deuxième titre » au lieu de" in compare_text(editor, guide, "?from=1&to=2")
    assert "maintenant « Troisième titre » au lieu de" in compare_text(
        editor, guide, "?from=2&to=draft"
    )
    back = compare_text(editor, guide, "?from=draft&to=1")
    assert f"Le titre est maintenant « {title_in_version_1(guide)} » au lieu de" in back


def title_in_version_1(guide: Guide) -> str:
    """Returns the title of the first question in version 1."""
    content = version_content(guide.versions.get(number=1))
    return content.questions[0].title.replace("\u00a0", " ")


def test_the_two_lists_show_which_contents_are_compared(guide: Guide, editor: Client) -> None:
    page = parse_page(editor.get(action_url(guide, "compare") + "?from=1&to=live"))
    chosen = [option["value"] for option in page.select("select option[selected]")]
    assert chosen == ["1", "live"]


@pytest.mark.parametrize("query", ["?from=99&to=zut", "?from=&to=", "?from=-1", "?to=1%00"])
def test_an_unknown_version_in_the_address_is_ignored(
    query: str, guide: Guide, editor: Client
) -> None:
    assert "Les deux disent la même chose." in compare_text(editor, guide, query)


def test_changed_words_are_marked_on_screen_and_for_screen_readers(
    guide: Guide, editor: Client
) -> None:
    outcome = guide.outcomes.filter(final=True).exclude(body="")[0]
    fill_and_send(editor, change_url(outcome), body=f"{outcome.body} Bonne chance.")
    page = parse_page(editor.get(action_url(guide, "compare")))
    [added] = page.select("ins")
    assert "Bonne chance." in added.text
    assert "[ajouté" in added.text


def test_a_guide_never_published_has_nothing_to_compare(no_guide: None, editor: Client) -> None:
    guide = Guide.objects.create(slug="neuf", title="Neuf")
    assert "n’a jamais été publié" in compare_text(editor, guide)


def test_an_altered_version_is_reported(guide: Guide, editor: Client) -> None:
    Version.objects.filter(guide=guide).update(document="{}")
    page = editor.get(action_url(guide, "compare"), follow=True)
    assert "elle a été altérée" in page.content.decode()


def test_a_draft_that_cannot_be_evaluated_is_compared(guide: Guide, editor: Client) -> None:
    question = guide.questions.create(key="vide", title="Vide", position=99)
    page = editor.get(action_url(guide, "compare"))
    [heading] = parse_page(page).select(".changes h3")
    assert heading.get_text() == question.title
    assert "Nouvelle." in page_text(page)


def test_a_rule_has_a_short_name_with_its_sentence_below(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(guide.rules.all()[13]), note="À revoir")
    page = parse_page(editor.get(action_url(guide, "compare")))
    [heading] = page.select(".changes h3")
    assert heading.get_text() == "Règle 14 (→ Contacter le support Pix)"
    [sentence] = page.select(".changes h3 + p")
    assert sentence.get_text().startswith("Si «")


def test_the_list_marks_a_version_that_was_never_live(guide: Guide, editor: Client) -> None:
    for days in (20, 10):
        fill_and_send(editor, change_url(first_question(guide)), title=f"Dans {days} jours")
        guide_publish(
            review=PublicationReview(guide), publish_at=timezone.now() + timedelta(days=days)
        )
    page = page_text(editor.get(action_url(guide, "compare")))
    assert "Version 2, jamais en ligne, était programmée pour le" in page
    assert "Version 3, programmée pour le" in page
    assert "Version 1, du" in page


def test_staff_without_permission_cannot_compare(guide: Guide, log_in: LogIn) -> None:
    assert log_in("zoe").get(action_url(guide, "compare")).status_code == 403


def test_the_page_of_a_guide_links_to_the_comparison(guide: Guide, editor: Client) -> None:
    assert action_url(guide, "compare") in page_links(editor.get(change_url(guide)))


def test_many_changes_of_one_kind_are_folded(guide: Guide, editor: Client) -> None:
    guide.questions.update(title="Une autre question\u00a0?")
    for outcome in guide.outcomes.all()[:13]:
        outcome.title = f"Autrement\u00a0: {outcome.title}"
        outcome.save()
    page = parse_page(editor.get(action_url(guide, "compare")))
    folded = page.select(".changes details:not([open])")
    assert [fold.select("summary")[0].get_text() for fold in folded] == [
        "Conseils et conclusions (13)"
    ]
    assert len(folded[0].select(".part")) == 13
