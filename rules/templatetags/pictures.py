"""A template tag that draws a guide, and filters that say in words what its parts are."""

from django import template
from django.utils.safestring import mark_safe

from rules.picture.boxes import outcome_kind, question_kind
from rules.picture.svg import Drawing
from rules.picture.tree import build_trees

register = template.Library()
register.filter(question_kind)
register.filter(outcome_kind)


@register.inclusion_tag("rules/picture.html")
def picture(drawing: Drawing) -> dict[str, object]:
    """Shows a guide as an SVG diagram and as nested lists.

    A page can have only one, because the ids in the SVG are always the same.
    """
    arrows = drawing.picture.arrows
    return {
        "svg": mark_safe(drawing.svg),  # noqa: S308 (`draw_svg` escapes all texts)
        "is_readable": drawing.is_readable,
        "is_ranked": any("sinon" in arrow.words for arrow in arrows),
        "trees": tuple(build_trees(drawing.picture)),
        "broken": any(arrow.rule_number for arrow in arrows),
    }
