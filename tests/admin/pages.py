"""Admin pages as an editor uses them: read the form as it is rendered, change it, send it."""

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponseBase
from django.test import Client

Fields = dict[str, str | list[str]]


def soup(response: HttpResponseBase) -> BeautifulSoup:
    return BeautifulSoup(response.getvalue(), "html.parser")


def text(response: HttpResponseBase) -> str:
    """What the page says, its blanks made single."""
    content = soup(response).find(id="content-start")
    assert isinstance(content, Tag)
    return " ".join(content.get_text(" ").split())


def errors(response: HttpResponseBase) -> str:
    return " ".join(
        found.get_text(" ", strip=True) for found in soup(response).select(".errorlist")
    )


def links(response: HttpResponseBase) -> list[str]:
    return [str(link["href"]) for link in soup(response).select("#content-start a[href]")]


def fields(response: HttpResponseBase) -> Fields:
    """What the page's form would send as it is."""
    form = soup(response).select_one("#content-start form[method=post]")
    assert form is not None, "a page with a form"
    found: Fields = {}
    for element in form.select("input[name], select[name], textarea[name]"):
        _read(element, str(element["name"]), found)
    return found


def _read(element: Tag, name: str, found: Fields) -> None:
    if "__prefix__" in name:
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


def send(client: Client, url: str, **changes: str | list[str]) -> HttpResponseBase:
    """Opens a page, fills its form in, saves. Names with dashes are given with `__`."""
    response = client.get(url)
    assert response.status_code == 200, response
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(url, fields(response) | named)


def option(response: HttpResponseBase, name: str, words: str) -> str:
    """The value of the option of a list that says `words`."""
    select = soup(response).select_one(f'select[name="{name}"]')
    assert select is not None, name
    return next(str(found["value"]) for found in select.select("option") if words in found.text)


def box(response: HttpResponseBase, name: str, label: str) -> str:
    """The value of the check box of that label."""
    return next(
        str(found["value"])
        for found in soup(response).select(f'input[name="{name}"]')
        if found.parent and found.parent.get_text(strip=True) == label
    )
