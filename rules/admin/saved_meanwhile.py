"""The sentence about what others have saved since someone opened a page."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from rules.models.signed_row import SignedRow

_SELF, _AND = "Vous", " et "


def saved_meanwhile_clause(
    changes: Sequence[SignedRow], reader: User, this_page: str, changed_at: datetime
) -> str:
    """Returns « Edith a modifié cette règle à 14 h 32, pendant que vous l’aviez ouverte »."""
    clause = modified_clause(changes, reader, this_page, changed_at)
    return f"{clause}, pendant que vous l’aviez ouverte"


def modified_clause(
    changes: Sequence[SignedRow], reader: User, what: str, changed_at: datetime
) -> str:
    """Returns « Edith a modifié cette règle à 14 h 32 »."""
    names = author_names(changes, reader)
    have = "avez" if names == _SELF else "ont" if _AND in names else "a"
    moment = localtime(changed_at)
    day = "" if moment.date() == localdate() else f"le {date_format(moment, 'j F Y')} "
    time = f"à {date_format(moment, 'H')}\u00a0h\u00a0{date_format(moment, 'i')}"
    return f"{names} {have} modifié {what} {day}{time}"


def author_names(changes: Sequence[SignedRow], reader: User) -> str:
    """Returns « Vous » if `reader` is the only author, or the names, such as « edith et paul »."""
    if {change.author_id for change in changes} == {reader.pk}:
        return _SELF
    names = sorted({change.author_name for change in changes if change.author_name})
    return _AND.join(names) or "Quelqu’un"
