"""The page of a diagnostic on an older version says so, and carries its answers over."""

from collections.abc import Callable
from typing import Any

import pytest

from diagnostics.models import Session
from rules.models import Guide, Version
from rules.publication.guide_settings import guide_settings_update
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

ANSWERED = ["oui", "oui", "mediacentre"]
NEWER = "Ce guide a une nouvelle version"
Document = dict[str, Any]


@pytest.fixture
def under_way(visitor: Visitor) -> Visitor:
    """A visitor who has answered three questions; the fourth is asked."""
    return visitor.start().answer_all(ANSWERED)


def publish_changed(document: Document, change: Callable[[Document], None]) -> None:
    change(document)
    publish_document(document)


def change_title(document: Document) -> None:
    document["questions"][1]["title"] = "Une question nouvelle"


def carry_answers_over(visitor: Visitor) -> dict[str, str]:
    visitor.press("Passer à la nouvelle version")
    return dict(Session.objects.latest("created_at").answers)


def test_nothing_is_said_while_its_version_is_live(under_way: Visitor) -> None:
    assert NEWER not in under_way.page.text


def test_a_newer_version_is_said_on_the_question_page(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_changed(guide_document, change_title)
    assert NEWER in under_way.open(under_way.address).page.text


def test_a_newer_version_is_said_on_the_result_page(
    under_way: Visitor, guide_document: Document
) -> None:
    under_way.answer_all(["mediacentre", "oui"])
    publish_changed(guide_document, change_title)
    assert NEWER in under_way.open(under_way.address).page.text


def test_a_version_that_says_the_same_is_not_newer(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_document(guide_document)
    assert NEWER not in under_way.open(under_way.address).page.text


def test_only_what_changed_is_asked_again(under_way: Visitor, guide_document: Document) -> None:
    publish_changed(guide_document, change_title)
    under_way.open(under_way.address)
    assert carry_answers_over(under_way) == {
        "liste-a-jour": "oui",
        "methode-pix-orga": "mediacentre",
    }
    assert under_way.heading == "Une question nouvelle"
    assert under_way.answer("oui").texts(".rank") == ["Question 4"]


def test_the_old_diagnostic_stays(under_way: Visitor, guide_document: Document) -> None:
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
def test_a_question_that_reads_otherwise_is_asked_again(
    under_way: Visitor, guide_document: Document, change: Callable[[Document], None]
) -> None:
    publish_changed(guide_document, change)
    kept = carry_answers_over(under_way.open(under_way.address))
    assert kept == {"liste-a-jour": "oui", "attribution-gar": "oui"}


def change_aliases(document: Document) -> None:
    document["questions"][2]["choices"][1]["aliases"] = ["Autrement"]


def turn_choices_round(document: Document) -> None:
    document["questions"][2]["choices"].reverse()


@pytest.mark.parametrize("change", [change_aliases, turn_choices_round])
def test_what_visitors_do_not_read_keeps_the_answer(
    under_way: Visitor, guide_document: Document, change: Callable[[Document], None]
) -> None:
    publish_changed(guide_document, change)
    assert (
        carry_answers_over(under_way.open(under_way.address))["methode-pix-orga"] == "mediacentre"
    )


def test_a_question_that_is_gone_is_left(under_way: Visitor, guide_document: Document) -> None:
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


def test_without_a_newer_version_one_stays_where_one_is(under_way: Visitor) -> None:
    here = under_way.address
    response = under_way.client.post(f"{here}nouvelle-version/")
    assert (response.status_code, response["Location"]) == (303, here)
    assert Session.objects.count() == 1


def test_it_is_done_by_post_only(under_way: Visitor) -> None:
    assert under_way.client.get(f"{under_way.address}nouvelle-version/").status_code == 405


def test_a_closed_guide_takes_nobody_over(
    under_way: Visitor, guide_document: Document, shipped_guide: Guide
) -> None:
    publish_changed(guide_document, change_title)
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert NEWER not in under_way.open(under_way.address).page.text
    assert under_way.client.post(f"{under_way.address}nouvelle-version/").status_code == 403
    assert Session.objects.count() == 1


def test_a_version_whose_time_has_not_come_is_not_newer(
    under_way: Visitor, guide_document: Document
) -> None:
    publish_changed(guide_document, change_title)
    Version.objects.filter(number=2).update(published_at="2100-01-01T00:00:00Z")
    assert NEWER not in under_way.open(under_way.address).page.text
