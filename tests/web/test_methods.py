"""What a request to each public address answers and changes, by its method."""

import re

import pytest
from django.test import Client

from diagnostics.web.urls import urlpatterns
from tests.admin.matrix_site import MatrixSite
from tests.admin.pages import Fields
from tests.undone_requests import Requests

# The statuses of the page and of its form, filled and sent; the tables that this form changes.
MATRIX = """
/                                           | 200  405 |
/integration/                               | 200  405 |
/plan-du-site/                              | 200  405 |
/accessibilite/                             | 200  405 |
/mentions-legales/                          | 200  405 |
/donnees-personnelles/                      | 200  405 |
/reprendre/                                 | 200  303 |
/robots.txt                                 | 200  405 |
/.well-known/security.txt                   | 404  405 |
/<slug>/                                    | 200  303 | session
/<slug>/affiche/                            | 200  405 |
/<slug>/classe/                             | 200  200 |
/<slug>/hors-ligne/                         | 200  405 |
/diagnostics/<session_id>/                  | 200  405 |
/diagnostics/<session_id>/questions/<key>/  | 200  303 | session
/diagnostics/<session_id>/autre-eleve/      | 405  303 | session
/diagnostics/<session_id>/nouvelle-version/ | 405  303 | session
/diagnostics/<session_id>/resolu/           | 302  303 | session
"""
LINES = [[column.strip() for column in line.split("|")] for line in MATRIX.strip().splitlines()]


def walk_public_addresses() -> list[str]:
    return ["/" + re.sub(r"<\w+:", "<", str(pattern.pattern)) for pattern in urlpatterns]


def test_every_public_address_has_a_line_in_the_matrix() -> None:
    assert sorted(address for address, *_ in LINES) == sorted(walk_public_addresses())


@pytest.fixture
def site(db: None) -> MatrixSite:
    return MatrixSite()


def public_url(site: MatrixSite, address: str) -> str:
    """Returns an address to open; that of the start page contains an answer."""
    ids = {"slug": site.guide.slug, "session_id": site.session.pk, "key": "marche"}
    url = re.sub(r"<(\w+)>", lambda name: str(ids[name[1]]), address)
    return f"{url}?marche=oui" if address == "/<slug>/" else url


def test_a_page_changes_nothing_and_a_form_changes_diagnostics_only(
    site: MatrixSite, client: Client
) -> None:
    typed: dict[str, Fields] = {
        "/reprendre/": {"code": site.session.code},
        "/<slug>/classe/": {"combien": "2"},
        "/diagnostics/<session_id>/questions/<key>/": {"choice": "non"},
        "/diagnostics/<session_id>/resolu/": {"solved": "yes"},
    }
    requests, found = Requests(), []
    for address, *_ in LINES:
        url = public_url(site, address)
        page = requests.send(client, "GET", url)
        form = requests.send(client, "POST", url, typed.get(address, {}))
        statuses = f"{page.status}  {form.status}"
        found.append([address, statuses, " ".join(form.changed)])
        assert not page.changed, address
    assert found == LINES


def test_a_head_request_changes_nothing_and_other_methods_are_refused(
    site: MatrixSite, client: Client
) -> None:
    requests = Requests()
    for address, statuses, _ in LINES:
        url = public_url(site, address)
        head = requests.send(client, "HEAD", url)
        assert (str(head.status), head.changed) == (statuses[:3], set()), address
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
            refused = requests.send(client, method, url)
            assert (refused.status, refused.changed) == (405, set()), (method, address)
