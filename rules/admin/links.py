"""The addresses of the admin's pages."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Model
from django.urls import reverse

from rules.models import Guide, Rule

SOUGHT_PLACE = "voir"
"""The query parameter of a guide's page that holds the id of what to show: the lists begin there."""


def change_url(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def deletion_url(form_url: str) -> str:
    """Returns the address of the page that deletes a part, from that of its form.

    It is empty if `form_url` is the address of something else.
    """
    page, change, end = form_url.rpartition("/change/")
    return f"{page}/delete/" if change and not end else ""


def change_urls(model: type[Model], ids: Iterable[int]) -> list[str]:
    """Returns the addresses of the pages of many rows: much faster than `change_url` for each."""
    before, _, after = change_url(model(pk=0)).rpartition("/0/")
    return [f"{before}/{pk}/{after}" for pk in ids]


def place_url(guide: Guide, anchor: str) -> str:
    """Returns the address of a place on the page of a guide, such as a stop, by its id there."""
    return f"{change_url(guide)}?{place_query(anchor)}"


def place_query(anchor: str) -> str:
    """Returns the query of a place on the page of a guide, which also unfolds it and leads to it."""
    return f"{urlencode({SOUGHT_PLACE: anchor})}#{anchor}"


def rule_urls(guide: Guide) -> dict[str, str]:
    """Returns the address of the page of each rule of a draft, by the key of the rule."""
    ids = dict(guide.rules.values_list("key", "pk"))
    return dict(zip(ids, change_urls(Rule, ids.values()), strict=True))


def add_url(model: type[Model], guide: Guide) -> str:
    return _url_with_guide("add", model, guide)


def list_url(model: type[Model], guide: Guide) -> str:
    return _url_with_guide("changelist", model, guide)


def ordered_list_url(model: type[Model], guide: Guide, page: int = 1) -> str:
    """Returns the address of a page of the list that has the rows in their order, to change it."""
    return f"{list_url(model, guide)}&{PAGE_VAR}={page}"


def rule_list_url(guide: Guide, **filters: str) -> str:
    """Returns the address of the list of rules; `rules.admin.parts.rule_list` reads the filters."""
    return f"{list_url(Rule, guide)}&{urlencode(filters)}" if filters else list_url(Rule, guide)


def action_url(row: Model, action: str) -> str:
    """Returns the address of an action, such as `publish` of a guide or `move` of a rule."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{action}", args=[row.pk])


def _url_with_guide(page: str, model: type[Model], guide: Guide) -> str:
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}")
    return f"{address}?guide={guide.pk}"
