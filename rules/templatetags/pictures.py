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
    drawing = draw_svg(drawn, title)
    return {
        "drawing": mark_safe(drawing.svg),  # noqa: S308 (`draw_svg` escapes all texts)
        "is_readable": drawing.is_readable,
        "is_ranked": any("sinon" in arrow.words for arrow in drawn.arrows),
        "trees": tuple(build_trees(drawn)),
        "broken": any(arrow.rule_number for arrow in drawn.arrows),
    }
