"""The pages that lead arrows elsewhere and insert questions on them, without a script."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from rules.admin.links import action_url, change_url, place_url
from rules.document.parsing import parse_document
from rules.drafts import cached_proofs
from rules.drafts.acts import PreparedAct, act_apply, act_prepare
from rules.drafts.cached_proofs import draft_proof
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read, draft_write
from rules.drafts.guides import guide_import
from rules.engine.content import Scope, Tone
from rules.models import Guide, Rule, Snapshot
from rules.proof.bounds import QUICK_BOUND, ProofBound
from tests.admin.pages import (
    fill_and_send,
    page_errors,
    page_fields,
    page_links,
    page_text,
    parse_page,
)
from tests.engine.guides import make_question
from tests.proof.hard_guides import make_guide_of
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """« Un »: A concludes « Fin », B asks « Deux », of which both answers conclude « Fin »."""
    return guide_import(content=parse_document(small_document()))


def act_url(guide: Guide, act: str, *arrows: str) -> str:
    return f"{action_url(guide, act)}?{urlencode([('arrow', arrow) for arrow in arrows])}"


def place_after(guide: Guide, **answers: str) -> tuple[str, ...]:
    """Returns the titles of what visitors come to: a question, or else conclusions."""
    draft = draft_read(guide)
    state = compiled_draft(draft).resolve(answers)
    if state.question:
        return (draft.question[state.question].title,)
    return tuple(draft.outcome[given.outcome].title for given in state.outcomes)


def test_an_answer_is_led_to_another_question_at_once(editor: Client, guide: Guide) -> None:
    guide.examples.all().delete()
    response = fill_and_send(editor, act_url(guide, "lead", "q1.a.r2"), sought="Deux")
    assert response["Location"] == place_url(guide, "reponse-q1.a")
    assert place_after(guide, q1="a") == ("Deux",)
    page = page_text(editor.get(change_url(guide)))
    assert "mène à" in page
    assert "Aucun parcours sur 3 ne se termine autrement. C’est dans le brouillon" in page


def test_the_text_of_a_new_conclusion_is_asked_for(editor: Client, guide: Guide) -> None:
    url = act_url(guide, "lead", "q2.a.r5")
    fill_and_send(editor, url, kind="conclusion", title="Autre fin")
    page = editor.get(change_url(guide))
    form = change_url(guide.outcomes.get(key="autre-fin"))
    assert "Texte à écrire : « Autre fin »" in page_text(page)
    [link] = parse_page(page).select(f'.outcomes a[href="{form}"].badge')
    assert link.get_text(strip=True).startswith("Texte à écrire")
    fill_and_send(editor, form, body="Le texte.")
    assert "Texte à écrire : Autre fin" not in page_text(editor.get(change_url(guide)))


def test_several_answers_are_led_to_a_new_conclusion(editor: Client, guide: Guide) -> None:
    url = act_url(guide, "lead", "q2.a.r5", "q2.b.r5")
    fill_and_send(editor, url, kind="conclusion", title="Autre fin", tone="contact")
    assert place_after(guide, q1="b", q2="a") == ("Autre fin",)
    assert place_after(guide, q1="b", q2="b") == ("Autre fin",)
    assert draft_read(guide).outcome["autre-fin"].tone is Tone.CONTACT


def test_a_new_question_has_the_answers_yes_and_no_unless_others_are_typed(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "lead", "q2.a.r5")
    fill_and_send(editor, url, kind="question", title="Trois", scope="school")
    fill_and_send(
        editor, act_url(guide, "insert", "q2.b.r5"), title="Quatre", choices="Rouge\nVert\nBleu"
    )
    draft = draft_read(guide)
    assert draft.question["trois"].scope is Scope.SCHOOL
    labels = [[c.label for c in draft.question[key].choices] for key in ("trois", "quatre")]
    assert labels == [["Oui", "Non"], ["Rouge", "Vert", "Bleu"]]


def test_the_page_of_an_act_names_the_question_and_the_answers(
    editor: Client, guide: Guide
) -> None:
    assert page_text(editor.get(act_url(guide, "insert", "q1.a.r2"))).startswith(
        "Insérer une question : Un → A"
    )
    assert page_text(editor.get(act_url(guide, "lead", "q2"))).startswith(
        "Mener ailleurs : Deux → A, B"
    )
    guide.rules.get(key="r2").delete()
    assert page_text(editor.get(act_url(guide, "lead", "q1.a"))).startswith(
        "Créer la règle qui manque : Un → A"
    )


def test_what_was_changed_meanwhile_is_said_with_who_did_it(
    editor: Client, guide: Guide, admin_user: User
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    preview = fill_and_send(editor, url, sought="Deux")
    guide.refresh_from_db()
    changed = replace(draft_read(guide), introduction="Autre")
    draft_write(guide=guide, content=changed, author=admin_user)
    again = page_text(editor.post(url, page_fields(preview)))
    assert f"{admin_user} a modifié le brouillon entre-temps, à" in again
    assert "Autre" in again


def test_after_an_act_that_adds_a_question_its_editor_goes_on_at_its_stop(
    editor: Client, guide: Guide
) -> None:
    response = fill_and_send(editor, act_url(guide, "insert", "..r1"), title="Trois", answer="oui")
    assert response["Location"] == place_url(guide, "etape-trois")


def test_a_question_is_inserted_and_answered_in_the_examples_on_its_way(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "insert", "q1.a.r2")
    fill_and_send(editor, url, title="Trois", answer="non")
    assert place_after(guide, q1="a") == ("Trois",)
    assert place_after(guide, q1="a", trois="oui") == place_after(guide, q1="a", trois="non")
    [example] = draft_read(guide).examples
    assert example.answers == {"q1": "a", "trois": "non"}


def test_nothing_is_inserted_before_it_is_said_what_the_examples_answer(
    editor: Client, guide: Guide
) -> None:
    url, before = act_url(guide, "insert", "q1.a.r2"), draft_read(guide)
    for typed in ("", "Peut-être"):
        refused = fill_and_send(editor, url, title="Trois", answer=typed)
        assert (
            "Écrivez une de ces réponses\u00a0: «\u00a0Oui\u00a0», «\u00a0Non\u00a0»"
            in page_errors(refused)
        )
    assert draft_read(guide) == before


def test_the_answer_of_examples_is_not_asked_where_none_passes(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "insert", "q2.a.r5")
    assert "cas types" not in page_text(editor.get(url))
    assert fill_and_send(editor, url, title="Trois").status_code == 302


def test_the_form_of_an_insertion_names_the_question_whose_answers_are_ticked(
    editor: Client, guide: Guide
) -> None:
    page = page_text(editor.get(act_url(guide, "insert", "q2.a.r5")))
    assert "Pour les réponses à « Deux » : A" in page


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", "Choisissez où cela mène."),
        ("Lune", "Rien dans ce guide ne s’appelle «\u00a0Lune\u00a0»."),
        (
            "u",
            "Plusieurs noms contiennent «\u00a0u\u00a0»\u00a0: «\u00a0Un\u00a0», «\u00a0Une\u00a0».",
        ),
    ],
)
def test_a_destination_that_is_not_found_is_refused_with_the_names_that_fit(
    editor: Client, guide: Guide, typed: str, refusal: str
) -> None:
    guide.questions.filter(key="q2").update(title="Une")
    response = fill_and_send(editor, act_url(guide, "lead", "q1.a.r2"), sought=typed)
    assert refusal in page_errors(response)


def test_a_destination_is_found_by_a_part_of_its_name(editor: Client, guide: Guide) -> None:
    guide.examples.all().delete()
    fill_and_send(editor, act_url(guide, "lead", "q1.a.r2"), sought="DEU")
    assert place_after(guide, q1="a") == ("Deux",)


def test_a_new_part_without_a_title_and_answers_that_read_alike_are_refused(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    errors = page_errors(fill_and_send(editor, url, kind="question", choices="Oui\noui"))
    assert "Donnez-lui un titre." in errors
    assert "se lit comme" in errors


def test_an_act_that_makes_an_example_fail_is_shown_before_it_is_done(
    editor: Client, guide: Guide
) -> None:
    before = draft_read(guide)
    url = act_url(guide, "lead", "q1.a.r2")
    preview = fill_and_send(editor, url, kind="conclusion", title="Autre fin")
    assert draft_read(guide) == before
    text = page_text(preview)
    assert "Rien n’est encore enregistré." in text
    assert "1 parcours sur 3 change" in text
    assert "Cas type « Cas » : attendu : « Fin » ; obtenu : « Autre fin »" in text
    assert "Conclut maintenant « Autre fin » au lieu de « Fin »" in text
    assert any("session/try" in link for link in page_links(preview))
    assert editor.post(url, page_fields(preview)).status_code == 302
    assert place_after(guide, q1="a") == ("Autre fin",)


def test_what_was_seen_is_shown_again_if_someone_changes_the_draft_meanwhile(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    preview = fill_and_send(editor, url, sought="Deux")
    Rule.objects.filter(key="r4").update(note="Une remarque")
    again = editor.post(url, page_fields(preview))
    assert "Le brouillon a changé entre-temps" in page_text(again)
    assert place_after(guide, q1="a") == ("Fin",)
    assert editor.post(url, page_fields(again)).status_code == 302


def test_an_act_is_done_on_the_draft_that_someone_has_just_changed(
    editor: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.examples.all().delete()

    def change_and_apply(
        *, guide: Guide, prepared: PreparedAct, author: User | None
    ) -> Snapshot | None:
        monkeypatch.undo()
        Rule.objects.filter(key="r4").update(note="Une remarque")
        return act_apply(guide=guide, prepared=prepared, author=author)

    monkeypatch.setattr("rules.admin.acts.run_act.act_apply", change_and_apply)
    fill_and_send(editor, act_url(guide, "lead", "q1.a.r2"), sought="Deux")
    assert place_after(guide, q1="a") == ("Deux",)
    assert draft_read(guide).rule["r4"].note == "Une remarque"


def test_a_refused_act_says_why_and_keeps_what_was_typed(editor: Client, guide: Guide) -> None:
    response = fill_and_send(editor, act_url(guide, "lead", "q1.b.r3"), sought="Deux")
    assert "mène déjà à « Deux »" in page_text(response)
    assert page_fields(response)["sought"] == "Deux"
    [focused] = parse_page(response).select("[autofocus]")
    assert focused["name"] == "sought"
    asked = fill_and_send(editor, act_url(guide, "lead", "q2.a.r5"), sought="Un")
    assert "a déjà été posée" in page_text(asked)
    assert change_url(guide.rules.get(key="r1")) in page_links(asked)


def test_an_answer_that_leads_elsewhere_by_now_is_said_and_nothing_typed_is_lost(
    editor: Client, guide: Guide
) -> None:
    guide.examples.all().delete()
    url = act_url(guide, "lead", "q1.a.r2")
    typed = page_fields(editor.get(url)) | {"kind": "conclusion", "title": "Autre fin"}
    guide.rules.get(key="r2").delete()
    response = editor.post(url, typed)
    assert "Le parcours a changé entre-temps" in page_errors(response)
    assert page_fields(response)["title"] == "Autre fin"
    assert editor.get(url)["Location"] == change_url(guide)


@pytest.mark.parametrize("act", ["lead", "insert"])
def test_an_answer_that_someone_has_led_elsewhere_meanwhile_is_said_before_it_is_led_on(
    editor: Client, guide: Guide, act: str
) -> None:
    guide.examples.all().delete()
    url = act_url(guide, act, "q1.a.r2")
    typed = page_fields(editor.get(url)) | {"kind": "question", "title": "Trois"}
    guide.rules.filter(key="r2").update(asks=guide.questions.get(key="q2"), gives=None)
    response = editor.post(url, typed)
    said = "cette réponse ne mène plus où elle menait. Maintenant\u00a0: A → «\u00a0Deux\u00a0»."
    assert said in page_errors(response)
    assert place_after(guide, q1="a") == ("Deux",)
    assert page_fields(response)["title"] == "Trois"
    editor.post(url, page_fields(response))
    assert place_after(guide, q1="a") == ("Trois",)


def test_who_has_led_an_answer_elsewhere_meanwhile_is_said(
    editor: Client, guide: Guide, admin_user: User
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    typed = page_fields(editor.get(url)) | {"sought": "Deux"}
    draft = draft_read(guide)
    ended = replace(draft.rule["r3"], key="r2", when=draft.rule["r2"].when)
    rules = tuple(ended if rule.key == "r2" else rule for rule in draft.rules)
    draft_write(guide=guide, content=replace(draft, rules=rules), author=admin_user)
    response = editor.post(url, typed)
    assert f"{admin_user} a modifié le brouillon entre-temps, à" in page_text(response)


def test_an_answer_that_another_rule_leads_elsewhere_by_now_stays_ticked(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    typed = page_fields(editor.get(url)) | {"kind": "conclusion", "title": "Autre fin"}
    guide.examples.all().delete()
    guide.rules.filter(key="r2").update(key="r9", asks=guide.questions.get(key="q2"), gives=None)
    response = editor.post(url, typed)
    assert "Maintenant\u00a0: A → «\u00a0Deux\u00a0»" in page_errors(response)
    assert page_fields(response)["arrow"] == ["q1.a.r9"]
    editor.post(url, page_fields(response))
    assert place_after(guide, q1="a") == ("Autre fin",)


@pytest.mark.parametrize("act", ["lead", "insert", "choices", "place-question", "advise", "enter"])
def test_what_was_typed_about_a_question_that_was_deleted_meanwhile_is_shown(
    editor: Client, guide: Guide, act: str
) -> None:
    query = "arrow=q2.a.r5" if act in ("lead", "insert") else "question=q2"
    url = f"{change_url(guide).removesuffix('change/')}acts/{act}/?{query}"
    fields = {
        "choices": "form-2-label",
        "place-question": "other",
        "advise": "advice",
        "enter": "after",
    }
    typed = page_fields(editor.get(url)) | {fields.get(act, "title"): "Un texte"}
    guide.rules.filter(asks__key="q2").delete()
    guide.rules.filter(conditions__question__key="q2").delete()
    guide.questions.filter(key="q2").delete()
    response = editor.post(url, typed, headers={"Origin": "http://testserver"})
    assert response.status_code == 404
    assert "Un texte" in page_text(response)
    assert change_url(guide) in page_links(response)


def test_what_was_typed_on_the_page_of_an_act_is_shown_if_the_guide_was_deleted_meanwhile(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    typed = page_fields(editor.get(url)) | {"sought": "Deux"}
    guide.delete()
    response = editor.post(url, typed, headers={"Origin": "http://testserver"})
    assert response.status_code == 404
    assert "Ce guide n’existe plus." in page_text(response)
    assert "Deux" in page_text(response)


def test_what_was_typed_can_be_changed_after_it_is_shown_what_it_will_do(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "insert", "q1.a.r2")
    preview = fill_and_send(editor, url, title="Trois", answer="rien")
    assert "À corriger ensuite (1)" in page_text(preview)
    form = editor.post(url, page_fields(preview) | {"revised": ""})
    assert page_fields(form)["title"] == "Trois"
    assert editor.post(url, page_fields(form) | {"answer": "oui"}).status_code == 302
    assert draft_read(guide).examples[0].answers == {"q1": "a", "trois": "oui"}


def test_an_answer_that_is_led_elsewhere_at_the_last_moment_is_not_led_on(
    editor: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.examples.all().delete()

    def change_and_apply(
        *, guide: Guide, prepared: PreparedAct, author: User | None
    ) -> Snapshot | None:
        monkeypatch.undo()
        guide.rules.filter(key="r2").update(asks=guide.questions.get(key="q2"), gives=None)
        return act_apply(guide=guide, prepared=prepared, author=author)

    monkeypatch.setattr("rules.admin.acts.run_act.act_apply", change_and_apply)
    url = act_url(guide, "lead", "q1.a.r2")
    response = fill_and_send(editor, url, kind="conclusion", title="Trois")
    assert "cette réponse ne mène plus où elle menait" in page_text(response)
    assert place_after(guide, q1="a") == ("Deux",)


@contextmanager
def no_time_to_prove() -> Iterator[None]:
    """Ends the time of acts before anything is proved."""
    late = partial(act_prepare, bound=ProofBound(seconds=-1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "rules.admin.acts.run_act.act_prepare",
            lambda draft, act, bound, shown: late(draft, act, shown=shown),
        )
        yield


@pytest.mark.parametrize("is_busy_again", [True, False])
def test_what_cannot_be_proved_is_saved_only_without_this_proof(
    editor: Client, guide: Guide, is_busy_again: bool
) -> None:
    """It is saved too if the machine has the time to prove it by then."""
    guide.examples.all().delete()
    url = act_url(guide, "lead", "q1.a.r2")
    with no_time_to_prove():
        preview = fill_and_send(editor, url, sought="Deux")
    [button] = parse_page(preview).select("#content-start input[type=submit]")
    assert button["value"] == "Enregistrer sans cette preuve"
    with no_time_to_prove() if is_busy_again else nullcontext():
        editor.post(url, page_fields(preview))
    assert place_after(guide, q1="a") == ("Deux",)


def test_what_was_proved_is_shown_again_if_it_is_not_proved_when_it_is_confirmed(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "lead", "q1.a.r2")
    preview = fill_and_send(editor, url, sought="Deux")
    with no_time_to_prove():
        again = editor.post(url, page_fields(preview))
    assert "ne peut pas être fait comme il était montré" in page_text(again)
    assert "entre-temps" not in page_text(again)
    assert place_after(guide, q1="a") == ("Fin",)


@pytest.mark.parametrize(
    ("act", "query", "typed"),
    [
        ("lead", "arrow=q2.a", {"kind": "conclusion", "title": "Fin neuve"}),
        ("insert", "arrow=q2.a", {"title": "Neuve"}),
        ("choices", "question=q2", {"form__0__leads": "Fin neuve"}),
        ("enter", "outcome=end", {"after": "q2 → a"}),
        ("place_question", "question=q0", {"other": "q2"}),
        ("delete", "", {"way": "go-on"}),
    ],
)
def test_what_no_quick_proof_comes_to_is_acted_on_at_the_first_try(
    editor: Client,
    no_guide: None,
    no_cached_proof: None,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    query: str,
    typed: dict[str, str],
) -> None:
    monkeypatch.setattr(cached_proofs, "QUICK_BOUND", QUICK_BOUND._replace(states=0))
    questions = [make_question(key, "a", "b") for key in ("q0", "q1", "q2")]
    guide = guide_import(content=make_guide_of(questions, []))
    assert not draft_proof(draft_read(guide), QUICK_BOUND).complete
    url = f"{action_url(guide, act)}?{query}"
    if act == "delete":
        url = change_url(guide.questions.get(key="q2")).replace("change", "delete")
    response = fill_and_send(editor, url, **typed)
    assert response.status_code == 302 or "Rien n’est encore enregistré" in page_text(response)


def test_a_dead_end_offers_what_can_be_created_there(editor: Client, guide: Guide) -> None:
    guide.rules.get(key="r2").delete()
    url = f"{act_url(guide, 'lead', 'q1.a')}&kind=conclusion"
    assert url in page_links(editor.get(change_url(guide)))
    fill_and_send(editor, url, title="Autre fin")
    assert place_after(guide, q1="a") == ("Autre fin",)


def test_the_page_of_a_guide_leads_from_each_arrow_to_its_acts(
    editor: Client, guide: Guide
) -> None:
    links = page_links(editor.get(change_url(guide)))
    for act in ("lead", "insert"):
        for arrows in (["..r1"], ["q1.a.r2"], ["q1.b.r3"], ["q2.a.r5", "q2.b.r5"]):
            assert act_url(guide, act, *arrows) in links
