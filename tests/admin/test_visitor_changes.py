"""What changes for visitors, on the pages that compare, publish and restore."""

from django.test import Client
from django.urls import reverse

from rules.admin.links import action_url, change_url
from rules.models import Condition, Guide, Outcome, Rule
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.pages import fill_and_send, page_links, page_text, parse_page

NOTHING = "Rien ne change pour les visiteurs."


def give_another_outcome(guide: Guide) -> None:
    """Makes the draft give another conclusion on the four paths of visitors without a method."""
    other = Outcome.objects.get(guide=guide, key="contacter-support-pix")
    Rule.objects.filter(guide=guide, key="aucune-methode").update(gives=other)
    guide.examples.filter(outcomes__outcome__key="communiquer-code-campagne").delete()
    Outcome.objects.filter(guide=guide, key="communiquer-code-campagne").delete()


def test_the_changed_paths_are_counted_and_each_group_leads_to_a_try(
    guide: Guide, editor: Client
) -> None:
    give_another_outcome(guide)
    page = editor.get(action_url(guide, "compare"))
    text = page_text(page)
    assert "4 parcours sur 52 changent." in text
    assert (
        "4 parcours : « Communiquer un code de campagne à l’élève » → , et ensuite "
        "« Contacter le support Pix »" in text
    )
    try_url = reverse("admin:diagnostics_session_try", args=[guide.pk])
    (link,) = [link for link in page_links(page) if link.startswith(try_url)]
    assert "methode-pix-orga=aucune" in link
    trial = editor.get(link)
    assert "Contacter le support Pix" in trial.content.decode()
    assert f'href="{action_url(guide, "compare")}"' in trial.content.decode()


def test_the_publish_page_says_what_changes_for_visitors(guide: Guide, publisher: Client) -> None:
    give_another_outcome(guide)
    page = publisher.get(action_url(guide, "publish"))
    assert "4 parcours sur 52 changent." in page_text(page)
    headings = [heading.text for heading in parse_page(page).select("h2, h3")]
    assert headings.index("Pour les visiteurs") == headings.index("Ce qui change") + 1


def test_what_changes_is_also_said_of_a_draft_that_cannot_be_published(
    guide: Guide, publisher: Client
) -> None:
    give_another_outcome(guide)
    wrong = guide.examples.all()[0]
    wrong.outcomes.all().delete()
    text = page_text(publisher.get(action_url(guide, "publish")))
    assert "ne peut pas encore être publié" in text
    assert "4 parcours sur 52 changent." in text


def test_a_note_of_an_editor_changes_nothing_for_visitors(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="aucune-methode")
    fill_and_send(editor, change_url(rule), note="À relire.")
    assert NOTHING in page_text(editor.get(action_url(guide, "compare")))


def test_two_versions_are_compared_without_a_link_to_the_try_of_the_draft(
    guide: Guide, editor: Client
) -> None:
    give_another_outcome(guide)
    guide_publish(review=PublicationReview(guide))
    page = editor.get(action_url(guide, "compare") + "?from=1&to=2")
    assert "4 parcours sur 52 changent." in page_text(page)
    try_url = reverse("admin:diagnostics_session_try", args=[guide.pk])
    assert not [link for link in page_links(page) if link.startswith(try_url)]


def test_an_unfinished_draft_is_compared_as_far_as_it_goes(guide: Guide, editor: Client) -> None:
    condition = Condition.objects.get(rule__guide=guide, rule__key="aucune-methode")
    condition.choices.clear()
    page = page_text(editor.get(action_url(guide, "compare")))
    assert "4 parcours sur 52 changent." in page
    assert "aucune conclusion" in page


def test_the_restore_page_says_what_changes_for_visitors(guide: Guide, publisher: Client) -> None:
    give_another_outcome(guide)
    guide_publish(review=PublicationReview(guide))
    version = guide.versions.get(number=1)
    assert "4 parcours sur 52 changent." in page_text(publisher.get(action_url(version, "restore")))
