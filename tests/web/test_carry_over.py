"""Tests the offer to carry the answers of a diagnostic over to a newer version of the guide."""

from collections.abc import Callable
from typing import Any

import pytest

from diagnostics.models import Session
from diagnostics.throttles.memory_limits import MemoryLimit
from rules.models import Guide, Version
from rules.publication.guide_settings import guide_settings_update
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

THREE_ANSWERS = ["oui", "oui", "mediacentre"]
NEWER_VERSION_NOTE = "Ce guide a une nouvelle version"
Document = dict[str, Any]


@pytest.fixture
def under_way(visitor: Visitor) -> Visitor:
    """A visitor who has answered three questions; the fourth is asked."""
    return visitor.start().answer_all(THREE_ANSWERS)


def address_of_diagnostic() -> str:
    return f"/diagnostics/{Session.objects.get().pk}/"


def publish_changed(document: Document, change: Callable[[Document], None]) -> None:
    change(document)
    publish_document(document)


def change_title(document: Document) -> None:
    document["questions"][1]["title"] = "Une question nouvelle"


def carry_answers_over(visitor: Visitor) -> dict[str, str]:
    visitor.press("Passer à la nouvelle version")
    return dict(Session.objects.latest("created_at").answers)


def test_no_newer_version_is_offered_while_its_own_is_live(under_way: Visitor) -> None:
    assert NEWER_VERSION_NOTE not in under_way.page.text


def test_the_page_of_a_question_offers_a_newer_version(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_changed(guide_document, change_title)
    assert NEWER_VERSION_NOTE in under_way.open(under_way.address).page.text


def test_the_page_of_a_result_offers_a_newer_version(
    under_way: Visitor, guide_document: Document
) -> None:
    under_way.answer_all(["mediacentre", "oui"])
    publish_changed(guide_document, change_title)
    assert NEWER_VERSION_NOTE in under_way.open(under_way.address).page.text


def test_a_new_version_with_the_same_content_is_not_offered(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_document(guide_document)
    assert NEWER_VERSION_NOTE not in under_way.open(under_way.address).page.text


def test_only_the_changed_question_is_asked_again(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_changed(guide_document, change_title)
    under_way.open(under_way.address)
    assert carry_answers_over(under_way) == {
        "liste-a-jour": "oui",
        "methode-pix-orga": "mediacentre",
    }
    assert under_way.heading == "Une question nouvelle"
    assert under_way.answer("oui").texts(".rank") == ["Question 4"]


def test_the_old_diagnostic_does_not_change(under_way: Visitor, guide_document: Document) -> None:
    old = under_way.address
    publish_changed(guide_document, change_title)
    carry_answers_over(under_way.open(old))
    assert Session.objects.count() == 2
    assert under_way.address != old
    assert under_way.open(old).answers == ["Oui", "Oui", "Médiacentre"]


def change_choice_label(document: Document) -> None:
    document["questions"][2]["choices"][1]["label"] = "Autrement"


def change_choice_help(document: Document) -> None:
    document["questions"][2]["choices"][1]["help"] = "Autrement."


def change_help(document: Document) -> None:
    document["questions"][2]["help"] = "Autrement."


def add_a_choice(document: Document) -> None:
    document["questions"][2]["choices"].append({"key": "autre", "label": "Autre"})


@pytest.mark.parametrize(
    "change", [change_choice_label, change_choice_help, change_help, add_a_choice]
)
def test_a_question_with_another_text_is_asked_again(
    under_way: Visitor, guide_document: Document, change: Callable[[Document], None]
) -> None:
    publish_changed(guide_document, change)
    carried = carry_answers_over(under_way.open(under_way.address))
    assert carried == {"liste-a-jour": "oui", "attribution-gar": "oui"}


def change_aliases(document: Document) -> None:
    document["questions"][2]["choices"][1]["aliases"] = ["Autrement"]


def reverse_choices(document: Document) -> None:
    document["questions"][2]["choices"].reverse()


@pytest.mark.parametrize("change", [change_aliases, reverse_choices])
def test_other_aliases_or_another_order_of_choices_keep_the_answer(
    under_way: Visitor, guide_document: Document, change: Callable[[Document], None]
) -> None:
    publish_changed(guide_document, change)
    assert (
        carry_answers_over(under_way.open(under_way.address))["methode-pix-orga"] == "mediacentre"
    )


def test_the_answer_to_a_removed_question_is_left_out(
    under_way: Visitor, guide_document: Document
) -> None:
    def rename(document: Document) -> None:
        document["questions"][1]["key"] = "autre-cle"
        for rule in document["rules"]:
            if rule["then"].get("ask") == "attribution-gar":
                rule["then"] = {"ask": "autre-cle"}
        document["rules"] = [
            rule
            for rule in document["rules"]
            if all(term["question"] != "attribution-gar" for term in rule.get("when", []))
        ]
        document["examples"] = []

    publish_changed(guide_document, rename)
    assert "attribution-gar" not in carry_answers_over(under_way.open(under_way.address))


def test_without_a_newer_version_the_diagnostic_goes_on(under_way: Visitor) -> None:
    response = under_way.client.post(f"{address_of_diagnostic()}nouvelle-version/")
    assert (response.status_code, response["Location"]) == (303, under_way.address)
    assert Session.objects.count() == 1


def test_carrying_over_counts_as_a_diagnostic_begun(
    under_way: Visitor, guide_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_changed(guide_document, change_title)
    one_a_day = MemoryLimit(1, period_seconds=24 * 3_600)
    monkeypatch.setattr("diagnostics.web.views.DIAGNOSTICS_BEGUN", one_a_day)
    address = f"{address_of_diagnostic()}nouvelle-version/"
    assert [under_way.client.post(address).status_code for _ in range(2)] == [303, 429]


def test_carrying_over_takes_a_post(under_way: Visitor) -> None:
    assert under_way.client.get(f"{address_of_diagnostic()}nouvelle-version/").status_code == 405


def test_a_closed_guide_does_not_carry_answers_over(
    under_way: Visitor, guide_document: Document, shipped_guide: Guide
) -> None:
    publish_changed(guide_document, change_title)
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert NEWER_VERSION_NOTE not in under_way.open(under_way.address).page.text
    assert under_way.client.post(f"{address_of_diagnostic()}nouvelle-version/").status_code == 403
    assert Session.objects.count() == 1


def test_a_version_scheduled_for_later_is_not_offered(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_changed(guide_document, change_title)
    Version.objects.filter(number=2).update(published_at="2100-01-01T00:00:00Z")
    assert NEWER_VERSION_NOTE not in under_way.open(under_way.address).page.text
