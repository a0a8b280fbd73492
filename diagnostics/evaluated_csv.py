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


class UnreadableCsvError(ValueError):
    """The file is not a CSV of answers. The message is a French sentence."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the file."""

    row_id: str
    """The cell of the column `id`; without this column, the number of the row, from 1."""
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
    """Reads the first line of a file. It and the `rows` raise `UnreadableCsvError`."""
    texts = _decode_lines(lines)
    header = next(texts, "").removeprefix("\ufeff")  # a byte order mark
    separator = max(SEPARATORS, key=header.count)
    columns = [name.strip() for name in next(csv.reader([header], delimiter=separator), [])]
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


def _decode_lines(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE_BYTES:
            raise UnreadableCsvError(f"La ligne {number} du fichier est trop longue.")
        try:
            yield line.decode()
        except UnicodeDecodeError:
            raise UnreadableCsvError(
                f"La ligne {number} du fichier n’est pas un texte en UTF-8\u00a0: enregistrez-le en UTF-8."
            ) from None


def _check_columns(guide: GuideContent, columns: Sequence[str]) -> None:
    """Raises `UnreadableCsvError` unless the columns are known, and different from one another."""
    if not any(columns):
        raise UnreadableCsvError(
            "Le fichier est vide, ou sa première ligne ne nomme aucune colonne\u00a0: il y faut les clés "
            "des questions et, si vous voulez, id."
        )
    if unknown := [name for name in columns if name != "id" and name not in guide.question]:
        named = ", ".join(map(quote_value, unknown[:MAX_COLUMNS_NAMED]))
        raise UnreadableCsvError(
            "La première ligne doit nommer les colonnes. Le guide n’a pas de question de ces "
            f"clés\u00a0: {named}{', …' if len(unknown) > MAX_COLUMNS_NAMED else ''}."
        )
    if repeated := next((name for name in columns if columns.count(name) > 1), ""):
        raise UnreadableCsvError(f"Deux colonnes ont le nom {quote_value(repeated)}.")


def _read_rows(texts: Iterable[str], separator: str, columns: Sequence[str]) -> Iterator[AnswerRow]:
    """Yields the rows after the first line, without those that are empty."""
    reader, number = csv.reader(texts, delimiter=separator), 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells != []:
            number += 1
            yield _read_row(number, cells, columns)


def _read_row(number: int, cells: Sequence[str] | None, columns: Sequence[str]) -> AnswerRow:
    """Returns a row; `cells` is `None` if they cannot be read."""
    if cells is None:
        return AnswerRow(str(number), {}, "Cette ligne ne se lit pas comme du CSV.")
    values = dict(zip(columns, cells, strict=False))
    row_id = values.pop("id", "" if "id" in columns else str(number))
    if len(cells) > len(columns):
        wrong = f"Cette ligne a {len(cells)} cellules, et la première {len(columns)}."
        return AnswerRow(row_id, {}, wrong)
    answers = {question: cell.strip() for question, cell in values.items()}
    return AnswerRow(row_id, {question: choice for question, choice in answers.items() if choice})
