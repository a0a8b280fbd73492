"""Guides and rows that someone deletes while another person edits them: the page says so."""

import sys

import pytest
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from rules.admin.links import action_url, add_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.drafts.history import Part
from rules.drafts.rows import rule_duplicate
from rules.engine.content import GuideContent
from rules.models import Guide, Question, Rule
from rules.publication.approvals import publication_request_create
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, page_fields, page_links, page_text
from tests.rules.documents import small_document

ACTIONS = [
    "texts",
    "delete",
    "publish",
    "approve",
    "settings",
    "duplicate",
    "missing_examples",
    "add a question",
    "change a question",
    "delete a question",
    "move a rule",
    "duplicate a rule",
]


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """A guide that was never published: a published guide cannot be deleted."""
    return guide_import(content=parse_document(small_document()))


@pytest.fixture
def boss(log_in: LogIn) -> Client:
    return log_in("boss", superuser=True)


def action_url_of(action_name: str, guide: Guide) -> str:
    question, rule = guide.questions.all()[0], guide.rules.all()[0]
    urls = {
        "delete": change_url(guide).replace("change", "delete"),
        "add a question": add_url(Question, guide),
        "change a question": change_url(question),
        "delete a question": change_url(question).replace("change", "delete"),
        "move a rule": action_url(rule, "move"),
        "duplicate a rule": action_url(rule, "duplicate"),
    }
    return urls[action_name] if action_name in urls else action_url(guide, action_name)


def delete_before_the_lock(patch: pytest.MonkeyPatch, model: type[Model]) -> None:
    """Makes the next attempt to lock a guide or a row first delete all rows of a model."""
    lock = QuerySet.select_for_update

    def delete_then_lock(self: "QuerySet[Guide]") -> "QuerySet[Guide]":
        model._default_manager.all().delete()
        return lock(self)

    patch.setattr(QuerySet, "select_for_update", delete_then_lock)


def follow_redirect(client: Client, response: HttpResponseBase) -> str:
    assert response.status_code == 302
    return client.get(response.headers["Location"]).getvalue().decode()


@pytest.mark.parametrize("action_name", ACTIONS)
def test_a_page_says_that_its_guide_was_deleted_meanwhile(
    guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch, action_name: str
) -> None:
    url = action_url_of(action_name, guide)
    form: Fields = {"direction": "down", "title": "Un ?", "decision": "refuse", "message": "Non"}
    if action_name == "approve":
        author = User.objects.create_user("lea")
        publication_request_create(review=PublicationReview(guide), author=author)
    if action_name in ("publish", "approve"):
        form = page_fields(boss.get(url)) | form
    delete_before_the_lock(monkeypatch, Guide)
    response = boss.post(url, form)
    assert response.headers["Location"] == "/admin/rules/guide/"
    assert "Ce guide n’existe plus." in follow_redirect(boss, response)


@pytest.mark.parametrize(
    ("model", "action", "message"),
    [
        (Rule, "move", "Cette règle n’existe plus"),
        (Rule, "duplicate", "Cette règle n’existe plus"),
        (Question, "duplicate", "Cette question n’existe plus"),
        (Question, "move", "Cette question n’existe plus"),
        (Rule, "delete", "Cette règle n’existe plus"),
        (Question, "delete", "Cette question n’existe plus"),
    ],
)
def test_a_page_says_that_its_row_was_deleted_meanwhile(
    guide: Guide,
    boss: Client,
    monkeypatch: pytest.MonkeyPatch,
    model: type[Rule | Question],
    action: str,
    message: str,
) -> None:
    if model is Question:
        guide.rules.all().delete()
        guide.examples.all().delete()
    url = action_url(model._default_manager.filter(guide=guide)[0], action)
    delete_before_the_lock(monkeypatch, model)
    assert message in follow_redirect(boss, boss.post(url, {"direction": "down"}))


def delete_before_the_draft_is_read(patch: pytest.MonkeyPatch, row: Part) -> None:
    """Makes the pages of parts delete a row just before they read its draft."""

    def delete_then_read(guide: Guide) -> GuideContent:
        type(row)._default_manager.filter(pk=row.pk).delete()
        return draft_read(guide)

    for name in ("rules.draft_read", "part_admin.draft_read", "part_admin.find_readable_draft"):
        patch.setattr(f"rules.admin.parts.{name}", delete_then_read)


@pytest.mark.parametrize("page", ["change", "history", "delete", "refused form"])
def test_a_page_says_that_its_rule_was_deleted_while_it_was_read(
    guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    rule = guide.rules.all()[0]
    url = change_url(rule).replace("change", page if page != "refused form" else "change")
    form = page_fields(boss.get(change_url(rule))) | {"then": ""}
    delete_before_the_draft_is_read(monkeypatch, rule)
    response = boss.post(url, form) if page == "refused form" else boss.get(url)
    assert "Cette règle n’existe plus" in follow_redirect(boss, response)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("questions", "Cette question n’existe plus"),
        ("outcomes", "Ce conseil ou cette conclusion n’existe plus"),
        ("examples", "Ce cas type n’existe plus"),
    ],
)
def test_a_page_says_that_its_part_was_deleted_while_it_was_read(
    guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch, kind: str, sentence: str
) -> None:
    row = getattr(guide, kind).all()[0]
    guide.rules.all().delete()  # or they would keep the question and the outcome
    guide.examples.exclude(pk=row.pk if kind == "examples" else 0).delete()
    delete_before_the_draft_is_read(monkeypatch, row)
    assert sentence in follow_redirect(boss, boss.get(change_url(row)))


def test_a_rule_that_is_deleted_while_a_page_is_read_is_not_listed(
    guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = guide.rules.all()[0]
    delete_before_the_draft_is_read(monkeypatch, rule)
    for url in (
        list_url(Rule, guide),
        change_url(guide.questions.all()[0]).replace("change", "delete"),
        change_url(guide.examples.all()[0]),
    ):
        if not guide.rules.filter(pk=rule.pk).exists():
            rule.save(force_insert=True)
        response = boss.get(url)
        assert response.status_code == 200
        assert change_url(rule) not in page_links(response)


def test_a_rule_that_is_added_while_the_list_is_read_is_not_listed_yet(
    guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[Rule] = []

    def read_then_add(guide: Guide) -> GuideContent:
        draft = draft_read(guide)
        added.append(rule_duplicate(rule=guide.rules.all()[0]))
        return draft

    monkeypatch.setattr("rules.admin.parts.rules.draft_read", read_then_add)
    response = boss.get(list_url(Rule, guide))
    assert response.status_code == 200
    assert change_url(added[0]) not in page_links(response)


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_page_of_a_guide_that_does_not_exist_says_so(
    guide: Guide, boss: Client, page: str
) -> None:
    url = change_url(guide).replace("change", page)
    guide.delete()
    assert "Ce guide n’existe plus." in follow_redirect(boss, boss.get(url))


@pytest.mark.parametrize("name", ["parts.ordering.change_create", "guide.duplicates.log_sentence"])
def test_nothing_is_saved_if_the_history_cannot_be_written(
    guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(f"rules.admin.{name}", fail)
    before = list(Rule.objects.values_list("key", flat=True))
    url = action_url_of("move a rule" if name.startswith("parts") else "duplicate", guide)
    with pytest.raises(RuntimeError):
        boss.post(url, {"direction": "down"})
    assert list(Rule.objects.values_list("key", flat=True)) == before
    assert Guide.objects.count() == 1


def test_the_page_of_a_guide_that_still_exists_opens(guide: Guide, boss: Client) -> None:
    assert "Petit guide" in page_text(boss.get(change_url(guide)))


def delete_parts_after_a_read(patch: pytest.MonkeyPatch, guide: Guide) -> None:
    """Makes whatever reads a draft find that all its parts were deleted just after the read."""

    def read_then_delete(guide: Guide) -> GuideContent:
        content = draft_read(guide)
        for rows in (guide.examples, guide.rules, guide.outcomes, guide.questions):
            rows.all().delete()
        return content

    for module in list(sys.modules.values()):
        if module.__name__ != __name__ and vars(module).get("draft_read") is draft_read:
            patch.setattr(module, "draft_read", read_then_delete)


@pytest.mark.parametrize(
    "page", ["change", "proof", "graph", "read", "publish", "compare", "list", "try", "replay"]
)
def test_a_page_about_a_draft_is_shown_if_its_parts_are_deleted_while_it_is_made(
    shipped_guide: Guide, boss: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shipped_guide.rules.get(key="compte-a-associer").conditions.all().delete()
    urls = {
        "change": change_url(shipped_guide),
        "list": list_url(Rule, shipped_guide),
        "replay": reverse("admin:diagnostics_session_replay", args=[shipped_guide.pk]),
        "try": reverse(
            "admin:diagnostics_session_try", args=[shipped_guide.pk], query={"liste-a-jour": "oui"}
        ),
    }
    shipped_guide.examples.create(name="L’essai, conclu dès le départ", position=0)
    delete_parts_after_a_read(monkeypatch, shipped_guide)
    response = boss.get(urls.get(page) or action_url(shipped_guide, page))
    assert response.status_code == 200
