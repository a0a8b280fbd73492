"""What the public pages' templates need besides Django's own tags."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from rules.markdown import to_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    return mark_safe(to_html(text))  # noqa: S308 (only harmless tags come out of to_html)


@register.simple_tag
def support_url() -> str:
    return str(settings.SUPPORT_URL)


@register.simple_tag
def session_days() -> int:
    return int(settings.SESSION_DAYS)
