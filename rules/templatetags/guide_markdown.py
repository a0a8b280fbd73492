"""Template filters that turn Markdown into safe HTML, as `rules.markdown` does."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from rules.markdown import to_html, to_page_html, to_steps_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    return mark_safe(to_html(text))  # noqa: S308 (`to_html` sanitises it)


@register.filter
def page_markdown(text: str) -> SafeString:
    return mark_safe(to_page_html(text))  # noqa: S308 (`to_page_html` sanitises it)


@register.filter
def markdown_steps(text: str) -> SafeString:
    return mark_safe(to_steps_html(text))  # noqa: S308 (`to_steps_html` sanitises it)
