"""`check_guide` proves a draft or a file and runs its examples, as publication would."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.document.files import read_guide_file
from rules.document.problems import DocumentError
from rules.drafts.content import UnreadableDraftError, draft_read
from rules.drafts.guides import guide_by_slug
from rules.engine.content import GuideContent
from rules.management.problem_lists import finding_list, problem_list, root_cause_list
from rules.proof.bounds import COMMAND_BOUND
from rules.proof.finding_sentences import proof_sentence
from rules.publication.check import PublicationCheck, publication_check

REFUSAL_TITLE = "Ce guide ne peut pas être publié"


class Command(BaseCommand):
    help = "Prouve un brouillon ou un fichier et vérifie ses cas types, comme sa publication."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guide", metavar="SLUG ou FICHIER")

    def handle(self, *args: object, guide: str, **options: object) -> None:
        try:
            row = guide_by_slug(guide)
            content = draft_read(row) if row else read_guide_file(Path(guide))
        except DocumentError as error:
            raise CommandError(problem_list(REFUSAL_TITLE, error.problems)) from None
        except UnreadableDraftError as error:
            raise CommandError(str(error)) from None
        check = publication_check(content, COMMAND_BOUND)
        self.stdout.write(proof_sentence(check.proof))
        for title, findings in (
            ("Avertissements", check.proof.warnings),
            ("Remarques", check.proof.remarks),
        ):
            if findings:
                self.stdout.write(finding_list(title, content, findings))
        if check.problems:
            raise CommandError(refusal_text(content, check))
        self.stdout.write(f"Cas types vérifiés\u00a0: {len(content.examples)}.")
        condition = ", en disant pourquoi" if check.needs_reason else ""
        self.stdout.write(f"{content.slug} peut être publié{condition}.")


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
