"""Diagnostics, as support finds and reads them."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diagnostics.models import Session
from diagnostics.services import session_create
from rules.admin.links import change_url
from rules.models import Guide, Version
from tests.admin.pages import links, soup, text
from tests.web.conftest import publish

LIST = "/admin/diagnostics/session/"


@pytest.fixture
def version(shipped_guide: Guide) -> Version:
    return shipped_guide.versions.get()


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def page(session: Session) -> str:
    return f"{LIST}{session.pk}/change/"


def test_a_diagnostic_is_found_by_its_code(version: Version, editor: Client) -> None:
    session, other = (session_create(version=version, answers={}) for _ in range(2))
    found = text(editor.get(LIST, {"q": f"{session.code[:4]} {session.code[4:]}".lower()}))
    assert session.code in found
    assert other.code not in found


def test_answers_read_in_words_with_where_it_stands(version: Version, editor: Client) -> None:
    session = session_create(version=version, answers={"liste-a-jour": "oui"})
    shown = text(editor.get(page(session)))
    assert "Avez-vous mis à jour la liste des élèves dans Pix Orga ? Oui" in shown
    assert "Question posée : Avez-vous attribué Pix" in shown


def test_a_finished_diagnostic_shows_its_conclusions(version: Version, editor: Client) -> None:
    answers = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
    session = session_create(version=version, answers=answers)
    assert "Conclusion : Communiquer un code de campagne" in text(editor.get(page(session)))
    assert "terminé" in text(editor.get(LIST))


def test_a_diagnostic_without_a_conclusion_says_so(
    guide_document: dict[str, Any], guide: Guide, editor: Client
) -> None:
    """As one of a version that was published before all paths were walked."""
    rules = [rule for rule in guide_document["rules"] if rule["key"] != "aucune-methode"]
    publish(guide_document | {"rules": rules, "examples": []})
    answers = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
    session = session_create(version=guide.versions.get(number=2), answers=answers)
    assert "Aucune conclusion : le guide ne prévoit pas" in text(editor.get(page(session)))


def test_answers_that_no_longer_count_are_shown_apart(version: Version, editor: Client) -> None:
    answers = {"liste-a-jour": "oui", "connexion-habituelle": "mail"}
    session = session_create(version=version, answers={})
    Session.objects.filter(pk=session.pk).update(answers=answers)
    shown = soup(editor.get(page(session))).select_one(".field-left_out")
    assert shown is not None
    assert "Avec son adresse mail sur Pix.fr" in shown.get_text()
    assert "mise à jour" not in shown.get_text()


def test_where_all_answers_count_nothing_is_said_of_others(
    version: Version, editor: Client
) -> None:
    session = session_create(version=version, answers={"liste-a-jour": "oui"})
    assert "ne comptent plus" not in text(editor.get(page(session)))


def test_it_leads_to_its_version_and_to_the_try_of_its_answers(
    version: Version, guide: Guide, editor: Client
) -> None:
    session = session_create(version=version, answers={"liste-a-jour": "oui"})
    found = links(editor.get(page(session)))
    assert change_url(version) in found
    tried = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    assert f"{tried}?liste-a-jour=oui" in found


def test_an_expired_diagnostic_says_so(version: Version, editor: Client) -> None:
    session_create(version=version, answers={})
    late = timezone.now() - timedelta(days=settings.SESSION_DAYS, seconds=1)
    Session.objects.update(updated_at=late)
    assert "expiré" in text(editor.get(LIST))


def test_a_diagnostic_of_an_altered_version_is_still_listed(
    version: Version, editor: Client
) -> None:
    session = session_create(version=version, answers={})
    Version.objects.filter(pk=version.pk).update(document="{}", sha256="0" * 64)
    assert "version altérée" in text(editor.get(LIST))
    assert editor.get(page(session)).status_code == 200
