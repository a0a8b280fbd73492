"""Middleware for the sessions of the admin: it ends one after some minutes without a request.

While the database answers reads only, a page is shown although its session cannot be stored.
"""

from collections.abc import Callable
from contextlib import suppress
from time import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from diagnostics.databases.outages import DatabaseOutageError

EXTENDED_AT = "extended_at"
"""The name in the session of the time, in seconds, at which its end was last put off."""


class IdleSessionMiddleware:
    """Puts off the end of a session at each request to the admin, up to sixty times in its length.

    It saves the session before the page is made, so that it does not overwrite what another request
    stores in the session meanwhile. A session thus ends up to a sixtieth of its length too early.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.ADMIN_PATH) and SESSION_KEY in request.session:
            session, now = request.session, int(time())
            if now - session.get(EXTENDED_AT, 0) >= settings.SESSION_COOKIE_AGE // 60:
                session[EXTENDED_AT] = now
                with suppress(
                    UpdateError,  # the user has just logged out in another request
                    DatabaseOutageError,  # a later request puts the end off
                ):
                    session.save()
                session.modified = False
        return self.get_response(request)


class PatientSessionMiddleware(SessionMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Stores the session. If a page that was only read cannot store it, the page is shown anyway.

        What is lost then is that the page has shown messages, so the next page shows them again.
        """
        try:
            return super().process_response(request, response)
        except DatabaseOutageError:
            if request.method not in {"GET", "HEAD"}:
                raise
            return response
