"""The page of a rule, and the list in which rules are moved and duplicated."""

import json

import pytest
from django.test import Client

from rules.admin.links import action_url, add_url, change_url, list_url
from rules.drafts.content import draft_read
from rules.models import Guide, Question, Rule
from rules.sentences import rule_sentence
from tests.admin.pages import (
    checkbox_value,
    fill_and_send,
    option_value,
    page_errors,
    page_text,
    parse_page,
)

METHOD_KEY = "methode-pix-orga"
USUAL_METHOD_KEY = "connexion-habituelle"


def get_question(guide: Guide, key: str) -> Question:
    return guide.questions.get(key=key)


def question_id(guide: Guide, key: str) -> str:
    return str(get_question(guide, key).pk)


def choice_id(guide: Guide, key: str, label: str) -> str:
    return str(get_question(guide, key).choices.get(label=label).pk)


def sentence_of_rule(guide: Guide, key: str) -> str:
    draft = draft_read(guide)
    return rule_sentence(draft, draft.rule[key])


def create_rule(client: Client, guide: Guide, /, **changes: str | list[str]) -> Rule:
    then = option_value(client.get(add_url(Rule, guide)), "then", "Tout va bien")
    response = fill_and_send(client, add_url(Rule, guide), then=then, **changes)
    assert response.status_code == 302, page_errors(response)
    return guide.rules.latest("pk")


def test_a_rule_is_created_from_lists(guide: Guide, editor: Client) -> None:
    rule = create_rule(
        editor,
        guide,
        conditions__0__question=question_id(guide, METHOD_KEY),
        conditions__0__operator="is_not",
        conditions__0__named=[
            choice_id(guide, METHOD_KEY, "Mail"),
            choice_id(guide, METHOD_KEY, "Identifiant"),
        ],
    )
    assert sentence_of_rule(guide, rule.key) == (
        "Si «\u00a0Méthode Pix Orga\u00a0» n’est pas l’une de ces réponses («\u00a0Identifiant\u00a0» ou "
        "«\u00a0Mail\u00a0»), alors "
        "conclure «\u00a0Tout va bien\u00a0!\u00a0»."
    )


def test_a_new_rule_has_a_key_of_its_own(guide: Guide, editor: Client) -> None:
    assert create_rule(editor, guide).key == "tout-va-bien"


def test_a_new_rule_comes_below_the_last_one_with_its_outcome(guide: Guide, editor: Client) -> None:
    before = list(guide.rules.all())
    rule = create_rule(editor, guide)
    sister = [other for other in before if other.gives == rule.gives][-1]
    index = before.index(sister) + 1
    assert index < len(before)
    assert list(guide.rules.all()) == [*before[:index], rule, *before[index:]]
    assert [row.position for row in guide.rules.all()] == list(range(1, len(before) + 2))


@pytest.mark.parametrize(
    ("effect", "above"),
    [("asks", "r1"), ("advice", "r2"), ("conclusion", "r3")],
)
def test_a_new_rule_without_sister_comes_below_the_last_one_with_its_kind_of_effect(
    effect: str, above: str, guide: Guide, editor: Client
) -> None:
    guide.rules.all().delete()
    question, other = guide.questions.all()[:2]
    advice, other_advice = guide.outcomes.filter(final=False)[:2]
    end, other_end = guide.outcomes.filter(final=True)[:2]
    Rule.objects.create(guide=guide, key="r1", asks=question, position=1)
    Rule.objects.create(guide=guide, key="r2", gives=advice, position=2)
    Rule.objects.create(guide=guide, key="r3", gives=end, position=3)
    then = {
        "asks": f"ask-{other.pk}",
        "advice": f"give-{other_advice.pk}",
        "conclusion": f"give-{other_end.pk}",
    }
    fill_and_send(editor, add_url(Rule, guide), then=then[effect])
    keys = [rule.key for rule in guide.rules.all()]
    new = guide.rules.latest("pk").key
    assert keys.index(new) == keys.index(above) + 1


def test_the_first_rule_of_its_kind_comes_last(guide: Guide, editor: Client) -> None:
    guide.rules.filter(asks__isnull=False).delete()
    fill_and_send(editor, add_url(Rule, guide), then=f"ask-{guide.questions.all()[0].pk}")
    assert list(guide.rules.all())[-1] == guide.rules.latest("pk")


def test_a_rule_without_condition_always_holds(guide: Guide, editor: Client) -> None:
    rule = create_rule(editor, guide)
    assert sentence_of_rule(guide, rule.key).startswith("Toujours conclure")


def test_two_questions_are_compared(guide: Guide, editor: Client) -> None:
    rule = create_rule(
        editor,
        guide,
        conditions__0__question=question_id(guide, METHOD_KEY),
        conditions__0__operator="same_as",
        conditions__0__other=question_id(guide, USUAL_METHOD_KEY),
    )
    [condition] = rule.conditions.all()
    assert condition.other == get_question(guide, USUAL_METHOD_KEY)


def test_fields_that_the_operator_does_not_use_are_not_saved(guide: Guide, editor: Client) -> None:
    rule = create_rule(
        editor,
        guide,
        conditions__0__question=question_id(guide, METHOD_KEY),
        conditions__0__operator="answered",
        conditions__0__named=[
            choice_id(guide, USUAL_METHOD_KEY, "Avec son adresse mail sur Pix.fr")
        ],
        conditions__0__other=question_id(guide, METHOD_KEY),
    )
    [condition] = rule.conditions.all()
    assert condition.other is None
    assert not condition.choices.exists()


@pytest.mark.parametrize(
    ("operator", "extra", "message"),
    [
        ("is", {}, "Cochez au moins une réponse."),
        (
            "is",
            {"named": (USUAL_METHOD_KEY, "Avec l’ENT et le Médiacentre")},
            "Pas une réponse à la question",
        ),
        ("same_as", {}, "Choisissez la question à comparer."),
        ("differs_from", {"other": METHOD_KEY}, "Une question ne se compare pas à elle-même."),
    ],
)
def test_an_incomplete_or_impossible_condition_is_refused_on_its_field(
    guide: Guide,
    editor: Client,
    operator: str,
    extra: dict[str, str | tuple[str, str]],
    message: str,
) -> None:
    named: dict[str, str] = {}
    for name, value in extra.items():
        chosen = question_id(guide, value) if isinstance(value, str) else choice_id(guide, *value)
        named[f"conditions__0__{name}"] = chosen
    response = fill_and_send(
        editor,
        change_url(guide.rules.get(key="demander-liste-a-jour")),
        conditions__0__question=question_id(guide, METHOD_KEY),
        conditions__0__operator=operator,
        **named,
    )
    assert message in page_errors(response)
    assert not guide.rules.get(key="demander-liste-a-jour").conditions.exists()


def test_a_rule_needs_an_effect(guide: Guide, editor: Client) -> None:
    assert "obligatoire" in page_errors(fill_and_send(editor, add_url(Rule, guide)))


def test_a_new_effect_of_a_rule_replaces_the_old_one(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="demander-liste-a-jour")
    then = option_value(editor.get(change_url(rule)), "then", "Tout va bien")
    fill_and_send(editor, change_url(rule), then=then)
    rule.refresh_from_db()
    assert rule.asks is None
    assert rule.gives == guide.outcomes.get(key="tout-va-bien")


def test_effects_are_grouped_by_kind(guide: Guide, editor: Client) -> None:
    page = parse_page(editor.get(add_url(Rule, guide)))
    groups = [group["label"] for group in page.select('select[name="then"] optgroup')]
    assert groups == ["Poser la question", "Conseiller", "Conclure"]


def test_questions_choices_and_effects_of_another_guide_are_refused(
    guide: Guide, editor: Client
) -> None:
    other = Guide.objects.create(slug="autre", title="Autre")
    foreign = other.questions.create(key="ailleurs", title="Ailleurs ?")
    foreign_choice = foreign.choices.create(key="oui", label="Oui")
    response = fill_and_send(
        editor,
        add_url(Rule, guide),
        then=f"ask-{foreign.pk}",
        conditions__0__question=str(foreign.pk),
        conditions__0__named=[str(foreign_choice.pk)],
    )
    assert response.status_code == 200
    assert page_errors(response).count("choix") >= 3


def test_a_rule_stays_in_its_guide_whatever_is_posted(guide: Guide, editor: Client) -> None:
    other = Guide.objects.create(slug="autre", title="Autre")
    rule = create_rule(editor, guide, guide=str(other.pk))
    fill_and_send(editor, change_url(rule), guide=str(other.pk))
    rule.refresh_from_db()
    assert rule.guide == guide


def test_a_condition_is_deleted(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    fill_and_send(editor, change_url(rule), conditions__0__DELETE="on")
    assert not rule.conditions.exists()


def test_conditions_keep_the_order_in_which_they_were_added(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    for rank, key in ((1, USUAL_METHOD_KEY), (2, METHOD_KEY)):
        added = {
            f"conditions__{rank}__question": question_id(guide, key),
            f"conditions__{rank}__operator": "answered",
        }
        fill_and_send(editor, change_url(rule), **added)
    keys = [condition.question.key for condition in rule.conditions.all()]
    assert keys == ["liste-a-jour", USUAL_METHOD_KEY, METHOD_KEY]


def test_a_rule_reads_back_as_a_sentence_on_its_page_and_in_the_list(
    guide: Guide, editor: Client
) -> None:
    rule = guide.rules.get(key="demander-liste-a-jour")
    sentence = "Toujours poser la question « Liste des élèves à jour »."
    assert sentence in page_text(editor.get(change_url(rule)))
    assert sentence in page_text(editor.get(f"{list_url(Rule, guide)}&p=1"))


def rule_keys(guide: Guide) -> list[str]:
    return list(guide.rules.values_list("key", flat=True))


def test_a_rule_moves_up_and_down(guide: Guide, editor: Client) -> None:
    first, second, *others = rule_keys(guide)
    url = action_url(guide.rules.get(key=second), "move")
    response = editor.post(url, {"direction": "up"})
    assert rule_keys(guide) == [second, first, *others]
    assert response.headers["Location"].startswith(list_url(Rule, guide))
    editor.post(url, {"direction": "down"})
    assert rule_keys(guide) == [first, second, *others]


def test_the_first_rule_cannot_move_up(guide: Guide, editor: Client) -> None:
    before = rule_keys(guide)
    url = action_url(guide.rules.get(key=before[0]), "move")
    response = editor.post(url, {"direction": "up"}, follow=True)
    assert rule_keys(guide) == before
    assert "Déjà à la première place." in page_text(response)


def test_the_buttons_of_a_row_act_on_its_rule(guide: Guide, editor: Client) -> None:
    page = parse_page(editor.get(f"{list_url(Rule, guide)}&p=1"))
    second = guide.rules.all()[1]
    button = page.select_one(f'#rule-{second.pk} button[value="up"]')
    assert button is not None
    assert button["formaction"] == action_url(second, "move")
    assert button.find_parent("form") is not None


def test_a_get_request_does_not_move_a_rule(guide: Guide, editor: Client) -> None:
    assert editor.get(action_url(guide.rules.all()[1], "move")).status_code == 405


def test_a_duplicated_rule_comes_just_below_with_the_same_sentence(
    guide: Guide, editor: Client
) -> None:
    before = rule_keys(guide)
    response = editor.post(action_url(guide.rules.get(key="liste-deja-a-jour"), "duplicate"))
    copy = guide.rules.get(key="liste-deja-a-jour-2")
    index = before.index("liste-deja-a-jour")
    assert rule_keys(guide) == [*before[: index + 1], copy.key, *before[index + 1 :]]
    assert sentence_of_rule(guide, copy.key) == sentence_of_rule(guide, "liste-deja-a-jour")
    assert response.headers["Location"] == change_url(copy)


def test_what_changes_is_shown_before_a_rule_is_deleted(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = f"/admin/rules/rule/{rule.pk}/delete/"
    assert "26 parcours sur 52 changent" in page_text(editor.get(url))
    editor.post(url)
    assert "liste-deja-a-jour" in rule_keys(guide)
    fill_and_send(editor, url)
    assert "liste-deja-a-jour" not in rule_keys(guide)


def test_a_list_shows_the_rules_of_one_guide_only(guide: Guide, editor: Client) -> None:
    other = Guide.objects.create(slug="autre", title="Autre")
    asked = other.questions.create(key="ailleurs", title="Question d’ailleurs")
    other.rules.create(key="ailleurs", asks=asked)
    assert "ailleurs" not in page_text(editor.get(list_url(Rule, guide)))
    assert "ailleurs" in page_text(editor.get(list_url(Rule, other)))


def test_the_choices_of_each_question_are_on_the_page_once_for_the_script(
    guide: Guide, editor: Client
) -> None:
    page = parse_page(editor.get(add_url(Rule, guide)))
    data = page.select_one("script#choices-by-question")
    assert data is not None
    choices = json.loads(data.get_text())[question_id(guide, METHOD_KEY)]
    assert [int(choice_id(guide, METHOD_KEY, "Médiacentre")), "Médiacentre"] in choices
    assert not page.select('input[name="conditions-0-named"]')


def test_a_condition_shows_the_choices_of_its_question(guide: Guide, editor: Client) -> None:
    page = editor.get(change_url(guide.rules.get(key="liste-deja-a-jour")))
    assert checkbox_value(page, "conditions-0-named", "Oui")
    legends = parse_page(page).select("#conditions-0 .choices-of-question legend")
    assert [found.get_text() for found in legends] == ["Liste des élèves à jour"]
