"""The pages where support finds and reads the diagnostics of visitors."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import Tag
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diagnostics.models import Session
from diagnostics.services import session_create
from diagnostics.verdicts import verdict_record
from rules.admin.links import change_url
from rules.models import Guide, Version
from tests.admin.conftest import LogIn
from tests.admin.pages import page_links, page_text, parse_page
from tests.web.conftest import publish_document

LIST_URL = "/admin/diagnostics/session/"
CAMPAIGN_ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}


@pytest.fixture
def version(shipped_guide: Guide) -> Version:
    return shipped_guide.versions.get()


def session_url(session: Session) -> str:
    return f"{LIST_URL}{session.pk}/change/"


def test_a_diagnostic_is_found_by_its_code(version: Version, editor: Client) -> None:
    session, other = (session_create(version=version, answers={}) for _ in range(2))
    found = page_text(
        editor.post(LIST_URL, {"q": f"{session.code[:3]}-{session.code[3:6]}".lower()})
    )
    assert session.code in found
    assert other.code not in found


@pytest.mark.parametrize("separator", ["", " ", "-", "\u00a0", "\u202f"])
def test_a_whole_code_opens_its_diagnostic_at_once(
    version: Version, editor: Client, separator: str
) -> None:
    session = session_create(version=version, answers={})
    typed = f" {session.code[:4]}{separator}{session.code[4:].lower()} "
    response = editor.post(LIST_URL, {"q": typed})
    assert (response.status_code, response["Location"]) == (302, session_url(session))


def test_a_code_that_is_searched_is_in_no_address(version: Version, editor: Client) -> None:
    session = session_create(version=version, answers={})
    found = editor.post(LIST_URL, {"q": session.code[:7]})
    assert session_url(session) in page_links(found)
    assert not [link for link in page_links(found) if session.code[:7] in link]
    for typed in (session.code, session.code[:7]):
        assert editor.get(LIST_URL, {"q": typed})["Location"] == LIST_URL


def test_a_search_that_finds_more_than_a_page_asks_for_more_of_the_code(
    version: Version, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.admin.sessions.SessionAdmin.list_per_page", 2)
    for ending in "ABC":
        session = session_create(version=version, answers={})
        Session.objects.filter(pk=session.pk).update(code=f"ABCDEFG{ending}")
    found = editor.post(LIST_URL, {"q": "ABCD"})
    cut = "Voici les 2 premiers diagnostics trouvés : tapez plus de caractères du code."
    assert cut in page_text(found)
    assert "3 diagnostics" in page_text(found)
    assert not [link for link in page_links(found) if "p=" in link or "all=" in link]
    listed = editor.get(LIST_URL)
    assert cut not in page_text(listed)
    assert [link for link in page_links(listed) if "p=2" in link]


def test_an_unknown_code_finds_nothing(version: Version, editor: Client) -> None:
    session_create(version=version, answers={})
    assert "0 diagnostic" in page_text(editor.post(LIST_URL, {"q": "ABCD EFGH"}))


def test_the_front_page_has_a_search_by_code_for_users_who_may_see_diagnostics(
    version: Version, editor: Client, log_in: LogIn
) -> None:
    session = session_create(version=version, answers={})
    form = parse_page(editor.get("/admin/")).select_one("#content-start form[role=search]")
    assert form is not None
    field = form.select_one("input[type=text]")
    assert field is not None
    assert form["method"] == "post"
    response = editor.post(str(form["action"]), {str(field["name"]): session.code})
    assert response["Location"] == session_url(session)
    assert not parse_page(log_in("nobody").get("/admin/")).select("form[role=search]")


def test_a_search_by_code_requires_permission_to_see_diagnostics(
    version: Version, log_in: LogIn
) -> None:
    session = session_create(version=version, answers={})
    assert log_in("nobody").post(LIST_URL, {"q": session.code}).status_code == 403


def test_a_diagnostic_shows_its_answers_and_the_next_question(
    version: Version, editor: Client
) -> None:
    session = session_create(version=version, answers={"liste-a-jour": "oui"})
    page = page_text(editor.get(session_url(session)))
    assert "Avez-vous mis à jour la liste des élèves dans Pix Orga ? Oui" in page
    assert "Question posée : Avez-vous attribué Pix" in page


def test_a_finished_diagnostic_shows_its_conclusions(version: Version, editor: Client) -> None:
    session = session_create(version=version, answers=CAMPAIGN_ANSWERS)
    assert "Conclusion : Communiquer un code de campagne" in page_text(
        editor.get(session_url(session))
    )
    assert "terminé" in page_text(editor.get(LIST_URL))


def test_the_page_says_that_a_diagnostic_has_no_conclusion(
    guide_document: dict[str, Any], guide: Guide, editor: Client
) -> None:
    """Its version was published without a proof: a proof would have found this dead end."""
    rules = [rule for rule in guide_document["rules"] if rule["key"] != "aucune-methode"]
    publish_document(guide_document | {"rules": rules, "examples": []})
    session = session_create(version=guide.versions.get(number=2), answers=CAMPAIGN_ANSWERS)
    assert "Aucune conclusion : le guide ne prévoit pas" in page_text(
        editor.get(session_url(session))
    )


def test_answers_to_questions_that_are_not_asked_are_shown_apart(
    version: Version, editor: Client
) -> None:
    answers = {"liste-a-jour": "oui", "connexion-habituelle": "mail"}
    session = session_create(version=version, answers={})
    Session.objects.filter(pk=session.pk).update(answers=answers)
    left_out = parse_page(editor.get(session_url(session))).select_one(".field-left_out")
    assert left_out is not None
    assert "Avec son adresse mail sur Pix.fr" in left_out.get_text()
    assert "mise à jour" not in left_out.get_text()


def test_a_diagnostic_whose_answers_all_count_shows_none_apart(
    version: Version, editor: Client
) -> None:
    session = session_create(version=version, answers={"liste-a-jour": "oui"})
    assert "ne comptent plus" not in page_text(editor.get(session_url(session)))


def test_a_diagnostic_links_to_its_version_and_to_a_try_of_its_answers(
    version: Version, guide: Guide, editor: Client
) -> None:
    session = session_create(version=version, answers={"liste-a-jour": "oui"})
    found = page_links(editor.get(session_url(session)))
    assert change_url(version) in found
    tried = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    assert f"{tried}?liste-a-jour=oui" in found


def find_trace(response: HttpResponseBase) -> Tag:
    found = parse_page(response).select_one(".trace")
    assert found is not None
    return found


def test_the_trace_links_the_rules_that_decided(
    version: Version, guide: Guide, editor: Client
) -> None:
    session = session_create(version=version, answers=CAMPAIGN_ANSWERS)
    found = find_trace(editor.get(session_url(session)))
    headings = [heading.text for heading in found.select("h2, summary")]
    assert [heading.split(" (")[0] for heading in headings] == [
        "Ce qui décide",
        "Ce qui conseille",
        "Ce qui a posé les questions",
        "Règles non déclenchées",
    ]
    deciding = found.select_one("section")
    assert deciding is not None
    assert "conclure «\u00a0Communiquer un code de campagne" in deciding.text
    rule = guide.rules.get(key="aucune-methode")
    assert [link["href"] for link in deciding.select("a")] == [change_url(rule)]
    assert "Et si" not in found.text
    assert not found.select("form")


def test_a_rule_that_the_draft_no_longer_has_is_shown_without_a_link(
    version: Version, guide: Guide, editor: Client
) -> None:
    session = session_create(version=version, answers=CAMPAIGN_ANSWERS)
    guide.rules.get(key="aucune-methode").delete()
    deciding = find_trace(editor.get(session_url(session))).select_one("section")
    assert deciding is not None
    assert "conclure «\u00a0Communiquer un code de campagne" in deciding.text
    assert not deciding.select("a")


def test_the_trace_has_no_links_for_users_who_may_not_see_rules(
    version: Version, log_in: LogIn
) -> None:
    support = log_in("support")
    User.objects.get(username="support").user_permissions.add(
        Permission.objects.get(codename="view_session", content_type__app_label="diagnostics")
    )
    session = session_create(version=version, answers=CAMPAIGN_ANSWERS)
    assert not find_trace(support.get(session_url(session))).select("a")


def test_a_diagnostic_shows_the_verdict_of_its_visitor(version: Version, editor: Client) -> None:
    session = session_create(version=version, answers=CAMPAIGN_ANSWERS)
    assert "Résolu : Sans réponse" in page_text(editor.get(session_url(session)))
    assert "Commentaire" not in page_text(editor.get(session_url(session)))
    verdict_record(session_id=session.pk, solved="not_yet", comment="Il reste <b>3</b> élèves.")
    page = page_text(editor.get(session_url(session)))
    assert "Résolu : Pas encore" in page
    assert "Commentaire : Il reste <b>3</b> élèves." in page


@pytest.mark.parametrize("solved", ["", "yes", "no", "not_yet"])
def test_diagnostics_are_filtered_by_verdict(version: Version, editor: Client, solved: str) -> None:
    sessions = {}
    for answer in ("", "yes", "no", "not_yet"):
        sessions[answer] = session_create(version=version, answers={}).code
        Session.objects.filter(code=sessions[answer]).update(solved=answer)
    found = page_text(editor.get(LIST_URL, {"solved__exact": solved}))
    assert [code for code in sessions.values() if code in found] == [sessions[solved]]


def test_an_expired_diagnostic_is_not_shown(version: Version, editor: Client) -> None:
    session = session_create(version=version, answers={})
    expired_at = timezone.now() - timedelta(days=settings.SESSION_DAYS, seconds=1)
    Session.objects.update(updated_at=expired_at)
    assert session.code not in page_text(editor.get(LIST_URL))
    assert editor.post(LIST_URL, {"q": session.code}).status_code == 200
    assert editor.get(f"{LIST_URL}{session.pk}/change/").status_code == 302


def test_a_diagnostic_of_an_altered_version_is_still_listed(
    version: Version, editor: Client
) -> None:
    session = session_create(version=version, answers={})
    Version.objects.filter(pk=version.pk).update(document="{}", sha256="0" * 64)
    assert "version altérée" in page_text(editor.get(LIST_URL))
    assert editor.get(session_url(session)).status_code == 200
