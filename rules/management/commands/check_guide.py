from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.checks import publication_problems
from rules.document.files import read_guide
from rules.document.problems import DocumentError
from rules.drafts import draft_read
from rules.engine import guide as values
from rules.management.shared import guide_named, problem_list


class Command(BaseCommand):
    help = "Vérifie un brouillon ou un fichier comme le ferait sa publication."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guide", metavar="SLUG ou FICHIER")

    def handle(self, *args: object, guide: str, **options: object) -> None:
        try:
            content = _draft(guide) or read_guide(Path(guide))
            problems = publication_problems(content)
        except DocumentError as error:
            problems = error.problems
        if problems:
            raise CommandError(problem_list("Ce guide ne peut pas être publié", problems))
        self.stdout.write(f"{content.slug} peut être publié.")
        self.stdout.write(f"Cas types vérifiés\u00a0: {len(content.examples)}.")


def _draft(slug: str) -> values.Guide | None:
    guide = guide_named(slug)
    return draft_read(guide) if guide else None
