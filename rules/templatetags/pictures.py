from typing import Any

from django import template
from django.utils.safestring import mark_safe

from rules.picture.boxes import Picture
from rules.picture.svg import draw_svg
from rules.picture.tree import build_trees

register = template.Library()


@register.inclusion_tag("rules/picture.html")
def picture(drawn: Picture, title: str) -> dict[str, Any]:
    """Draws a guide as a picture and as lists. The ids of the SVG allow one picture on a page."""
    return {
        "drawing": mark_safe(draw_svg(drawn, title)),  # noqa: S308 (an XML writer escaped it)
        "trees": tuple(build_trees(drawn)),
        "broken": any(arrow.rule_number for arrow in drawn.arrows),
    }
