"""Lists of the rows of one guide, such as its questions, and how a page finds its guide."""

from typing import TypeVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.models import Guide

Row = TypeVar("Row", bound=Model)

GUIDE_LIST_URL_NAME = "admin:rules_guide_changelist"


def guide_from_request(request: HttpRequest) -> Guide | None:
    """Returns the guide whose id is in the address (`?guide=3`) or else in the posted form.

    The page of a row has no guide in its address. Its form has one, in case the row is deleted.
    """
    guide_id = request.GET.get("guide") or request.POST.get("guide", "")
    try:
        return Guide.objects.filter(pk=guide_id).first()
    except ValueError:
        return None


class LenientPaginator(Paginator[Model]):
    """Takes a page number beyond the end as the last page, and one before the first as the first."""

    def validate_number(self, number: int | float | str) -> int:
        return min(max(int(number), 1), self.num_pages)


class PartsOfGuideAdmin(admin.ModelAdmin[Row]):
    """The pages of rows that belong to guides. A list shows the rows of one guide only."""

    actions = None
    list_per_page = 1000
    paginator = LenientPaginator
    preserve_filters = False
    list_title: str

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Returns no permission, so that the front page has no link to these lists.

        The page of the guide has the links.
        """
        return {}

    def changelist_view(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        guide = guide_from_request(request)
        if guide is None:
            return redirect(GUIDE_LIST_URL_NAME)
        context = {"guide": guide, "title": self.list_title, **self.list_context(guide)}
        return super().changelist_view(request, context)

    def list_context(self, guide: Guide) -> dict[str, object]:
        """Returns what the list of the rows of a guide shows besides them."""
        return {}
