"""The pages that remove a part: what falls with it, what can be done about that, and what changes."""

import pytest
from django.contrib.auth.models import Permission, User
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.acts.removal_pages import choice_removal_url
from rules.admin.links import change_url
from rules.models import Guide, Outcome, Question
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_errors, page_links, page_text, parse_page


def deletion_page(row: Question | Outcome) -> str:
    return change_url(row).replace("/change/", "/delete/")


@pytest.fixture
def question(guide: Guide) -> Question:
    return guide.questions.get(key="attribution-gar")


@pytest.fixture
def outcome(guide: Guide) -> Outcome:
    return guide.outcomes.get(key="associer-mediacentre")


def send_preview(client: Client, url: str, preview: HttpResponseBase) -> HttpResponseBase:
    """Sends the form of the page that shows what an act will do."""
    fields = {
        str(field["name"]): str(field["value"])
        for field in parse_page(preview).select(".act-form input[name]")
    }
    return client.post(url, fields)


def rule_keys(guide: Guide) -> list[str]:
    return list(guide.rules.values_list("key", flat=True))


def test_the_page_says_first_what_falls_with_a_question(
    guide: Guide, question: Question, editor: Client
) -> None:
    page = editor.get(deletion_page(question))
    assert "Ce qui en dépend : 4 règles, 16 cas types" in page_text(page)
    assert (
        "dépend (4 règles supprimées, 16 cas types perdent leur réponse à « Attribution dans le GAR »)"
        in page_text(page)
    )
    for key in ("demander-attribution-gar", "pix-a-attribuer", "demander-methode-pix-orga"):
        assert change_url(guide.rules.get(key=key)) in page_links(page)
    assert change_url(guide.examples.all()[0]) in page_links(page)


def test_what_changes_is_shown_before_a_question_in_use_is_removed(
    guide: Guide, question: Question, editor: Client
) -> None:
    url = deletion_page(question)
    preview = fill_and_send(editor, url, way="remove")
    assert "52 parcours sur 52 changent" in page_text(preview)
    assert question in guide.questions.all()
    response = send_preview(editor, url, preview)
    assert response["Location"].startswith(change_url(guide))
    assert question not in guide.questions.all()
    assert "demander-methode-pix-orga" not in rule_keys(guide)


def test_a_question_is_removed_as_if_everyone_gave_it_the_same_answer(
    guide: Guide, question: Question, editor: Client
) -> None:
    url = deletion_page(question)
    preview = fill_and_send(editor, url, way="choice-oui")
    assert "Supprimer la question « Attribution" in page_text(preview)
    assert "Comme si tout le monde répondait « Oui »." in page_text(preview)
    assert "26 parcours sur 52 changent" in page_text(preview)
    sentence = "est supprimée, comme si tout le monde répondait « Oui »."
    assert sentence in page_text(editor.get(send_preview(editor, url, preview)["Location"]))
    [condition] = guide.rules.get(key="demander-methode-pix-orga").conditions.all()
    assert (condition.question.key, condition.operator) == ("liste-a-jour", "answered")
    assert "pix-a-attribuer" not in rule_keys(guide)


def test_the_arrows_of_a_question_are_led_to_what_is_searched_for(
    guide: Guide, question: Question, editor: Client
) -> None:
    url = deletion_page(question)
    preview = fill_and_send(editor, url, way="sought", sought="Tout va bien")
    done = editor.get(send_preview(editor, url, preview)["Location"])
    assert "avec ses conseils ; les visiteurs passent à « Tout va bien ! »." in page_text(done)
    assert question not in guide.questions.all()


def test_visitors_go_on_without_a_question_and_its_advice_unless_another_way_is_chosen(
    guide: Guide, question: Question, editor: Client
) -> None:
    url = deletion_page(question)
    preview = fill_and_send(editor, url)
    next_one = "Les visiteurs passent à la suite (« Méthode Pix Orga »), sans ses conseils."
    assert next_one in page_text(preview)
    button = parse_page(preview).select_one(".act-form input[type=submit]")
    assert button is not None
    assert button["value"] == "Supprimer"
    assert "À corriger" not in page_text(preview)
    send_preview(editor, url, preview)
    [condition] = guide.rules.get(key="demander-methode-pix-orga").conditions.all()
    assert (condition.question.key, condition.operator) == ("liste-a-jour", "answered")
    assert not {"pix-deja-attribue", "pix-a-attribuer"} & {*rule_keys(guide)}
    assert not guide.outcomes.filter(key__in=["attribution-gar-ok", "attribuer-pix-gar"])


def test_where_choices_lead_apart_each_place_is_offered_and_what_takes_all_along_comes_last(
    guide: Guide, editor: Client
) -> None:
    page = editor.get(deletion_page(guide.questions.get(key="methode-pix-orga")))
    values = [field["value"] for field in parse_page(page).select("input[name=way]")]
    assert values[:2] == ["next-mediacentre", "next-aucune"]
    assert values[-1] == "remove"
    assert "Les visiteurs passent à « Connexion habituelle », sans ses conseils" in page_text(page)


def test_what_takes_all_along_must_be_chosen(guide: Guide, editor: Client) -> None:
    url = choice_removal_url(guide, "methode-pix-orga", "mail")
    assert not parse_page(editor.get(url)).select("input[name=way][checked]")
    assert "Choisissez ce que devient" in page_errors(fill_and_send(editor, url))


@pytest.mark.parametrize(
    ("sought", "refusal"),
    [
        ("", "Choisissez ce qui prend sa place."),
        ("Rien de tel", "Rien dans ce guide ne s’appelle « Rien de tel »."),
        ("Attribution dans le GAR", "Rien dans ce guide ne s’appelle"),
    ],
)
def test_what_is_searched_for_must_be_found(
    question: Question, editor: Client, sought: str, refusal: str
) -> None:
    page = fill_and_send(editor, deletion_page(question), way="sought", sought=sought)
    assert refusal in page_errors(page).replace("\u00a0", " ")


def test_an_outcome_that_visitors_get_is_replaced_after_they_are_shown_to_get_another_one(
    guide: Guide, outcome: Outcome, editor: Client
) -> None:
    given = list(outcome.given_by.values_list("key", flat=True))
    url = deletion_page(outcome)
    preview = fill_and_send(editor, url, way="sought", sought="Contacter le support Pix")
    assert "parcours sur 52 changent" in page_text(preview)
    assert outcome in guide.outcomes.all()
    heading, then = parse_page(preview).select(".act-sentence, .act-sentence + p")
    name = f"a conclusion «\u00a0{outcome.title}\u00a0»"
    assert heading.text == f"Remplacer l{name} par «\u00a0Contacter le support Pix\u00a0»"
    assert then.text == f"L{name} est ensuite supprimée."
    assert not parse_page(preview).select('[value="Supprimer"]')
    done = send_preview(editor, url, preview)
    sentence = "« Contacter le support Pix » prend sa place."
    assert sentence in page_text(editor.get(done["Location"]))
    assert outcome not in guide.outcomes.all()
    target = guide.outcomes.get(key="contacter-support-pix")
    assert set(given) <= set(target.given_by.values_list("key", flat=True))


def test_the_question_that_visitors_go_on_to_is_named_before_one_is_removed(
    question: Question, editor: Client
) -> None:
    sought = "Contacter le support Pix"
    preview = fill_and_send(editor, deletion_page(question), way="sought", sought=sought)
    assert "Les visiteurs passent à « Contacter le support Pix »." in page_text(preview)


def test_advice_that_visitors_get_is_removed_only_after_they_are_shown_to_lose_it(
    guide: Guide, editor: Client
) -> None:
    advice = guide.outcomes.get(key="explication-mail")
    preview = fill_and_send(editor, deletion_page(advice), way="remove")
    assert "16 parcours sur 52 changent" in page_text(preview)
    assert advice in guide.outcomes.all()


def test_a_conclusion_is_not_replaced_by_advice(
    outcome: Outcome, guide: Guide, editor: Client
) -> None:
    advice = guide.outcomes.filter(final=False)[0].title
    page = fill_and_send(editor, deletion_page(outcome), way="sought", sought=advice)
    assert "Rien dans ce guide ne s’appelle" in page_errors(page)


def test_a_choice_is_replaced_by_another_one(guide: Guide, editor: Client) -> None:
    question = guide.questions.get(key="methode-pix-orga")
    url = choice_removal_url(guide, question.key, "mail")
    assert "dépend (1 règle supprimée, 1 règle changée" in page_text(editor.get(url))
    preview = fill_and_send(editor, url, way="choice-identifiant")
    assert "Remplacer la réponse « Mail » à « Méthode Pix Orga » par « Identifiant »" in page_text(
        preview
    )
    send_preview(editor, url, preview)
    assert not question.choices.filter(key="mail").exists()
    assert "expliquer-mail" not in rule_keys(guide)
    answered = question.in_examples.values_list("choice__key", flat=True)
    assert set(answered) == {"mediacentre", "identifiant", "aucune"}


def test_a_choice_that_is_gone_leads_away_from_its_page(guide: Guide, editor: Client) -> None:
    url = choice_removal_url(guide, "methode-pix-orga", "ailleurs")
    assert "Cette réponse n’existe plus." in page_text(editor.get(url, follow=True))


def test_a_choice_that_nothing_depends_on_is_removed(guide: Guide, editor: Client) -> None:
    question = guide.questions.get(key="methode-pix-orga")
    question.choices.create(key="autre", label="Autre", position=9)
    url = choice_removal_url(guide, question.key, "autre")
    send_preview(editor, url, editor.get(url))
    assert not question.choices.filter(key="autre").exists()


def test_who_may_not_change_guides_removes_nothing_that_others_depend_on(
    question: Question, log_in: LogIn
) -> None:
    client = log_in("odile")
    rights = Permission.objects.filter(codename__in=["view_guide", "delete_question"])
    User.objects.get(username="odile").user_permissions.set(rights)
    assert client.get(deletion_page(question)).status_code == 403


def test_the_page_of_a_guide_leads_to_the_pages_that_remove_its_parts(
    guide: Guide, question: Question, outcome: Outcome, editor: Client
) -> None:
    links = page_links(editor.get(change_url(guide)))
    assert {deletion_page(question), deletion_page(outcome)} <= {*links}
    assert choice_removal_url(guide, "attribution-gar", "oui") in links


def test_long_lists_of_what_a_removal_does_are_folded(question: Question, editor: Client) -> None:
    preview = parse_page(fill_and_send(editor, deletion_page(question)))
    folded = preview.select("#content-start .act > details:not([open])")
    assert max(len(fold.select("li")) for fold in folded) > 16
    for fold in folded:
        fold.decompose()
    assert len(preview.select("#content-start .act li")) <= 20


def test_a_conclusion_is_replaced_from_its_line(
    guide: Guide, outcome: Outcome, editor: Client
) -> None:
    page = parse_page(editor.get(change_url(guide)))
    link = page.select_one(f'a[aria-label="Remplacer\u00a0: {outcome.title}"]')
    assert link is not None
    form = parse_page(editor.get(str(link["href"])))
    assert form.select(".act h2")[0].text == (
        f"Remplacer la conclusion «\u00a0{outcome.title}\u00a0»"
    )
    assert [field["value"] for field in form.select(".act [name=way]")] == ["sought"]
    assert "upprimer" not in form.select(".act")[0].text
