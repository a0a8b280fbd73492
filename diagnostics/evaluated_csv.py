"""Evaluates a CSV of answers row by row, so that memory does not grow with the number of rows.

The first line names the columns: keys of questions and, if wanted, `id`. A cell is the key of a choice,
or empty if the question has no answer.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.evaluation import cache_evaluations, describe_unknown_answers
from rules.document.problems import quote_value
from rules.engine.content import Answers, GuideContent

SEPARATORS = (",", ";", "\t")
RESULT_COLUMNS = ("id", "status", "outcomes", "advice", "question", "error")
MAX_LINE_BYTES = 1_000_000
MAX_COLUMNS_NAMED = 10
"""How many unknown columns a refusal names."""
_NO_UTF8, _TOO_LONG = "\ud800", "\ud801"
"""These characters stand for a line that cannot be read. No text in UTF-8 has them."""
_LINE_PROBLEMS = {
    _NO_UTF8: "n’est pas un texte en UTF-8\u00a0: enregistrez-le en UTF-8.",
    _TOO_LONG: "est trop longue.",
}


class UnreadableCsvError(ValueError):
    """The file is not a CSV of answers. The message is a French sentence."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the file."""

    row_id: str
    """The cell of the column `id`, empty if it cannot be read; without this column, the row's number."""
    answers: Answers
    error: str = ""
    """Why the row cannot be evaluated, if so."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A CSV of answers whose first line was read."""

    separator: str
    columns: Sequence[str]
    rows: Iterator[AnswerRow]
    """The rows that follow, each read when it is asked for."""


def open_answer_table(guide: GuideContent, lines: Iterable[bytes]) -> AnswerTable:
    """Reads the first line of a file. Raises `UnreadableCsvError`."""
    texts = _decode_lines(iter(lines))
    header = next(texts, "").removeprefix("\ufeff")  # a byte order mark
    if problem := _LINE_PROBLEMS.get(header):
        raise UnreadableCsvError(f"La ligne 1 du fichier {problem}")
    separator = max(SEPARATORS, key=header.count)
    try:
        cells = next(csv.reader([header], delimiter=separator, strict=True), [])
    except csv.Error:
        raise UnreadableCsvError(
            "La première ligne du fichier ne se lit pas comme du CSV."
        ) from None
    columns = [name.strip() for name in cells]
    _check_columns(guide, columns)
    return AnswerTable(separator, columns, _read_rows(texts, separator, columns))


def evaluate_table(unanswered: AnsweredGuide, table: AnswerTable) -> Iterator[Sequence[str]]:
    """Yields the cells of `RESULT_COLUMNS` for each row."""

    def evaluate_answers(answers: Answers) -> Sequence[str]:
        state = unanswered.with_answers(answers).state
        outcomes, advice = (
            " ".join(given.outcome for given in group) for group in (state.outcomes, state.advice)
        )
        return state.status.value, outcomes, advice, state.question or "", ""

    evaluate_once = cache_evaluations(evaluate_answers)
    for row in table.rows:
        unknown = describe_unknown_answers(unanswered.guide, row.answers).items()
        problems = [f"{question}\u00a0: {problem}" for question, problem in unknown]
        if error := row.error or " ".join(problems):
            yield row.row_id, "", "", "", "", error
        else:
            yield row.row_id, *evaluate_once(row.answers)


def _decode_lines(lines: Iterator[bytes]) -> Iterator[str]:
    """Yields the lines as texts, or a key of `_LINE_PROBLEMS` in place of one that cannot be read.

    A line that is too long may come in several parts.
    """
    for line in lines:
        if len(line) > MAX_LINE_BYTES:
            part = line
            while part and not part.endswith(b"\n"):
                part = next(lines, b"")
            yield _TOO_LONG
            continue
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield _NO_UTF8


def _check_columns(guide: GuideContent, columns: Sequence[str]) -> None:
    """Raises `UnreadableCsvError` unless the columns are known, and different from one another."""
    if not any(columns):
        raise UnreadableCsvError(
            "Le fichier est vide, ou sa première ligne ne nomme aucune colonne\u00a0: il y faut les clés "
            "des questions et, si vous voulez, id."
        )
    if unknown := [name for name in columns if name not in {"", "id", *guide.question}]:
        named = ", ".join(map(quote_value, unknown[:MAX_COLUMNS_NAMED]))
        raise UnreadableCsvError(
            "La première ligne doit nommer les colonnes. Le guide n’a pas de question de ces "
            f"clés\u00a0: {named}{', …' if len(unknown) > MAX_COLUMNS_NAMED else ''}."
        )
    if "" in columns:
        raise UnreadableCsvError(f"La colonne n°\u00a0{columns.index('') + 1} n’a pas de nom.")
    if repeated := next((name for name in columns if columns.count(name) > 1), ""):
        raise UnreadableCsvError(f"Deux colonnes ont le nom {quote_value(repeated)}.")


def _read_rows(texts: Iterable[str], separator: str, columns: Sequence[str]) -> Iterator[AnswerRow]:
    """Yields the rows after the first line, without those that are empty."""
    # Unless it is strict, the reader takes all that follows an unclosed quote for one cell.
    reader, number = csv.reader(texts, delimiter=separator, strict=True), 0
    while True:
        first_line, problem = reader.line_num + 2, ""  # line 1 named the columns
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells, problem = [], _unreadable_lines_sentence(first_line, reader.line_num + 1)
        if found := next((mark for mark in _LINE_PROBLEMS if mark in "".join(cells)), None):
            cells = []
            problem = f"La ligne {reader.line_num + 1} du fichier {_LINE_PROBLEMS[found]}"
        if cells or problem:
            number += 1
            yield _read_row(number, cells, columns, problem)


def _unreadable_lines_sentence(first: int, last: int) -> str:
    if first == last:
        return f"La ligne {first} du fichier ne se lit pas comme du CSV."
    return (
        f"Les lignes {first} à {last} du fichier ne se lisent pas comme du CSV\u00a0: "
        f"un guillemet de la ligne {first} n’est sans doute pas fermé."
    )


def _read_row(number: int, cells: Sequence[str], columns: Sequence[str], problem: str) -> AnswerRow:
    """Returns a row; `problem` is the sentence about a row that cannot be read, which has no cells."""
    values = dict(zip(columns, cells, strict=False))
    row_id = values.pop("id", "" if "id" in columns else str(number))
    if len(cells) > len(columns):
        problem = f"Cette ligne a {len(cells)} cellules, et la première {len(columns)}."
    if problem:
        return AnswerRow(row_id, {}, problem)
    answers = {question: cell.strip() for question, cell in values.items()}
    return AnswerRow(row_id, {question: choice for question, choice in answers.items() if choice})
