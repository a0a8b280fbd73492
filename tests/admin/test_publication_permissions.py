"""The pages that publish refuse users who may not publish, and tell them whom to ask."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.models import Guide, PublicationRequest, Version
from tests.admin.conftest import LogIn
from tests.admin.pages import page_text, parse_page

URLS: dict[str, Callable[[Guide], str]] = {
    "settings": lambda guide: action_url(guide, "settings"),
    "restore": lambda guide: action_url(guide.versions.get(number=1), "restore"),
}
REFUSALS = {
    "settings": "Votre compte ne permet pas de changer les réglages de ce guide.",
    "restore": "Votre compte ne permet pas de mettre une version en ligne.",
}
POSTED_FIELDS = {
    "when": "now",
    "reason": "Essai",
    "decision": "approve",
    "message": "Essai",
    "closed": "on",
    "closing_message": "Fermé.",
}


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide with a publication request, whose draft has another title than version 1."""
    boss = User.objects.create_user("boss")
    PublicationRequest.objects.create(guide=shipped_guide, sha256="0" * 64, author=boss)
    shipped_guide.title = "Nouveau titre"
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def viewer(db: None) -> Client:
    """A member of staff who may look at guides and versions, and nothing else."""
    user = User.objects.create_user("vera", is_staff=True)
    names = ("view_guide", "view_version", "view_question", "view_rule")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def refused_client(request: pytest.FixtureRequest) -> Client:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def is_untouched(guide: Guide) -> bool:
    guide.refresh_from_db()
    waiting = PublicationRequest.objects.filter(guide=guide).exists()
    return Version.objects.count() == 1 and not guide.closed and waiting


@pytest.mark.parametrize("action", URLS)
@pytest.mark.parametrize("refused_client", ["editor", "viewer"], indirect=True)
def test_users_who_may_not_publish_are_refused_with_a_french_page(
    guide: Guide, refused_client: Client, action: str
) -> None:
    url = URLS[action](guide)
    for response in (refused_client.get(url), refused_client.post(url, POSTED_FIELDS)):
        assert response.status_code == 403
        page = response.getvalue().decode()
        assert "Accès refusé" in page
        assert "Demandez à un responsable de publication" in page
        assert REFUSALS[action] in page
        assert parse_page(response).select("#header #user-tools")
        assert change_url(guide) in page
        assert "support" not in page
    assert is_untouched(guide)


def test_a_viewer_cannot_set_the_draft_back(guide: Guide, viewer: Client) -> None:
    response = viewer.post(action_url(guide, "reset"))
    assert response.status_code == 403
    assert "Accès refusé" in response.getvalue().decode()
    assert is_untouched(guide)
    assert guide.title == "Nouveau titre"


@pytest.mark.parametrize("action", URLS)
def test_visitors_are_redirected_to_the_login_page(
    guide: Guide, client: Client, action: str
) -> None:
    response = client.post(URLS[action](guide), POSTED_FIELDS)
    assert response.headers["Location"].startswith("/admin/login/")
    assert is_untouched(guide)


def test_a_user_who_may_not_publish_reads_whom_to_ask(guide: Guide, editor: Client) -> None:
    assert "un responsable de publication." in page_text(editor.get(change_url(guide)))
    for name, active in (("paula", True), ("parti", False)):
        user = User.objects.create_user(name, is_staff=True, is_active=active)
        user.groups.add(Group.objects.get(name="Responsables de publication"))
    page = page_text(editor.get(change_url(guide)))
    assert "La publication revient à un responsable de publication (paula)." in page


def test_more_than_five_people_who_may_publish_are_not_named(guide: Guide, editor: Client) -> None:
    for number in range(6):
        user = User.objects.create_user(f"paula{number}", is_staff=True)
        user.groups.add(Group.objects.get(name="Responsables de publication"))
    assert "paula" not in page_text(editor.get(change_url(guide)))


def test_a_user_who_may_publish_does_not_read_whom_to_ask(guide: Guide, publisher: Client) -> None:
    assert "revient à un responsable" not in page_text(publisher.get(change_url(guide)))


def test_a_refusal_has_no_link_to_the_guide_for_users_who_may_not_see_guides(
    guide: Guide, log_in: LogIn
) -> None:
    page = log_in("zoe").get(URLS["settings"](guide)).getvalue().decode()
    assert "Accès refusé" in page
    assert change_url(guide) not in page
