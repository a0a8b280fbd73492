"""The lock of a guide. Whoever writes to the draft or the versions of a guide takes it first."""

from rules.models import Guide


def guide_lock(*, guide: Guide) -> Guide:
    """Locks a guide until the transaction ends, and returns a fresh copy of it.

    Waits if another transaction holds the lock.
    Raises `Guide.DoesNotExist` if the guide was deleted meanwhile.
    """
    return Guide.objects.select_for_update().get(pk=guide.pk)
