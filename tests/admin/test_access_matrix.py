"""Who gets in at each address of the admin, and what each role can change there."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from rules.admin.links import change_url, list_url
from rules.models import Version
from tests.admin.matrix_site import (
    MatrixSite,
    form_fields,
    log_in_as,
    short_address,
    walk_addresses,
)
from tests.undone_requests import Answer, Requests

pytestmark = pytest.mark.no_cover  # other tests take the same branches

ROLES = ("anonymous", "outsider", "nobody", "editor", "publisher", "superuser")
"""No account, one without *Statut équipe* in both groups, one with it in no group, and the others."""

DRAFT = "choice condition conditionchoice example exampleanswer exampleoutcome guide outcome question rule"
"""The tables that hold a draft."""

# What a cell says of a role:
#   login  every request leads to the login page
#   no     every request is refused, and changes nothing
#   404    nothing is there
#   read   the page opens, and its form is refused
#   see    the page opens, and no form changes anything
#   ask    the page opens, and its form requests a publication
#   act    the page opens, and its form changes the tables of the last column
# The statuses are those of the page (GET) and of its form, filled and sent (POST), for those who see, ask
# or act. A page changes nothing. An empty form never fails, and changes nothing for those who do not act.
MATRIX = f"""
address                              | anonymous outsider  nobody    editor    publisher superuser | statuses   | tables
# the site and its legal pages
/                                    | login     login     see       see       see       see      | 200 200    |
login/                               | act       act       act       act       act       act      | 200/302 302| user
login/code/                          | login     login     login     login     login     login    |            |
logout/                              | login     login     see       see       see       see      | 405 200    |
password_change/                     | login     login     act       act       act       act      | 200 302    | user
password_change/done/                | login     login     see       see       see       see      | 200 405    |
<app_label>/                         | login     login     404       see       see       see      | 200 200    |
jsi18n/                              | login     login     see       see       see       see      | 200 405    |
autocomplete/                        | login     login     no        no        no        no       |            |
r/<id>/<id>/                         | login     login     404       404       404       404      |            |
<url>                                | login     login     404       404       404       404      |            |
rules/legalpage/                     | login     login     no        see       see       see      | 200 200    |
rules/legalpage/add/                 | login     login     no        no        no        no       |            |
rules/legalpage/preview/             | login     login     no        see       see       see      | 405 200    |
rules/legalpage/<id>/                | login     login     see       see       see       see      | 302 302    |
rules/legalpage/<id>/change/         | login     login     no        read      act       act      | 200 302    | legalpage legalpagechange
rules/legalpage/<id>/delete/         | login     login     no        no        no        no       |            |
rules/legalpage/<id>/history/        | login     login     no        see       see       see      | 200 200    |
# guides
rules/guide/                         | login     login     no        see       see       see      | 200 200    |
rules/guide/add/                     | login     login     no        act       act       act      | 200 302    | change guide
rules/guide/import/                  | login     login     no        act       act       act      | 200 302    | change {DRAFT}
rules/guide/preview/                 | login     login     no        see       see       see      | 405 200    |
rules/guide/<id>/                    | login     login     see       see       see       see      | 302 302    |
rules/guide/<id>/acts/advise/        | login     login     no        act       act       act      | 200 302    | change condition conditionchoice exampleanswer exampleoutcome outcome rule snapshot
rules/guide/<id>/acts/answer/        | login     login     no        see       see       see      | 302 200    |
rules/guide/<id>/acts/choices/       | login     login     no        act       act       act      | 200 302    | change choice conditionchoice exampleanswer exampleoutcome snapshot
rules/guide/<id>/acts/enter/         | login     login     no        see       see       see      | 200 302    |
rules/guide/<id>/acts/expect/        | login     login     no        see       see       see      | 302 200    |
rules/guide/<id>/acts/insert/        | login     login     no        act       act       act      | 200 302    | change choice condition conditionchoice exampleanswer exampleoutcome question rule snapshot
rules/guide/<id>/acts/lead/          | login     login     no        act       act       act      | 200 302    | change conditionchoice exampleanswer exampleoutcome outcome rule snapshot
rules/guide/<id>/acts/mend/          | login     login     no        see       see       see      | 302 302    |
rules/guide/<id>/acts/missing-examples/ | login  login     no        act       act       act      | 302 302    | change conditionchoice example exampleanswer exampleoutcome snapshot
rules/guide/<id>/acts/place-question/ | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/acts/place-rule/    | login     login     no        act       act       act      | 200 302    | change conditionchoice exampleanswer exampleoutcome rule snapshot
rules/guide/<id>/acts/unasked/       | login     login     no        see       see       see      | 302 200    |
rules/guide/<id>/acts/remove-choice/ | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/acts/withdraw/      | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/approve/            | login     login     no        read      act       act      | 200 302    | change publicationrequest version versionproof
rules/guide/<id>/change/             | login     login     no        see       see       see      | 200 405    |
rules/guide/<id>/compare/            | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/delete/             | login     login     no        act       act       act      | 200 302    | choice guide logentry outcome question
rules/guide/<id>/duplicate/          | login     login     no        act       act       act      | 200 302    | change {DRAFT}
rules/guide/<id>/export/             | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/graph/              | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/history/            | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/new-texts/          | login     login     no        see       see       see      | 302 302    |
rules/guide/<id>/proof/              | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/publish/            | login     login     no        ask       act       act      | 200 302    | change version versionproof
rules/guide/<id>/read/               | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/reset/              | login     login     no        act       act       act      | 200 302    | change conditionchoice exampleanswer exampleoutcome guide snapshot
rules/guide/<id>/revert/             | login     login     no        act       act       act      | 200 302    | change conditionchoice exampleanswer exampleoutcome guide snapshot
rules/guide/<id>/search/             | login     login     no        see       see       see      | 200 200    |
rules/guide/<id>/settings/           | login     login     no        no        act       act      | 200 302    | change guide
rules/guide/<id>/texts/              | login     login     no        act       act       act      | 200 302    | change guide snapshot
rules/guide/<id>/undo/               | login     login     no        act       act       act      | 302 302    | change conditionchoice exampleanswer exampleoutcome guide snapshot
# questions and outcomes
rules/question/                      | login     login     no        see       see       see      | 200 200    |
rules/question/add/                  | login     login     no        act       act       act      | 200 302    | change choice question snapshot
rules/question/<id>/                 | login     login     see       see       see       see      | 302 302    |
rules/question/<id>/change/          | login     login     no        act       act       act      | 200 302    | change question snapshot
rules/question/<id>/delete/          | login     login     no        act       act       act      | 200 302    | change choice question snapshot
rules/question/<id>/duplicate/       | login     login     no        act       act       act      | 405 302    | change choice question snapshot
rules/question/<id>/history/         | login     login     no        see       see       see      | 200 200    |
rules/question/<id>/move/            | login     login     no        act       act       act      | 405 302    | change question snapshot
rules/outcome/                       | login     login     no        see       see       see      | 200 200    |
rules/outcome/add/                   | login     login     no        act       act       act      | 200 302    | change outcome snapshot
rules/outcome/preview/               | login     login     no        see       see       see      | 405 200    |
rules/outcome/<id>/                  | login     login     see       see       see       see      | 302 302    |
rules/outcome/<id>/change/           | login     login     no        act       act       act      | 200 302    | change outcome snapshot
rules/outcome/<id>/delete/           | login     login     no        act       act       act      | 200 302    | change outcome snapshot
rules/outcome/<id>/history/          | login     login     no        see       see       see      | 200 200    |
# rules and examples
rules/rule/                          | login     login     no        see       see       see      | 200 200    |
rules/rule/add/                      | login     login     no        act       act       act      | 200 302    | change rule snapshot
rules/rule/<id>/                     | login     login     see       see       see       see      | 302 302    |
rules/rule/<id>/change/              | login     login     no        act       act       act      | 200 302    | change rule snapshot
rules/rule/<id>/delete/              | login     login     no        act       act       act      | 200 302    | change condition conditionchoice exampleanswer exampleoutcome rule snapshot
rules/rule/<id>/duplicate/           | login     login     no        act       act       act      | 405 302    | change condition conditionchoice rule snapshot
rules/rule/<id>/history/             | login     login     no        see       see       see      | 200 200    |
rules/rule/<id>/move/                | login     login     no        act       act       act      | 405 302    | change rule snapshot
rules/example/                       | login     login     no        see       see       see      | 200 200    |
rules/example/add/                   | login     login     no        act       act       act      | 200 302    | change example exampleanswer exampleoutcome snapshot
rules/example/<id>/                  | login     login     see       see       see       see      | 302 302    |
rules/example/<id>/change/           | login     login     no        act       act       act      | 200 302    | change example snapshot
rules/example/<id>/delete/           | login     login     no        act       act       act      | 200 302    | change example exampleanswer exampleoutcome snapshot
rules/example/<id>/history/          | login     login     no        see       see       see      | 200 200    |
# versions and diagnostics
rules/version/                       | login     login     no        see       see       see      | 200 200    |
rules/version/add/                   | login     login     no        no        no        no       |            |
rules/version/<id>/                  | login     login     see       see       see       see      | 302 302    |
rules/version/<id>/cancel/           | login     login     no        no        act       act      | 200 302    | cancellation change
rules/version/<id>/change/           | login     login     no        see       see       see      | 200 200    |
rules/version/<id>/delete/           | login     login     no        no        no        no       |            |
rules/version/<id>/history/          | login     login     no        see       see       see      | 302 302    |
rules/version/<id>/restore/          | login     login     no        no        act       act      | 200 302    | change version versionproof
rules/version/<id>/take/             | login     login     no        act       act       act      | 200 302    | change conditionchoice exampleanswer exampleoutcome guide snapshot
diagnostics/session/                 | login     login     no        see       see       see      | 200 200    |
diagnostics/session/add/             | login     login     no        no        no        no       |            |
diagnostics/session/<id>/            | login     login     see       see       see       see      | 302 302    |
diagnostics/session/<id>/change/     | login     login     no        read      read      read     | 200        |
diagnostics/session/<id>/delete/     | login     login     no        no        no        no       |            |
diagnostics/session/<id>/history/    | login     login     404       404       404       404      |            |
diagnostics/session/replay/<id>/     | login     login     no        see       see       see      | 200 200    |
diagnostics/session/try/<id>/        | login     login     no        see       see       see      | 200 303    |
diagnostics/session/try/<id>/<id>/   | login     login     no        see       see       see      | 200 303    |
diagnostics/session/try/<id>/example/| login     login     no        act       act       act      | 302 302    | change example exampleanswer exampleoutcome snapshot
# accounts
auth/group/                          | login     login     no        no        no        see      | 200 200    |
auth/group/add/                      | login     login     no        no        no        act      | 200 302    | group logentry
auth/group/<id>/                     | login     login     see       see       see       see      | 302 302    |
auth/group/<id>/change/              | login     login     no        no        no        act      | 200 302    | group logentry
auth/group/<id>/delete/              | login     login     no        no        no        act      | 200 302    | group logentry
auth/group/<id>/history/             | login     login     no        no        no        see      | 200 200    |
auth/user/                           | login     login     no        no        no        see      | 200 200    |
auth/user/add/                       | login     login     no        no        no        act      | 200 302    | logentry user
auth/user/<id>/                      | login     login     see       see       see       see      | 302 302    |
auth/user/<id>/change/               | login     login     no        no        no        act      | 200 302    | logentry user
auth/user/<id>/delete/               | login     login     no        no        no        act      | 200 302    | logentry user
auth/user/<id>/history/              | login     login     no        no        no        see      | 200 200    |
auth/user/<id>/password/             | login     login     no        no        no        act      | 200 302    | logentry user
"""


class Line(NamedTuple):
    """A line of the matrix."""

    address: str
    cells: dict[str, str]
    page_statuses: set[str]
    form_statuses: set[str]
    tables: set[str]


def read_matrix() -> dict[str, list[Line]]:
    """Returns the lines of the matrix, by the titles that stand above them."""
    sections: dict[str, list[Line]] = {}
    for text in MATRIX.strip().splitlines()[1:]:
        if text.startswith("#"):
            sections[text.strip("# ")] = lines = []
            continue
        address, cells, statuses, tables = (column.strip() for column in text.split("|"))
        page, form = ({*column.split("/")} for column in f"{statuses}  ".split(" ")[:2])
        by_role = dict(zip(ROLES, cells.split(), strict=True))
        lines.append(Line(address.removeprefix("/"), by_role, page, form, set(tables.split())))
    return sections


OPEN = {"read", "see", "ask", "act"}
SECTIONS = read_matrix()
LINES = {line.address: line for lines in SECTIONS.values() for line in lines}


def find_cell(line: Line, page: Answer, empty: Answer, filled: Answer) -> str:
    """Returns the word of the matrix for three answers, or what they are if no word fits."""
    changed, statuses = empty.changed | filled.changed, (page.status, filled.status)
    fits = {str(page.status)} <= line.page_statuses and {str(filled.status)} <= line.form_statuses
    if page.changed or empty.status >= 500:
        return f"page {page.status} changes {sorted(page.changed)}, empty form {empty.status}"
    if changed:
        if changed == {"change", "publicationrequest"}:
            return "ask"
        fits = fits and changed == line.tables
        return "act" if fits else f"{statuses} changes {sorted(changed)}"
    if page.asks_to_log_in and filled.asks_to_log_in:
        return "login"
    if statuses == (404, 404):
        return "404"
    if page.status in {403, 405} and 403 in statuses:
        return "no"
    if filled.status == 403 and {str(page.status)} <= line.page_statuses:
        return "read"
    return "see" if fits else str(statuses)


def test_every_address_of_the_admin_has_a_line_in_the_matrix() -> None:
    assert sorted(LINES) == sorted(walk_addresses())


@pytest.mark.parametrize("section", SECTIONS)
def test_each_role_gets_in_and_changes_what_the_matrix_says(db: None, section: str) -> None:
    site = MatrixSite()
    clients = {role: log_in_as(role) for role in ROLES}
    requests, urls, typed = Requests(), site.urls(), site.typed_fields()
    found = {}
    for line in SECTIONS[section]:
        url = urls[line.address]
        pages = {role: requests.send(client, "GET", url) for role, client in clients.items()}
        form = form_fields(pages["superuser"].response) | typed.get(line.address, {})
        cells = []
        for role, client in clients.items():
            empty = requests.send(client, "POST", url)
            filled = requests.send(client, "POST", url, form) if form else empty
            cells.append(find_cell(line, pages[role], empty, filled))
        found[line.address] = " ".join(cells)
    assert found == {line.address: " ".join(line.cells.values()) for line in SECTIONS[section]}


def test_a_head_request_changes_nothing_and_other_methods_are_refused(db: None) -> None:
    urls, requests, client = MatrixSite().urls(), Requests(), log_in_as("superuser")
    for address, url in urls.items():
        head = requests.send(client, "HEAD", url)
        assert not head.changed, address
        assert head.status < 500, address
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
            refused = requests.send(client, method, url)
            assert (refused.status, refused.changed) == (405, set()), (method, address)


def admin_links(response: HttpResponseBase, page: str) -> Iterator[str]:
    """Yields the addresses of this site to which a page links."""
    html = response.getvalue().decode()
    for href in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', html):
        url = urljoin(page, unescape(href))
        if url.startswith("/") and not url.startswith("/static/"):
            yield url.split("#")[0]


def form_addresses(response: HttpResponseBase, page: str) -> Iterator[str]:
    """Yields the addresses to which the forms of a page are sent by their buttons."""
    html = response.getvalue().decode()
    for attributes, content in re.findall(r"(?s)<form\b([^>]*)>(.*?)</form>", html):
        has_button = re.search(r'type="submit"|<button\b', content)
        if 'method="post"' in attributes and has_button:
            action = re.search(r'action="([^"]*)"', attributes)
            yield from re.findall(r'formaction="([^"]*)"', content)
            yield urljoin(page, unescape(action[1])) if action else page


def matrix_address(url: str) -> str:
    """Returns the address in the matrix of a URL or, for a public page, its route."""
    route = resolve(urlsplit(url).path).route
    return (
        short_address(route.removeprefix("admin/")) if route.startswith("admin/") else f"/{route}"
    )


def misleading_links(role: str, client: Client, pages: list[str]) -> list[tuple[str, str]]:
    """Returns the links and the forms of pages that a role cannot use, each with its page.

    It follows one link of each kind, i.e. to an address with parameters of the same names.
    """
    requests, kinds, misleading = Requests(), set(), []
    for page in pages:
        response = requests.send(client, "GET", page).response
        if "html" not in response["Content-Type"]:
            continue
        for link in admin_links(response, page):
            kind = (matrix_address(link), *sorted(parse_qs(urlsplit(link).query)))
            if kind not in kinds and requests.send(client, "GET", link).status not in {200, 302}:
                misleading.append((link, page))
            kinds.add(kind)
        for form in form_addresses(response, page):
            if LINES[matrix_address(form)].cells[role] not in {"act", "ask", "see"}:
                misleading.append((form, page))
    return misleading


def opened_pages(role: str, site: MatrixSite) -> list[str]:
    """Returns the pages that a role opens; those of a superuser that nobody else opens."""
    guides = () if role == "nobody" else (site.asked, site.draft, site.scheduled.guide)
    urls = [url for guide in guides for url in (change_url(guide), list_url(Version, guide))]
    for address, url in site.urls().items():
        line = LINES[address]
        is_open = line.cells[role] in OPEN and line.page_statuses == {"200"}
        if is_open and not (role == "superuser" and line.cells["publisher"] in OPEN):
            urls.append(url)
    return urls


@pytest.mark.parametrize("role", ["nobody", "editor", "publisher", "superuser"])
def test_no_page_shows_a_role_a_link_or_a_button_that_it_cannot_use(db: None, role: str) -> None:
    urls = opened_pages(role, MatrixSite())
    assert misleading_links(role, log_in_as(role), urls) == []
