"""The command `two_factors_reset`: removes the second factor of an account, to set another one."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from diagnostics.logins.second_factors import second_factor_delete


class Command(BaseCommand):
    help = "Retire le second facteur d’un compte, qui en enregistrera un autre à la connexion."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", metavar="COMPTE")

    def handle(self, *args: object, account: str, **options: object) -> None:
        user = User.objects.filter(username=account).first()
        if user is None:
            raise CommandError(f"Aucun compte ne s’appelle «\u00a0{account}\u00a0».")
        if second_factor_delete(user=user):
            self.stdout.write(
                f"Le second facteur du compte «\u00a0{account}\u00a0» et ses codes de secours sont retirés, "
                "et ses connexions en cours sont terminées. "
                "Si un second facteur est demandé, ce compte en enregistrera un autre à sa connexion."
            )
        else:
            self.stdout.write(f"Le compte «\u00a0{account}\u00a0» n’a pas de second facteur.")
