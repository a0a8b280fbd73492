"""`export_guide` prints a draft or a version as a document."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.document.files import WRITERS
from rules.document.problems import quote_value
from rules.drafts.content import UnreadableDraftError, draft_read
from rules.drafts.guides import guide_by_slug
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.versions import VersionAlteredError, version_content


class Command(BaseCommand):
    help = "Écrit le brouillon d’un guide, ou une de ses versions, sur la sortie standard."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: object) -> CommandParser:
        """Lets `--version` of this command replace the option that every Django command has."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--version", type=int, metavar="N", help="le brouillon par défaut")
        parser.add_argument("--format", dest="file_format", choices=WRITERS, default="yaml")

    def handle(
        self, *args: object, slug: str, version: int | None, file_format: str, **options: object
    ) -> None:
        guide = guide_by_slug(slug)
        if guide is None:
            raise CommandError(f"Le guide {quote_value(slug)} n’existe pas.")
        try:
            content = draft_read(guide) if version is None else version_to_export(guide, version)
        except UnreadableDraftError as error:
            raise CommandError(str(error)) from None
        text = WRITERS[file_format](content)
        if buffer := getattr(self.stdout, "buffer", None):  # a terminal has another encoding
            buffer.write(text.encode())
        else:
            self.stdout.write(text, ending="")


def version_to_export(guide: Guide, number: int) -> GuideContent:
    """Returns the content of the version with this number.

    Raises `CommandError` if there is no such version or if it was altered.
    """
    version = guide.versions.filter(number=number).first()
    if version is None:
        raise CommandError(f"Le guide {guide.slug} n’a pas de version {number}.")
    try:
        return version_content(version)
    except VersionAlteredError:
        raise CommandError(f"La version {number} a été altérée\u00a0: rien n’est écrit.") from None
