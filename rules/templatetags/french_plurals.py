"""A filter for counts: unlike Django's `pluralize`, it takes 0 for a singular, as French does."""

from collections.abc import Sized

from django import template

from rules.counts import plural_ending

register = template.Library()


@register.filter
def french_plural(count: int | Sized | None, endings: str = "s") -> str:
    """Returns the ending for a count, or for the length of a list.

    `endings` is the plural, or the singular and the plural with a comma between them.
    """
    number = count if isinstance(count, int) else len(count or ())
    singular, _, plural = endings.rpartition(",")
    return plural_ending(number, singular, plural)
