"""Forms sent with any subset of their fields: a page or a redirect, and no other guide changes."""

from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.admin.links import add_url, change_url
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_duplicate
from rules.models import Choice, Condition, Example, Guide, Outcome, Question, Rule
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, fill_and_send, page_fields

MODELS: list[type[Model]] = [Guide, Question, Outcome, Rule, Example]
HOSTILE_NUMBERS = ("-1", "0", "1", "3", "999", "1001", "9" * 9, "9" * 19, "9" * 30, "", "x", "1 2")


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


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


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_any_subset_of_the_fields_of_a_form_gives_a_page_and_changes_no_other_guide(
    guide: Guide, other: Guide, editor_in_production: Client, model: type[Model]
) -> None:
    if model is Guide:
        urls = ["/admin/rules/guide/add/", change_url(guide)]
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
        response = editor_in_production.post(url, sent)
        assert response.status_code in {200, 302, 400, 404}, sent
        assert draft_read(other) == before

    send_fields()


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
