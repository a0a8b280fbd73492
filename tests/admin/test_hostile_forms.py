"""Forms sent with any subset of their fields: a page or a redirect, and no other guide changes."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.installation import legal_pages_create
from rules.admin.links import action_url, add_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_duplicate, guide_import
from rules.models import Choice, Condition, Example, Guide, LegalPage, Outcome, Question, Rule
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, fill_and_send, page_fields, parse_page
from tests.admin.test_import_export import IMPORT_URL
from tests.rules.documents import small_document

MODELS: list[type[Model]] = [Guide, Question, Outcome, Rule, Example]
HOSTILE_NUMBERS = ("-1", "0", "1", "3", "999", "1001", "9" * 9, "9" * 19, "9" * 30, "", "x", "1 2")

HOSTILE_TEXTS = ("\x00", "é\n<b>", "[a](b)", "x" * 20_001, "approve", "later", "on")
PUBLISHERS = "Responsables de publication"
FIELDS_OF_BUTTONS: dict[str, Fields] = {"approve": {"decision": "refuse"}}
"""The fields that the buttons of a page send, by its name in the tests."""


@pytest.fixture
def other(guide: Guide) -> Guide:
    """Another guide of the same site, which no form below belongs to."""
    return guide_duplicate(guide=guide)


@pytest.fixture
def editor_in_production(editor: Client) -> Client:
    editor.raise_request_exception = False
    return editor


def foreign_ids(other: Guide) -> Iterator[str]:
    """Yields ids of the other guide and of its rows."""
    yield str(other.pk)
    for rows in (
        *(other.questions.all(), other.outcomes.all(), other.rules.all(), other.examples.all()),
        Choice.objects.filter(question__guide=other),
        Condition.objects.filter(rule__guide=other),
    ):
        yield from map(str, rows.values_list("pk", flat=True)[:2])


def count_rows(guide: Guide) -> tuple[int, int]:
    """Returns how many choices and conditions a guide has."""
    return (
        Choice.objects.filter(question__guide=guide).count(),
        Condition.objects.filter(rule__guide=guide).count(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_any_subset_of_the_fields_of_a_form_gives_a_page_and_changes_no_other_guide(
    guide: Guide, other: Guide, editor_in_production: Client, model: type[Model]
) -> None:
    if model is Guide:
        urls = ["/admin/rules/guide/add/", action_url(guide, "texts")]
    else:
        urls = [add_url(model, guide), change_url(model._default_manager.filter(guide=guide)[1])]
    forms = {url: page_fields(editor_in_production.get(url)) for url in urls}
    foreign = list(foreign_ids(other))
    values = st.sampled_from([*HOSTILE_NUMBERS, *foreign, *(f"give-{pk}" for pk in foreign[:9])])
    before = draft_read(other)

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.sampled_from(urls), st.data())
    def send_fields(url: str, data: st.DataObject) -> None:
        names = st.sampled_from(sorted(forms[url]))
        left_out = data.draw(st.sets(names, max_size=6))
        replaced = data.draw(
            st.dictionaries(names, st.lists(values, min_size=1, max_size=3), max_size=6)
        )
        sent: Fields = {
            **{name: value for name, value in forms[url].items() if name not in left_out},
            **replaced,
        }
        rows = count_rows(guide)
        response = editor_in_production.post(url, sent)
        assert response.status_code in {200, 302, 400, 404}, sent
        assert draft_read(other) == before
        assert all(after >= count for count, after in zip(rows, count_rows(guide), strict=True))

    send_fields()


def open_form(page: str, publisher: Client, log_in: LogIn) -> tuple[str, Fields]:
    """Returns the address and the fields of a form that is not about a part of the draft."""
    guide = guide_import(content=parse_document(small_document()))
    if page == "import":
        document = json.dumps(small_document() | {"title": "Importé"})
        return IMPORT_URL, page_fields(publisher.post(IMPORT_URL, {"text": document}))
    if page == "legal page":
        legal_pages_create()
        url = change_url(LegalPage.objects.all()[0])
    elif page == "restore":
        guide_publish(review=PublicationReview(guide))
        Guide.objects.filter(pk=guide.pk).update(title="Autre")
        guide_publish(review=PublicationReview(Guide.objects.get(pk=guide.pk)))
        url = action_url(guide.versions.earliest("number"), page)
    elif page == "approve":
        Guide.objects.filter(pk=guide.pk).update(needs_approval=True)
        fill_and_send(log_in("pierre", PUBLISHERS), action_url(guide, "publish"), note="Note")
        url = action_url(guide, page)
    else:
        url = action_url(guide, page)
    return url, page_fields(publisher.get(url)) | FIELDS_OF_BUTTONS.get(page, {})


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", ["settings", "publish", "approve", "restore", "import", "legal page"]
)
def test_any_subset_of_the_fields_of_another_form_gives_a_page_that_keeps_what_was_typed(
    guide: Guide, publisher: Client, log_in: LogIn, page: str
) -> None:
    """The draft of each guide stays, unless the imported one replaces it."""
    publisher.raise_request_exception = False
    url, form = open_form(page, publisher, log_in)
    drafts = {row.slug: draft_read(row) for row in Guide.objects.all()}
    imported = replace(drafts["petit"], title="Importé")
    values = st.sampled_from([*HOSTILE_NUMBERS, *HOSTILE_TEXTS])

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.data())
    def send_fields(data: st.DataObject) -> None:
        names = st.sampled_from(sorted(form))
        left_out = data.draw(st.sets(names, max_size=4))
        replaced: Fields = data.draw(st.dictionaries(names, values, max_size=4))
        sent = {name: value for name, value in form.items() if name not in left_out} | replaced
        with transaction.atomic():
            response = publisher.post(url, sent)
            after = {row.slug: draft_read(row) for row in Guide.objects.all()}
            transaction.set_rollback(True)
        assert response.status_code in {200, 302, 400, 403}, sent
        assert after in (drafts, drafts | {"petit": imported})
        for name, typed in shown_texts(response).items():
            assert typed == sent.get(name, typed), (name, sent)

    send_fields()


def shown_texts(response: HttpResponseBase) -> dict[str, str]:
    """Returns what the text fields of a page contain, by their names."""
    fields = parse_page(response).select("#content-start form textarea[name], input.vTextField")
    return {
        str(field["name"]): field.get_text().removeprefix("\n")
        if field.name == "textarea"
        else str(field.get("value", ""))
        for field in fields
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("number", ["-1", "0", "999", "9" * 30, "x"])
@pytest.mark.parametrize(("model", "prefix"), [(Question, "choices"), (Rule, "conditions")])
def test_any_number_of_rows_in_the_management_fields_gives_a_page(
    guide: Guide,
    other: Guide,
    editor_in_production: Client,
    model: type[Model],
    prefix: str,
    name: str,
    number: str,
) -> None:
    url = change_url(model._default_manager.filter(guide=guide)[1])
    fields = page_fields(editor_in_production.get(url)) | {f"{prefix}-{name}": number}
    before = draft_read(other)
    assert editor_in_production.post(url, fields).status_code in {200, 302}
    assert draft_read(other) == before


@pytest.mark.parametrize("is_merged", [False, True], ids=["saved alone", "merged"])
@pytest.mark.parametrize(("model", "prefix"), [(Question, "choices"), (Rule, "conditions")])
def test_rows_are_saved_once_whatever_the_management_fields_say(
    guide: Guide,
    editor: Client,
    log_in: LogIn,
    model: type[Model],
    prefix: str,
    is_merged: bool,
) -> None:
    url = change_url(model._default_manager.filter(guide=guide)[1])
    fields = page_fields(editor.get(url)) | {f"{prefix}-INITIAL_FORMS": "0"}
    field = "help" if model is Question else "note"
    if is_merged:
        fill_and_send(log_in("olivier", "Éditeurs"), url, **{field: "Autre"})
    before = draft_read(guide)
    page = editor.post(url, fields)
    if is_merged:
        assert editor.post(url, page_fields(page)).status_code == 302
    assert draft_read(guide) == before


@pytest.mark.parametrize(("model", "prefix"), [(Question, "choices"), (Rule, "conditions")])
def test_a_row_that_is_posted_twice_is_saved_once(
    guide: Guide, editor: Client, model: type[Model], prefix: str
) -> None:
    url = change_url(model._default_manager.filter(guide=guide)[1])
    fields = page_fields(editor.get(url))
    twice = {
        name.replace(f"{prefix}-0-", f"{prefix}-90-"): value
        for name, value in fields.items()
        if name.startswith(f"{prefix}-0-")
    }
    before = draft_read(guide)
    assert editor.post(url, fields | twice | {f"{prefix}-TOTAL_FORMS": "91"}).status_code == 302
    assert draft_read(guide) == before
