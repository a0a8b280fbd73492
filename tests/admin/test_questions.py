"""The page of a question: to create, change, delete, move and duplicate it and its choices."""

import pytest
from django.test import Client

from rules.admin.acts.removal_pages import choice_removal_url
from rules.admin.links import action_url, add_url, change_url, list_url
from rules.models import Choice, Guide, Question
from tests.admin.pages import fill_and_send, page_errors, page_links, page_text, parse_page


@pytest.fixture
def question(guide: Guide) -> Question:
    return guide.questions.get(key="methode-pix-orga")


def choice_labels(question: Question) -> list[str]:
    return list(question.choices.values_list("label", flat=True))


def create_unused_question(guide: Guide) -> Question:
    """Creates a question that no rule and no example uses."""
    question: Question = guide.questions.create(key="libre", title="Libre ?", position=90)
    for position, label in enumerate(("Oui", "Non", "Peut-être"), 1):
        question.choices.create(key=f"choix-{position}", label=label, position=position)
    return question


def test_a_question_is_created_with_its_choices(guide: Guide, editor: Client) -> None:
    fill_and_send(
        editor,
        add_url(Question, guide),
        title="L’élève a-t-il un compte ?",
        choices__0__label="Oui",
        choices__1__label="Il l’a perdu",
    )
    question = guide.questions.latest("pk")
    assert question.key == "l-eleve-a-t-il-un-compte"
    assert [choice.key for choice in question.choices.all()] == ["oui", "il-l-a-perdu"]
    assert list(guide.questions.all())[-1] == question


def test_a_new_title_changes_no_key(question: Question, editor: Client) -> None:
    fill_and_send(
        editor, change_url(question), title="Tout autre chose", choices__0__label="Autre libellé"
    )
    question.refresh_from_db()
    assert question.key == "methode-pix-orga"
    assert question.choices.all()[0].key == "mediacentre"


def test_a_question_is_created_from_a_form_without_any_row(guide: Guide, editor: Client) -> None:
    no_rows = {"choices-TOTAL_FORMS": "0", "choices-INITIAL_FORMS": "0"}
    form = {"title": "Sans réponse\u00a0?", "scope": "pupil"} | no_rows
    assert editor.post(add_url(Question, guide), form).status_code == 302
    assert guide.questions.get(key="sans-reponse").choices.count() == 0


def test_questions_with_the_same_title_get_distinct_keys(guide: Guide, editor: Client) -> None:
    for _ in range(2):
        fill_and_send(editor, add_url(Question, guide), title="Encore ?")
    assert guide.questions.filter(key__in=["encore", "encore-2"]).count() == 2


def test_choices_are_ordered_by_their_numbers(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    fill_and_send(editor, change_url(question), choices__0__position="9")
    assert choice_labels(question) == ["Non", "Peut-être", "Oui"]
    assert [choice.position for choice in question.choices.all()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ({2: "1"}, "C A B"),
        ({2: "0"}, "C A B"),
        ({0: "2"}, "B A C"),
        ({0: "3"}, "B C A"),
        ({1: "1"}, "B A C"),
        ({0: "3", 2: "1"}, "C B A"),
        ({0: "2", 1: "1"}, "B A C"),
        ({1: "3", 2: "2"}, "A C B"),
        ({0: "3", 1: "3"}, "C A B"),
        ({2: "1", 1: "1"}, "B C A"),
        ({0: "999"}, "B C A"),
    ],
    ids=str,
)
def test_the_number_typed_is_the_place_obtained(
    typed: dict[int, str], labels: str, guide: Guide, editor: Client
) -> None:
    question = create_unused_question(guide)
    for choice, label in zip(question.choices.all(), "ABC", strict=True):
        Choice.objects.filter(pk=choice.pk).update(label=label)
    numbers = {f"choices__{index}__position": number for index, number in typed.items()}
    fill_and_send(editor, change_url(question), **numbers)
    assert choice_labels(question) == labels.split()
    assert [choice.position for choice in question.choices.all()] == [1, 2, 3]


def test_a_number_is_the_place_among_the_choices_that_stay(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    fill_and_send(editor, change_url(question), choices__0__DELETE="on", choices__2__position="1")
    assert choice_labels(question) == ["Peut-être", "Non"]


def test_a_new_choice_has_the_place_of_its_number(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    fill_and_send(
        editor, change_url(question), choices__3__label="Jamais", choices__3__position="2"
    )
    assert choice_labels(question) == ["Oui", "Jamais", "Non", "Peut-être"]


def test_a_choice_without_a_number_comes_last(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    fill_and_send(editor, change_url(question), choices__3__label="Jamais", choices__0__position="")
    assert choice_labels(question) == ["Non", "Peut-être", "Oui", "Jamais"]


def test_the_aliases_of_a_choice_are_typed_on_one_line_each(
    question: Question, editor: Client
) -> None:
    fill_and_send(editor, change_url(question), choices__1__aliases=" ID \r\n\r\nLogin")
    assert question.choices.get(key="identifiant").aliases == ["ID", "Login"]


def test_too_long_an_alias_is_refused(question: Question, editor: Client) -> None:
    assert page_errors(fill_and_send(editor, change_url(question), choices__1__aliases="x" * 301))


@pytest.mark.parametrize("labels", [[], ["Seule"]])
def test_a_save_says_that_a_question_has_too_few_choices(
    guide: Guide, editor: Client, labels: list[str]
) -> None:
    typed = {f"choices__{place}__label": label for place, label in enumerate(labels)}
    page = fill_and_send(editor, add_url(Question, guide), title="À une réponse ?", **typed)
    missing, count = parse_page(editor.get(page["Location"])).select(".messagelist .warning")
    assert missing.text == (
        "À compléter avant de publier\u00a0: une question a au moins deux réponses."
    )
    assert count.text == "Attention\u00a0: 1 point à corriger → La preuve."
    page = fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Autre titre")
    [count] = parse_page(editor.get(page["Location"])).select(".messagelist .warning")
    assert count.text == "Attention\u00a0: 1 point à corriger → La preuve."


def test_a_choice_that_nothing_uses_is_deleted(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    fill_and_send(editor, change_url(question), choices__1__DELETE="on")
    assert choice_labels(question) == ["Oui", "Peut-être"]


def test_a_choice_in_use_stays_and_the_form_links_to_its_uses_and_to_the_page_that_removes_it(
    question: Question, editor: Client
) -> None:
    page = fill_and_send(editor, change_url(question), choices__0__DELETE="on")
    assert (
        "La réponse «\u00a0Médiacentre\u00a0» reste, car d’autres pages s’en servent"
        in page_errors(page)
    )
    assert "alors conseiller" in page_errors(page)
    assert "Cas type" in page_errors(page)
    assert change_url(question.guide.rules.get(key="expliquer-mediacentre")) in page_links(page)
    assert change_url(question.guide.examples.all()[1]) in page_links(page)
    assert choice_removal_url(question.guide, question.key, "mediacentre") in page_links(page)
    assert Choice.objects.filter(question=question, key="mediacentre").exists()


def test_a_deletion_is_refused_together_with_the_mistakes_of_other_choices(
    question: Question, editor: Client
) -> None:
    changes = {"choices__0__DELETE": "on", "choices__1__label": ""}
    errors = page_errors(fill_and_send(editor, change_url(question), **changes))
    assert "La réponse «\u00a0Médiacentre\u00a0» reste" in errors
    assert "Ce champ est obligatoire." in errors


@pytest.mark.parametrize("label", ["MÉDIACENTRE", "Me\u0301diacentre", "Média\u200bcentre"])
def test_two_choices_of_a_question_have_different_labels(
    question: Question, editor: Client, label: str
) -> None:
    page = fill_and_send(editor, change_url(question), choices__4__label=label)
    assert "une autre réponse de cette question" in page_errors(page)
    assert question.choices.count() == 4


@pytest.mark.parametrize("alias", ["mail", "GAR"])
def test_an_alias_is_neither_the_label_nor_an_alias_of_another_choice(
    question: Question, editor: Client, alias: str
) -> None:
    page = fill_and_send(editor, change_url(question), choices__1__aliases=f"Login\n{alias}")
    assert f"«\u00a0{alias}\u00a0» est aussi" in page_errors(page)


@pytest.mark.parametrize(
    ("label", "refusal"),
    [
        ("\u2060\u200b", "Ce texte n’a aucun caractère visible"),
        (
            "\u202eOui",
            "«\u00a0 Oui\u00a0» contient une marque invisible de sens d’écriture (U+202E)",
        ),
    ],
)
def test_a_label_is_visible_and_has_no_direction_mark(
    question: Question, editor: Client, label: str, refusal: str
) -> None:
    url = change_url(question)
    assert refusal in page_errors(fill_and_send(editor, url, choices__1__label=label))
    assert refusal in page_errors(fill_and_send(editor, url, title=label))
    assert refusal in page_errors(fill_and_send(editor, url, choices__1__aliases=label))


def test_links_in_explanations_are_refused_with_a_remedy(
    question: Question, editor: Client
) -> None:
    text, url = "[Pix](pix.fr)", change_url(question)
    assert "ajoutez https://" in page_errors(fill_and_send(editor, url, help=text))
    assert "ajoutez https://" in page_errors(fill_and_send(editor, url, choices__0__help=text))


def test_a_new_choice_may_have_the_label_of_a_deleted_choice(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    fill_and_send(editor, change_url(question), choices__1__DELETE="on", choices__3__label="Non")
    assert choice_labels(question) == ["Oui", "Peut-être", "Non"]


def test_each_choice_has_a_numbered_heading(question: Question, editor: Client) -> None:
    assert "Réponse n° 1" in page_text(editor.get(change_url(question)))


def test_a_question_that_a_rule_compares_with_another_is_in_use(
    guide: Guide, editor: Client
) -> None:
    question = create_unused_question(guide)
    rule = guide.rules.get(key="demander-liste-a-jour")
    rule.conditions.create(
        question=guide.questions.get(key="methode-pix-orga"), operator="same_as", other=question
    )
    assert change_url(rule) in page_links(
        editor.get(f"/admin/rules/question/{question.pk}/delete/")
    )


def test_a_question_that_nothing_uses_is_deleted(guide: Guide, editor: Client) -> None:
    question = create_unused_question(guide)
    response = fill_and_send(editor, f"/admin/rules/question/{question.pk}/delete/")
    assert not Question.objects.filter(pk=question.pk).exists()
    assert response["Location"].startswith(change_url(guide))


def test_a_question_moves_down(guide: Guide, editor: Client) -> None:
    first, second, *others = guide.questions.all()
    editor.post(action_url(first, "move"), {"direction": "down"})
    assert list(guide.questions.all()) == [second, first, *others]


def test_a_duplicated_question_has_the_same_choices(question: Question, editor: Client) -> None:
    editor.post(action_url(question, "duplicate"))
    copy = question.guide.questions.get(key="methode-pix-orga-2")
    assert copy.title == f"{question.title} (copie)"
    assert choice_labels(copy) == choice_labels(question)
    assert [row.key for row in copy.choices.all()] == [row.key for row in question.choices.all()]
    assert copy.choices.get(key="mediacentre").aliases


def test_a_short_name_is_typed_and_is_not_the_visible_title_of_its_copy(
    question: Question, editor: Client
) -> None:
    fill_and_send(editor, change_url(question), short="Méthode")
    editor.post(action_url(question, "duplicate"))
    names = question.guide.questions.exclude(short="").values_list("short", "title")
    assert ("Méthode", question.title) in names
    assert ("Méthode (copie)", f"{question.title} (copie)") in names


def test_typed_values_stay_if_the_form_has_an_error(question: Question, editor: Client) -> None:
    page = fill_and_send(editor, change_url(question), title="", help="Mon explication")
    assert "obligatoire" in page_errors(page)
    assert "Mon explication" in page.getvalue().decode()


def test_a_save_leads_to_the_guide_to_a_new_question_or_to_the_same_page(
    guide: Guide, editor: Client
) -> None:
    saved = fill_and_send(editor, add_url(Question, guide), title="Une ?")
    assert saved["Location"].startswith(change_url(guide))
    more = fill_and_send(editor, add_url(Question, guide), title="Deux ?", _addanother="1")
    assert more["Location"] == add_url(Question, guide)
    question = guide.questions.latest("pk")
    on = fill_and_send(editor, change_url(question), _continue="1")
    assert on["Location"] == change_url(question)


def test_without_a_guide_lists_and_add_pages_redirect_to_the_list_of_guides(
    no_guide: None, editor: Client
) -> None:
    for url in (
        "/admin/rules/question/",
        "/admin/rules/question/add/?guide=7",
        "/admin/rules/question/?guide=x",
    ):
        assert editor.get(url)["Location"] == "/admin/rules/guide/"


def test_the_list_shows_how_many_choices_there_are(guide: Guide, editor: Client) -> None:
    create_unused_question(guide)
    assert "Libre ? 3 l’élève" in page_text(editor.get(list_url(Question, guide)))
