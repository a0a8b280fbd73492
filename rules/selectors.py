"""Reads of what is known."""

from django.db.models import QuerySet

from rules.document.serialising import canonical
from rules.drafts import draft_read
from rules.engine import guide as values
from rules.legal import shipped_text
from rules.models import Guide, LegalPage, Version
from rules.sentences import rule_name, rule_sentence


def live_versions() -> QuerySet[Version]:
    """The live version of each guide, without their documents, by address: titles are drafts."""
    return Version.objects.live().select_related("guide").defer("document").order_by("guide__slug")


def open_versions() -> QuerySet[Version]:
    """Those that visitors may begin."""
    return live_versions().filter(guide__closed=False)


def live_version(slug: str) -> Version | None:
    return live_versions().filter(guide__slug=slug).first()


def has_unpublished_changes(guide: Guide) -> bool:
    return is_unpublished(draft_read(guide), guide_live_version(guide))


def guide_live_version(guide: Guide) -> Version | None:
    """With its document."""
    return Version.objects.live().filter(guide=guide).first()


def is_unpublished(draft: values.Guide, live: Version | None) -> bool:
    """Whether a draft says something else than the live version, or nothing is live."""
    return live is None or live.document != canonical(draft)


def rule_names(guide: Guide) -> dict[str, str]:
    """How sentences call the rules of the draft, by key."""
    draft = draft_read(guide)
    return {rule.key: rule_name(draft, rule) for rule in draft.rules}


def rule_sentences(guide: Guide) -> dict[str, str]:
    """The rules of the draft as sentences, by key."""
    draft = draft_read(guide)
    return {rule.key: rule_sentence(draft, rule) for rule in draft.rules}


def legal_page(key: str) -> LegalPage:
    """As editors left it; the shipped text, with no date, where there is no row."""
    return LegalPage.objects.filter(key=key).first() or LegalPage(key=key, **shipped_text(key))
