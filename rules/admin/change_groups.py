"""The differences between two guides as pages show them: grouped by kind of part, with links."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model

from rules.admin.links import action_url, change_urls
from rules.comparison import PartChange, PartKind, Sentence
from rules.drafts.history import example_keys_by_id
from rules.models import Example, Guide, Outcome, Question, Rule

MODEL_OF_KIND: dict[PartKind, type[Model]] = {
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
class LinkedChange:
    """The changes of one part of a draft, with a link to its page."""

    title: str
    url: str
    """The page of the part; empty if the draft no longer has the part."""
    detail: str
    """A description of the part, if its title does not say enough: the sentence of a rule."""
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of all parts of one kind, such as all rules."""

    kind: PartKind
    title: str
    changes: Sequence[LinkedChange]


def group_changes(guide: Guide | None, changes: Sequence[PartChange]) -> list[ChangeGroup]:
    """Groups changes by kind of part, and links them to the parts of the guide's draft.

    `guide` is None for the document of a guide that does not exist yet; there are then no links.
    """
    urls = part_urls(guide) if guide else {}
    groups = []
    for kind, title in _TITLES.items():
        linked = [
            LinkedChange(
                change.title,
                urls.get((kind.value, change.key), ""),
                change.detail,
                change.sentences,
            )
            for change in changes
            if change.kind is kind
        ]
        if linked:
            groups.append(ChangeGroup(kind, title, linked))
    return groups


def part_urls(guide: Guide) -> dict[tuple[str, str], str]:
    """Returns the address of the page that edits each part of a draft, by the part's kind and key.

    An example has the key under which its history is stored.
    """
    urls = {(PartKind.GUIDE.value, ""): action_url(guide, "texts")}
    for kind, model in MODEL_OF_KIND.items():
        if kind is PartKind.EXAMPLE:
            keys = example_keys_by_id(guide)
        else:
            keys = dict(model._default_manager.filter(guide=guide).values_list("pk", "key"))
        for key, url in zip(keys.values(), change_urls(model, keys), strict=True):
            urls[kind.value, key] = url
    return urls
