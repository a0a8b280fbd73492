"""Every door of publication is closed to those who may not, also to a direct POST."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from rules.admin.links import action_url
from rules.models import Guide, PublicationRequest, Version

DOORS: dict[str, Callable[[Guide], str]] = {
    "publish": lambda guide: action_url(guide, "publish"),
    "approve": lambda guide: action_url(guide, "approve"),
    "settings": lambda guide: action_url(guide, "settings"),
    "restore": lambda guide: action_url(guide.versions.get(number=1), "restore"),
}
SENT = {
    "when": "now",
    "reason": "Essai",
    "decision": "approve",
    "message": "Essai",
    "closed": "on",
    "closing_message": "Fermé.",
}


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """Its draft has another title than version 1, and a publication is asked for."""
    boss = User.objects.create_user("boss")
    PublicationRequest.objects.create(guide=shipped_guide, sha256="0" * 64, author=boss)
    shipped_guide.title = "Nouveau titre"
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def viewer(db: None) -> Client:
    """Of the staff, may look at guides and versions, and nothing else."""
    user = User.objects.create_user("vera", is_staff=True)
    names = ("view_guide", "view_version", "view_question", "view_rule")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def refused(request: pytest.FixtureRequest) -> Client:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def untouched(guide: Guide) -> bool:
    guide.refresh_from_db()
    waiting = PublicationRequest.objects.filter(guide=guide).exists()
    return Version.objects.count() == 1 and not guide.closed and waiting


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("refused", ["editor", "viewer"], indirect=True)
def test_a_door_is_closed_with_a_french_page(guide: Guide, refused: Client, door: str) -> None:
    url = DOORS[door](guide)
    for response in (refused.get(url), refused.post(url, SENT)):
        assert response.status_code == 403
        page = response.getvalue().decode()
        assert "Accès refusé" in page
        assert "Demandez à un responsable de publication" in page
    assert untouched(guide)


def test_a_viewer_cannot_set_the_draft_back(guide: Guide, viewer: Client) -> None:
    response = viewer.post(action_url(guide, "reset"))
    assert response.status_code == 403
    assert "Accès refusé" in response.getvalue().decode()
    assert untouched(guide)
    assert guide.title == "Nouveau titre"


@pytest.mark.parametrize("door", DOORS)
def test_who_is_not_logged_in_is_led_to_the_login(guide: Guide, client: Client, door: str) -> None:
    response = client.post(DOORS[door](guide), SENT)
    assert response.headers["Location"].startswith("/admin/login/")
    assert untouched(guide)
