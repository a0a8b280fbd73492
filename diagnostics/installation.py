"""What a first run needs in the database. Done again, it changes nothing."""

import fcntl
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q

from rules.document.files import read_guide_file
from rules.drafts.guides import guide_import
from rules.guides import SHIPPED_GUIDE
from rules.legal.legal_texts import LEGAL_PAGE_KEYS, shipped_text
from rules.models import Guide, LegalPage
from rules.publication.publish import guide_publish

ADMIN = "admin"
_LOCK = 7_749_001
"""A number of ours among PostgreSQL's advisory locks."""


@contextmanager
def hold_start_lock() -> Iterator[None]:
    """Two first runs at once prepare one after the other; a killed one leaves no lock behind."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    else:
        with (data_folder() / "start.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def data_folder() -> Path:
    """Where files of this installation are kept: beside its database when that is a file."""
    folder = settings.DATA_DIR
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tables_prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


@transaction.atomic
def shipped_guide_publish() -> None:
    """Imports and publishes the shipped guide where its slug is unknown."""
    content = read_guide_file(SHIPPED_GUIDE)
    if not Guide.objects.filter(slug=content.slug).exists():
        guide_publish(guide=guide_import(content=content))


def legal_pages_create() -> None:
    """The shipped legal pages, where they are missing: editors complete them."""
    for key in LEGAL_PAGE_KEYS:
        LegalPage.objects.get_or_create(key=key, defaults=shipped_text(key))


@transaction.atomic
def admin_create(*, tell: Callable[[str], None]) -> None:
    """The superuser `admin`, where there is no staff account.

    `tell` is given the password before the account is kept: killed in between, the next run
    makes another one.
    """
    if not User.objects.filter(Q(is_staff=True) | Q(username=ADMIN)).exists():
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(ADMIN, password=password)
        tell(password)
