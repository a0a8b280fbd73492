"""`evaluate` turns a CSV of answers into a CSV of states, and names what is wrong with a row or a file."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.answered_guide import answer_version
from diagnostics.evaluated_csv import MAX_LINE_BYTES, evaluate_table, open_answer_table
from rules.models import Guide, Version
from tests.commands.calls import command_output, command_refusal
from tests.paths import decision_paths

SLUG = "corriger-comptes-pix"
HEADER = "id,liste-a-jour,attribution-gar,methode-pix-orga"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "réponses.csv"


def evaluate_text(file: Path, text: str, encoding: str = "utf-8") -> list[str]:
    """Returns the lines that the command prints for a file with this text."""
    file.write_bytes(text.encode(encoding))
    return command_output("evaluate", SLUG, file).splitlines()


def test_every_path_of_the_poster_leads_to_its_conclusions(
    shipped_guide: Guide, file: Path
) -> None:
    paths = decision_paths()
    columns = sorted({key for path in paths for key in path.answers})
    with file.open("w") as opened:
        writer = csv.DictWriter(opened, columns)
        writer.writeheader()
        writer.writerows(path.answers for path in paths)
    lines = command_output("evaluate", SLUG, file).splitlines()
    assert [
        (row["id"], row["status"], row["outcomes"].split(), row["advice"].split(), row["error"])
        for row in csv.DictReader(lines)
    ] == [
        (str(number), "completed", [*path.outcomes], [*path.advice], "")
        for number, path in enumerate(paths, 1)
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_of_the_file_is_that_of_the_answer(
    shipped_guide: Guide, file: Path, separator: str
) -> None:
    text = f'{HEADER}\r\nA 1,oui,oui,\r\n\r\n"B\n2",,,\r\n'.replace(",", separator)
    assert evaluate_text(file, f"\ufeff{text}") == [
        line.replace(",", separator)
        for line in (
            "id,status,outcomes,advice,question,error",
            "A 1,in_progress,,liste-a-jour-ok attribution-gar-ok,methode-pix-orga,",
            '"B',
            '2",in_progress,,,liste-a-jour,',
        )
    ]


def test_a_wrong_row_has_its_error_and_the_others_are_evaluated(
    shipped_guide: Guide, file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = ["1,peut-etre,ici,", "2,oui,oui,aucune,trop", "3", f"4,{'x' * 200_000},,", "5,non,,"]
    lines = evaluate_text(file, "\n".join([HEADER, *rows]))
    results = {row["id"]: row for row in csv.DictReader(lines)}
    allowed = "Cette réponse n’existe pas. Réponses possibles : oui, non."
    assert [results[row_id]["error"] for row_id in ("1", "2", "3", "", "5")] == [
        f"liste-a-jour : {allowed} attribution-gar : {allowed}",
        "Cette ligne a 5 cellules, et la première 4.",
        "",
        "La ligne 5 du fichier ne se lit pas comme du CSV.",
        "",
    ]
    assert results["1"]["status"] == ""
    assert results["5"]["question"] == "attribution-gar"
    assert capfd.readouterr().err == ""  # the progress bar is for terminals


def test_the_rows_that_an_unclosed_quote_takes_in_are_named_with_their_lines(
    shipped_guide: Guide, file: Path
) -> None:
    rows = ["oui", '"non', "oui", "non", '"oui"', "non", '"non', "oui"]
    lines = evaluate_text(file, "\n".join(["liste-a-jour", *rows]))
    assert [(row["id"], row["status"], row["error"]) for row in csv.DictReader(lines)] == [
        ("1", "in_progress", ""),
        (
            "2",
            "",
            "Les lignes 3 à 6 du fichier ne se lisent pas comme du CSV : "
            "un guillemet de la ligne 3 n’est sans doute pas fermé.",
        ),
        ("3", "in_progress", ""),
        (
            "4",
            "",
            "Les lignes 8 à 9 du fichier ne se lisent pas comme du CSV : "
            "un guillemet de la ligne 8 n’est sans doute pas fermé.",
        ),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Éva,oui".encode("latin-1"), "n’est pas un texte en UTF-8 : enregistrez-le en UTF-8."),
        (b"x" * (3 * MAX_LINE_BYTES), "est trop longue."),
    ],
)
def test_a_line_that_cannot_be_read_has_its_error_and_the_others_are_evaluated(
    shipped_guide: Guide, file: Path, line: bytes, problem: str
) -> None:
    file.write_bytes(b"\n".join([b"id,liste-a-jour", b"1,oui", line, b"3,non", line]))
    lines = command_output("evaluate", SLUG, file).splitlines()
    assert [(row["id"], row["status"], row["error"]) for row in csv.DictReader(lines)] == [
        ("1", "in_progress", ""),
        ("", "", f"La ligne 3 du fichier {problem}"),
        ("3", "in_progress", ""),
        ("", "", f"La ligne 5 du fichier {problem}"),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Le fichier est vide, ou sa première ligne ne nomme aucune colonne"),
        (b";;;\n", "Le fichier est vide, ou sa première ligne ne nomme aucune colonne"),
        (b"1,oui,non\n", "Le guide n’a pas de question de ces clés : « 1 », « oui », « non »."),
        (b"id,Liste-a-jour\n", "pas de question de ces clés : « Liste-a-jour »."),
        (b"id;liste-a-jour;;\n1;oui;;\n", "La colonne n° 3 n’a pas de nom."),
        (b"id,liste-a-jour,id\n", "Deux colonnes ont le nom « id »."),
        (b"id,liste-a-jour\r1,oui\r", "La première ligne du fichier ne se lit pas comme du CSV."),
        (b'"id,liste-a-jour\n1,oui\n', "La première ligne du fichier ne se lit pas comme du CSV."),
        (b"x" * 200_000, "La première ligne du fichier ne se lit pas comme du CSV."),
        ("id,É\n1\n".encode("latin-1"), "La ligne 1 du fichier n’est pas un texte en UTF-8"),
        ("id\n".encode("utf-16"), "La ligne 1 du fichier n’est pas un texte en UTF-8"),
        (b"x" * (MAX_LINE_BYTES + 1), "La ligne 1 du fichier est trop longue."),
    ],
    ids=range(12),
)
def test_a_file_that_is_no_csv_of_answers_is_refused_with_a_sentence(
    shipped_guide: Guide, file: Path, data: bytes, sentence: str
) -> None:
    file.write_bytes(data)
    assert sentence in command_refusal("evaluate", SLUG, file)


def test_a_missing_file_a_folder_and_an_unknown_guide_are_refused(
    shipped_guide: Guide, file: Path
) -> None:
    for missing in (file, file.parent):
        assert "n’existe pas ou ne peut pas" in command_refusal("evaluate", SLUG, missing)
    refusal = command_refusal("evaluate", "ailleurs", file)
    assert refusal == "Aucun guide en ligne n’a l’adresse « ailleurs »."


def test_an_altered_version_evaluates_nothing(shipped_guide: Guide, file: Path) -> None:
    Version.objects.update(document="{}", sha256="0" * 64)
    assert "a été altérée" in command_refusal("evaluate", SLUG, file)


def test_rows_are_evaluated_as_they_are_read(shipped_guide: Guide) -> None:
    read = []

    def lines() -> Iterator[bytes]:
        for number in range(10):
            read.append(number)
            yield b"1,oui\n" if number else b"id,liste-a-jour\n"

    unanswered = answer_version(shipped_guide.versions.get(), {})
    results = evaluate_table(unanswered, open_answer_table(unanswered.guide, lines()))
    next(results)
    assert len(read) == 2
