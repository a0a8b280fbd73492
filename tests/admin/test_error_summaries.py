"""Each error of a form is a link to its field at the top of the page, and the first has the focus."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import action_url, add_url, change_url
from rules.models import Example, Guide, LegalPage, Outcome, Question
from rules.publication.approvals import publication_request_create
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, page_fields, parse_page

pytestmark = pytest.mark.no_cover  # other tests take the same branches

Case = Callable[[Guide], tuple[str, Fields]]


def get_legal_page(guide: Guide) -> LegalPage:
    return LegalPage.objects.get_or_create(key="mentions-legales", title="Mentions", body="x")[0]


def restore_without_reason(guide: Guide) -> tuple[str, Fields]:
    guide_publish(review=PublicationReview(guide))
    return action_url(guide.versions.get(number=1), "restore"), {"reason": ""}


CASES: dict[str, tuple[Case, list[str]]] = {
    "guide": (lambda guide: (action_url(guide, "texts"), {"title": ""}), ["id_title"]),
    "new guide": (
        lambda guide: ("/admin/rules/guide/add/", {"title": "", "slug": "Avec Espace"}),
        ["id_title", "id_slug"],
    ),
    "question": (
        lambda guide: (
            add_url(Question, guide),
            {"title": "Vu ?", "scope": "", "choices-1-label": "Oui", "choices-1-position": "-4"},
        ),
        ["id_scope", "id_choices-1-position"],
    ),
    "question without title": (
        lambda guide: (change_url(guide.questions.all()[0]), {"title": "", "choices-0-label": ""}),
        ["id_title", "id_choices-0-label"],
    ),
    "outcome": (
        lambda guide: (add_url(Outcome, guide), {"title": "Fin", "final": [], "link_url": "x"}),
        ["id_final_0", "id_link_url"],
    ),
    "rule": (
        lambda guide: (
            change_url(guide.rules.all()[13]),
            {"then": "", "conditions-0-named": [], "conditions-1-question": ""},
        ),
        ["id_conditions-0-named_0", "id_conditions-1-question", "id_then"],
    ),
    "example": (lambda guide: (add_url(Example, guide), {"name": ""}), ["id_name"]),
    "settings": (
        lambda guide: (action_url(guide, "settings"), {"closed": "on", "closing_message": ""}),
        ["id_closing_message"],
    ),
    "publish": (
        lambda guide: (action_url(guide, "publish"), {"when": [], "note": "x" * 301}),
        ["id_note", "id_when_0"],
    ),
    "publish later": (
        lambda guide: (action_url(guide, "publish"), {"when": "later", "date": "hier"}),
        ["id_date", "id_time"],
    ),
    "restore": (restore_without_reason, ["id_reason"]),
    "legal page": (lambda guide: (change_url(get_legal_page(guide)), {"title": ""}), ["id_title"]),
    "account": (
        lambda guide: (
            "/admin/auth/user/add/",
            {"username": "a b", "password1": "", "password2": ""},
        ),
        ["id_username", "id_password1", "id_password2"],
    ),
    "group": (lambda guide: ("/admin/auth/group/add/", {"name": ""}), ["id_name"]),
    "own password": (
        lambda guide: ("/admin/password_change/", {"old_password": "no", "new_password1": "a"}),
        ["id_old_password", "id_new_password2"],
    ),
    "password of another": (
        lambda guide: (
            f"/admin/auth/user/{User.objects.get().pk}/password/",
            {"password1": "une longue phrase", "password2": "b"},
        ),
        ["id_password2"],
    ),
    "import of nothing": (lambda guide: ("/admin/rules/guide/import/", {}), ["id_file"]),
    "import of a text": (
        lambda guide: ("/admin/rules/guide/import/", {"text": "{}"}),
        ["id_text"] * 6,
    ),
}


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("root", superuser=True)


def send_wrong(client: Client, guide: Guide, name: str) -> HttpResponseBase:
    guide.title = "Autre titre"
    guide.save()
    url, typed = CASES[name][0](guide)
    return client.post(url, page_fields(client.get(url)) | typed)


def summary_anchors(page: BeautifulSoup) -> list[str]:
    return [str(link["href"])[1:] for link in page.select("#errors a")]


@pytest.mark.parametrize("name", CASES)
def test_each_error_is_a_link_to_its_field_and_the_first_has_the_focus(
    admin: Client, shipped_guide: Guide, name: str
) -> None:
    page = parse_page(send_wrong(admin, shipped_guide, name))
    expected = CASES[name][1]
    assert summary_anchors(page) == expected, page.select("#errors")
    assert [found["id"] for found in page.select("[autofocus]")] == expected[:1]
    assert page.title
    assert page.title.get_text().startswith("Erreur\u00a0: ")


@pytest.mark.parametrize("name", CASES)
def test_each_wrong_field_is_tied_to_its_error(
    admin: Client, shipped_guide: Guide, name: str
) -> None:
    page = parse_page(send_wrong(admin, shipped_guide, name))
    for anchor in summary_anchors(page):
        field = page.select_one(f'[id="{anchor}"]')
        assert field is not None
        described = field if field.has_attr("aria-describedby") else field.find_parent(role="group")
        assert isinstance(described, Tag)
        texts = [page.find(id=name) for name in str(described["aria-describedby"]).split()]
        assert all(texts), "each description is on the page"


def test_no_page_says_that_errors_are_below(admin: Client, shipped_guide: Guide) -> None:
    for name in CASES:
        assert b"ci-dessous" not in send_wrong(admin, shipped_guide, name).getvalue()


def test_a_refusal_of_a_publication_without_a_reason_leads_to_its_field(
    publisher: Client, shipped_guide: Guide
) -> None:
    shipped_guide.title, shipped_guide.needs_approval = "Autre titre", True
    shipped_guide.save()
    asks = User.objects.create_user("anne")
    publication_request_create(review=PublicationReview(shipped_guide), author=asks)
    url = action_url(shipped_guide, "approve")
    [checked] = {
        field["value"] for field in parse_page(publisher.get(url)).select("[name=checked]")
    }
    page = parse_page(publisher.post(url, {"decision": "refuse", "checked": str(checked)}))
    assert summary_anchors(page) == ["id_message"]
    assert [field["id"] for field in page.select("[autofocus]")] == ["id_message"]


def test_an_error_of_a_row_names_its_number_on_the_page_deleted_rows_included(
    admin: Client, shipped_guide: Guide
) -> None:
    question = shipped_guide.questions.all()[2]
    question.choices.create(key="en-trop", label="En trop", position=0)
    url = change_url(question)
    typed = {"choices-0-DELETE": "on", "choices-0-label": "", "choices-2-label": ""}
    page = parse_page(admin.post(url, page_fields(admin.get(url)) | typed))
    [link] = page.select("#errors a")
    assert link.get_text() == "Réponse n°\u00a03, Réponse\u00a0: Ce champ est obligatoire."
    ranks = [row.select_one(".inline-rank") for row in page.select("#choices-2")]
    assert [rank.get_text() for rank in ranks if rank] == ["3"]


def test_an_error_about_all_rows_leads_to_their_heading(
    editor: Client, shipped_guide: Guide
) -> None:
    url = change_url(shipped_guide.questions.all()[0])
    page = parse_page(editor.post(url, page_fields(editor.get(url)) | {"choices-0-DELETE": "on"}))
    [link] = page.select("#errors a")
    assert link["href"] == "#choices-heading"
    assert link.get_text().endswith("reste, car d’autres pages s’en servent")
    [focused] = page.select("[autofocus]")
    assert (focused["id"], focused["tabindex"]) == ("choices-heading", "-1")


def test_a_refusal_about_no_field_has_the_focus_itself(
    editor: Client, publisher: Client, shipped_guide: Guide
) -> None:
    url = change_url(shipped_guide.outcomes.all()[0])
    typed = page_fields(editor.get(url)) | {"title": "Le mien"}
    publisher.post(url, page_fields(publisher.get(url)) | {"body": "Le sien"})
    page = parse_page(editor.post(url, typed))
    [focused] = page.select("[autofocus]")
    assert focused["id"] == "errors"
    assert "paul a modifié" in focused.get_text()
    [typed_title] = page.select("#id_title")
    assert typed_title["value"] == "Le mien"


def test_the_login_page_links_its_errors_to_their_fields(db: None) -> None:
    client = Client()
    page = parse_page(client.post("/admin/login/", {"username": "", "password": ""}))
    assert summary_anchors(page) == ["id_username", "id_password"]
    assert [field["id"] for field in page.select("[autofocus]")] == ["id_username"]
    page = parse_page(client.post("/admin/login/", {"username": "a", "password": "b"}))
    assert [link["href"] for link in page.select("[role=alert] a")] == ["#id_password"]
    assert [field["id"] for field in page.select("[autofocus]")] == ["id_password"]
