"""What editors did, in one place for each guide: the history of the guide's page."""

import json
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest

from rules.models import Guide


def guide_log(request: HttpRequest, guide: Guide, sentence: str) -> LogEntry:
    assert request.user.pk is not None, "editors are logged in"
    return LogEntry.objects.log_actions(
        user_id=request.user.pk,
        queryset=[guide],
        action_flag=CHANGE,
        change_message=sentence,
        single_object=True,
    )


def changes_in_words(changes: list[dict[str, Any]]) -> str:
    """« Modification de Titre. », from what the admin notes of a form."""
    return LogEntry(change_message=json.dumps(changes)).get_change_message()
