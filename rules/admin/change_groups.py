"""Changes as pages show them: by kind of part, each with a link to the part in the draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from rules.admin.links import change_url
from rules.comparison import PartChange, PartKind, Sentence
from rules.models import Example, Guide, Outcome, Question, Rule

MODELS: dict[PartKind, type[Model]] = {
    PartKind.QUESTION: Question,
    PartKind.OUTCOME: Outcome,
    PartKind.RULE: Rule,
    PartKind.EXAMPLE: Example,
}
_TITLES = {
    PartKind.GUIDE: "Guide",
    PartKind.QUESTION: "Questions",
    PartKind.OUTCOME: "Conseils et conclusions",
    PartKind.RULE: "Règles",
    PartKind.EXAMPLE: "Cas types",
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    title: str
    url: str
    """Empty where the draft has no such part."""
    detail: str
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    title: str
    changes: Sequence[ShownChange]


def group_changes(guide: Guide | None, changes: Sequence[PartChange]) -> list[ChangeGroup]:
    """What `admin/rules/guide/_changes.html` shows. An import may have no guide yet."""
    urls = part_urls(guide) if guide else {}
    by_kind = [
        (title, [change for change in changes if change.kind is kind])
        for kind, title in _TITLES.items()
    ]
    return [
        ChangeGroup(title, [_shown(change, urls) for change in found])
        for title, found in by_kind
        if found
    ]


def part_urls(guide: Guide) -> dict[tuple[str, str], str]:
    """Where each part of the draft is edited, by kind and key."""
    urls = {(PartKind.GUIDE.value, ""): change_url(guide)}
    for kind, model in MODELS.items():
        key = "name" if kind is PartKind.EXAMPLE else "key"
        rows = model._default_manager.filter(guide=guide).values_list(key, "pk")
        for name, pk in rows:
            urls.setdefault((kind.value, name), reverse(f"admin:rules_{kind}_change", args=[pk]))
    return urls


def _shown(change: PartChange, urls: dict[tuple[str, str], str]) -> ShownChange:
    url = urls.get((change.kind.value, change.key), "")
    return ShownChange(change.title, url, change.detail, change.sentences)
