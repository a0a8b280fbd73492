"""`check_guide` proves a draft or a file and runs its examples, as publication would."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.document.files import read_guide_file
from rules.document.problems import DocumentError
from rules.drafts.cached_changes import compared_draft, sentences_for_visitors
from rules.drafts.content import UnreadableDraftError, draft_read
from rules.drafts.guides import guide_by_slug
from rules.engine.content import GuideContent
from rules.management.problem_lists import (
    finding_list,
    problem_list,
    root_cause_list,
    visitor_change_text,
)
from rules.models import Guide, Version
from rules.proof.bounds import COMMAND_BOUND
from rules.proof.finding_sentences import proof_sentence
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.timeline import guide_live_version
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    compared_version,
)

REFUSAL_TITLE = "Ce guide ne peut pas être publié"
LIVE = 0
"""Stands for the number of the live version: versions are numbered from 1."""


class Command(BaseCommand):
    help = "Prouve un brouillon ou un fichier et vérifie ses cas types, comme sa publication."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guide", metavar="SLUG ou FICHIER")
        parser.add_argument(
            "--against",
            type=int,
            nargs="?",
            const=LIVE,
            metavar="N",
            help="dit ce qui change pour les visiteurs de la version N, par défaut celle en ligne",
        )

    def handle(self, *args: object, guide: str, against: int | None, **options: object) -> None:
        try:
            row = guide_by_slug(guide)
            content = draft_read(row) if row else read_guide_file(Path(guide))
        except DocumentError as error:
            raise CommandError(problem_list(REFUSAL_TITLE, error.problems)) from None
        except UnreadableDraftError as error:
            raise CommandError(str(error)) from None
        version = None if against is None else find_version(content.slug, against)
        check = publication_check(content, COMMAND_BOUND)
        self.stdout.write(proof_sentence(check.proof))
        for title, findings in (
            ("Avertissements", check.proof.warnings),
            ("Remarques", check.proof.remarks),
        ):
            if findings:
                self.stdout.write(finding_list(title, content, findings))
        if version:
            self.stdout.write(visitor_changes(version, content))
        if check.problems:
            raise CommandError(refusal_text(content, check))
        self.stdout.write(f"Cas types vérifiés\u00a0: {len(content.examples)}.")
        condition = ", en disant pourquoi" if check.needs_reason else ""
        self.stdout.write(f"{content.slug} peut être publié{condition}.")


def find_version(slug: str, number: int) -> Version:
    """Returns the version of a guide with this number, or its live version for `LIVE`.

    Raises `CommandError` if there is none.
    """
    guide = Guide.objects.filter(slug=slug).first()
    if number == LIVE:
        version = guide_live_version(guide) if guide else None
        missing = f"Le guide {slug} n’a pas de version en ligne."
    else:
        version = guide.versions.filter(number=number).first() if guide else None
        missing = f"Le guide {slug} n’a pas de version {number}."
    if version is None:
        raise CommandError(missing)
    return version


def visitor_changes(version: Version, content: GuideContent) -> str:
    """Returns what changes for visitors from a version to a content.

    Raises `CommandError` if the version was altered.
    """
    try:
        older = compared_version(version)
    except VersionAlteredError:
        raise CommandError(altered_version_sentence(version)) from None
    sentences = sentences_for_visitors(older, compared_draft(content), COMMAND_BOUND)
    title = f"Pour les visiteurs, depuis la version {version.number}\u00a0:"
    return f"{title}\n{visitor_change_text(sentences)}"


def refusal_text(content: GuideContent, check: PublicationCheck) -> str:
    """Returns a text that lists what is refused or unfinished, the faults, the examples that fail."""
    examples = check.failing_examples
    lists = []
    if check.refusals or check.unfinished:
        lists.append(problem_list(REFUSAL_TITLE, (*check.refusals, *check.unfinished)))
    causes = [cause for cause in check.root_causes if cause.consequences or not cause.is_unfinished]
    if causes:
        title = "La preuve y trouve des fautes" if lists else REFUSAL_TITLE
        lists.append(root_cause_list(title, content, causes))
    if examples:
        title = "Ces cas types ne donnent pas ce qui est attendu" if lists else REFUSAL_TITLE
        lists.append(problem_list(title, examples))
    return "\n".join(lists)
