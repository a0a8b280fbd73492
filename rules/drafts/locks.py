"""Locks on a guide: whoever writes to its draft or its versions waits for the others."""

from rules.models import (
    Guide,
)


def guide_lock(*, guide: Guide) -> Guide:
    """The guide as it is now. Until the transaction ends, whoever else writes to it waits.

    Raises `Guide.DoesNotExist`: someone may have deleted it meanwhile.
    """
    return Guide.objects.select_for_update().get(pk=guide.pk)
