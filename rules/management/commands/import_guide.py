"""`import_guide` reads a file into a draft and, with `--publish`, publishes it: all or nothing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from rules.document.files import read_guide_file
from rules.document.problems import DocumentError
from rules.drafts.guides import DraftExistsError, guide_by_slug, guide_import
from rules.engine.content import GuideContent
from rules.management.problem_lists import finding_list, problem_list
from rules.models import Guide, Version
from rules.proof.bounds import COMMAND_BOUND
from rules.proof.finding_sentences import proof_sentence
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.overtaken_versions import (
    OvertakenVersion,
    find_overtaken_versions,
    versions_to_reschedule,
)
from rules.publication.publish import (
    ApprovalNeededError,
    PublicationRefusedError,
    guide_publish,
)
from rules.publication.review import PublicationReview

REASON_AFTER_WARNINGS = (
    "Publié par la commande import_guide, qui a montré les avertissements de la preuve."
)

KEEP, DROP = "keep", "drop"


class Command(BaseCommand):
    help = "Lit un guide (JSON ou YAML) dans un brouillon\u00a0: tout ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--publish", action="store_true", help="publie le brouillon importé")
        parser.add_argument(
            "--replace-draft", action="store_true", help="remplace le brouillon s’il y en a un"
        )
        parser.add_argument(
            "--unproved",
            metavar="MOTIF",
            default="",
            help="publie même si la preuve n’a pas pu aller au bout, pour ce motif",
        )

        parser.add_argument(
            "--scheduled",
            choices=[KEEP, DROP],
            help="ce que deviennent les versions programmées avant lesquelles la publication est en "
            f"ligne\u00a0: {KEEP} les garde, à la même date, avec ce que le fichier corrige\u00a0; "
            f"{DROP} les abandonne",
        )

    def handle(
        self,
        *args: object,
        file: Path,
        publish: bool,
        replace_draft: bool,
        unproved: str,
        scheduled: str | None,
        **options: object,
    ) -> None:
        longest = Version._meta.get_field("reason").max_length or 0
        if len(unproved) > longest:
            raise CommandError("Ce motif est trop long.")
        try:
            content = read_guide_file(file)
            check = _check_publication(content, replace_draft=replace_draft) if publish else None
            if check:
                self._show_or_refuse(check, unproved.strip())
            rescheduled = _versions_to_reschedule(content, scheduled) if check else []
            with transaction.atomic():
                guide = guide_import(content=content, replace_draft=replace_draft)
                version = (
                    _publish_draft(guide, check, unproved.strip(), rescheduled) if check else None
                )
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

    def _show_or_refuse(self, check: PublicationCheck, unproved: str) -> None:
        """Prints the warnings of the proof, if there are any.

        Raises `PublicationRefusedError` if the guide has problems, and `CommandError` if the proof is
        not complete and `unproved`, the reason to publish all the same, is empty.
        """
        if check.proof.warnings:
            warnings = finding_list("Avertissements", check.content, check.proof.warnings)
            self.stderr.write(self.style.WARNING(warnings))
        if check.problems:
            raise PublicationRefusedError(check.problems)
        if not check.proof.complete and not unproved:
            raise CommandError(
                f"Rien n’a été importé. {proof_sentence(check.proof)} "
                "Pour publier quand même, dites pourquoi\u00a0: --unproved MOTIF."
            )


def _versions_to_reschedule(content: GuideContent, scheduled: str | None) -> list[OvertakenVersion]:
    """Returns the scheduled versions that are kept when this content is published.

    They are checked before the import, so that nobody waits for a lock during their proofs. Raises
    `CommandError` if the option `--scheduled` is missing, or if a version cannot be kept.
    """
    guide = guide_by_slug(content.slug)
    overtaken = find_overtaken_versions(guide, content) if guide else []
    decided = overtaken if scheduled else []
    decisions = {str(each.version.number): scheduled == KEEP for each in decided}
    for each in overtaken:
        is_rescheduled = decisions.get(str(each.version.number))
        if refusal := each.reason_to_decide_again(is_rescheduled=is_rescheduled):
            hint = "" if scheduled else f" avec --scheduled {KEEP} ou --scheduled {DROP}"
            raise CommandError(f"Rien n’a été importé. {refusal.removesuffix('.')}{hint}.")
    return versions_to_reschedule(overtaken, decisions)


def _publish_draft(
    guide: Guide, check: PublicationCheck, unproved: str, rescheduled: list[OvertakenVersion]
) -> Version:
    """Publishes a draft that has just been imported. `check` is that of the file."""
    review = PublicationReview(guide)
    if review.draft == check.content:
        review.check = check
    needs_reason = check.needs_reason or any(each.needs_reason for each in rescheduled)
    reason = (unproved or REASON_AFTER_WARNINGS) if needs_reason else ""
    return guide_publish(review=review, reason=reason, rescheduled=rescheduled)


def _check_publication(content: GuideContent, *, replace_draft: bool) -> PublicationCheck:
    """Checks a guide before it is imported, so that nobody waits for a lock during the proof.

    Raises `DraftExistsError` and `ApprovalNeededError` without any proof.
    """
    guide = guide_by_slug(content.slug)
    if guide and not replace_draft:
        raise DraftExistsError(guide.slug)
    if guide and guide.needs_approval:
        raise ApprovalNeededError
    return publication_check(content, COMMAND_BOUND)
