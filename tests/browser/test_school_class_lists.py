"""The modules of class mode read lists. They are called alone, in a browser without a server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

MODULES: Path = settings.BASE_DIR / "diagnostics/static/diagnostics/classe"
CALL = "async ([module, name, args]) => (await import(`/${module}.js`))[name](...args)"
DECODE = """async (bytes) => {
  const { decodeText, isWorkbook } = await import("/lists.js");
  const { buffer } = Uint8Array.from(bytes);
  return [decodeText(buffer), isWorkbook(buffer)];
}"""
METHOD, USUAL, KNOWN = "methode-pix-orga", "connexion-habituelle", "identifiants-connus"
HOSTILE = [
    '"guillemets" et ""doubles""',
    '"jamais fermé',
    "<img src=x onerror=alert(1)>",
    "</script><script>",
    '=HYPERLINK("http://x";"y")',
    "+1",
    "-2",
    "@x",
    "'=déjà",
    "''''+1",
    "l'apostrophe ' ; seule",
    "A, B; C",
    "שלום עולם",
    "\u202eenvers",
    "👩🏽‍🎓",
    "é" * 300,
    "__proto__",
    "constructor",
]

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page that holds only the modules, served from their files."""
    page = chromium.new_page()

    def serve(route: Route) -> None:
        file = MODULES / route.request.url.rsplit("/", 1)[-1]
        known = (
            {"path": file, "content_type": "text/javascript"} if file.is_file() else {"body": ""}
        )
        route.fulfill(**known)

    page.route("**/*", serve)
    page.goto("https://classe.test/")
    yield page
    page.close()


@pytest.fixture
def call(page: Page) -> Call:
    """Calls a function of a module and returns its result."""
    return lambda module, name, *args: page.evaluate(CALL, [module, name, [*args]])


@pytest.fixture
def questions(guide_document: dict[str, Any]) -> list[dict[str, Any]]:
    return list(guide_document["questions"])


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("", []),
        ("  \n\n", []),
        ("Zoé\r\nLéo\n\n  Inès  ", [["Zoé"], ["Léo"], ["Inès"]]),
        ("Dupont, Zoé\nMartin, Léo", [["Dupont, Zoé"], ["Martin, Léo"]]),
        ("Zoé\tMail\nLéo", [["Zoé", "Mail"], ["Léo", ""]]),
        ("A;B\nZoé;Mail", [["A", "B"], ["Zoé", "Mail"]]),
        ("Zoé; Anne\nLéo", [["Zoé; Anne"], ["Léo"]]),
        ('"Zoé ""Zo"""\t"Mail\nGAR"\nLéo\t', [['Zoé "Zo"', "Mail GAR"], ["Léo", ""]]),
        ('"Zoé\nLéo "Lé" Petit\n"Anne"', [['"Zoé'], ['Léo "Lé" Petit'], ["Anne"]]),
        ("'=1+1\n''-1\n'Zoé", [["=1+1"], ["'-1"], ["'Zoé"]]),
        ("Zoé;Mail\nLéo;GAR;\nInès", [["Zoé", "Mail", ""], ["Léo", "GAR", ""], ["Inès", "", ""]]),
    ],
)
def test_what_is_typed_or_pasted_is_a_table(call: Call, text: str, table: list[list[str]]) -> None:
    assert call("lists", "readTable", text) == table


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_file_is_read_whatever_its_separator(call: Call, separator: str) -> None:
    rows = [["Nom", "Méthode"], ["Zoé", f'"a{separator}b\r\nc"'], ["Léo", ""]]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    found = call("lists", "readTable", text, {"isFile": True})
    read = " ".join(f"a{separator}b c".split())
    assert found == [["Nom", "Méthode"], ["Zoé", read], ["Léo", ""]]


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        (["sep=;", "Zoé;Mail"], [["Zoé", "Mail"]]),
        (["Zoé;3A;Mail", "Léo;3A", "Inès;3A;GAR;;"], [["Zoé", "3A", "Mail", "", ""], ["Léo", "3A", "", "", ""], ["Inès", "3A", "GAR", "", ""]]),
        (["Nom,Méthode", "Zoé,Mail; GAR", "Léo"], [["Nom", "Méthode"], ["Zoé", "Mail; GAR"], ["Léo", ""]]),
        (["Zoé;Mail, GAR", "Léo;Mail, GAR"], [["Zoé", "Mail, GAR"], ["Léo", "Mail, GAR"]]),
        (  # the comma of a cell that nothing protects
            ["Nom,Méthode,Certif", "Zoé,Mediacentre, Identifiant, Mail,Oui", "Léo,Mail,Non"],
            [["Nom", "Méthode", "Certif"], ["Zoé", "Mediacentre, Identifiant, Mail", "Oui"], ["Léo", "Mail", "Non"]],
        ),
        (["Nom, Méthode", "Zoé, Mail"], [["Nom", "Méthode"], ["Zoé", "Mail"]]),
    ],
)  # fmt: skip
def test_a_file_whose_rows_are_not_alike_is_still_a_table(
    call: Call, lines: list[str], table: list[list[str]]
) -> None:
    assert call("lists", "readTable", "\r\n".join(lines), {"isFile": True}) == table


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "Zoé – œ"), ("utf-8-sig", "Zoé"), ("windows-1252", "Zoé – œ"), ("utf-16", "Zoé")],
)
def test_a_file_is_read_whatever_its_encoding(page: Page, encoding: str, text: str) -> None:
    assert page.evaluate(DECODE, list(text.encode(encoding))) == [text, False]


def test_a_workbook_is_seen(page: Page) -> None:
    assert page.evaluate(DECODE, list(b"PK\x03\x04..."))[1] is True


@pytest.mark.parametrize(
    ("cell", "choice"),
    [
        ("Mediacentre", "mediacentre"),
        ("  MÉDIACENTRE ", "mediacentre"),
        ("gar", "mediacentre"),
        ("Adresse e‑mail", "mail"),
        ("adresse\u00a0E-Mail", "mail"),
        ("–", "aucune"),
        ("-", "aucune"),
        ("\u2212", "aucune"),
        ("Aucune", "aucune"),
    ],
)
def test_a_cell_is_understood_whatever_its_spelling(
    call: Call, questions: list[dict[str, Any]], cell: str, choice: str
) -> None:
    (pupil,) = call(
        "matching", "readPupils", [["Zoé", cell]], ["nom", f"question:{METHOD}"], questions
    )
    assert pupil == {"name": "Zoé", "answers": {METHOD: choice}, "asked": {}}


@pytest.mark.parametrize(
    "cell",
    [
        "Identifiant, Mediacentre",
        "Identifiant et Mediacentre",
        "Mail/GAR",
        "Identifiant Mail",
        "Médiacentres",
        "?",
        "constructor",
        "__proto__",
    ],
)
def test_a_cell_that_is_not_one_answer_is_never_guessed(
    call: Call, questions: list[dict[str, Any]], cell: str
) -> None:
    (pupil,) = call(
        "matching", "readPupils", [["Zoé", cell]], ["nom", f"question:{METHOD}"], questions
    )
    assert pupil == {"name": "Zoé", "answers": {}, "asked": {METHOD: cell}}


@pytest.mark.parametrize(
    "others",
    [
        [{"key": "b", "label": "Autre", "aliases": ["eleve"]}],
        [{"key": "eleve", "label": "Autre"}],
        [{"key": "b", "label": "B", "aliases": ["élève"]}, {"key": "eleve", "label": "C"}],
    ],
)
def test_a_label_wins_over_aliases_and_keys_of_other_choices(
    call: Call, others: list[dict[str, Any]]
) -> None:
    choice = {"key": "a", "label": "Élève"}
    for choices in ([choice, *others], [*others, choice]):
        question = {"key": "q", "title": "Q", "choices": choices}
        (pupil,) = call("matching", "readPupils", [["ÉLÈVE"]], ["question:q"], [question])
        assert pupil["answers"] == {"q": "a"}


def test_a_spelling_of_two_choices_is_not_guessed(call: Call) -> None:
    for texts in ({"label": "Élève"}, {"label": "Élève", "aliases": ["e"]}, {"aliases": ["eleve"]}):
        choices = [{"key": key, "label": key, **texts} for key in ("a", "b", "c")]
        question = {"key": "q", "title": "Q", "choices": choices}
        (pupil,) = call("matching", "readPupils", [["ÉLÈVE"]], ["question:q"], [question])
        assert pupil["asked"] == {"q": "ÉLÈVE"}


@pytest.mark.parametrize(
    ("table", "titled", "roles"),
    [
        (  # Pix Orga
            [
                ["Nom", "Prénom", "Classe", "Méthode(s) de connexion", "Certificabilité"],
                ["Dupont", "Zoé", "3A", "Identifiant", "Oui"],
            ],
            True,
            ["nom", "prenom", "classe", f"question:{METHOD}", ""],
        ),
        (  # no titles: by what the cells say, and never by a « oui » that several questions have
            [["Dupont", "Zoé", "Mediacentre", "Oui"], ["Martin", "Léo", "", "Non"]],
            False,
            ["nom", "prenom", f"question:{METHOD}", ""],
        ),
        (  # an answer is no title, although a question speaks of it
            [["Dupont", "Identifiant"], ["Martin", "Mail"]],
            False,
            ["nom", f"question:{METHOD}"],
        ),
        (  # a title that a question speaks of, over cells that are no answers
            [["Élève", "Identifiant"], ["Zoé", "zoe.dupont1205"]],
            True,
            ["nom", ""],
        ),
        (  # a first line that says nothing may be a pupil's
            [["Qui", "Avec quoi"], ["Zoé", "Mail"], ["Léo", "–"]],
            False,
            ["nom", f"question:{METHOD}"],
        ),
        (  # and so may one whose answer is not understood
            [["Dupont", "Jean", "Mediacentre, Identifiant"], ["Martin", "Léa", "Identifiant"]],
            False,
            ["nom", "prenom", f"question:{METHOD}"],
        ),
        (  # keys
            [["eleve", METHOD, USUAL, KNOWN], ["Zoé", "mail", "mail", "oui"]],
            True,
            ["nom", f"question:{METHOD}", f"question:{USUAL}", f"question:{KNOWN}"],
        ),
    ],
)
def test_columns_are_recognised(
    call: Call,
    questions: list[dict[str, Any]],
    table: list[list[str]],
    titled: bool,
    roles: list[str],
) -> None:
    assert call("matching", "hasTitles", table, questions) is titled
    assert call("matching", "guessRoles", table, titled, questions) == roles


@pytest.mark.parametrize("cell", ["Médiacentre/Mail", "Mediacentre, Mail", "Martin"])
def test_a_pupil_is_no_title_whatever_words_the_help_shares_with_them(
    call: Call, questions: list[dict[str, Any]], cell: str
) -> None:
    questions[2]["help"] = "Par exemple pour Martin : Médiacentre, Mail ; pas Médiacentre / Mail."
    assert call("matching", "hasTitles", [["Léa", cell], ["Zoé", "Mail"]], questions) is False


def test_a_class_stands_behind_the_name(call: Call, questions: list[dict[str, Any]]) -> None:
    rows, roles = [["3A", "Zoé", "Martin"], ["", "Léo", "Petit"]], ["classe", "prenom", "nom"]
    pupils = call("matching", "readPupils", rows, roles, questions)
    assert [pupil["name"] for pupil in pupils] == ["Martin Zoé (3A)", "Petit Léo"]


@pytest.mark.parametrize(
    ("cells", "is_read"),
    [
        (["Oui", "", "oui"], True),
        (["Oui", "Non"], False),
        (["Oui", "peut-être"], False),
        (["", ""], False),
    ],
)
def test_a_column_of_the_school_is_read_when_its_cells_agree(
    call: Call, questions: list[dict[str, Any]], cells: list[str], is_read: bool
) -> None:
    school = questions[:1]
    table = [["Nom", school[0]["title"]], *(["Zoé", cell] for cell in cells)]
    role = f"question:{school[0]['key']}" if is_read else ""
    assert call("matching", "guessRoles", table, True, questions, school) == ["nom", role]
    assert call("matching", "guessRoles", table, True, questions, []) == ["nom", ""]


def test_the_csv_reads_back_as_the_same_pupils(
    call: Call, guide_document: dict[str, Any], questions: list[dict[str, Any]]
) -> None:
    pupils = [{"name": name, "answers": {METHOD: "aucune"}, "asked": {}} for name in HOSTILE]
    pupils[0] |= {"answers": {}, "asked": {METHOD: "=Mail, GAR"}}
    school = {"school": {"liste-a-jour": "oui"}, "pupils": pupils}
    written = call("lists", "formatCsv", call("lists", "buildTable", school, [], guide_document))
    cells = [cell.strip('"') for line in written.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    table = call("lists", "readTable", written, {"isFile": True})
    assert call("matching", "hasTitles", table, questions) is True
    roles = call("matching", "guessRoles", table, True, questions)
    assert call("matching", "readPupils", table[1:], roles, questions) == pupils
