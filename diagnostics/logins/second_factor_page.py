"""The page after the right password: it asks for a code, or enrols the application that shows codes."""

from typing import cast
from urllib.parse import urlencode

import django_otp
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.models import User
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic.edit import FormView
from django_otp.models import Device

from diagnostics.addresses import qr_code
from diagnostics.logins import login_log
from diagnostics.logins.login_limits import take_code_token, waiting_sentence
from diagnostics.logins.second_factors import (
    count_recovery_codes,
    has_second_factor,
    is_application_code,
    key_address,
    key_letters,
    lacks_second_factor,
    match_code,
    new_key,
    second_factor_create,
)
from diagnostics.throttles.token_bucket import TooManyRequestsError

WRONG_CODE = "Ce code n’est pas le bon, ou il a déjà servi. Saisissez celui que l’application montre maintenant."
TOO_MANY_CODES = "Trop de codes incorrects pour le moment. {wait}"
USE_RECOVERY_CODE = (
    " Si ce n’est pas vous, quelqu’un connaît votre mot de passe\u00a0: saisissez un code de secours, "
    "puis changez de mot de passe."
)
RECOVERY_CODE_USED = (
    "Ce code de secours ne servira plus. Codes de secours restants\u00a0: {number}."
)


class CodeForm(forms.Form):
    """One field for the code of an application or a recovery code."""

    code = forms.CharField(
        label="Code\u00a0:",
        label_suffix="",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"required": "Saisissez le code."},
    )


class SecondFactorPage(RedirectURLMixin, FormView[CodeForm]):
    """The base of the two pages of a second factor: it finds the account and where to go afterwards."""

    form_class = CodeForm
    next_page = "admin:index"
    title = ""
    help_text = ""

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Redirects those who are not logged in, and those who need no code or gave it already."""
        if not lacks_second_factor(request):
            return redirect(self.get_success_url())
        if "leave" in request.POST:
            logout(request)
            return redirect("admin:login")
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: type[CodeForm] | None = None) -> CodeForm:
        form = super().get_form(form_class)
        form.fields["code"].help_text = self.help_text
        return form

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        page = admin.site.each_context(self.request)
        page |= {"title": self.title, REDIRECT_FIELD_NAME: self.get_redirect_url()}
        return super().get_context_data(**page, **kwargs)

    def form_with_error(self, form: CodeForm, error: str) -> TemplateResponse:
        form.add_error("code", error)
        return cast("TemplateResponse", self.form_invalid(form))

    def verify_session(self, device: Device) -> None:
        """Notes in the session that the second factor is verified, under a new key of the session."""
        django_otp.login(self.request, device)
        self.request.session.cycle_key()


class CodePage(SecondFactorPage):
    """Asks for the code of the application, or for a recovery code."""

    template_name = "admin/second_factor.html"
    title = "Second facteur"
    help_text = (
        "Les six chiffres que montre votre application d’authentification. "
        "Si vous ne l’avez plus\u00a0: l’un de vos codes de secours."
    )

    def form_valid(self, form: CodeForm) -> HttpResponse:
        typed, account = form.cleaned_data["code"], self.user.get_username()
        is_recovery_code = not is_application_code(typed)
        try:
            tokens = take_code_token(self.request, account, is_recovery_code=is_recovery_code)
        except TooManyRequestsError as refused:
            error = TOO_MANY_CODES.format(wait=waiting_sentence(refused))
            error += "" if is_recovery_code else USE_RECOVERY_CODE
            return login_log.refuse_try(self.form_with_error(form, error), refused)
        device = match_code(self.user, typed)
        if device is None:
            login_log.log_failure(login_log.WRONG_CODE)
            return self.form_with_error(form, WRONG_CODE)
        tokens.give_back()
        self.verify_session(device)
        if is_recovery_code:
            login_log.log_success(login_log.SUCCEEDED_WITH_RECOVERY_CODE)
            left = count_recovery_codes(self.user)
            messages.warning(self.request, RECOVERY_CODE_USED.format(number=left))
        else:
            login_log.log_success(login_log.SUCCEEDED_WITH_CODE)
        return redirect(self.get_success_url())


class EnrolmentPage(SecondFactorPage):
    """Shows the key of a new application until its first code is right, then the recovery codes."""

    template_name = "admin/second_factor_enrolment.html"
    title = "Enregistrer un second facteur"
    help_text = "Les six chiffres que montre l’application."

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        key = new_key(self.request)
        image = qr_code(key_address(self.user, key), "QR code à lire avec l’application")
        return super().get_context_data(qr_code=image, key=key_letters(key), **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        typed = form.cleaned_data["code"]
        enrolment = second_factor_create(user=self.user, key=new_key(self.request), typed=typed)
        if enrolment is None:
            return self.form_with_error(form, WRONG_CODE)
        self.verify_session(enrolment.device)
        login_log.log_success(login_log.REGISTERED)
        page = admin.site.each_context(self.request)
        page |= {"title": "Vos codes de secours", "codes": enrolment.recovery_codes}
        page[REDIRECT_FIELD_NAME] = self.get_success_url()
        return TemplateResponse(self.request, "admin/recovery_codes.html", page)


def second_factor_view(request: HttpRequest) -> HttpResponseBase:
    """Asks for a code if the account has a second factor, otherwise enrols one."""
    is_enrolled = request.user.is_authenticated and has_second_factor(request.user)
    return (CodePage if is_enrolled else EnrolmentPage).as_view()(request)


def second_factor_url(next_url: str) -> str:
    """Returns the address of this page, which leads to `next_url` once a code was right."""
    query = f"?{urlencode({REDIRECT_FIELD_NAME: next_url})}" if next_url else ""
    return reverse("admin:second_factor") + query
