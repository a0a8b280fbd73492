"""The command `unlock`: lifts the limits on wrong passwords and codes."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from diagnostics.logins.login_limits import login_limits_lift


class Command(BaseCommand):
    help = "Lève la limite des mots de passe et des codes incorrects, d’un compte ou de tous."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", nargs="?", default="", metavar="COMPTE")

    def handle(self, *args: object, account: str, **options: object) -> None:
        if account and not User.objects.filter(username=account).exists():
            raise CommandError(f"Aucun compte ne s’appelle «\u00a0{account}\u00a0».")
        login_limits_lift(account)
        lifted = (
            f"du compte «\u00a0{account}\u00a0»" if account else "de tous les comptes et réseaux"
        )
        self.stdout.write(f"Les limites de connexion {lifted} sont levées.")
