"""The command `evaluate`: a CSV of answers to a CSV of what the live version says of each row."""

import csv
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from diagnostics.answered_guide import AnsweredGuide, answer_version
from diagnostics.evaluated_csv import (
    MAX_LINE_BYTES,
    RESULT_COLUMNS,
    UnreadableCsvError,
    evaluate_table,
    open_answer_table,
)
from rules.document.problems import quote_value
from rules.publication.timeline import live_version
from rules.publication.versions import VersionAlteredError


class Command(BaseCommand):
    help = "Évalue un CSV de réponses avec la version en ligne d’un guide, et écrit un CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("file", metavar="FICHIER.csv", type=Path)

    def handle(self, *args: object, slug: str, file: Path, **options: object) -> None:
        unanswered = live_guide(slug)
        try:
            opened = file.open("rb")
        except OSError:
            name = quote_value(str(file))
            raise CommandError(f"Le fichier {name} n’existe pas ou ne peut pas être lu.") from None
        with opened:
            try:
                self._write_states(unanswered, opened)
            except UnreadableCsvError as error:
                raise CommandError(str(error)) from None

    def _write_states(self, unanswered: AnsweredGuide, opened: BinaryIO) -> None:
        # tqdm hides the bar if there is no terminal; it would also disturb rows printed on one.
        hidden = True if self.stdout.isatty() else None
        size = os.fstat(opened.fileno()).st_size or None
        with tqdm(total=size, unit="o", unit_scale=True, disable=hidden) as progress:
            table = open_answer_table(unanswered.guide, read_lines(opened, progress.update))
            output = csv.writer(self.stdout, delimiter=table.separator, lineterminator="\n")
            output.writerow(RESULT_COLUMNS)
            output.writerows(evaluate_table(unanswered, table))


def live_guide(slug: str) -> AnsweredGuide:
    """Returns the live version of a guide, without answers. Raises `CommandError`."""
    version = live_version(slug)
    if version is None:
        raise CommandError(f"Aucun guide en ligne n’a l’adresse {quote_value(slug)}.")
    try:
        return answer_version(version, {})
    except VersionAlteredError:
        raise CommandError("La version en ligne a été altérée\u00a0: rien n’est évalué.") from None


def read_lines(opened: BinaryIO, count_bytes: Callable[[int], object]) -> Iterator[bytes]:
    """Yields the lines of a file, none more than one byte longer than `MAX_LINE_BYTES`."""
    for line in iter(partial(opened.readline, MAX_LINE_BYTES + 1), b""):
        count_bytes(len(line))
        yield line
