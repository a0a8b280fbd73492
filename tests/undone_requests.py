"""Requests whose changes of the database are named, and then undone."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session as LoginSession
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client

from tests.admin.pages import Fields

MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model is not LoginSession
]
"""Every model but that of logins, which also holds messages that no page has shown yet."""


def read_rows(model: type[Model]) -> list[str]:
    """Returns every row of a model."""
    return sorted(map(repr, model._base_manager.values_list()))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request, and the names of the models whose rows it has changed."""

    response: HttpResponseBase
    changed: set[str]

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def asks_to_log_in(self) -> bool:
        """True if this leads to the login page, directly or by the front page."""
        location = self.response.get("Location", "")
        return self.status == 302 and (
            location == "/admin/" or location.startswith("/admin/login/")
        )


class Requests:
    """Sends requests, and undoes what each of them has changed."""

    def __init__(self) -> None:
        self.rows = {model: read_rows(model) for model in MODELS}

    def send(self, client: Client, method: str, url: str, fields: Fields | None = None) -> Answer:
        """Sends a request as someone who is logged in, or out, as they were at first."""
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        written: set[str] = set()

        def note_tables(execute: Callable[..., object], sql: str, *arguments: object) -> object:
            if not re.match(r"\W*(SELECT|SAVEPOINT|RELEASE|ROLLBACK)", sql):
                written.update(re.findall(r'"(\w+)"', sql))
            return execute(sql, *arguments)

        with transaction.atomic():
            with connection.execute_wrapper(note_tables):
                response: HttpResponseBase = getattr(client, method.lower())(url, fields)
            changed = {
                str(model._meta.model_name)
                for model, rows in self.rows.items()
                if model._meta.db_table in written and read_rows(model) != rows
            }
            transaction.set_rollback(True)
        client.cookies.clear()
        if cookie:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookie.value
        return Answer(response, changed)
