"""Invalid and random input: the admin refuses it with a message, and never with a server error."""

import pytest
from django.db.models import Model
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.admin.links import action_url, add_url, change_url
from rules.models import Example, Guide, Outcome, Question, Rule
from tests.admin.pages import fill_and_send, page_errors, page_fields, parse_page

pytestmark = pytest.mark.slow

HOSTILE_VALUES = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "9" * 30, "9" * 5000, "\x00", "\x01", "ask-", "give-999999", "a-b-c", "on"]
    ),
    st.text(max_size=50),
)


@pytest.fixture
def editor_in_production(editor: Client) -> Client:
    """The client of an editor. If a view raises, it gets the error page, as in production."""
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


def test_a_text_longer_than_a_document_allows_is_refused(guide: Guide, editor: Client) -> None:
    outcome = guide.outcomes.all()[0]
    lines = ("x" * 99 + "\r\n") * 200
    assert fill_and_send(editor, change_url(outcome), body=lines).status_code == 302
    assert page_errors(fill_and_send(editor, change_url(outcome), body=lines + "x"))
    assert page_errors(fill_and_send(editor, change_url(outcome), title="x" * 301))


def test_the_address_of_a_missing_row_causes_no_server_error(
    guide: Guide, editor_in_production: Client
) -> None:
    for model in ("guide", "question", "outcome", "rule", "example", "version"):
        for key in ("999999", "9" * 30, "x", "%00", "9" * 5000):
            for page in ("change", "delete", "history"):
                response = editor_in_production.get(f"/admin/rules/{model}/{key}/{page}/")
                assert response.status_code in {302, 403, 404}, response


def test_an_action_on_a_missing_guide_is_not_found(
    guide: Guide, editor_in_production: Client
) -> None:
    for action in ("reset", "duplicate"):
        assert editor_in_production.post(f"/admin/rules/guide/9999/{action}/").status_code == 404


def test_the_page_of_a_missing_guide_redirects_with_a_message(
    guide: Guide, editor_in_production: Client
) -> None:
    page = editor_in_production.get("/admin/rules/guide/9999/change/", follow=True)
    assert page.redirect_chain == [("/admin/rules/guide/", 302)]
    assert "Ce guide n’existe plus." in str(parse_page(page))


@pytest.mark.parametrize("key", ["9999", "9" * 30])
def test_an_action_on_a_missing_row_redirects_to_the_list_of_guides(
    guide: Guide, editor_in_production: Client, key: str
) -> None:
    for action in ("change", "delete", "move", "duplicate"):
        url = f"/admin/rules/rule/{key}/{action}/"
        page = editor_in_production.post(url, {"direction": "up"}, follow=True)
        assert page.redirect_chain == [("/admin/rules/guide/", 302)]
        assert "Cette règle n’existe plus\u00a0: le brouillon a changé" in str(parse_page(page))


def test_a_move_in_an_unknown_direction_is_not_found(
    guide: Guide, editor_in_production: Client
) -> None:
    url = action_url(guide.rules.all()[3], "move")
    for direction in ({}, {"direction": "left"}):
        assert editor_in_production.post(url, direction).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["guide=%00", "guide=" + "9" * 5000, "guide={}&guide__x=1", "guide={}&p=x", "guide={}&o=x.y"],
)
def test_no_query_of_a_list_causes_a_server_error(
    guide: Guide, editor_in_production: Client, query: str
) -> None:
    for model in ("question", "outcome", "rule", "example", "version"):
        assert editor_in_production.get(
            f"/admin/rules/{model}/?{query.format(guide.pk)}"
        ).status_code in {
            200,
            302,
            400,
            404,
        }


def test_a_form_without_the_management_fields_of_its_rows_is_refused(
    guide: Guide, editor_in_production: Client
) -> None:
    rule = guide.rules.all()[1]
    response = editor_in_production.post(change_url(rule), {"match": "all"})
    assert response.status_code == 200
    assert rule.conditions.count() == 1


def test_the_form_of_a_new_row_without_the_management_fields_of_its_rows_is_refused(
    guide: Guide, editor_in_production: Client
) -> None:
    form = {"title": "Nouvelle ?", "scope": "pupil", "choices-0-label": "Oui"}
    assert editor_in_production.post(add_url(Question, guide), form).status_code == 200
    assert not guide.questions.filter(title="Nouvelle ?").exists()


def test_a_new_question_ignores_a_choice_beyond_the_posted_number_of_choices(
    guide: Guide, editor_in_production: Client
) -> None:
    fill_and_send(
        editor_in_production,
        add_url(Question, guide),
        title="Nouvelle ?",
        choices__0__label="Oui",
        choices__9__label="Au-delà",
    )
    question = guide.questions.get(title="Nouvelle ?")
    assert list(question.choices.values_list("label", flat=True)) == ["Oui"]


def test_the_parameters_of_django_popups_cause_no_server_error(
    guide: Guide, editor_in_production: Client
) -> None:
    for extra in ("_popup=1", "_to_field=key", "_to_field=id"):
        response = editor_in_production.get(f"{change_url(guide.rules.all()[1])}?{extra}")
        assert response.status_code in {200, 302, 400}


def test_a_choice_with_too_large_an_id_is_refused(
    guide: Guide, editor_in_production: Client
) -> None:
    page = fill_and_send(
        editor_in_production, change_url(guide.rules.all()[1]), conditions__0__named=["9" * 30]
    )
    assert page_errors(page)


@pytest.mark.parametrize("model", [Guide, Question, Outcome, Rule, Example])
def test_no_value_of_a_field_causes_a_server_error(
    guide: Guide, editor_in_production: Client, model: type[Model]
) -> None:
    """The values are posted to the page of a new row and to the page of an existing row."""
    if model is Guide:
        urls = ["/admin/rules/guide/add/", action_url(guide, "texts")]
    else:
        urls = [add_url(model, guide), change_url(model._default_manager.filter(guide=guide)[1])]
    forms = {url: page_fields(editor_in_production.get(url)) for url in urls}

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.sampled_from(urls), st.data())
    def send_values(url: str, data: st.DataObject) -> None:
        names = st.sampled_from(sorted(forms[url]))
        changes = data.draw(st.dictionaries(names, HOSTILE_VALUES, min_size=1, max_size=4))
        response = editor_in_production.post(url, forms[url] | changes)
        assert response.status_code in {200, 302, 400}

    send_values()
