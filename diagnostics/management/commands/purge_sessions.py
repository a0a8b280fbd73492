"""The command `purge_sessions`: removes what has expired.

These are diagnostics, sessions of the admin, and entries of the cache.
"""

from django.core.management.base import BaseCommand, CommandParser

from diagnostics.models import Session
from diagnostics.purging import expired_purge


class Command(BaseCommand):
    help = "Efface les diagnostics expirés et garde leurs nombres."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Dit combien seraient effacés, sans rien faire."
        )

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        if dry_run:
            self.stdout.write(
                f"Diagnostics à effacer\u00a0: {Session.objects.filter_expired().count()}."
            )
        else:
            self.stdout.write(f"Diagnostics effacés\u00a0: {expired_purge()}.")
