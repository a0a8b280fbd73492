"""Editors use their pages with the mouse, with the keyboard and without scripts."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from diagnostics.services import session_create
from rules.admin.links import action_url, add_url, change_url, list_url
from rules.drafts.content import draft_read
from rules.models import Example, Guide, Outcome, Question, Rule, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.sentences import rule_sentence
from tests.browser.axe import axe_violations, violations_by_address
from tests.browser.conftest import LogIn, NewPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def first_answer(page: Page, guide: Guide) -> str:
    """Returns what a visitor reads after the first answer."""
    page.goto(f"/{guide.slug}/")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("main").get_by_role("button").first.click()
    return page.get_by_role("main").inner_text()


def test_an_editor_changes_a_rule_publishes_and_the_next_visitor_reads_it(
    page: Page, new_page: NewPage, guide: Guide
) -> None:
    visitor, advice = new_page(), "Importer la liste des élèves dans Pix Orga"
    assert advice not in first_answer(visitor, guide)
    page.goto("/admin/")
    page.get_by_role("rowheader", name="Guides").get_by_role("link").click()
    page.get_by_role("link", name=guide.title).click()
    page.locator(".advice li", has_text=advice).get_by_role("link", name="règle").click()
    page.locator("#conditions-0").get_by_role("checkbox", name="Oui").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Enregistrer", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enregistré dans le brouillon")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("brouillon modifié par paul")).to_be_visible()
    assert advice not in first_answer(visitor, guide)
    page.get_by_role("link", name="Publier").click()
    page.get_by_label("Motif").fill("À rappeler à tous cette semaine")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 2 est en ligne.")).to_be_visible()
    assert advice in first_answer(visitor, guide)


def test_a_rule_moves_by_keyboard_and_stays_under_the_eyes(page: Page, guide: Guide) -> None:
    rule = guide.rules.all()[15]
    page.goto(f"{list_url(Rule, guide)}&p=1")
    page.locator(f"#rule-{rule.pk}").get_by_role("button", name="Monter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("monte d’une place")).to_be_in_viewport(ratio=1)
    expect(page.locator(f"#rule-{rule.pk}")).to_be_in_viewport()
    assert guide.rules.all()[14] == rule


def condition_field(page: Page, rank: int) -> Callable[[str], str]:
    return lambda field: f"#id_conditions-{rank}-{field}"


def test_only_the_answers_of_the_chosen_question_are_shown(page: Page, guide: Guide) -> None:
    page.goto(add_url(Rule, guide))
    field = condition_field(page, 0)
    answers = page.locator(field("named"))
    expect(answers).to_be_hidden()
    page.locator(field("question")).select_option(
        str(guide.questions.get(key="identifiants-connus").pk)
    )
    expect(answers.locator("fieldset:visible")).to_have_count(1)
    page.locator(field("operator")).select_option("same_as")
    expect(answers).to_be_hidden()
    expect(page.locator(field("other"))).to_be_visible()


def test_a_rule_with_two_conditions_is_made_with_scripts(page: Page, guide: Guide) -> None:
    page.goto(add_url(Rule, guide))
    page.get_by_role("button", name="Ajouter une condition").click()
    for rank, key in enumerate(("liste-a-jour", "attribution-gar")):
        question = guide.questions.get(key=key)
        page.locator(condition_field(page, rank)("question")).select_option(str(question.pk))
        answers = page.locator(f"#conditions-{rank} fieldset:visible").last
        answers.get_by_label("Non").check()
    page.get_by_label("Effet").select_option(label="Contacter le support Pix")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré")).to_be_visible()
    draft = draft_read(guide)
    sentence = rule_sentence(draft, draft.rule[guide.rules.latest("pk").key])
    assert sentence.count("est «\u00a0Non\u00a0»") == 2


def save_part(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré dans le brouillon")).to_be_in_viewport()


def open_new_part(page: Page, kind: str) -> None:
    page.get_by_role("link", name=f"Ajouter {kind}", exact=True).click()


def add_question(page: Page, title: str, *labels: str) -> None:
    open_new_part(page, "une question")
    page.get_by_label("Question\u00a0:").fill(title)
    for rank, label in enumerate(labels):
        page.locator(f"#id_choices-{rank}-label").fill(label)
    save_part(page)


def add_outcome(page: Page, title: str) -> None:
    open_new_part(page, "un conseil ou une conclusion")
    page.get_by_label("Titre").fill(title)
    save_part(page)


def add_rule(page: Page, effect: str, question: str = "", answer: str = "") -> None:
    open_new_part(page, "une règle")
    if question:
        page.locator(condition_field(page, 0)("question")).select_option(label=question)
        page.locator("#conditions-0 fieldset:visible").last.get_by_label(answer).check()
    page.get_by_label("Effet").select_option(label=effect)
    save_part(page)


def make_guide(page: Page) -> None:
    page.goto("/admin/rules/guide/add/")
    page.get_by_label("Titre").fill("Retrouver son code")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    add_question(page, "Avez-vous le code ?", "Oui", "Non")
    add_question(page, "Où est-il ?", "Dans un mail", "Sur papier")
    for title in ("Demandez-en un", "Saisissez-le", "Recopiez-le"):
        add_outcome(page, title)
    add_rule(page, "Avez-vous le code ?")
    add_rule(page, "Demandez-en un", "Avez-vous le code ?", "Non")
    add_rule(page, "Où est-il ?", "Avez-vous le code ?", "Oui")
    add_rule(page, "Saisissez-le", "Où est-il ?", "Dans un mail")
    add_rule(page, "Recopiez-le", "Où est-il ?", "Sur papier")


def add_example(page: Page) -> None:
    open_new_part(page, "un cas type")
    page.get_by_label("Nom").fill("Code sur papier")
    page.get_by_label("Avez-vous le code ?").select_option(label="Oui")
    page.get_by_label("Où est-il ?").select_option(label="Sur papier")
    page.get_by_label("Conclusion 1").select_option(label="Recopiez-le")
    save_part(page)
    page.get_by_role("heading", name="Les cas types (").click()
    expect(page.get_by_text("donne bien ce qui est attendu")).to_be_visible()


@pytest.mark.slow
def test_a_guide_made_from_nothing_is_published_and_answered(page: Page, new_page: NewPage) -> None:
    make_guide(page)
    add_example(page)
    page.get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 1 est en ligne.")).to_be_in_viewport()
    visitor = new_page()
    visitor.goto("/retrouver-son-code/")
    visitor.get_by_role("button", name="Commencer").click()
    for answer in ("Oui", "Sur papier"):
        visitor.get_by_label(answer, exact=True).check()
        visitor.get_by_role("main").get_by_role("button").first.click()
    expect(visitor.get_by_role("heading", name="Recopiez-le")).to_be_visible()


def test_conditions_are_numbered_as_they_come_and_go(page: Page, guide: Guide) -> None:
    page.goto(add_url(Rule, guide))
    for _ in range(2):
        page.get_by_role("button", name="Ajouter une condition").click()
    ranks = page.locator(".inline-rank:visible")
    expect(ranks).to_have_text(["1", "2", "3"])
    page.get_by_role("button", name="Supprimer").first.click()
    expect(ranks).to_have_text(["1", "2"])


def test_a_rule_is_made_without_scripts(log_in: LogIn, guide: Guide) -> None:
    page = log_in(java_script_enabled=False)
    page.goto(add_url(Rule, guide))
    question = guide.questions.get(key="liste-a-jour")
    field = condition_field(page, 0)
    page.locator(field("question")).select_option(str(question.pk))
    page.get_by_label("Effet").select_option(label="Contacter le support Pix")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("link", name="Cochez au moins une réponse")).to_be_visible()
    group = page.locator(field("named")).get_by_role("group", name=question.short)
    group.get_by_label("Non").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré")).to_be_visible()
    assert guide.rules.latest("pk").conditions.get().question == question


def test_the_preview_follows_what_is_written(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide.outcomes.get(key="tout-va-bien")))
    page.get_by_label("Texte", exact=False).first.fill("1. ouvrir\n2. **fermer**")
    expect(page.locator(".preview ol li strong")).to_have_text("fermer")


def admin_pages(guide: Guide) -> list[str]:
    """Returns the address of each admin page that this project changes."""
    session = session_create(version=guide.versions.get(number=2), answers={"liste-a-jour": "oui"})
    question, outcome = guide.questions.all()[2], guide.outcomes.all()[14]
    rows = [guide, question, outcome, guide.rules.all()[13], guide.examples.all()[0]]
    rows += [guide.versions.get(number=1), session]
    return [
        "/admin/",
        "/admin/rules/guide/",
        "/admin/rules/guide/add/",
        "/admin/diagnostics/session/",
        *(change_url(row) for row in rows),
        *(list_url(model, guide) for model in (Question, Outcome, Rule, Example, Version)),
        *(add_url(model, guide) for model in (Question, Outcome, Rule, Example)),
        *(
            action_url(guide, action)
            for action in ("publish", "reset", "duplicate", "compare", "proof", "texts")
        ),
        action_url(guide.versions.get(number=1), "restore"),
        f"{action_url(guide, 'search')}?q=mediacentre",
        f"{list_url(Rule, guide)}&p=1",
        f"/admin/rules/guide/{guide.pk}/history/",
        f"/admin/rules/guide/{guide.pk}/delete/",
        f"/admin/rules/question/{question.pk}/delete/",
        f"/admin/rules/rule/{guide.rules.all()[3].pk}/delete/",
    ]


@pytest.mark.slow
def test_every_page_is_accessible_and_keeps_to_the_content_security_policy(
    page: Page, guide: Guide
) -> None:
    """The fixture of the window fails the test when the console complains."""
    guide.title = "Corriger les comptes"
    guide.save()
    guide_publish(review=PublicationReview(guide))
    assert violations_by_address(page, admin_pages(guide)) == {}


def test_pages_that_refuse_are_accessible(page: Page, guide: Guide) -> None:
    guide.examples.all()[0].outcomes.all().delete()
    page.goto(action_url(guide, "publish"))
    expect(page.get_by_text("À corriger")).to_be_visible()
    assert axe_violations(page) == []
    page.goto(change_url(guide))
    assert axe_violations(page) == []
    page.goto(add_url(Rule, guide))
    page.locator(condition_field(page, 0)("operator")).select_option("same_as")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("obligatoire").first).to_be_visible()
    assert axe_violations(page) == []


def test_an_editor_logs_in_with_the_keyboard_on_a_page_that_is_accessible(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    User.objects.create_user("edith", password="a long password", is_staff=True)
    page = new_page()
    page.goto("/admin/")
    assert axe_violations(page) == []
    page.get_by_label("Nom d’utilisateur").fill("edith")
    page.get_by_label("Mot de passe").fill("a long password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Déconnexion")).to_be_visible()
