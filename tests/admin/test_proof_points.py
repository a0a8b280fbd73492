"""*La preuve* shows one point for each root cause, the most harmful first, each with its remedy."""

import re

from bs4 import Tag
from django.contrib.auth.models import Permission, User
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.drafts.content import draft_read
from rules.models import ConditionChoice, Guide, Question
from rules.publication.check import publication_check
from tests.admin.conftest import LogIn
from tests.admin.pages import page_text, parse_page


def points_of_kind(client: Client, guide: Guide, kind: str = "fault") -> list[Tag]:
    page = parse_page(client.get(action_url(guide, "proof")))
    return page.select(f".findings.{kind} > ol > li")


def point_text(point: Tag) -> str:
    return " ".join(point.get_text(" ").split())


def ask_question_without_choices(guide: Guide, instead_of: str) -> Question:
    question = guide.questions.create(key="vide", title="Sans réponses", position=9)
    guide.rules.filter(asks__key=instead_of).update(asks=question)
    return question


def test_the_fault_that_stops_the_most_visitors_comes_first_and_says_how_many(
    guide: Guide, editor: Client
) -> None:
    guide.rules.get(key="aucune-methode").delete()
    guide.rules.get(key="comptes-differents").delete()
    counts = [
        point_text(strong)
        for point in points_of_kind(editor, guide)
        for strong in point.select("strong")
    ]
    assert counts[0].endswith("parcours sur 52 s’arrêtent ici.")
    numbers = [int(count.split()[0]) for count in counts]
    assert len(numbers) >= 2
    assert numbers == sorted(numbers, reverse=True)


def test_a_question_without_choices_is_one_point_with_all_that_follows_from_it(
    guide: Guide, editor: Client
) -> None:
    question = ask_question_without_choices(guide, "attribution-gar")
    [point, unasked] = points_of_kind(editor, guide)
    assert "n’a pas encore de réponses : les visiteurs s’y arrêtent." in point_text(point)
    assert "Tous les parcours s’arrêtent ici." in point_text(point)
    assert point.select_one(f".remedy a[href='{change_url(question)}']")
    assert "La question « Attribution dans le GAR »" in point_text(unasked)
    assert len(unasked.select("details a")) > 20


def test_a_question_that_has_no_choices_and_no_rule_is_one_point(
    guide: Guide, editor: Client
) -> None:
    guide.questions.create(key="vide", title="Sans réponses", position=9)
    [point] = points_of_kind(editor, guide)
    assert "n’est posée à aucun visiteur : aucune règle ne la pose." in point_text(point)
    assert "Une question a au moins deux réponses." in point_text(point)


def test_an_example_that_expects_what_became_advice_is_listed_once(
    guide: Guide, editor: Client
) -> None:
    example = guide.examples.earliest("position")
    guide.outcomes.filter(pk__in=example.outcomes.values("outcome")).update(final=False)
    page = parse_page(editor.get(action_url(guide, "proof")))
    links = page.select(f".findings > ol > li > a[href='{change_url(example)}']")
    assert len(links) == 1
    places = [problem.place[:2] for problem in publication_check(draft_read(guide)).problems]
    assert places.count(("examples", 0)) == 1


def test_a_rule_that_lacks_a_choice_is_one_point_with_its_consequences_folded(
    guide: Guide, editor: Client
) -> None:
    rule = guide.rules.get(key="aucune-methode")
    ConditionChoice.objects.filter(condition__rule=rule).delete()
    number = list(guide.rules.values_list("pk", flat=True)).index(rule.pk) + 1
    point = next(
        point for point in points_of_kind(editor, guide) if f"Règle {number} " in point.text
    )
    assert "Condition 1 : cette liste de réponses est vide." in point_text(point)
    assert f"Complétez-la. Modifier la règle {number}" in point_text(point)
    assert "La conclusion « Communiquer un code" in point_text(point.select("details")[-1])


def test_everything_that_follows_from_a_point_is_folded(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    page = parse_page(editor.get(action_url(guide, "proof")))
    assert page.select(".findings details")
    assert page.select(".findings details[open]") == []


def test_a_conclusion_without_a_rule_leads_to_the_form_that_leads_an_answer_there(
    guide: Guide, editor: Client
) -> None:
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    [point] = points_of_kind(editor, guide)
    assert "Menez-y une réponse, ou supprimez-la. Y mener une réponse…" in point_text(point)
    assert point.select_one(f".remedy a[href='{action_url(guide, 'enter')}?outcome=vain']")


def test_rules_that_are_too_late_lead_to_the_page_that_changes_their_order(
    guide: Guide, editor: Client
) -> None:
    question = guide.questions.create(key="tard", title="Trop tard", position=9)
    question.choices.create(key="a", label="a", position=0)
    question.choices.create(key="b", label="b", position=1)
    first = guide.questions.get(key="liste-a-jour")
    rule = guide.rules.create(key="tard", asks=question, position=99)
    rule.conditions.create(question=first, operator="unanswered", position=0)
    [point] = points_of_kind(editor, guide)
    assert "trop tard, la règle 1 passe avant." in point_text(point)
    link = point.select_one(".remedy a")
    assert link is not None
    assert "Monter" in page_text(editor.get(str(link["href"])))


def test_who_may_only_look_gets_no_link_to_a_form_that_is_refused(
    guide: Guide, log_in: LogIn
) -> None:
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    viewer = log_in("lectrice")
    User.objects.get(username="lectrice").user_permissions.add(
        Permission.objects.get(codename="view_guide")
    )
    [point] = points_of_kind(viewer, guide)
    assert point.select(".remedy a") == []


def test_examples_that_fail_for_the_same_reason_are_one_point(guide: Guide, editor: Client) -> None:
    added = guide.questions.create(key="nouvelle", title="Nouvelle", position=9)
    for position, label in enumerate(("Oui", "Non")):
        added.choices.create(key=label.lower(), label=label, position=position)
    guide.rules.create(key="poser-nouvelle", asks=added, position=0)
    count = guide.examples.count()
    [point] = points_of_kind(editor, guide, "failing")
    assert point_text(point).startswith(f"{count} cas types La question « Nouvelle » est posée")
    assert len(point.select("details a")) == count
    assert f"Cas types en rouge ({count})" in page_text(editor.get(action_url(guide, "proof")))


def test_choices_that_no_example_takes_are_one_line_for_each_question(
    guide: Guide, editor: Client
) -> None:
    guide.examples.all().delete()
    page = page_text(editor.get(action_url(guide, "proof")))
    assert "aucun cas type ne répond « Oui » ou « Non »." in page


def test_answers_to_one_question_that_lead_nowhere_are_one_point_with_the_examples_they_stop(
    guide: Guide, editor: Client
) -> None:
    guide.rules.filter(asks__key="connexion-habituelle").delete()
    point = points_of_kind(editor, guide)[0]
    assert re.search(r"Après les réponses « [^»]+ », .* et « [^»]+ » à « ", point_text(point))
    folded = point_text(point.select("details")[1])
    [count] = re.findall(r"Cas types en rouge à cause de cela \((\d+)\)", folded)
    assert int(count) == len(point.select("details")[1].select("a")) > 1
    assert "Cas types en rouge (" not in page_text(editor.get(action_url(guide, "proof")))


def test_the_eleventh_point_and_those_after_it_are_folded(guide: Guide, editor: Client) -> None:
    for number in range(12):
        guide.outcomes.create(key=f"vain-{number}", title=f"En vain {number}", position=99)
    page = parse_page(editor.get(action_url(guide, "proof")))
    assert len(page.select(".findings.fault > ol > li")) == 10
    [summary] = page.select(".findings.fault > details.more > summary")
    assert summary.text == "Voir la suite (2)"
    [folded] = page.select(".findings.fault > details.more > ol")
    assert folded["start"] == "11"
    assert len(folded.select("li")) == 2
