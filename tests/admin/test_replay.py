"""*Rejouer les derniers diagnostics*: which ones would end with another conclusion in the draft.

The last two tests are about the number of unfinished diagnostics of a version.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from diagnostics import selectors
from diagnostics.models import Session
from diagnostics.replay import replay_presenter
from diagnostics.selectors import count_unfinished
from rules.models import Choice, Condition, Guide, Outcome, Question, Rule, Version
from tests.admin.conftest import LogIn
from tests.admin.pages import page_links, page_text
from tests.paths import decision_paths
from tests.web.visitor import Visitor

SUPPORT_ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "mail",
}
CAMPAIGN_ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}


@pytest.fixture
def url(guide: Guide) -> str:
    return reverse("admin:diagnostics_session_replay", args=[guide.pk])


def create_sessions(guide: Guide, *visits: dict[str, str]) -> None:
    version = guide.versions.get()
    first = Session.objects.count()
    Session.objects.bulk_create(
        Session(version=version, answers=answers, code=f"{first + index:08}")
        for index, answers in enumerate(visits)
    )


def set_campaign_outcome(guide: Guide, outcome: str) -> None:
    """Makes the draft give another conclusion for `CAMPAIGN_ANSWERS`."""
    other = Outcome.objects.get(guide=guide, key=outcome)
    Rule.objects.filter(guide=guide, gives__key="communiquer-code-campagne").update(gives=other)


def test_an_unchanged_draft_changes_no_conclusion(editor: Client, guide: Guide, url: str) -> None:
    create_sessions(guide, *(path.answers for path in decision_paths()))
    assert "Aucun sur 52 ne change de conclusion" in page_text(editor.get(url))


def test_without_diagnostics_there_is_nothing_to_replay(editor: Client, url: str) -> None:
    assert "aucun diagnostic à rejouer" in page_text(editor.get(url))


def test_changed_diagnostics_are_grouped_by_old_and_new_conclusion(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, CAMPAIGN_ANSWERS, CAMPAIGN_ANSWERS, SUPPORT_ANSWERS)
    set_campaign_outcome(guide, "contacter-support-pix")
    page = page_text(editor.get(url))
    assert "2 sur 3 changent de conclusion" in page
    assert (
        "2 diagnostics : de « Communiquer un code de campagne à l’élève » "
        "à « Contacter le support Pix »" in page
    )


def test_an_outcome_with_another_title_is_the_same_conclusion(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, SUPPORT_ANSWERS)
    Outcome.objects.filter(guide=guide).update(title="Autre titre")
    assert "Aucun sur 1 ne change" in page_text(editor.get(url))


def test_a_diagnostic_that_no_longer_concludes_is_counted_as_changed(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, CAMPAIGN_ANSWERS)
    Rule.objects.filter(guide=guide, gives__key="communiquer-code-campagne").delete()
    assert "à aucune conclusion" in page_text(editor.get(url))


def test_a_diagnostic_that_only_has_a_new_question_is_to_be_continued(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, SUPPORT_ANSWERS, CAMPAIGN_ANSWERS)
    question = Question.objects.create(
        guide=guide, key="navigateur", title="Navigateur", position=9
    )
    rule = Rule.objects.get(guide=guide, key="demander-connexion-habituelle")
    rule.asks = question
    rule.save()
    page = page_text(editor.get(url))
    assert "Aucun sur 2 ne change de conclusion" in page
    assert "1 diagnostic à poursuivre : une question de plus y est posée." in page


def test_each_changed_diagnostic_opens_as_a_try(editor: Client, guide: Guide, url: str) -> None:
    create_sessions(guide, CAMPAIGN_ANSWERS)
    set_campaign_outcome(guide, "contacter-support-pix")
    (link,) = (link for link in page_links(editor.get(url)) if "/try/" in link)
    trial = Visitor(editor).open(link)
    assert trial.texts(".steps h3") == ["Contacter le support Pix"]
    assert trial.link("Rejouer les derniers diagnostics")["href"] == url


def test_a_group_lists_its_first_answers_and_counts_the_others(
    editor: Client, guide: Guide, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay_presenter, "MAX_ANSWERS_LISTED", 1)
    create_sessions(
        guide, CAMPAIGN_ANSWERS, CAMPAIGN_ANSWERS, CAMPAIGN_ANSWERS | {"liste-a-jour": "non"}
    )
    set_campaign_outcome(guide, "contacter-support-pix")
    page = page_text(editor.get(url))
    assert "Liste des élèves à jour : Oui, Attribution dans le GAR : Oui" in page
    assert ": – (aucune) (2 diagnostics) et 1 autre" in page


def test_diagnostics_with_answers_that_the_draft_no_longer_has_are_counted_apart(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, CAMPAIGN_ANSWERS, SUPPORT_ANSWERS)
    deleted = Choice.objects.get(question__guide=guide, key="aucune")
    guide.examples.all().delete()
    Rule.objects.filter(conditions__choices=deleted).delete()
    deleted.delete()
    page = page_text(editor.get(url))
    assert "sur 1 " in page
    assert "1 diagnostic en plus contient des réponses que le brouillon n’a plus" in page
    assert "la réponse « – (aucune) » à la question « Méthode Pix Orga »" in page
    assert "Sans ces réponses : 1 sur 1 change de conclusion." in page


def test_a_question_that_the_draft_no_longer_has_is_named(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, SUPPORT_ANSWERS)
    guide.examples.all().delete()
    deleted = Question.objects.get(guide=guide, key="connexion-habituelle")
    Rule.objects.filter(conditions__other=deleted).delete()
    Rule.objects.filter(conditions__question=deleted).delete()
    Rule.objects.filter(asks=deleted).delete()
    Condition.objects.filter(question=deleted).delete()
    deleted.delete()
    assert "la question « Connexion habituelle »" in page_text(editor.get(url))


def test_the_page_shows_no_code_id_or_date_of_a_diagnostic(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, CAMPAIGN_ANSWERS)
    set_campaign_outcome(guide, "contacter-support-pix")
    session, response = Session.objects.get(), editor.get(url)
    assert session.code not in response.content.decode()
    assert str(session.pk) not in response.content.decode()
    assert str(timezone.localdate().year) not in page_text(response)


def test_expired_diagnostics_are_left_out(editor: Client, guide: Guide, url: str) -> None:
    create_sessions(guide, SUPPORT_ANSWERS)
    expired_at = timezone.now() - timedelta(days=settings.SESSION_DAYS, seconds=1)
    Session.objects.update(updated_at=expired_at)
    assert "aucun diagnostic à rejouer" in page_text(editor.get(url))


def test_diagnostics_of_an_altered_version_are_left_out(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, SUPPORT_ANSWERS)
    Version.objects.update(document="{}", sha256="0" * 64)
    assert "1 diagnostic d’une version altérée" in page_text(editor.get(url))


def test_diagnostics_are_replayed_on_an_unfinished_draft(
    editor: Client, guide: Guide, url: str
) -> None:
    whole = page_text(editor.get(url))
    Question.objects.create(guide=guide, key="vide", title="Sans réponses")
    assert page_text(editor.get(url)) == whole


def test_the_page_requires_permission_to_see_diagnostics_and_guides(
    url: str, log_in: LogIn
) -> None:
    for model in ("session", "guide"):
        client = log_in(f"sees-{model}")
        permission = Permission.objects.get(
            content_type__model=model,
            codename=f"view_{model}",
            content_type__app_label__in=["rules", "diagnostics"],
        )
        User.objects.get(username=f"sees-{model}").user_permissions.add(permission)
        response = client.get(url)
        assert response.status_code == 403
        assert "Vous n’avez pas accès à cette page." in response.content.decode()


def test_the_page_makes_as_many_queries_for_a_thousand_diagnostics_as_for_one(
    editor: Client, guide: Guide, url: str
) -> None:
    create_sessions(guide, SUPPORT_ANSWERS)
    editor.get(url)
    with CaptureQueriesContext(connection) as few:
        editor.get(url)
    paths = [path.answers for path in decision_paths()]
    create_sessions(guide, *(paths[index % len(paths)] for index in range(1_100)))
    set_campaign_outcome(guide, "contacter-support-pix")
    with CaptureQueriesContext(connection) as many:
        assert "sur 1000 changent" in page_text(editor.get(url))
    assert len(many) == len(few)


def test_unfinished_diagnostics_of_a_version_are_counted(guide: Guide) -> None:
    create_sessions(guide, {}, {"liste-a-jour": "oui"}, SUPPORT_ANSWERS)
    assert count_unfinished(guide.versions.get()) == selectors.UnfinishedCount(2, is_all=True)


def test_a_capped_number_of_unfinished_diagnostics_is_shown_as_at_least(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MAX_SESSIONS_COUNTED", 2)
    create_sessions(guide, {}, {}, {})
    assert count_unfinished(guide.versions.get()) == selectors.UnfinishedCount(2, is_all=False)
    template = engines["django"].from_string("{% include 'admin/rules/visitors/unfinished.html' %}")
    rendered = " ".join(template.render({"guide": guide}).split())
    assert rendered.startswith(
        "<p>Au moins 2 diagnostics commencés sur la version en ligne ne sont"
    )
