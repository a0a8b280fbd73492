"""The publish page: the note, the date and the reason of its form, and the review of the draft."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from diagnostics.services import session_create
from rules.admin.links import action_url, change_url
from rules.models import Guide, Version, VersionProof
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.timeline import live_version
from tests.admin.pages import (
    fill_and_send,
    page_errors,
    page_fields,
    page_links,
    page_text,
    parse_page,
)

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide whose draft has another title than version 1."""
    shipped_guide.title = "Nouveau titre"
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def guide_with_warning(guide: Guide) -> Guide:
    """A guide without examples: the proof warns of two conclusions that are given together."""
    guide.examples.all().delete()
    return guide


def publish_guide(client: Client, guide: Guide, **typed: str) -> HttpResponseBase:
    return fill_and_send(client, action_url(guide, "publish"), **typed)


def form_for_later(**typed: str) -> dict[str, str]:
    """Returns the fields of a form that publishes in ten days."""
    day = timezone.localdate() + timedelta(days=10)
    return {"when": "later", "date": day.isoformat(), "time": "08:30"} | typed


def newest_version(guide: Guide) -> Version:
    return guide.versions.latest("number")


def live_number(guide: Guide) -> int:
    version = live_version(guide.slug)
    assert version is not None
    return version.number


def test_a_version_has_the_note_of_the_form(guide: Guide, publisher: Client) -> None:
    publish_guide(publisher, guide, note="Le titre est plus court")
    assert newest_version(guide).note == "Le titre est plus court"


def test_a_version_has_its_proof(guide: Guide, publisher: Client) -> None:
    publish_guide(publisher, guide)
    proof = newest_version(guide).proof
    assert (proof.complete, proof.paths, proof.longest) == (True, "52", 5)


def test_the_page_shows_the_changes_and_the_result_of_the_proof(
    guide: Guide, publisher: Client
) -> None:
    page = page_text(publisher.get(action_url(guide, "publish")))
    assert "Nouveau titre" in page
    assert "52 parcours possibles, 5 questions au plus" in page


def test_a_scheduled_version_waits_for_its_date_in_paris_time(
    guide: Guide, publisher: Client
) -> None:
    page = publish_guide(publisher, guide, **form_for_later())
    assert page.status_code == 302
    day = timezone.localdate() + timedelta(days=10)
    publish_at = datetime(day.year, day.month, day.day, 8, 30, tzinfo=PARIS)
    assert newest_version(guide).published_at == publish_at
    assert live_number(guide) == 1


def test_a_scheduled_version_goes_live_at_its_date(guide: Guide, publisher: Client) -> None:
    publish_guide(publisher, guide, **form_for_later())
    due = Version.objects.filter_live(as_of=timezone.now() + timedelta(days=11)).get(guide=guide)
    assert due.number == 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"date": ""}, "Choisissez une date."),
        ({"time": ""}, "Choisissez une heure."),
        ({"date": "demain"}, "Écrivez une date comme 03/12/2026."),
        ({"time": "midi"}, "Écrivez une heure comme 08:30."),
        ({"date": "2020-01-01"}, "Ce moment est passé : choisissez-en un à venir."),
        (
            {"date": "0001-01-01", "time": "00:00"},
            "Ce moment est passé : choisissez-en un à venir.",
        ),
        ({"date": "2100-03-28", "time": "02:30"}, "On change d’heure à ce moment-là"),
        ({"when": "now"}, "Vous avez choisi « Maintenant » et écrit une date ou une heure."),
        ({"when": "now", "date": "demain", "time": ""}, "Choisissez « À une date et une heure »"),
        ({"when": "jamais"}, "Sélectionnez un choix valide"),
        ({"note": "x" * 301}, "au plus 300 caractères"),
        ({"note": "a\x00b"}, "caractère"),
    ],
)
def test_errors_are_shown_and_typed_values_stay(
    guide: Guide, publisher: Client, typed: dict[str, str], message: str
) -> None:
    sent = form_for_later(note="Ma note") | typed
    page = publish_guide(publisher, guide, **sent)
    assert message in page_errors(page).replace("\u00a0", " ")
    assert guide.versions.count() == 1
    form = page_fields(page)
    assert {name: form[name] for name in ("note", "date", "time")} == {
        name: sent[name] for name in ("note", "date", "time")
    }


@pytest.mark.parametrize(("day", "time"), [("9999-12-31", "23:59"), ("31/12/2090", "12:00")])
def test_far_dates_and_french_dates_are_accepted(
    guide: Guide, publisher: Client, day: str, time: str
) -> None:
    assert publish_guide(publisher, guide, **form_for_later(date=day, time=time)).status_code == 302
    assert newest_version(guide).number == 2


def test_a_second_click_on_a_scheduled_publication_creates_no_second_version(
    guide: Guide, publisher: Client
) -> None:
    url = action_url(guide, "publish")
    form = page_fields(publisher.get(url)) | form_for_later()
    publisher.post(url, form)
    page = publisher.post(url, form)
    assert "Quelqu’un a publié" in page_text(page)
    assert guide.versions.count() == 2


def test_a_warning_is_shown_and_requires_a_reason(
    guide_with_warning: Guide, publisher: Client
) -> None:
    page = publisher.get(action_url(guide_with_warning, "publish"))
    assert "sont conclus ensemble" in page_text(page)
    refused = publisher.post(action_url(guide_with_warning, "publish"), page_fields(page))
    assert "Dites pourquoi le guide peut être publié" in page_errors(refused)
    assert guide_with_warning.versions.count() == 1


def test_a_draft_with_a_warning_is_published_with_a_reason(
    guide_with_warning: Guide, publisher: Client
) -> None:
    publish_guide(publisher, guide_with_warning, reason="Les deux conseils vont ensemble")
    assert newest_version(guide_with_warning).reason == "Les deux conseils vont ensemble"


def test_without_a_warning_the_form_has_no_reason(guide: Guide, publisher: Client) -> None:
    page = parse_page(publisher.get(action_url(guide, "publish")))
    assert page.select("[name=reason]") == []


def test_a_fault_is_shown_instead_of_the_form(guide: Guide, publisher: Client) -> None:
    guide.examples.all().delete()
    guide.rules.filter(key="aucune-methode").delete()
    page = publisher.get(action_url(guide, "publish"))
    assert "rien n’est demandé et rien n’est conclu" in page_text(page)
    assert parse_page(page).select("#content-start form") == []


def test_a_direct_post_does_not_publish_a_draft_with_a_fault(
    guide: Guide, publisher: Client
) -> None:
    form = page_fields(publisher.get(action_url(guide, "publish")))
    guide.examples.all().delete()
    guide.rules.filter(key="aucune-methode").delete()
    publisher.post(action_url(guide, "publish"), form)
    assert guide.versions.count() == 1


def test_typed_values_stay_if_the_draft_changed_meanwhile(guide: Guide, publisher: Client) -> None:
    url = action_url(guide, "publish")
    form = page_fields(publisher.get(url)) | {"note": "Ma note"}
    Guide.objects.filter(pk=guide.pk).update(title="Encore un autre titre")
    page = publisher.post(url, form)
    assert "Le brouillon a changé entre-temps" in page_text(page)
    assert page_fields(page)["note"] == "Ma note"
    publisher.post(url, page_fields(page))
    assert newest_version(guide).note == "Ma note"


@pytest.mark.parametrize("sent", [{}, {"checked": "x"}, {"checked": ".."}, {"when": "now"}])
def test_a_post_without_the_fingerprint_of_the_review_publishes_nothing(
    guide: Guide, publisher: Client, sent: dict[str, str]
) -> None:
    assert publisher.post(action_url(guide, "publish"), sent).status_code == 200
    assert guide.versions.count() == 1


def test_errors_are_listed_at_the_top_with_links_to_their_fields(
    guide_with_warning: Guide, publisher: Client
) -> None:
    page = parse_page(publish_guide(publisher, guide_with_warning, reason=""))
    [note] = page.select(".errornote")
    assert note.get_text().strip().startswith("Une erreur à corriger")
    assert [link["href"] for link in note.select("a")] == ["#id_reason"]
    assert page.select("#id_reason")


def test_the_changes_have_smaller_headings_than_the_sections_of_the_page(
    guide: Guide, publisher: Client
) -> None:
    page = parse_page(publisher.get(action_url(guide, "publish")))
    assert [heading.get_text() for heading in page.select(".changes h3")] == [
        "Pour les visiteurs",
        "Guide",
    ]
    assert page.select(".changes h2") == []


def test_unfinished_diagnostics_are_mentioned_once(guide: Guide, publisher: Client) -> None:
    session_create(version=guide.versions.get(), answers={})
    page = page_text(publisher.get(action_url(guide, "publish")))
    assert page.count("cette version") == 1
    assert "gardent leur version" not in page


def test_the_page_of_a_draft_with_problems_links_to_the_proof(
    guide: Guide, publisher: Client
) -> None:
    guide.rules.all().delete()
    page = publisher.get(action_url(guide, "publish"))
    assert action_url(guide, "proof") in page_links(page)


def test_conclusions_without_text_are_named_and_lead_to_their_page(
    guide: Guide, publisher: Client
) -> None:
    url = action_url(guide, "publish")
    assert "n’a pas de texte" not in page_text(publisher.get(url))
    outcome = guide.outcomes.get(key="contacter-support-pix")
    guide.outcomes.filter(pk=outcome.pk).update(body="", link_label="", link_url="")
    page = publisher.get(url)
    assert "Conclusion « Contacter le support Pix » : n’a pas de texte" in page_text(page)
    assert change_url(outcome) in page_links(page)
    publish_guide(publisher, guide)
    assert newest_version(guide).number == 2


def test_an_introduction_whose_number_of_questions_is_no_longer_true_is_pointed_out(
    guide: Guide, publisher: Client
) -> None:
    url = action_url(guide, "publish")
    guide.introduction = "Répondez à trois à cinq questions."
    guide.save()
    guide_publish(review=PublicationReview(guide))
    Guide.objects.update(title="Encore un autre titre")
    assert "l’introduction dit" not in page_text(publisher.get(url))
    VersionProof.objects.update(longest=4)
    page = publisher.get(url)
    said = (
        "l’introduction dit « cinq questions », et maintenant les parcours ont 5 questions au plus"
    )
    assert f"{said}, au lieu de 4." in page_text(page)
    assert action_url(guide, "texts") in page_links(page)
    Guide.objects.update(introduction="Répondez à trois à cinq questions, dans l’ordre.")
    assert "l’introduction dit" not in page_text(publisher.get(url))
