"""The texts for pupils, of questions and of conclusions, wherever editors write or read a draft."""

import pytest
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.document.serialising import canonical_json
from rules.drafts.content import draft_read
from rules.models import Guide, Outcome, Question
from rules.publication.check import publication_check
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_errors, page_fields, page_text, parse_page

SAID = "Dis-nous\u00a0: **comment** te connectes-tu\u00a0?"


@pytest.fixture
def question(guide: Guide) -> Question:
    return guide.questions.get(key="connexion-habituelle")


@pytest.fixture
def outcome(guide: Guide) -> Outcome:
    return guide.outcomes.get(key="tout-va-bien")


def save_text(client: Client, row: Question | Outcome, text: str = SAID) -> None:
    assert fill_and_send(client, change_url(row), for_pupil=text).status_code == 302
    row.refresh_from_db()
    assert row.for_pupil == text


def test_the_question_for_the_pupil_is_one_line_of_300_characters(
    question: Question, editor: Client
) -> None:
    assert "une seule ligne" in page_errors(
        fill_and_send(editor, change_url(question), for_pupil="un\ndeux")
    )
    long = fill_and_send(editor, change_url(question), for_pupil="x" * 301)
    assert "300" in page_errors(long)
    save_text(editor, question, "x" * 300)


def test_copies_of_a_question_and_of_a_guide_keep_the_text(
    guide: Guide, question: Question, outcome: Outcome, publisher: Client
) -> None:
    save_text(publisher, question)
    save_text(publisher, outcome)
    publisher.post(action_url(question, "duplicate"))
    assert guide.questions.get(key="connexion-habituelle-2").for_pupil == SAID
    publisher.post(action_url(guide, "duplicate"))
    copy = draft_read(Guide.objects.latest("pk"))
    assert copy.question[question.key].for_pupil == copy.outcome[outcome.key].for_pupil == SAID


def test_the_text_is_undone_with_the_change_that_wrote_it(
    guide: Guide, outcome: Outcome, editor: Client
) -> None:
    before = canonical_json(draft_read(guide))
    page = parse_page(editor.post(change_url(outcome), page_fields(editor.get(change_url(outcome))) | {"for_pupil": SAID}, follow=True))  # fmt: skip
    undo = page.select_one(".messagelist button[name=snapshot]")
    assert undo is not None
    editor.post(action_url(guide, "undo"), {"snapshot": str(undo["value"])})
    assert canonical_json(draft_read(Guide.objects.get(pk=guide.pk))) == before


def test_two_people_may_write_the_two_texts_of_one_conclusion(
    outcome: Outcome, editor: Client, log_in: LogIn
) -> None:
    url = change_url(outcome)
    typed = page_fields(editor.get(url)) | {"body": "Il sait."}
    save_text(log_in("marc", "Éditeurs"), outcome)
    merged = page_fields(editor.post(url, typed))
    assert (merged["body"], merged["for_pupil"]) == ("Il sait.", SAID)


def test_the_whole_draft_shows_both_texts(
    guide: Guide, question: Question, outcome: Outcome, editor: Client
) -> None:
    save_text(editor, question)
    save_text(editor, outcome)
    page = parse_page(editor.get(action_url(guide, "read")))
    asked = next(item for item in page.select(".content > li") if question.title in item.text)
    assert f"Question posée à l’élève\u00a0: {SAID}" in asked.text
    said = next(item for item in page.select(".content > li") if "Tout va bien" in item.text)
    assert said.select(".markdown strong")[-1].text == "comment"


def test_a_refused_link_of_before_names_the_text_that_has_it(
    guide: Guide, outcome: Outcome, editor: Client
) -> None:
    guide.outcomes.filter(pk=outcome.pk).update(for_pupil="[Pix](pix.fr)")
    guide.questions.filter(scope="pupil").update(for_pupil="\u200b")
    text = page_text(editor.get(action_url(guide, "proof")))
    assert "Texte pour l’élève : l’adresse « pix.fr » n’est pas complète" in text
    assert text.count("Texte pour l’élève : ce texte n’a aucun caractère visible") == 3


def test_what_is_not_written_for_the_pupil_is_a_remark_with_its_page_and_publication_goes_on(
    guide: Guide, outcome: Outcome, editor: Client
) -> None:
    save_text(editor, outcome, "")
    [point] = parse_page(editor.get(action_url(guide, "proof"))).select(".findings.remark li")
    assert "Cette conclusion n’est pas écrite pour l’élève" in point.text
    assert point.select_one(f"a[href='{change_url(outcome)}']")
    check = publication_check(draft_read(guide))
    assert [*check.problems, *check.warnings] == []
