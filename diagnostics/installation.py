"""Prepares a first run: tables, the shipped guide, legal pages, the first account, and a lock.

Each step may run again: it changes nothing that is there already.
"""

import fcntl
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q

from rules.document.files import read_guide_file
from rules.drafts.guides import guide_import
from rules.guides import SHIPPED_GUIDE
from rules.legal.former_legal_texts import has_former_text
from rules.legal.legal_texts import LEGAL_PAGE_KEYS, shipped_text
from rules.models import Guide, LegalPage
from rules.proof.bounds import COMMAND_BOUND
from rules.publication.check import publication_check
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview

ADMIN_NAME = "admin"
_LOCK_NUMBER = 7_749_001
"""The number that identifies this lock among PostgreSQL's advisory locks."""


@contextmanager
def hold_start_lock() -> Iterator[None]:
    """Makes two first runs prepare one after the other. A killed process releases the lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
    else:
        with (data_folder() / "start.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def data_folder() -> Path:
    """Returns the folder of this installation's files: that of its SQLite database, or DATA_DIR.

    Creates the folder if it does not exist.
    """
    folder = settings.DATA_DIR
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tables_prepare() -> None:
    """Creates or updates the tables of the database, that of the cache included.

    Django creates permissions for every table. Those for second factors are removed, because no page
    of the admin shows these tables, and the pages of accounts would list the permissions in English.
    """
    call_command("migrate", interactive=False, verbosity=0)
    Permission.objects.filter(content_type__app_label__startswith="otp_").delete()
    call_command("createcachetable", verbosity=0)


def shipped_guide_publish() -> None:
    """Imports and publishes the shipped guide unless a guide has its slug already."""
    content = read_guide_file(SHIPPED_GUIDE)
    if Guide.objects.filter(slug=content.slug).exists():
        return
    # The check comes before the transaction, because a proof may take long.
    check = publication_check(content, COMMAND_BOUND)
    with transaction.atomic():
        review = PublicationReview(guide_import(content=content))
        review.check = check
        guide_publish(review=review)


def legal_pages_create() -> None:
    """Creates the missing legal pages with the shipped texts, which editors complete later.

    A page that nobody has completed since an earlier release gets the text of today.
    """
    for key in LEGAL_PAGE_KEYS:
        page, _ = LegalPage.objects.get_or_create(key=key, defaults=shipped_text(key))
        if has_former_text(page):
            LegalPage.objects.filter(pk=page.pk).update(**shipped_text(key))


@transaction.atomic
def admin_create(*, announce_password: Callable[[str], None]) -> None:
    """Creates the superuser `admin` with a random password unless there is a staff account.

    `announce_password` is called before the transaction commits. If the run is killed between the
    two, the account does not exist and the next run creates it with another password.
    """
    if not User.objects.filter(Q(is_staff=True) | Q(username=ADMIN_NAME)).exists():
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(ADMIN_NAME, password=password)
        announce_password(password)
