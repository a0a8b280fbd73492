"""The form that asks for a name and a password."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from diagnostics.logins import login_log
from diagnostics.logins.login_limits import (
    TooManyAtOnceError,
    password_check,
    waiting_sentence,
)
from diagnostics.logins.second_factors import requires_second_factor
from diagnostics.throttles.token_bucket import TooManyRequestsError

NO_ACCESS = "Ce nom d’utilisateur et ce mot de passe n’ouvrent pas l’administration. Les majuscules comptent."
TOO_MANY_PASSWORDS = "Trop de mots de passe incorrects pour le moment. {wait}"
TOO_MANY_AT_ONCE = "Trop de mots de passe sont vérifiés en ce moment. {wait}"


class LoginForm(AdminAuthenticationForm):
    """Django's form with limits on passwords; after an error, the focus is on the mistake."""

    error_messages = AdminAuthenticationForm.error_messages | {"invalid_login": NO_ACCESS}
    refused: TooManyRequestsError | None = None
    """The refusal of this try, if a limit is reached."""

    def clean(self) -> dict[str, Any]:
        """Checks the password, unless a limit is reached: then its hash is not even computed."""
        name, password = map(self.cleaned_data.get, ("username", "password"))
        if name:  # if there is an error, it is not in the name
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True
        if not (self.request and name and password):
            return super().clean()
        self.fields["password"].widget.attrs["aria-describedby"] = "login-error"
        try:
            with password_check(self.request, name) as tokens:
                cleaned = super().clean()
                tokens.give_back()
        except TooManyRequestsError as refused:
            self.refused = refused
            raise ValidationError(password_refusal_sentence(refused)) from None
        except ValidationError:
            login_log.log_failure(login_log.WRONG_PASSWORD)
            raise
        is_asked_for_code = requires_second_factor(self.get_user())
        login_log.log_success(login_log.CODE_ASKED if is_asked_for_code else login_log.SUCCEEDED)
        return cleaned


def password_refusal_sentence(refused: TooManyRequestsError) -> str:
    """Returns why a password was not checked, and when to try again."""
    is_busy = isinstance(refused, TooManyAtOnceError)
    pattern = TOO_MANY_AT_ONCE if is_busy else TOO_MANY_PASSWORDS
    return pattern.format(wait=waiting_sentence(refused))
