"""*Historique*: who has changed a guide or a part of its draft, and when."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rules.admin.links import action_url, add_url, change_url
from rules.drafts.content import draft_read, draft_write
from rules.drafts.history import change_create, part_changes
from rules.models import Change, Example, Guide, Outcome, Question, Rule
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, page_text, parse_page
from tests.admin.test_deleted_accounts import run_migration
from tests.admin.test_query_counts import import_guide_of_size

pytestmark = pytest.mark.no_cover  # other tests take the same branches


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """The shipped guide with an empty history."""
    shipped_guide.changes.all().delete()
    return shipped_guide


def first_question(guide: Guide) -> Question:
    return guide.questions.all()[0]


def history_url(row: Guide | Question | Outcome | Rule | Example) -> str:
    return change_url(row).replace("change", "history")


def history_sentences(**named: str) -> list[str]:
    """Returns the sentences of the history, oldest first, with plain spaces."""
    found = Change.objects.filter(**named).order_by("pk").values_list("sentence", flat=True)
    return [sentence.replace("\u00a0", " ") for sentence in found]


def test_a_save_adds_what_changed_to_the_history(guide: Guide, editor: Client) -> None:
    question = first_question(guide)
    fill_and_send(editor, change_url(question), short="Nouvelle question")
    change = Change.objects.get()
    assert (change.kind, change.key, str(change.author)) == ("question", question.key, "edith")
    assert history_sentences() == [
        "Le nom court de la question « Liste des élèves à jour » est maintenant "
        "« Nouvelle question » au lieu de « Liste des élèves à jour »."
    ]


def test_a_save_that_changes_nothing_adds_nothing_to_the_history(
    guide: Guide, editor: Client
) -> None:
    rows = (first_question(guide), guide.rules.all()[5], guide.examples.all()[0])
    for url in (*map(change_url, rows), action_url(guide, "texts")):
        fill_and_send(editor, url)
    assert history_sentences() == []


def test_a_refused_save_adds_nothing_to_the_history(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="")
    assert history_sentences() == []


def test_the_history_has_the_parts_that_are_added_moved_duplicated_and_deleted(
    guide: Guide, editor: Client
) -> None:
    fill_and_send(editor, add_url(Outcome, guide), title="Fin")
    outcome = Outcome.objects.get(title="Fin")
    editor.post(change_url(outcome).replace("change", "delete"))
    rule = guide.rules.all()[1]
    editor.post(action_url(rule, "move"), {"direction": "down"})
    editor.post(action_url(rule, "duplicate"))
    sentences = history_sentences()
    assert sentences[0] == "La conclusion « Fin » est nouvelle, de ton « information »."
    assert sentences[1] == "La conclusion « Fin » est supprimée."
    assert sentences[2].endswith("descend d’une place et prend le numéro 3.")
    assert sentences[2].startswith("La règle 2 (→ C’est parfait ! La liste")
    assert sentences[3].startswith("La règle 4 (→ ")
    assert "est nouvelle : « Si “" in sentences[3]
    assert Change.objects.filter(kind="rule", key=rule.key).count() == 1


def test_the_history_has_changes_of_the_guide_s_own_fields(guide: Guide, editor: Client) -> None:
    title = guide.title
    fill_and_send(editor, action_url(guide, "texts"), title="Autre titre")
    assert history_sentences(kind="guide") == [
        f"Le guide « {title} » s’appelle maintenant « Autre titre »."
    ]


def test_the_history_has_the_creation_of_a_guide(no_guide: None, editor: Client) -> None:
    fill_and_send(editor, "/admin/rules/guide/add/", title="Tout neuf")
    assert history_sentences(kind="guide") == ["Le guide est créé."]


def test_the_history_has_the_changes_of_setting_the_draft_back(
    guide: Guide, editor: Client
) -> None:
    fill_and_send(editor, change_url(first_question(guide)), short="Nouvelle question")
    editor.post(action_url(guide, "reset"))
    assert history_sentences()[1].startswith(
        "Le nom court de la question « Nouvelle question » est maintenant"
    )
    assert history_sentences()[2] == "Le brouillon est remis à la version 1."
    assert set(Change.objects.values_list("author__username", flat=True)) == {"edith"}


def test_the_history_of_a_guide_has_the_changes_of_all_its_parts(
    guide: Guide, editor: Client
) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    fill_and_send(editor, change_url(guide.rules.all()[0]), note="Pourquoi")
    page = editor.get(history_url(guide))
    assert "edith" in page_text(page)
    assert "est maintenant « Nouvelle question » au lieu de" in page_text(page)
    assert "La remarque de la règle" in page_text(page)
    assert change_url(first_question(guide)) in page_links(page)


def test_the_history_of_a_row_has_only_its_own_changes(guide: Guide, editor: Client) -> None:
    fill_and_send(editor, change_url(first_question(guide)), title="Nouvelle question")
    fill_and_send(editor, change_url(guide.questions.all()[1]), title="Une autre")
    editor.get(change_url(guide))  # shows the messages about both saves, which then go away
    page = page_text(editor.get(history_url(first_question(guide))))
    assert "« Nouvelle question »" in page
    assert "Une autre" not in page
    assert history_url(first_question(guide)) in page_links(
        editor.get(change_url(first_question(guide)))
    )


def test_a_renamed_example_keeps_its_history(guide: Guide, editor: Client) -> None:
    example = guide.examples.all()[0]
    fill_and_send(editor, change_url(example), name="Premier nom")
    fill_and_send(editor, change_url(example), name="Second nom")
    example.refresh_from_db()
    page = page_text(editor.get(history_url(example)))
    assert "s’appelle maintenant « Premier nom »." in page
    assert "s’appelle maintenant « Second nom »." in page


def examples_of_one_name(guide: Guide) -> tuple[Example, Example]:
    """Gives the first two examples of a guide one name, and returns them."""
    guide.examples.filter(position__lte=2).update(name="Un cas")
    first, second = guide.examples.all()[:2]
    return first, second


def test_examples_of_one_name_have_each_its_own_history(guide: Guide, editor: Client) -> None:
    first, second = examples_of_one_name(guide)
    fill_and_send(editor, change_url(second), **{"outcome-1": ""})
    assert "Aucune modification" in page_text(editor.get(history_url(first)))
    assert "n’attend plus de conclusion" in page_text(editor.get(history_url(second)))
    assert change_url(second) in page_links(editor.get(history_url(guide)))
    assert change_url(first) not in page_links(editor.get(history_url(guide)))


def test_an_example_keeps_its_history_when_another_of_its_name_is_deleted(
    guide: Guide, editor: Client
) -> None:
    first, second = examples_of_one_name(guide)
    fill_and_send(editor, change_url(second), **{"outcome-1": ""})
    editor.post(change_url(first).replace("change", "delete"), {"post": "yes"})
    assert not Example.objects.filter(pk=first.pk).exists()
    page = page_text(editor.get(history_url(second)))
    assert "n’attend plus de conclusion" in page
    assert "est supprimé" not in page


def test_restored_examples_of_one_name_have_their_own_histories_again(
    guide: Guide, editor: Client
) -> None:
    first, second = examples_of_one_name(guide)
    fill_and_send(editor, change_url(second), **{"outcome-1": ""})
    with_both = draft_read(guide)
    editor.post(change_url(first).replace("change", "delete"), {"post": "yes"})
    draft_write(guide=guide, content=with_both)
    restored = guide.examples.all()[0]
    assert guide.examples.all()[1] == second
    assert "est supprimé" in page_text(editor.get(history_url(restored)))
    page = page_text(editor.get(history_url(second)))
    assert "n’attend plus de conclusion" in page
    assert "est supprimé" not in page


def twin_examples(guide: Guide) -> tuple[Example, Example]:
    """Replaces the examples of a guide by two equal ones, « Un cas ». Returns both.

    The history of each has one sentence: « Le premier. » or « Le second. »
    """
    draft = draft_read(guide)
    twins = [replace(draft.examples[0], name="Un cas") for _ in range(2)]
    draft_write(guide=guide, content=replace(draft, examples=tuple(twins)))
    guide.changes.all().delete()
    rows = guide.examples.all()
    change_create(part=rows[0], sentence="Le premier.", author=None)
    change_create(part=rows[1], sentence="Le second.", author=None)
    return rows[0], rows[1]


def part_sentences(part: Example) -> list[str]:
    """Returns the history of an example, oldest first, with plain spaces."""
    part.refresh_from_db()
    return [change.sentence.replace("\u00a0", " ") for change in part_changes(part)][::-1]


RENAMED_BACK = "Le cas type « Autre » s’appelle maintenant « Un cas »."


def rename_twin(editor: Client, twin: Example, name: str) -> None:
    fill_and_send(editor, change_url(twin), name=name)


@pytest.mark.parametrize("renamed", [0, 1])
def test_a_renamed_twin_keeps_its_history_and_so_does_the_other(
    renamed: int, guide: Guide, editor: Client
) -> None:
    twins = twin_examples(guide)
    own = ["Le premier.", "Le second."]
    rename_twin(editor, twins[renamed], "Autre")
    assert part_sentences(twins[1 - renamed]) == [own[1 - renamed]]
    first_sentence, renaming = part_sentences(twins[renamed])
    assert first_sentence == own[renamed]
    assert renaming.endswith(
        f"({('1er', '2e')[renamed]} de ce nom) s’appelle maintenant « Autre »."
    )
    rename_twin(editor, twins[renamed], "Un cas")
    assert part_sentences(twins[1 - renamed]) == [own[1 - renamed]]
    assert part_sentences(twins[renamed]) == [own[renamed], renaming, RENAMED_BACK]


@pytest.mark.parametrize("deleted", [0, 1])
def test_the_history_says_which_of_two_twins_is_deleted(
    deleted: int, guide: Guide, editor: Client
) -> None:
    twins = twin_examples(guide)
    editor.post(change_url(twins[deleted]).replace("change", "delete"), {"post": "yes"})
    assert part_sentences(twins[1 - deleted]) == [["Le premier.", "Le second."][1 - deleted]]
    [deletion] = history_sentences(author__username="edith")
    assert deletion.endswith(f"({('1er', '2e')[deleted]} de ce nom) est supprimé.")


def test_the_deletion_of_a_twin_moves_no_other_example(guide: Guide, editor: Client) -> None:
    first, second = twin_examples(guide)
    draft = draft_read(guide)
    other = replace(draft.examples[0], name="Entre", outcomes=())
    examples = (draft.examples[0], other, draft.examples[1])
    draft_write(guide=guide, content=replace(draft, examples=examples))
    editor.post(change_url(first).replace("change", "delete"), {"post": "yes"})
    [deletion] = history_sentences(author__username="edith")
    assert deletion.endswith("(1er de ce nom) est supprimé.")
    assert part_sentences(second) == ["Le second."]


def test_twins_keep_their_rows_and_histories_when_an_import_moves_them(guide: Guide) -> None:
    first, second = twin_examples(guide)
    draft = draft_read(guide)
    other = replace(draft.examples[0], name="Avant", outcomes=())
    draft_write(guide=guide, content=replace(draft, examples=(other, *draft.examples)))
    assert list(guide.examples.all())[1:] == [first, second]
    assert (part_sentences(first), part_sentences(second)) == (["Le premier."], ["Le second."])
    assert history_sentences(key="Avant") == ["Le cas type « Avant » est nouveau."]


@pytest.mark.parametrize("renamed", [0, 1])
def test_twins_keep_their_rows_and_histories_when_the_draft_is_set_back(
    renamed: int, guide: Guide, editor: Client
) -> None:
    twins = twin_examples(guide)
    with_twins = draft_read(guide)
    rename_twin(editor, twins[renamed], "Autre")
    draft_write(guide=guide, content=with_twins)
    assert tuple(guide.examples.all()) == twins
    assert part_sentences(twins[renamed])[-1] == RENAMED_BACK
    assert len(part_sentences(twins[renamed])) == 3
    assert len(part_sentences(twins[1 - renamed])) == 1


def test_a_history_stored_under_a_name_is_that_of_the_first_example_of_the_name(
    guide: Guide, editor: Client
) -> None:
    first, second = examples_of_one_name(guide)
    Change.objects.create(guide=guide, kind="example", key="Un cas", sentence="Jadis.")
    assert "Jadis." in page_text(editor.get(history_url(first)))
    assert "Jadis." not in page_text(editor.get(history_url(second)))


def test_the_longest_name_of_two_examples_fits_in_the_history(guide: Guide, editor: Client) -> None:
    first, second = examples_of_one_name(guide)
    Example.objects.filter(pk__in=[first.pk, second.pk]).update(name="x" * 300)
    fill_and_send(editor, change_url(second), **{"outcome-1": ""})
    assert Change.objects.get().key == f"{'x' * 300}\n2"


def test_the_page_of_an_empty_history_says_that_it_is_empty(guide: Guide, editor: Client) -> None:
    assert "Aucune modification" in page_text(editor.get(history_url(first_question(guide))))


def test_a_long_history_has_pages(guide: Guide, editor: Client) -> None:
    Change.objects.bulk_create(
        Change(guide=guide, sentence=f"Phrase {number}.") for number in range(30)
    )
    first, second = (page_text(editor.get(f"{history_url(guide)}?page={page}")) for page in (1, 2))
    assert "Phrase 29." in first
    assert "Phrase 9." not in first
    assert "Phrase 9." in second
    assert "Page 2 sur 2" in page_text(editor.get(f"{history_url(guide)}?page=999"))


def test_what_was_changed_at_once_is_on_one_page_of_the_history(
    guide: Guide, editor: Client
) -> None:
    content = replace(draft_read(guide), examples=())
    draft_write(guide=guide, content=content, author=None)
    moments = parse_page(editor.get(history_url(guide))).select("#change-history tbody")
    assert len(moments[0].select("details li")) == guide.changes.count()


def test_the_changes_of_a_deleted_account_stay_in_the_history(guide: Guide, editor: Client) -> None:
    Change.objects.create(
        guide=guide, sentence="Il y a longtemps.", author=User.objects.create_user("ancien")
    )
    User.objects.get(username="ancien").delete()
    assert "Il y a longtemps." in page_text(editor.get(history_url(guide)))


def test_staff_without_permission_see_no_history(guide: Guide, log_in: LogIn) -> None:
    stranger = log_in("zoe")
    for row in (guide, first_question(guide)):
        assert stranger.get(history_url(row)).status_code == 403


def test_the_front_page_shows_the_last_changes_to_editors_only(
    guide: Guide, editor: Client, log_in: LogIn
) -> None:
    fill_and_send(editor, action_url(guide, "texts"), title="Autre titre")
    assert "Dernières modifications" in page_text(editor.get("/admin/"))
    assert "Autre titre" not in log_in("zoe").get("/admin/").content.decode()


@pytest.mark.parametrize("kind", ["questions", "rules", "examples"])
def test_a_save_makes_as_many_queries_for_a_large_guide_as_for_a_small_one(
    kind: str, no_guide: None, editor: Client
) -> None:
    sizes = (9, 10, 60)  # the first save is left out: no message waits in the session yet
    _, small, large = (
        count_queries_of_save(import_guide_of_size(size), kind, editor) for size in sizes
    )
    assert small == large


def count_queries_of_save(guide: Guide, kind: str, editor: Client) -> int:
    url = change_url(getattr(guide, kind).all()[1])
    field = {"questions": "help", "rules": "note", "examples": "name"}[kind]
    with CaptureQueriesContext(connection) as queries:
        fill_and_send(editor, url, **{field: "Autre chose"})
    return len(queries)


SENTENCES_BEFORE_EVENTS = {
    "Le guide est créé.": ("", None, ""),
    "Le guide « Un » s’appelle maintenant « Deux ».": ("draft", None, ""),
    "L’adresse du guide est maintenant « deux » au lieu de « un ».": ("draft", None, ""),
    "L’introduction est modifiée.": ("draft", None, ""),
    "La version 1 est en ligne.": ("published", 1, ""),
    "La version 12 est programmée pour le 3 décembre 2026 à 08:30.": ("published", 12, ""),
    "La version 2 est en ligne. Demandée par lea, approuvée par paul.": ("approved", 2, ""),
    "Retour à la version 1\u00a0: la version 3 est en ligne. Motif\u00a0: Faux": (
        "restored",
        3,
        "",
    ),
    "Le brouillon est remis à la version 3.": ("reset", 3, ""),
    "La publication est demandée\u00a0: une autre personne doit l’approuver.": (
        "requested",
        None,
        "",
    ),
    "La publication demandée par lea est refusée\u00a0: Elle est retirée.": (
        "refused",
        None,
        "Elle est retirée.",
    ),
    "La publication demandée par lea est retirée.": ("withdrawn", None, ""),
    "La programmation de la version 12, prévue pour le 3 décembre, est annulée.": ("", None, ""),
    "Le guide est fermé aux nouveaux visiteurs\u00a0: « Fini ».": ("", None, ""),
}
"""Sentences about a guide as a whole, and the event, the version and the reason that they tell."""


def test_what_the_history_said_before_is_written_as_data_too(guide: Guide) -> None:
    Change.objects.create(guide=guide, kind="rule", key="r", sentence="La version 1 est en ligne.")
    for sentence in SENTENCES_BEFORE_EVENTS:
        Change.objects.create(guide=guide, sentence=sentence)
    run_migration("0011_events_of_changes", "write_events")
    assert Change.objects.get(kind="rule").event == "draft"
    meanings = Change.objects.filter(kind=Change.GUIDE).values_list(
        "sentence", "event", "version_number", "reason"
    )
    assert {sentence: tuple(said) for sentence, *said in meanings} == SENTENCES_BEFORE_EVENTS
