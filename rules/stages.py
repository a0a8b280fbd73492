"""Where each version of a guide stands in time."""

from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from rules.models import Guide, Version


class Stage(StrEnum):
    LIVE = "live"
    SCHEDULED = "scheduled"
    NEVER = "never"
    """One of a higher number comes first, or came: its own time changes nothing."""
    OLD = "old"


def version_stages(guide: Guide) -> dict[int, Stage]:
    """By number."""
    now, first, live = timezone.now(), None, False
    stages = {}
    for number, time in guide.versions.order_by("-number").values_list("number", "published_at"):
        stages[number] = _stage(time, first, now, live)
        live = live or stages[number] is Stage.LIVE
        first = min(time, first or time)
    return stages


def scheduled_versions(guide: Guide) -> list[Version]:
    """Those that will be live if nothing else is published, without their documents."""
    stages = version_stages(guide)
    coming = [number for number, stage in stages.items() if stage is Stage.SCHEDULED]
    return list(guide.versions.filter(number__in=coming).defer("document").order_by("published_at"))


def _stage(time: datetime, first: datetime | None, now: datetime, live: bool) -> Stage:
    """`first` is the earliest time of a higher number, `live` whether one of them is live."""
    if first is not None and first <= time:
        return Stage.NEVER
    if time > now:
        return Stage.SCHEDULED
    return Stage.OLD if live else Stage.LIVE
