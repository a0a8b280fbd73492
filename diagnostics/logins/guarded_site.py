"""The admin site with a limit on wrong passwords and, if the setting asks for it, second factors."""

from http import HTTPStatus

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from diagnostics.logins.login_form import LoginForm, password_refusal_sentence
from diagnostics.logins.login_limits import password_check
from diagnostics.logins.login_log import refuse_try
from diagnostics.logins.second_factor_page import second_factor_url, second_factor_view
from diagnostics.logins.second_factors import lacks_second_factor
from diagnostics.throttles.token_bucket import TooManyRequestsError
from rules.admin_site import ADMIN_METHODS, EditorsSite


class GuardedSite(EditorsSite):
    """Refuses every page to those who have given a right password and no second factor yet."""

    login_form = LoginForm

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Asks for a name and a password, then leads to the page of the second factor."""
        response = super().login(request, extra_context)
        is_over = request.method == "GET" or response.status_code == HTTPStatus.FOUND
        if is_over and super().has_permission(request) and lacks_second_factor(request):
            sent = request.POST or request.GET
            return redirect(second_factor_url(sent.get(REDIRECT_FIELD_NAME, "")))
        form = isinstance(response, TemplateResponse) and (response.context_data or {})["form"]
        if isinstance(form, LoginForm) and form.refused:
            return refuse_try(response, form.refused)
        return response

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """Limits how often someone who finds a session open can guess the password of its owner."""
        if request.method != "POST":
            return super().password_change(request, extra_context)
        try:
            with password_check(request, request.user.get_username()) as tokens:
                response = super().password_change(request, extra_context)
                is_changed = response.status_code == HTTPStatus.FOUND
                if is_changed or "old_password" not in (response.context_data or {})["form"].errors:
                    tokens.give_back()
                return response
        except TooManyRequestsError as refused:
            page = self.each_context(request) | {"title": "Mot de passe"}
            page["detail"] = password_refusal_sentence(refused)
            response = TemplateResponse(request, "admin/rules/refused.html", page)
            return refuse_try(response, refused)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Adds the page of the second factor before Django's address for all that is unknown."""
        view = require_http_methods(ADMIN_METHODS)(never_cache(second_factor_view))
        return [path("login/code/", view, name="second_factor"), *super().get_urls()]
