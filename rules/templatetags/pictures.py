from typing import Any

from django import template
from django.utils.safestring import mark_safe

from rules.picture.boxes import Picture
from rules.picture.svg import drawing
from rules.picture.tree import trees

register = template.Library()


@register.inclusion_tag("rules/picture.html")
def picture(drawn: Picture, title: str) -> dict[str, Any]:
    """Once in a page."""
    return {
        "drawing": mark_safe(drawing(drawn, title)),  # noqa: S308 (an XML writer escaped it)
        "trees": tuple(trees(drawn)),
        "broken": any(arrow.rule for arrow in drawn.arrows),
    }
