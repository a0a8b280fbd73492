"""Reads admin pages, and fills and sends their forms as an editor does in a browser."""

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponseBase
from django.test import Client

Fields = dict[str, str | list[str]]


def parse_page(response: HttpResponseBase) -> BeautifulSoup:
    return BeautifulSoup(response.getvalue().decode(), "html.parser")


def page_text(response: HttpResponseBase) -> str:
    """Returns the text of a page, with single spaces."""
    content = parse_page(response).find(id="content-start")
    assert isinstance(content, Tag)
    return " ".join(content.get_text(" ").split())


def page_errors(response: HttpResponseBase) -> str:
    """Returns the error messages of the forms of a page."""
    return " ".join(
        found.get_text(" ", strip=True) for found in parse_page(response).select(".errorlist")
    )


def page_links(response: HttpResponseBase) -> list[str]:
    """Returns the addresses to which a page links."""
    return [str(link["href"]) for link in parse_page(response).select("#content-start a[href]")]


def page_fields(
    response: HttpResponseBase, selector: str = "#content-start form[method=post]"
) -> Fields:
    """Returns the fields that the form of a page sends if nobody changes it."""
    return form_fields(parse_page(response), selector)


def form_fields(page: BeautifulSoup, selector: str) -> Fields:
    """Returns the fields that a form sends if nobody changes it."""
    form = page.select_one(selector)
    assert form is not None, "a page with a form"
    found: Fields = {}
    for element in form.select("input[name], select[name], textarea[name]"):
        _read_field(element, str(element["name"]), found)
    return found


def _read_field(element: Tag, name: str, found: Fields) -> None:
    """Adds to `found` what an element of a form sends."""
    if "__prefix__" in name or element.has_attr("disabled"):
        return
    if element.name == "select":
        chosen = element.select_one("option[selected]") or element.select_one("option")
        found[name] = str(chosen["value"]) if chosen else ""
    elif element.name == "textarea":
        found[name] = element.get_text().removeprefix("\n")
    elif element.get("type") in {"checkbox", "radio"}:
        if element.has_attr("checked"):
            found.setdefault(name, [])
            found[name] = [*found[name], str(element.get("value", "on"))]
    elif element.get("type") != "submit":
        found[name] = str(element.get("value", ""))


def fill_and_send(client: Client, url: str, **changes: str | list[str]) -> HttpResponseBase:
    """Opens a page, changes fields of its form and sends it.

    In the name of a field, `__` stands for a dash: `choices__0__label` is `choices-0-label`.
    """
    response = client.get(url)
    assert response.status_code == 200, response
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(url, page_fields(response) | typed)


def option_value(response: HttpResponseBase, name: str, label: str) -> str:
    """Returns the value of the option whose text contains `label`, in the list `name`."""
    select = parse_page(response).select_one(f'select[name="{name}"]')
    assert select is not None, name
    return next(str(found["value"]) for found in select.select("option") if label in found.text)


def checkbox_value(response: HttpResponseBase, name: str, label: str) -> str:
    """Returns the value of the check box with this label."""
    return next(
        str(found["value"])
        for found in parse_page(response).select(f'input[name="{name}"]')
        if found.parent and found.parent.get_text(strip=True) == label
    )
