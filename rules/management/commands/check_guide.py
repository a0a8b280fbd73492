from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.document.files import read_guide_file
from rules.document.problems import DocumentError
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.management.shared import finding_list, guide_by_slug, problem_list, root_cause_list
from rules.proof.finding_sentences import proof_sentence
from rules.proof.findings import Proof
from rules.publication.check import PublicationCheck, publication_check

REFUSED = "Ce guide ne peut pas être publié"


class Command(BaseCommand):
    help = "Prouve un brouillon ou un fichier et vérifie ses cas types, comme sa publication."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guide", metavar="SLUG ou FICHIER")

    def handle(self, *args: object, guide: str, **options: object) -> None:
        try:
            content = _draft(guide) or read_guide_file(Path(guide))
        except DocumentError as error:
            raise CommandError(problem_list(REFUSED, error.problems)) from None
        check = publication_check(content)
        if check.proof is None:
            raise CommandError(problem_list(REFUSED, check.problems))
        self.stdout.write(proof_sentence(check.proof))
        self._remarks(content, check.proof)
        if check.problems:
            raise CommandError(_refusal(content, check))
        self.stdout.write(f"Cas types vérifiés\u00a0: {len(content.examples)}.")
        self.stdout.write(f"{content.slug} peut être publié{_but(check)}.")

    def _remarks(self, content: GuideContent, proof: Proof) -> None:
        """What does not keep a guide from being published."""
        for title, found in (("Avertissements", proof.warnings), ("Remarques", proof.remarks)):
            if found:
                self.stdout.write(finding_list(title, content, found))


def _draft(slug: str) -> GuideContent | None:
    guide = guide_by_slug(slug)
    return draft_read(guide) if guide else None


def _refusal(content: GuideContent, check: PublicationCheck) -> str:
    """The proof's faults with their answers, then the examples that fail."""
    examples = check.problems[len(check.root_causes) :]
    lists = []
    if check.root_causes:
        lists.append(root_cause_list(REFUSED, content, check.root_causes))
    if examples:
        title = "Ces cas types ne donnent pas ce qui est attendu" if lists else REFUSED
        lists.append(problem_list(title, examples))
    return "\n".join(lists)


def _but(check: PublicationCheck) -> str:
    return ", en disant pourquoi" if check.needs_reason else ""
