from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from rules.document.files import read_guide
from rules.document.problems import DocumentError
from rules.management.shared import problem_list
from rules.services import (
    DraftExistsError,
    PublicationRefusedError,
    guide_import,
    guide_publish,
)


class Command(BaseCommand):
    help = "Lit un guide (JSON ou YAML) dans un brouillon\u00a0: tout ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--publish", action="store_true", help="publie le brouillon importé")
        parser.add_argument(
            "--replace-draft", action="store_true", help="remplace le brouillon s’il y en a un"
        )

    def handle(
        self, *args: object, file: Path, publish: bool, replace_draft: bool, **options: object
    ) -> None:
        try:
            with transaction.atomic():
                guide = guide_import(content=read_guide(file), replace_draft=replace_draft)
                version = guide_publish(guide=guide) if publish else None
        except (DocumentError, PublicationRefusedError) as error:
            raise CommandError(problem_list("Rien n’a été importé", error.problems)) from None
        except DraftExistsError as error:
            raise CommandError(
                f"Le guide {error} a déjà un brouillon\u00a0: "
                "ajoutez --replace-draft pour le remplacer."
            ) from None
        self.stdout.write(f"Le brouillon de {guide.slug} est importé.")
        if version:
            self.stdout.write(f"La version {version.number} de {guide.slug} est en ligne.")
