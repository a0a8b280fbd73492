"""The admin answers any input clearly: it never fails, and never saves half of a form."""

import pytest
from django.db.models import Model
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.admin.links import action_url, add_url, change_url
from rules.models import Example, Guide, Outcome, Question, Rule
from tests.admin.pages import fill_and_send, page_errors, page_fields, parse_page

pytestmark = pytest.mark.slow

HOSTILE = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "9" * 30, "9" * 5000, "\x00", "\x01", "ask-", "give-999999", "a-b-c", "on"]
    ),
    st.text(max_size=50),
)


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


@pytest.fixture
def quiet(editor: Client) -> Client:
    """An editor who gets the error page if the server fails, as in production."""
    editor.raise_request_exception = False
    return editor


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x7f"])
def test_an_invisible_character_is_refused(guide: Guide, editor: Client, character: str) -> None:
    page = fill_and_send(editor, add_url(Question, guide), title=f"Titre{character}")
    assert "interdit" in page_errors(page) or "nul" in page_errors(page)


def test_a_title_of_two_lines_is_refused(guide: Guide, editor: Client) -> None:
    assert "une seule ligne" in page_errors(
        fill_and_send(editor, add_url(Question, guide), title="a\nb")
    )


def test_texts_are_as_long_as_the_document_allows(guide: Guide, editor: Client) -> None:
    outcome = guide.outcomes.all()[0]
    lines = ("x" * 99 + "\r\n") * 200
    assert fill_and_send(editor, change_url(outcome), body=lines).status_code == 302
    assert page_errors(fill_and_send(editor, change_url(outcome), body=lines + "x"))
    assert page_errors(fill_and_send(editor, change_url(outcome), title="x" * 301))


def test_the_address_of_a_missing_row_leads_to_an_existing_page(
    guide: Guide, quiet: Client
) -> None:
    for model in ("guide", "question", "outcome", "rule", "example", "version"):
        for key in ("999999", "9" * 30, "x", "%00", "9" * 5000):
            for page in ("change", "delete", "history"):
                response = quiet.get(f"/admin/rules/{model}/{key}/{page}/")
                assert response.status_code in {302, 403, 404}, response


def test_actions_on_a_guide_that_is_not_there_are_not_found(guide: Guide, quiet: Client) -> None:
    for action in ("reset", "duplicate"):
        assert quiet.post(f"/admin/rules/guide/9999/{action}/").status_code == 404


def test_the_page_of_a_missing_guide_says_that_it_is_gone(guide: Guide, quiet: Client) -> None:
    page = quiet.get("/admin/rules/guide/9999/change/", follow=True)
    assert page.redirect_chain == [("/admin/rules/guide/", 302)]
    assert "Ce guide n’existe plus." in str(parse_page(page))


@pytest.mark.parametrize("key", ["9999", "9" * 30])
def test_an_action_on_a_missing_row_leads_to_the_list_of_guides(
    guide: Guide, quiet: Client, key: str
) -> None:
    for action in ("change", "delete", "move", "duplicate"):
        url = f"/admin/rules/rule/{key}/{action}/"
        page = quiet.post(url, {"direction": "up"}, follow=True)
        assert page.redirect_chain == [("/admin/rules/guide/", 302)]
        assert "Cette règle n’existe plus\u00a0: le brouillon a changé" in str(parse_page(page))


def test_a_rule_moves_up_or_down_and_nowhere_else(guide: Guide, quiet: Client) -> None:
    url = action_url(guide.rules.all()[3], "move")
    for direction in ({}, {"direction": "left"}):
        assert quiet.post(url, direction).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["guide=%00", "guide=" + "9" * 5000, "guide={}&guide__x=1", "guide={}&p=x", "guide={}&o=x.y"],
)
def test_a_list_survives_any_query(guide: Guide, quiet: Client, query: str) -> None:
    for model in ("question", "outcome", "rule", "example", "version"):
        assert quiet.get(f"/admin/rules/{model}/?{query.format(guide.pk)}").status_code in {
            200,
            302,
            400,
            404,
        }


def test_a_form_without_its_management_fields_is_refused(guide: Guide, quiet: Client) -> None:
    rule = guide.rules.all()[1]
    response = quiet.post(change_url(rule), {"match": "all"})
    assert response.status_code == 200
    assert rule.conditions.count() == 1


def test_a_popup_or_another_key_field_changes_nothing(guide: Guide, quiet: Client) -> None:
    for extra in ("_popup=1", "_to_field=key", "_to_field=id"):
        response = quiet.get(f"{change_url(guide.rules.all()[1])}?{extra}")
        assert response.status_code in {200, 302, 400}


def test_a_choice_of_a_number_too_large_is_refused(guide: Guide, quiet: Client) -> None:
    page = fill_and_send(quiet, change_url(guide.rules.all()[1]), conditions__0__named=["9" * 30])
    assert page_errors(page)


@pytest.mark.parametrize("model", [Guide, Question, Outcome, Rule, Example])
def test_any_value_in_any_field_is_answered(
    guide: Guide, quiet: Client, model: type[Model]
) -> None:
    """The values are sent to the page of a new row and to that of an existing one."""
    if model is Guide:
        urls = ["/admin/rules/guide/add/", change_url(guide)]
    else:
        urls = [add_url(model, guide), change_url(model._default_manager.filter(guide=guide)[1])]
    forms = {url: page_fields(quiet.get(url)) for url in urls}

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.sampled_from(urls), st.data())
    def send_values(url: str, data: st.DataObject) -> None:
        names = st.sampled_from(sorted(forms[url]))
        changes = data.draw(st.dictionaries(names, HOSTILE, min_size=1, max_size=4))
        response = quiet.post(url, forms[url] | changes)
        assert response.status_code in {200, 302, 400}

    send_values()
