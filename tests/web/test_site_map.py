"""Tests the *Plan du site*, which leads to every page for visitors."""

from diagnostics.web.urls import urlpatterns
from rules.models import Guide
from tests.web.visitor import Visitor

NOT_LISTED = {"guides", "site_map", "robots", "security"}
"""The pages to which the top and the foot of each page lead, and the files for programs."""


def listed_addresses(visitor: Visitor) -> set[str]:
    visitor.open("/plan-du-site/")
    assert visitor.heading == "Plan du site"
    return {str(link["href"]) for link in visitor.page.select("main a")}


def test_every_address_that_is_not_of_a_diagnostic_is_listed(visitor: Visitor) -> None:
    expected = {
        "/" + str(page.pattern).replace("<slug:slug>", "corriger-comptes-pix")
        for page in urlpatterns
        if page.name not in NOT_LISTED and "session_id" not in str(page.pattern)
    }
    assert expected <= listed_addresses(visitor)


def test_each_page_of_the_site_map_is_there(visitor: Visitor) -> None:
    for address in listed_addresses(visitor):
        if address.startswith("/"):
            assert visitor.open(address).status == 200, address


def test_each_guide_has_its_links_under_its_title(visitor: Visitor, small_guide: Guide) -> None:
    listed_addresses(visitor)
    assert visitor.texts("h3") == [
        "Corriger les problèmes de comptes Pix avant la certification",
        "Petit guide",
    ]


def test_a_closed_guide_is_said_to_be_closed(visitor: Visitor) -> None:
    Guide.objects.update(closed=True)
    assert "/corriger-comptes-pix/classe/" not in listed_addresses(visitor)
    assert "fermé pour le moment" in visitor.link("fermé").text


def test_a_guide_without_a_file_has_no_link_to_it(visitor: Visitor, small_guide: Guide) -> None:
    assert "/petit-guide/hors-ligne/" not in listed_addresses(visitor)


def test_a_guide_that_is_not_readable_hides_no_other(visitor: Visitor, small_guide: Guide) -> None:
    small_guide.versions.update(document="{}")
    assert "/corriger-comptes-pix/" in listed_addresses(visitor)
