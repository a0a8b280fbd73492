"""A request resolves the same answers once, however many parts of its page show their state."""

from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.models import Session, Verdict
from diagnostics.services import session_create
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers
from rules.engine.state import State
from rules.models import Guide, Version

UNFINISHED = {"liste-a-jour": "oui", "attribution-gar": "non"}
CONCLUDED = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "mail",
}
"""These answers lead to a conclusion that sends the visitor to support."""

Resolves = Counter[tuple[tuple[str, str], ...]]
"""The number of times that each set of answers was resolved; the answers are sorted."""


@pytest.fixture
def resolves(version: Version) -> Iterator[Resolves]:
    """The resolves since the test began, of any guide."""
    counted: Resolves = Counter()
    resolve = CompiledGuide.resolve

    def count_and_resolve(compiled: CompiledGuide, answers: Answers) -> State:
        counted[tuple(sorted(answers.items()))] += 1
        return resolve(compiled, answers)

    with patch.object(CompiledGuide, "resolve", count_and_resolve):
        yield counted


@pytest.fixture
def version(shipped_guide: Guide) -> Version:
    return shipped_guide.versions.get()


@pytest.fixture
def unfinished(version: Version) -> Session:
    return session_create(version=version, answers=UNFINISHED)


@pytest.fixture
def concluded(version: Version) -> Session:
    return session_create(version=version, answers=CONCLUDED)


def count_once(*answer_sets: Answers) -> Resolves:
    return Counter(tuple(sorted(answers.items())) for answers in answer_sets)


def test_the_page_of_the_question_being_asked_resolves_once(
    client: Client, unfinished: Session, resolves: Resolves
) -> None:
    client.get(reverse("web:diagnostic", args=[unfinished.pk]))
    assert resolves == count_once(UNFINISHED)


def test_the_page_of_a_question_answered_before_resolves_once(
    client: Client, unfinished: Session, resolves: Resolves
) -> None:
    client.get(reverse("web:question", args=[unfinished.pk, "attribution-gar"]))
    assert resolves == count_once(UNFINISHED)


def test_the_page_of_a_result_with_its_text_for_support_resolves_once(
    client: Client, concluded: Session, resolves: Resolves
) -> None:
    page = client.get(reverse("web:diagnostic", args=[concluded.pk]))
    assert concluded.code in page.context["support_text"]
    assert resolves == count_once(CONCLUDED)


def test_a_wrong_choice_resolves_once(
    client: Client, unfinished: Session, resolves: Resolves
) -> None:
    client.post(reverse("web:question", args=[unfinished.pk, "attribution-gar"]))
    assert resolves == count_once(UNFINISHED)


def test_the_page_of_a_session_in_the_admin_resolves_once(
    admin_client: Client, unfinished: Session, resolves: Resolves
) -> None:
    admin_client.get(reverse("admin:diagnostics_session_change", args=[unfinished.pk]))
    assert resolves == count_once(UNFINISHED)


@pytest.mark.usefixtures("unfinished", "concluded")
def test_the_list_of_sessions_in_the_admin_reads_no_graph(
    admin_client: Client, resolves: Resolves
) -> None:
    with patch("diagnostics.answered_guide.version_graph") as graph:
        admin_client.get(reverse("admin:diagnostics_session_changelist"))
    assert resolves == count_once(UNFINISHED, CONCLUDED)
    assert not graph.called


@pytest.mark.parametrize("answers", [UNFINISHED, CONCLUDED])
def test_the_page_of_a_try_resolves_its_answers_once(
    admin_client: Client, shipped_guide: Guide, resolves: Resolves, answers: Answers
) -> None:
    address = reverse("admin:diagnostics_session_try", args=[shipped_guide.pk], query=answers)
    page = admin_client.get(address)
    assert page.context["trace"]["deciding"]
    assert resolves[tuple(sorted(answers.items()))] == 1


def test_a_choice_in_a_try_resolves_once(
    admin_client: Client, shipped_guide: Guide, resolves: Resolves
) -> None:
    address = reverse("admin:diagnostics_session_try", args=[shipped_guide.pk], query=UNFINISHED)
    admin_client.post(address, {"choice": "mail"})
    assert resolves == count_once(UNFINISHED)


def test_a_session_read_by_the_api_resolves_once(
    client: Client, concluded: Session, resolves: Resolves
) -> None:
    client.get(reverse("api:session", args=[concluded.pk]))
    assert resolves == count_once(CONCLUDED)


@pytest.mark.parametrize("verdict", [Verdict.UNSAID, Verdict.NO])
def test_an_answer_put_to_the_api_resolves_the_answers_before_it_and_with_it(
    client: Client, concluded: Session, resolves: Resolves, verdict: Verdict
) -> None:
    Session.objects.update(solved=verdict)
    address = reverse("api:answer", args=[concluded.pk, "connexion-habituelle"])
    client.put(address, {"choice": "identifiant"}, "application/json")
    assert resolves == count_once(CONCLUDED, CONCLUDED | {"connexion-habituelle": "identifiant"})
