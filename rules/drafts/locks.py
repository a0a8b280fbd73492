"""The lock of a guide, which everything that writes to its draft or its versions takes first."""

from rules.models import Guide


def guide_lock(*, guide: Guide) -> Guide:
    """Waits for the other writers of a guide, locks it until the transaction ends and reads it again.

    Raises `Guide.DoesNotExist` if someone has deleted it meanwhile.
    """
    return Guide.objects.select_for_update().get(pk=guide.pk)
