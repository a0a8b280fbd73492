"""A template tag that draws a guide."""

from django import template
from django.utils.safestring import mark_safe

from rules.picture.boxes import Picture
from rules.picture.svg import draw_svg
from rules.picture.tree import build_trees

register = template.Library()


@register.inclusion_tag("rules/picture.html")
def picture(drawn: Picture, title: str) -> dict[str, object]:
    """Shows a guide as an SVG diagram and as nested lists.

    A page can have only one, because the ids in the SVG are always the same.
    """
    return {
        "drawing": mark_safe(draw_svg(drawn, title)),  # noqa: S308 (`draw_svg` escapes all texts)
        "trees": tuple(build_trees(drawn)),
        "broken": any(arrow.rule_number for arrow in drawn.arrows),
    }
