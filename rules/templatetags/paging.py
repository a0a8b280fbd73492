"""A tag that gives a template the page of a long list that the address asks for."""

from collections.abc import Sequence

from django import template
from django.template import RequestContext

from rules.list_pages import ListPage, Row, find_list_page

register = template.Library()


@register.simple_tag(takes_context=True)
def list_page(context: RequestContext, name: str, rows: Sequence[Row]) -> ListPage[Row]:
    return find_list_page(context["request"], name, rows)
