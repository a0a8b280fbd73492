"""Buttons at faults, at failing examples and at what examples do not show do what mends them."""

from typing import NamedTuple

from django.contrib.auth.models import Permission, User
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from rules.admin.links import action_url, change_url, list_url
from rules.drafts.content import draft_read, draft_write
from rules.engine.content import GuideContent
from rules.models import Example, ExampleAnswer, Guide
from rules.publication.check import PublicationCheck, publication_check
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, form_fields, page_fields, page_text, parse_page
from tests.engine.guides import ask_when, choice_is, conclude_when, has_answer, make_question
from tests.proof.broken import make_draft

P, Q = make_question("p", "a", "b"), make_question("q", "a", "b")
HIDDEN = make_draft(
    "", [P, Q], [ask_when("p"), conclude_when("end", has_answer("p")), ask_when("q")]
).guide
"""The second question is never asked: the first one is asked before it, and any answer concludes."""
NEVER = make_draft(
    "",
    [P],
    [
        ask_when("p"),
        conclude_when("end", has_answer("p")),
        conclude_when("other", choice_is("p", "a"), choice_is("p", "b")),
        conclude_when("other", choice_is("p", "a")),
    ],
).guide
"""The third rule can never hold."""


def check_draft(guide: Guide) -> PublicationCheck:
    return publication_check(draft_read(guide))


class NextPage(NamedTuple):
    """The page that a button leads to, and its address."""

    page: HttpResponseBase
    url: str


def press_button(client: Client, page_url: str, label: str, **changes: str) -> NextPage:
    """Presses the button of an act on a page, given by a part of its label."""
    page = parse_page(client.get(page_url))
    buttons = [form for form in page.select("form.act-button") if label in form.get_text()]
    assert buttons, f"no button « {label} »"
    buttons[0]["id"] = "pressed"
    fields = form_fields(page, "#pressed") | changes
    response = client.post(str(buttons[0]["action"]), fields, follow=True)
    return NextPage(response, response.redirect_chain[-1][0] if response.redirect_chain else "")


def write_draft(guide: Guide, content: GuideContent) -> None:
    draft_write(guide=guide, content=content)


def test_a_rule_that_can_never_hold_is_removed_in_one_click(guide: Guide, editor: Client) -> None:
    write_draft(guide, NEVER)
    page, url = press_button(editor, action_url(guide, "proof"), "Supprimer la règle 3")
    assert url == action_url(guide, "proof")
    assert "La règle 3 (→ other) est supprimée\u00a0:" in page.getvalue().decode()
    assert [rule.key for rule in draft_read(guide).rules] == ["rule-0", "rule-1", "rule-3"]


def test_a_fault_on_the_page_of_the_guide_has_its_button(guide: Guide, editor: Client) -> None:
    write_draft(guide, NEVER)
    assert press_button(editor, change_url(guide), "Supprimer la règle 3").url.startswith(
        change_url(guide)
    )
    assert len(draft_read(guide).rules) == 3


def test_a_rule_is_placed_before_the_one_that_hides_it_after_a_look(
    guide: Guide, editor: Client
) -> None:
    write_draft(guide, HIDDEN)
    preview, _ = press_button(
        editor, action_url(guide, "proof"), "Placer la règle 3 avant la règle 1"
    )
    assert "Avant d’enregistrer" in page_text(preview)
    assert draft_read(guide).rules[0].key == "rule-0"
    page = parse_page(preview)
    done = editor.post(action_url(guide, "mend"), form_fields(page, ".act-form"))
    assert done["Location"] == action_url(guide, "proof")
    assert draft_read(guide).rules[0].key == "rule-2"


def test_a_fault_that_is_gone_meanwhile_is_said_to_be_gone(guide: Guide, editor: Client) -> None:
    write_draft(guide, NEVER)
    page = parse_page(editor.get(action_url(guide, "proof")))
    guide.rules.get(key="rule-2").delete()
    response = editor.post(action_url(guide, "mend"), form_fields(page, ".act-button"), follow=True)
    assert "il a été corrigé entre-temps" in response.getvalue().decode()


def test_from_a_try_the_missing_rule_leads_back_to_the_try(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    address = reverse("admin:diagnostics_session_try", args=[guide.pk])
    here = f"{address}?liste-a-jour=oui&attribution-gar=oui&methode-pix-orga=aucune"
    page = parse_page(editor.get(here))
    [link] = [one for one in page.select("a") if one.get_text() == "Créer la règle qui manque"]
    act = fill_and_send(editor, str(link["href"]), kind="conclusion", title="Fin nouvelle")
    if act.status_code == 200:
        act = editor.post(str(link["href"]), page_fields(act))
    assert act["Location"] == here
    elsewhere = f"{str(link['href']).partition('&back')[0]}&back=//pix.example/"
    assert "pix.example" not in str(parse_page(editor.get(elsewhere)).select(".act-cancel"))


def test_a_dead_end_leads_to_the_form_of_its_arrow(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    for url in (action_url(guide, "proof"), change_url(guide)):
        page = parse_page(editor.get(url))
        [link] = [one for one in page.select("a") if one.get_text() == "Créer la règle qui manque"]
        form = parse_page(editor.get(str(link["href"])))
        assert form_fields(form, ".act-form")["arrow"] == ["methode-pix-orga.aucune"]


def test_a_dead_end_of_a_try_leads_to_the_same_form(
    guide: Guide, editor: Client, log_in: LogIn
) -> None:
    guide.rules.get(key="aucune-methode").delete()
    answers = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
    url = reverse("admin:diagnostics_session_try", args=[guide.pk], query=answers)
    [link] = parse_page(editor.get(url)).select(".notice a[href*=arrow]")
    assert str(link["href"]).startswith(
        f"{action_url(guide, 'lead')}?arrow=methode-pix-orga.aucune&back="
    )
    reader = log_in("lise")
    User.objects.get(username="lise").user_permissions.set(
        Permission.objects.filter(codename="view_guide")
    )
    page = parse_page(reader.get(url))
    assert not page.select(".notice a[href*=arrow]")
    assert "Dites-le à un éditeur de ce guide" in page.select(".notice")[0].get_text()


def test_a_question_is_answered_in_all_examples_that_lack_the_answer(
    guide: Guide, editor: Client
) -> None:
    guide_list = list_url(Example, guide)
    for url in (action_url(guide, "proof"), change_url(guide), guide_list):
        ExampleAnswer.objects.filter(question__key="liste-a-jour", choice__key="oui").delete()
        lacking = check_draft(guide).failing_example_count
        assert lacking > 1
        page, next_url = press_button(editor, url, f"Répondre dans les {lacking}", choice="oui")
        assert f"{lacking} cas types répondent maintenant « Oui »" in page_text(page)
        assert not check_draft(guide).failing
        assert next_url.startswith(url)


def test_examples_that_get_something_else_expect_it_from_now_on(
    guide: Guide, editor: Client
) -> None:
    example = guide.examples.earliest("position")
    example.outcomes.all().delete()
    press_button(editor, action_url(guide, "proof"), "Attendre ce qui est obtenu")
    assert not check_draft(guide).failing
    assert draft_read(guide).examples[0].outcomes


def test_answers_that_are_not_asked_are_removed_from_examples(guide: Guide, editor: Client) -> None:
    example = next(one for one in guide.examples.all() if one.answers.count() < 5)
    missing = guide.questions.exclude(in_examples__example=example).first()
    assert missing
    choice = missing.choices.all()[0]
    example.answers.create(question=missing, choice=choice)
    press_button(editor, action_url(guide, "proof"), "Enlever ces réponses")
    assert not check_draft(guide).failing


def test_missing_examples_are_created_in_one_click(guide: Guide, editor: Client) -> None:
    guide.examples.all().delete()
    page, _ = press_button(editor, action_url(guide, "proof"), "Créer les cas types manquants")
    assert "7 cas types créés." in page.getvalue().decode()
    assert not check_draft(guide).failing
    assert "les cas types passent par chaque réponse" in page_text(page)


def test_whoever_may_only_look_has_no_buttons_and_is_refused(guide: Guide, log_in: LogIn) -> None:
    write_draft(guide, NEVER)
    reader = log_in("lise", "Lecteurs")
    for act in ("mend", "answer", "expect", "unasked", "missing_examples"):
        assert reader.post(action_url(guide, act)).status_code == 403
