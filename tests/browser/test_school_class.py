"""Class mode sorts pupils, and their names never leave the browser."""

import csv
import io
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from playwright.sync_api import FilePayload, Page, Request, expect

from rules.models import Guide
from tests.browser.conftest import NewPage
from tests.browser.sound import find_faults
from tests.paths import QUESTIONS, DecisionPath, decision_paths, headline_first, paths_by_outcome

pytestmark = pytest.mark.browser

ADDRESS = "/corriger-comptes-pix/classe/"
SCHOOL, PUPIL = QUESTIONS[:2], QUESTIONS[2:]
METHOD, USUAL = PUPIL[:2]
MARK = "Zyxq"
"""A text in every hostile name and nowhere else, which no encoding of an address changes."""
HOSTILE = [
    f"{MARK} \"la\" 'Grande'",
    f"<img src=x onerror=document.title='{MARK}'>",
    f"</script><script>document.title='{MARK}'</script>",
    f'=HYPERLINK("https://example.org/";"{MARK}")',
    f"+1 {MARK}",
    f"-1 {MARK}",
    f"@x {MARK}",
    f"שלום {MARK}",
    f"👩🏽‍🎓 {MARK}",
    f"{MARK} " + "é" * 295,
    f"__proto__ {MARK}",
    f"constructor {MARK}",
]
LIST = (
    "Nom\tPrénom\tMéthode(s) de connexion\n"
    "Dupont\tMarie\tIdentifiant\n"
    "Martin\tLéo\tIdentifiant\n"
    "Nguyen\tAïcha\tAdresse e-mail\n"
    "Bernard\tZoé\t–\n"
    "Petit\tNoé\tIdentifiant, Mediacentre\n"
)
NAMES = ["Dupont Marie", "Martin Léo", "Nguyen Aïcha", "Bernard Zoé", "Petit Noé"]


def open_class(page: Page) -> None:
    page.goto(ADDRESS)
    expect(page.locator("#etablissement fieldset")).to_have_count(2)


def answer_for_school(page: Page, choices: Iterable[str] = ("oui", "oui")) -> None:
    if not page.locator("#etablissement[open]").count():
        page.locator("#etablissement > summary").click()
    for question, choice in zip(SCHOOL, choices, strict=True):
        page.locator(f"label:has([name={question}][value={choice}])").click()


def paste_list(page: Page, text: str) -> None:
    """Pastes a list, and confirms its columns as the page has recognised them."""
    if not page.locator("#eleves[open]").count():
        page.locator("#eleves > summary").click()
    page.get_by_label("Liste des élèves", exact=True).fill(text)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    if "\t" in text:
        page.locator("#confirmer").click()


def begin_class(page: Page, text: str = LIST) -> None:
    open_class(page)
    answer_for_school(page)
    paste_list(page, text)
    expect(page.locator(".pupil").first).to_be_visible()


def shown_groups(page: Page) -> list[tuple[str, list[str]]]:
    """Returns the title of each group on the page with the names in it."""
    found = page.locator(".group").evaluate_all(
        """groups => groups.map(group => [
          group.querySelector("h3").firstChild.textContent.replace(/\\u00a0— $/, ""),
          [...group.querySelectorAll(".pupil .who .name")].map(name => name.textContent)])"""
    )
    return [(title, names) for title, names in found]


def expect_groups(page: Page, expected_groups: list[tuple[str, list[str]]]) -> None:
    """Waits until each group has its title and the names in it."""
    shown = page.locator(".group")
    expect(shown).to_have_count(len(expected_groups))
    for nth, (title, names) in enumerate(expected_groups):
        expect(shown.nth(nth).locator("h3")).to_contain_text(title)
        expect(shown.nth(nth).locator(".pupil .who .name")).to_have_text(names)
    assert shown_groups(page) == expected_groups


def group_titled(page: Page, title: str) -> Any:  # noqa: ANN401 (a locator)
    return page.locator(".group").filter(has=page.get_by_role("heading", name=title))


def titles_by_key(document: dict[str, Any]) -> dict[str, str]:
    """Returns the titles of questions and outcomes by their keys."""
    return {part["key"]: part["title"] for part in document["questions"] + document["outcomes"]}


def as_list(named: dict[str, DecisionPath]) -> str:
    lines = ["\t".join(["Nom", *PUPIL])]
    for name, path in named.items():
        lines.append("\t".join([name, *(path.answers.get(key, "") for key in PUPIL)]))
    return "\n".join(lines)


def expected_groups(named: dict[str, DecisionPath], document: dict[str, Any]) -> list[Any]:
    """Returns the groups of the pupils on these paths, in the order of the guide's outcomes.

    Those with nothing to do come last.
    """
    order, titles = [outcome["key"] for outcome in document["outcomes"]], titles_by_key(document)
    by_outcomes = defaultdict(list)
    for name, path in named.items():
        by_outcomes[headline_first(path.outcomes)].append(name)
    keys = sorted(by_outcomes, key=lambda keys: [order.index(key) for key in keys])
    keys.sort(key=lambda keys: keys == ("tout-va-bien",))
    return [
        (" + ".join(titles[key] for key in outcome_keys), by_outcomes[outcome_keys])
        for outcome_keys in keys
    ]


def school_of(path: DecisionPath) -> tuple[str, ...]:
    return tuple(path.answers[key] for key in SCHOOL)


def test_paths_of_the_poster_end_in_the_right_group(
    page: Page, shipped_guide: Guide, guide_document: dict[str, Any]
) -> None:
    open_class(page)
    titles = titles_by_key(guide_document)
    for school in sorted({school_of(path) for path in paths_by_outcome()}):
        paths = [path for path in paths_by_outcome() if school_of(path) == school]
        named = {f"Élève {number}": path for number, path in enumerate(paths)}
        answer_for_school(page, school)
        paste_list(page, as_list(named))
        expect(page.locator(".pupil")).to_have_count(len(paths))
        expect_groups(page, expected_groups(named, guide_document))
        todo = [titles[key] for key in paths[0].advice[:2] if not key.endswith("-ok")]
        expect(page.locator(".school-advice h3")).to_have_text(todo)
        erase_class(page)


@pytest.fixture
def sent(page: Page) -> list[str]:
    """All that the requests of the page carry: addresses, headers and bodies."""
    found: list[str] = []

    def keep(request: Request) -> None:
        found.append(f"{request.url} {request.all_headers()} {request.post_data}")

    page.on("request", keep)
    return found


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """A function that returns all that was logged, at every level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield stream.getvalue
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def stored_rows() -> str:
    """Returns every row of every table, as one text."""
    return str([list(model.objects.values_list()) for model in apps.get_models()])  # type: ignore[attr-defined]


def test_200_hostile_names_are_sorted_and_printed_and_never_leave_the_browser(
    page: Page,
    sent: list[str],
    logged: Callable[[], str],
    shipped_guide: Guide,
    guide_document: dict[str, Any],
) -> None:
    paths = [path for path in decision_paths() if school_of(path) == ("oui", "oui")]
    named = {
        f"{HOSTILE[number % len(HOSTILE)]} {number}": paths[number % len(paths)]
        for number in range(200)
    }
    begin_class(page, as_list(named))
    sorted_into = expected_groups(named, guide_document)
    expect_groups(page, sorted_into)
    assert print_sheets(page, "Imprimer une fiche par groupe", ".sheet") == [
        (title, names) for title, names in sorted_into
    ]
    assert print_sheets(page, "Imprimer un papier pour chaque élève", ".slip") == [
        (name, list(expected_groups({name: path}, guide_document)[0][0].split(" + ")))
        for name, path in named.items()
    ]
    assert [row[1].lstrip("'") for row in download_rows(page)[1:]] == list(named)
    assert page.locator("#classe img, #classe script").count() == 0
    page.reload()
    expect(page.locator(".pupil")).to_have_count(200)
    assert page.locator("#classe img, #classe script").count() == 0
    page.request.get("/nulle-part/")
    assert "Not Found" in logged()
    assert MARK not in logged()
    assert '"methode-pix-orga"' in "".join(sent)
    assert [text for text in sent if MARK in text] == []
    assert MARK not in stored_rows()
    assert MARK not in page.title()


def print_sheets(page: Page, button: str, sheet: str) -> list[tuple[str, list[str]]]:
    """Prints; returns the heading of each sheet with what is under it: names, or what to do."""
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_role("button", name=button).click()
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_hidden()
    expect(page.locator(sheet).first).to_be_visible()
    found = page.locator(sheet).evaluate_all(
        """sheets => sheets.map(sheet => [
          sheet.querySelector("h2").firstChild.textContent,
          [...sheet.querySelectorAll(sheet.matches(".slip") ? "h3" : ".names bdi")].map(
            one => one.textContent)])"""
    )
    page.emulate_media(media="screen")
    return [(heading, under) for heading, under in found]


def download_rows(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en CSV").click()
    text = Path(download.value.path()).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_the_list_of_pix_orga_is_read_from_its_file(
    encoding: str, page: Page, shipped_guide: Guide
) -> None:
    text = (
        "Nom;Prénom;Classe;Méthode(s) de connexion;Certificabilité\r\n"
        "Dupont;Zoé;3A;Mediacentre;Oui\r\nMartin;Léo;3A;–;Non\r\n"
    )
    open_class(page)
    answer_for_school(page)
    file = FilePayload(name="eleves.csv", mimeType="text/csv", buffer=text.encode(encoding))
    page.get_by_label("Ou un fichier CSV").set_input_files(file)
    expect(page.get_by_role("heading", name="Que contient chaque colonne")).to_be_focused()
    chosen = page.locator(".columns select").evaluate_all(
        "lists => lists.map(list => list.selectedOptions[0].textContent.slice(0, 13))"
    )
    assert chosen == ["Nom", "Prénom", "Classe", "Dans Pix Orga", "Ignorer cette"]
    page.get_by_role("button", name="Ajouter 2 élèves").click()
    expect(page.locator(".group .who .name")).to_have_text(["Dupont Zoé (3A)", "Martin Léo (3A)"])


def test_a_cell_with_several_methods_is_asked_about(page: Page, shipped_guide: Guide) -> None:
    begin_class(page)
    row = page.locator(".pupil", has_text="Petit Noé")
    expect(row).to_contain_text(
        "Dans votre liste\u00a0: «\u00a0Identifiant, Mediacentre\u00a0». À préciser."
    )
    row.get_by_label("Réponse pour Petit Noé").select_option(label="Mail")
    usual = group_titled(page, title_of(USUAL, shipped_guide))
    expect(usual.locator(".who .name").last).to_have_text("Petit Noé")


def title_of(key: str, guide: Guide) -> str:
    return str(guide.questions.get(key=key).title)


def test_many_are_answered_at_once_and_a_reload_loses_nothing(
    page: Page, shipped_guide: Guide
) -> None:
    begin_class(page)
    usual = group_titled(page, "Comment se connecte")
    usual.get_by_label("Tout cocher").check()
    usual.get_by_label("Martin Léo", exact=False).first.uncheck()
    usual.get_by_label("Réponse pour les élèves cochés").select_option(
        label="Avec un identifiant sur Pix.fr"
    )
    usual.get_by_role("button", name="Appliquer à 2 élèves").click()
    expect(page.get_by_role("status").filter(has_text="à compléter")).to_contain_text(
        "1\u00a0élève à compléter. 1\u00a0élève avec un résultat."
    )
    before = shown_groups(page)
    assert ("Contacter le support Pix", ["Nguyen Aïcha"]) in before
    page.reload()
    expect_groups(page, before)


def test_a_list_that_is_not_added_yet_survives_a_reload(page: Page, shipped_guide: Guide) -> None:
    begin_class(page)
    page.locator("#eleves > summary").click()
    page.get_by_label("Liste des élèves", exact=True).fill("Inès\nTom")
    page.reload()
    expect(page.get_by_label("Liste des élèves", exact=True)).to_be_visible()
    expect(page.get_by_label("Liste des élèves", exact=True)).to_have_value("Inès\nTom")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator(".pupil")).to_have_count(7)
    page.reload()
    expect(page.locator(".pupil")).to_have_count(7)
    expect(page.get_by_label("Liste des élèves", exact=True)).to_have_value("")


def test_the_file_of_the_page_brings_the_answers_of_the_school_back(
    page: Page, shipped_guide: Guide
) -> None:
    begin_class(page)
    answer_for_school(page, ("oui", "non"))
    expect(page.locator(".school-advice h3")).to_have_count(1)
    before = shown_groups(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en CSV").click()
    erase_class(page)
    page.locator(f"label:has([name={SCHOOL[0]}][value=non])").click()  # and this stays
    page.get_by_label("Ou un fichier CSV").set_input_files(
        FilePayload(
            name="c.csv", mimeType="text/csv", buffer=Path(download.value.path()).read_bytes()
        )
    )
    page.locator("#confirmer").click()
    chosen = page.locator("#etablissement :checked")
    expect(chosen).to_have_count(2)
    assert [box.get_attribute("value") for box in chosen.all()] == ["non", "non"]
    expect_groups(page, before)
    assert "liste-a-jour" not in str(
        page.evaluate("JSON.parse(Object.values({...sessionStorage})[0]).pupils")
    )


@pytest.mark.parametrize("text", ["Nom", "Nom\tPrénom\tMéthode(s) de connexion"])
def test_titles_without_a_pupil_are_refused(text: str, page: Page, shipped_guide: Guide) -> None:
    open_class(page)
    page.get_by_label("Liste des élèves", exact=True).fill(text)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator("#liste-erreur")).to_have_text("Aucun élève sous les titres.")
    expect(page.get_by_label("Liste des élèves", exact=True)).to_have_value(text)
    expect(page.locator("#colonnes, #tri").filter(visible=True)).to_have_count(0)


def test_columns_without_a_pupil_are_refused(page: Page, shipped_guide: Guide) -> None:
    open_class(page)
    page.get_by_label("Liste des élèves", exact=True).fill("Zoé\tMail")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_label("La première ligne contient les titres").check()
    page.locator("#confirmer").click()
    expect(page.locator("#colonnes .wrong")).to_have_text("Aucun élève dans ces colonnes.")
    page.get_by_label("La première ligne contient les titres").uncheck()
    page.locator("#confirmer").click()
    expect(page.locator(".pupil")).to_have_count(1)


def test_erasing_leaves_nothing_in_the_browser(page: Page, shipped_guide: Guide) -> None:
    begin_class(page)
    assert "Dupont" in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    print_sheets(page, "Imprimer une fiche par groupe", ".sheet")
    page.get_by_role("button", name="Tout effacer").click()
    page.get_by_role("button", name="Annuler").last.click()
    expect(page.locator(".pupil")).to_have_count(5)
    erase_class(page)
    expect(page.get_by_text("Tout est effacé.")).to_be_visible()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert "Dupont" not in page.content()


def erase_class(page: Page) -> None:
    page.get_by_role("button", name="Tout effacer").click()
    page.get_by_role("dialog").get_by_role("button", name="Tout effacer").click()
    expect(page.locator(".pupil")).to_have_count(0)


def test_an_answer_is_changed_a_name_mended_and_a_pupil_taken_away(
    page: Page, shipped_guide: Guide
) -> None:
    begin_class(page)
    row = page.locator(".pupil", has_text="Bernard")
    row.get_by_text("Modifier").click()
    row.get_by_label("Nom", exact=True).fill("Bernard Zoë")
    row.get_by_label("Dans Pix Orga").select_option(label="Mail")
    usual = group_titled(page, title_of(USUAL, shipped_guide))
    expect(usual.locator(".who .name").last).to_have_text("Bernard Zoë")
    expect(row.locator("summary")).to_be_focused()
    row.locator("summary").click()
    row.get_by_role("button", name="Retirer cet élève").click()
    expect(page.locator(".pupil")).to_have_count(4)


def test_a_class_is_sorted_with_the_keyboard_alone(page: Page, shipped_guide: Guide) -> None:
    """Arrows go through the answers of a list; Enter or Tab takes one and goes to the next pupil."""
    open_class(page)
    for _ in SCHOOL:
        tab_to(page, "fieldset :not(:checked)")
        page.keyboard.press("Space")
    tab_to(page, "textarea")
    page.keyboard.insert_text("Zoé\nLéo")
    tab_to(page, "#ajouter")
    page.keyboard.press("Enter")
    expect(page.locator("#tri-titre")).to_be_focused()
    for name in ("Zoé", "Léo"):
        expect(page.locator(".pupil .pending")).to_have_count(2 if name == "Zoé" else 1)
        tab_to(page, ".pending select")
        expect(page.get_by_label(f"Réponse pour {name}")).to_be_focused()
        for _ in range(4):
            page.keyboard.press("ArrowDown")
        expect(page.locator(".group.outcomes .pupil")).to_have_count(1 if name == "Léo" else 0)
        page.keyboard.press("Enter" if name == "Zoé" else "Tab")
        expect(page.locator(".group.outcomes .pupil", has_text=name)).to_be_visible()
        following = page.get_by_label("Réponse pour Léo") if name == "Zoé" else None
        expect(following or page.locator("#tri-titre")).to_be_focused()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until an element that matches the selector has the focus."""
    for _ in range(40):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the key Tab does not reach {selector}")


def test_a_file_stays_as_long_as_a_browser_may_need_to_save_it(
    page: Page, shipped_guide: Guide
) -> None:
    page.clock.install()
    page.add_init_script("URL.revokeObjectURL = () => { document.title = 'gone' }")
    begin_class(page)
    download_rows(page)
    page.clock.run_for(10_000)
    expect(page).not_to_have_title("gone")
    page.clock.run_for(60_000)
    expect(page).to_have_title("gone")


def test_a_browser_that_keeps_nothing_says_so(page: Page, shipped_guide: Guide) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('refused') } })"
    )
    begin_class(page)
    expect(page.get_by_text("Ce navigateur refuse de garder la liste")).to_be_visible()
    expect(page.locator(".pupil")).to_have_count(5)


def tick_and_open(page: Page) -> None:
    page.locator(".group.question").first.get_by_label("Tout cocher").check()
    page.locator(".group.question .modify summary").last.click()
    page.locator(".group.outcomes").get_by_label("Tout cocher").check()


def sort_all(page: Page) -> None:
    for key in PUPIL:
        asked = page.locator(f"#question-{key}")
        asked.get_by_label("Tout cocher").check()
        asked.get_by_label("Réponse pour les élèves cochés").select_option(index=1)
        asked.get_by_role("button", name="Appliquer").click()
        expect(asked).to_have_count(0)


def test_without_a_script_only_the_numbered_form_is_there(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(ADDRESS)
    expect(page.locator("#sans-script")).to_be_visible()
    expect(page.locator("#classe")).to_be_hidden()


def show_columns(page: Page) -> None:
    page.get_by_label("Liste des élèves", exact=True).fill(LIST)
    page.get_by_role("button", name="Ajouter", exact=True).click()


def confirm_columns(page: Page) -> None:
    page.locator("#confirmer").click()


def sort_some(page: Page) -> None:
    answer_for_school(page, ["non", "non"])
    tick_and_open(page)


def ask_to_erase(page: Page) -> None:
    page.get_by_role("button", name="Tout effacer").click()


STEPS = [open_class, show_columns, confirm_columns, sort_some, sort_all, ask_to_erase]


def test_each_step_is_sound_in_every_window(page: Page, shipped_guide: Guide) -> None:
    for step in STEPS:
        step(page)
        assert (step.__name__, find_faults(page)) == (step.__name__, [])


def test_what_is_pressed_is_large_enough(new_page: NewPage, shipped_guide: Guide) -> None:
    page = new_page(viewport={"width": 320, "height": 800})
    begin_class(page)
    page.locator("#eleves > summary").click()
    tick_and_open(page)
    pressed = "#classe :is(button, select, textarea, input:not([type=checkbox], [type=radio]), .who, .choice, summary, nav a)"
    for target in page.locator(pressed).filter(visible=True).all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.evaluate("one => one.outerHTML")
