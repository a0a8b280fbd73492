"""Tries with so many answers that no address can name them all."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.models import Session
from diagnostics.trials.trial_addresses import CODES, read_answers, trial_address
from rules.admin.links import action_url, change_url
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from rules.models import Choice, Guide, Question, Rule
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.pages import page_links
from tests.web.visitor import Visitor

KEYS = [f"question-{number:055}" for number in range(70)]
ANSWERS = {key: f"{'oui' * 20}-{number % 2}" for number, key in enumerate(KEYS)}
"""Answers whose names alone are longer than the longest line that the server accepts."""
MAX_LENGTH = 700
"""The length that no address of a try with these answers exceeds, in characters."""


def make_guide() -> GuideContent:
    """Returns a guide that asks all questions, one after the other, and then concludes."""
    choices = tuple(ChoiceContent(f"{'oui' * 20}-{number}", f"Oui {number}") for number in range(2))
    steps = [(Effect.ASK, key) for key in KEYS] + [(Effect.CONCLUDE, "fin")]
    return GuideContent(
        "long",
        "Guide long",
        tuple(QuestionContent(key, key.capitalize(), choices) for key in KEYS),
        (OutcomeContent("fin", "Fin", final=True),),
        tuple(
            RuleContent(
                f"regle-{number}",
                (ConditionContent(KEYS[number - 1], Operator.ANSWERED),) if number else (),
                *step,
            )
            for number, step in enumerate(steps)
        ),
    )


@pytest.fixture
def guide() -> Guide:
    return guide_import(content=make_guide())


@pytest.fixture
def try_url(guide: Guide) -> str:
    return reverse("admin:diagnostics_session_try", args=[guide.pk])


def page_addresses(trial: Visitor) -> list[str]:
    found = trial.page.select("a[href], form[action]")
    return [str(element.get("href") or element["action"]) for element in found]


def answers_of(address: str, guide: Guide) -> dict[str, str]:
    """Returns the answers that the address of a try contains."""
    query = dict(part.split("=") for part in urlsplit(address).query.split("&"))
    return read_answers(draft_read(guide), query)


def test_a_try_leads_to_the_result_by_addresses_that_every_server_accepts(
    editor: Client, guide: Guide, try_url: str
) -> None:
    begun = dict(list(ANSWERS.items())[:-1])
    trial = Visitor(editor).open(trial_address(try_url, begun))
    assert trial.heading == KEYS[-1].capitalize()
    assert len(trial.answers) == len(begun)
    trial.answer(ANSWERS[KEYS[-1]])
    assert trial.texts(".steps h3") == ["Fin"]
    assert answers_of(trial.address, guide) == ANSWERS
    assert max(map(len, [trial.address, *page_addresses(trial)])) <= MAX_LENGTH


def test_an_earlier_answer_of_a_long_try_is_changed_and_all_others_stay(
    editor: Client, guide: Guide, try_url: str
) -> None:
    trial = Visitor(editor).open(trial_address(try_url, ANSWERS))
    trial.open(str(trial.page.select("dl.answers a")[0]["href"]))
    assert trial.heading == KEYS[0].capitalize()
    trial.answer(ANSWERS[KEYS[1]])
    assert answers_of(trial.address, guide) == ANSWERS | {KEYS[0]: ANSWERS[KEYS[1]]}


def test_a_long_address_means_the_same_answers_when_the_draft_has_changed(
    editor: Client, guide: Guide, try_url: str
) -> None:
    address = trial_address(try_url, ANSWERS)
    Question.objects.filter(guide=guide, key=KEYS[0]).update(position=5_000)
    Choice.objects.filter(question__key=KEYS[1], key=ANSWERS[KEYS[1]]).update(position=5_000)
    Question.objects.filter(guide=guide, key=KEYS[2]).update(key="renommee")
    trial = Visitor(editor).open(address)
    unchanged = {key: choice for key, choice in ANSWERS.items() if key != KEYS[2]}
    assert answers_of(str(trial.link("Retour")["href"]), guide) == unchanged
    assert "celles dont la question ou la réponse n’y est plus" in trial.texts(".notice")[0]


def test_a_long_try_becomes_an_example(editor: Client, guide: Guide, try_url: str) -> None:
    trial = Visitor(editor).open(trial_address(try_url, ANSWERS)).press("En faire un cas type")
    example = guide.examples.get()
    assert {row.question.key: row.choice.key for row in example.answers.all()} == ANSWERS
    assert trial.address == change_url(example)


def test_a_long_try_whose_answer_has_gone_becomes_no_example(
    editor: Client, guide: Guide, try_url: str
) -> None:
    trial = Visitor(editor).open(trial_address(try_url, ANSWERS))
    Question.objects.filter(guide=guide, key=KEYS[2]).update(key="renommee")
    trial.press("En faire un cas type")
    assert "Le brouillon a changé entre-temps" in trial.texts(".notice")[0]
    assert not guide.examples.exists()


def test_links_to_long_tries_are_short_on_every_page(editor: Client, guide: Guide) -> None:
    guide_publish(review=PublicationReview(guide), reason="Pour un essai")
    session = Session.objects.create(version=guide.versions.get(), answers=ANSWERS, code="ABCDEFGH")
    Rule.objects.filter(guide=guide, asks__key=KEYS[-1]).delete()
    replay = reverse("admin:diagnostics_session_replay", args=[guide.pk])
    for page in (change_url(session), replay, action_url(guide, "proof")):
        tries = [link for link in page_links(editor.get(page)) if CODES in link]
        assert tries, page
        assert max(map(len, tries)) <= MAX_LENGTH
