"""Tags and filters of the public pages' templates."""

from django import template
from django.conf import settings

from diagnostics.support_text import leaves_text_out, with_text

register = template.Library()
register.filter(with_text)
register.filter(leaves_text_out)


@register.simple_tag
def support_url() -> str:
    return str(settings.SUPPORT_URL)


@register.simple_tag
def session_days() -> int:
    return int(settings.SESSION_DAYS)
