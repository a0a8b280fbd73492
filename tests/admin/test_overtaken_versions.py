"""A publication that overtakes a scheduled version asks what becomes of it: rescheduled with the correction, or dropped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read, draft_write
from rules.drafts.guides import guide_import
from rules.engine.content import ConditionContent, GuideContent, Operator
from rules.models import ChangeEvent, Guide, PublicationRequest, Version
from rules.publication.publish import guide_publish
from rules.publication.restore import draft_reset
from rules.publication.review import PublicationReview
from rules.publication.timeline import Stage, version_stages
from rules.publication.versions import version_content
from tests.admin.conftest import LogIn
from tests.admin.pages import (
    fill_and_send,
    form_fields,
    page_errors,
    page_fields,
    page_links,
    page_text,
    parse_page,
)
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """A guide whose version 2, with another first question, is scheduled in ten days.

    The draft is version 1, which is live, with another introduction.
    """
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide))
    schedule_draft(guide, rename_question("Une autre"), days=10)
    draft_reset(version=guide.versions.get(number=1))
    change_draft(guide, lambda draft: replace(draft, introduction="Corrigée"))
    return guide


def change_draft(guide: Guide, change: Callable[[GuideContent], GuideContent]) -> None:
    guide.refresh_from_db()
    draft_write(guide=guide, content=change(draft_read(guide)))


def rename_question(title: str, position: int = 0) -> Callable[[GuideContent], GuideContent]:
    def rename(draft: GuideContent) -> GuideContent:
        questions = list(draft.questions)
        questions[position] = replace(questions[position], title=title)
        return replace(draft, questions=tuple(questions))

    return rename


def schedule_draft(
    guide: Guide, change: Callable[[GuideContent], GuideContent], days: int
) -> Version:
    change_draft(guide, change)
    publish_at = timezone.now() + timedelta(days=days)
    return guide_publish(review=PublicationReview(guide), publish_at=publish_at)


def list_stages(guide: Guide) -> list[Stage]:
    """Returns the stage of each version, from version 1 on."""
    return [stage for _, stage in sorted(version_stages(guide).items())]


def first_title(version: Version) -> str:
    return version_content(version).questions[0].title


def publish_text(client: Client, guide: Guide) -> str:
    return page_text(client.get(action_url(guide, "publish"))).replace("\u00a0", " ")


def test_a_version_is_rescheduled_with_the_correction_at_its_date(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(guide, "publish"))
    assert list_stages(guide) == [Stage.OLD, Stage.SUPERSEDED, Stage.LIVE, Stage.SCHEDULED]
    scheduled, urgent, rescheduled = (guide.versions.get(number=number) for number in (2, 3, 4))
    assert rescheduled.published_at == scheduled.published_at
    assert (
        version_content(urgent).introduction
        == version_content(rescheduled).introduction
        == "Corrigée"
    )
    assert (first_title(urgent), first_title(rescheduled)) == ("Un", "Une autre")
    assert rescheduled.proof.complete
    sentence = guide.changes.get(event=ChangeEvent.RESCHEDULED).sentence
    assert (
        "La version 2 est gardée\u00a0: la version 4, qui a aussi ce que la version 3" in sentence
    )


def test_the_page_says_what_a_rescheduled_version_still_changes(
    guide: Guide, publisher: Client
) -> None:
    text = publish_text(publisher, guide)
    assert "La version 2, programmée pour le" in text
    assert "La question « Un » s’appelle maintenant « Une autre »." in text


def test_a_version_is_dropped_if_nobody_wants_it(guide: Guide, publisher: Client) -> None:
    fill_and_send(publisher, action_url(guide, "publish"), **{"version-2": "drop"})
    assert list_stages(guide) == [Stage.OLD, Stage.SUPERSEDED, Stage.LIVE]
    assert guide.changes.filter(sentence__contains="ne sera jamais en ligne").count() == 1


def test_nothing_is_published_without_a_decision(guide: Guide, publisher: Client) -> None:
    page = fill_and_send(publisher, action_url(guide, "publish"), **{"version-2": ""})
    assert "Dites ce que devient la version 2, programmée pour le" in page_errors(page)
    assert guide.versions.count() == 2


@pytest.mark.parametrize("days", [9, 10, 11])
def test_only_versions_after_the_publication_are_rescheduled(
    guide: Guide, publisher: Client, days: int
) -> None:
    moment = timezone.localtime(timezone.now() + timedelta(days=days, minutes=-1))
    fill_and_send(
        publisher,
        action_url(guide, "publish"),
        when="later",
        date=f"{moment:%Y-%m-%d}",
        time=f"{moment:%H:%M}",
    )
    stages = {
        9: [Stage.LIVE, Stage.SUPERSEDED, Stage.SCHEDULED, Stage.SCHEDULED],
        10: [Stage.LIVE, Stage.SUPERSEDED, Stage.SCHEDULED, Stage.SCHEDULED],
        11: [Stage.LIVE, Stage.SCHEDULED, Stage.SCHEDULED],
    }
    assert list_stages(guide) == stages[days]


def test_a_part_that_both_have_changed_is_shown_and_nothing_can_be_rescheduled(
    guide: Guide, publisher: Client
) -> None:
    change_draft(guide, rename_question("Encore une autre"))
    text = publish_text(publisher, guide)
    assert "La question « Encore une autre » a changé des deux côtés." in text
    assert "La garder" not in text
    page = fill_and_send(publisher, action_url(guide, "publish"), **{"version-2": "reschedule"})
    assert page_errors(page) == "Dites ce que devient cette version."
    assert guide.versions.count() == 2
    fill_and_send(publisher, action_url(guide, "publish"), **{"version-2": "drop"})
    assert list_stages(guide) == [Stage.OLD, Stage.SUPERSEDED, Stage.LIVE]


def test_a_version_whose_example_fails_with_the_correction_cannot_be_rescheduled(
    guide: Guide, publisher: Client
) -> None:
    def add_example(draft: GuideContent) -> GuideContent:
        example = replace(draft.examples[0], name="Deux", answers={"q1": "b", "q2": "a"})
        return replace(draft, examples=(*draft.examples, example))

    def conclude_otherwise(draft: GuideContent) -> GuideContent:
        *others, last = draft.rules
        other_end = replace(draft.outcomes[1], key="autre-fin", title="Autre fin")
        first_choice = (ConditionContent("q2", Operator.IS, ("a",)),)
        second_choice = (ConditionContent("q2", Operator.IS, ("b",)),)
        rules = (
            replace(last, key="r6", when=first_choice, target="autre-fin"),
            replace(last, when=second_choice),
        )
        return replace(draft, outcomes=(*draft.outcomes, other_end), rules=(*others, *rules))

    draft_reset(version=guide.versions.get(number=1))
    schedule_draft(guide, add_example, days=20)
    draft_reset(version=guide.versions.get(number=1))
    change_draft(guide, conclude_otherwise)
    text = publish_text(publisher, guide)
    assert "cas type 2 (« Deux ») : attendu : « Fin » ; obtenu : « Autre fin »." in text
    assert text.count("La garder") == 1  # of version 2


def test_a_version_of_which_nothing_is_left_to_reschedule_is_not_asked_about(
    guide: Guide, publisher: Client
) -> None:
    change_draft(guide, rename_question("Une autre"))
    assert "ce que vous publiez contient déjà tout ce qu’elle dit" in publish_text(publisher, guide)
    fill_and_send(publisher, action_url(guide, "publish"))
    assert list_stages(guide) == [Stage.OLD, Stage.SUPERSEDED, Stage.LIVE]


def test_each_of_several_versions_is_rescheduled_at_its_own_date(
    guide: Guide, publisher: Client
) -> None:
    second = guide.versions.get(number=2)
    draft_reset(version=second)
    schedule_draft(guide, rename_question("Deuxième", position=1), days=20)
    draft_reset(version=guide.versions.get(number=1))
    change_draft(guide, lambda draft: replace(draft, introduction="Corrigée"))
    fill_and_send(publisher, action_url(guide, "publish"))
    assert list_stages(guide)[2:] == [
        *(Stage.SUPERSEDED, Stage.LIVE),
        *(Stage.SCHEDULED, Stage.SCHEDULED),
    ]
    [*_, fifth, sixth] = (version_content(version) for version in guide.versions.order_by("number"))
    assert fifth.introduction == sixth.introduction == "Corrigée"
    assert [question.title for question in fifth.questions] == ["Une autre", "Deux"]
    assert [question.title for question in sixth.questions] == ["Une autre", "Deuxième"]


def test_what_a_version_has_brought_that_is_live_meanwhile_is_no_correction(
    guide: Guide, publisher: Client
) -> None:
    """Both versions have changed the first question since version 1, the later one twice."""
    second = guide.versions.get(number=2)
    draft_reset(version=second)
    schedule_draft(guide, rename_question("Encore une autre"), days=20)
    Version.objects.filter(number=2).update(published_at=timezone.now())
    draft_reset(version=second)
    change_draft(guide, lambda draft: replace(draft, introduction="Corrigée"))
    fill_and_send(publisher, action_url(guide, "publish"))
    rescheduled = guide.versions.get(number=5)
    assert (first_title(rescheduled), version_content(rescheduled).introduction) == (
        "Encore une autre",
        "Corrigée",
    )


def test_a_guide_that_was_never_live_has_no_correction_to_carry_over(
    no_guide: None, publisher: Client
) -> None:
    guide = guide_import(content=parse_document(small_document()))
    schedule_draft(guide, rename_question("Une"), days=3)
    change_draft(guide, rename_question("Une autre"))
    assert "Aucune version n’est en ligne avant elle" in publish_text(publisher, guide)


def test_the_draft_does_not_have_what_a_rescheduled_version_brings(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(guide, "publish"))
    Version.objects.filter(number=4).update(published_at=timezone.now())
    text = page_text(publisher.get(change_url(guide)))
    assert "le brouillon n’a pas ce que la version 4, gardée, a apporté" in text


def test_a_restored_version_overtakes_too(guide: Guide, publisher: Client) -> None:
    fill_and_send(publisher, action_url(guide, "publish"), **{"version-2": "reschedule"})
    first = guide.versions.get(number=1)
    fill_and_send(publisher, action_url(first, "restore"), reason="Fautive")
    assert list_stages(guide)[2:] == [
        *(Stage.OLD, Stage.SUPERSEDED),
        *(Stage.LIVE, Stage.SCHEDULED),
    ]
    rescheduled = version_content(guide.versions.get(number=6))
    assert (rescheduled.questions[0].title, rescheduled.introduction) == ("Une autre", "")


def test_a_request_remembers_what_becomes_of_a_version(
    guide: Guide, publisher: Client, log_in: LogIn
) -> None:
    Guide.objects.update(needs_approval=True)
    fill_and_send(publisher, action_url(guide, "publish"))
    assert PublicationRequest.objects.get().reschedules == {"2": True}
    anne = log_in("anne", "Responsables de publication")
    assert "est gardée" in page_text(anne.get(action_url(guide, "approve")))
    fill_and_send(anne, action_url(guide, "approve"))
    assert list_stages(guide) == [Stage.OLD, Stage.SUPERSEDED, Stage.LIVE, Stage.SCHEDULED]


@pytest.mark.parametrize("reschedules", [{}, {"2": True}])
def test_a_request_that_does_not_say_what_becomes_of_a_version_is_not_approved(
    guide: Guide, publisher: Client, log_in: LogIn, reschedules: dict[str, bool]
) -> None:
    """Another version is scheduled after the request, or the program is older than the question."""
    Guide.objects.update(needs_approval=True)
    change_draft(guide, rename_question("Encore une autre"))
    fill_and_send(publisher, action_url(guide, "publish"), **{"version-2": "drop"})
    PublicationRequest.objects.update(reschedules=reschedules)
    anne = log_in("anne", "Responsables de publication")
    form = page_fields(anne.get(action_url(guide, "approve"))) | {"decision": "approve"}
    page = page_text(anne.post(action_url(guide, "approve"), form)).replace("\u00a0", " ")
    assert ("Dites ce que devient" if not reschedules else "Vous ne pouvez pas garder") in page
    assert guide.versions.count() == 2


def test_a_version_whose_date_comes_while_the_draft_is_proved_is_asked_about_no_more(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = page_fields(publisher.get(action_url(guide, "publish")))
    find = PublicationReview.find_overtaken_versions

    def find_slowly(review: PublicationReview, publish_at: datetime | None) -> object:
        found = find(review, publish_at)
        Version.objects.filter(number=2).update(published_at=timezone.now())
        return found

    monkeypatch.setattr(PublicationReview, "find_overtaken_versions", find_slowly)
    page = publisher.post(action_url(guide, "publish"), form)
    assert "une version programmée est en ligne" in page_text(page)
    assert list_stages(guide) == [Stage.OLD, Stage.LIVE]


def test_a_version_that_the_draft_contains_is_warned_of_first_with_what_to_do(
    guide: Guide, publisher: Client
) -> None:
    draft_reset(version=guide.versions.get(number=2))
    change_draft(guide, lambda draft: replace(draft, introduction="Corrigée"))
    page = parse_page(publisher.get(action_url(guide, "publish")))
    [warning] = page.select("#content .check.wrong")
    assert "publier maintenant met aussi ses textes en ligne" in warning.get_text()
    [button], [form] = warning.select("button"), page.select("#take-live")
    assert button["form"] == form["id"]
    fields = form_fields(page, "#take-live") | {str(button["name"]): str(button["value"])}
    response = publisher.post(str(form["action"]), fields, follow=True)
    guide.refresh_from_db()
    assert "Annuler" in parse_page(response).select_one(".messagelist").get_text()  # type: ignore[union-attr]
    live = version_content(guide.versions.get(number=1))
    assert draft_read(guide) == replace(live, introduction="Corrigée")


def test_a_correction_of_what_a_scheduled_version_changes_is_said_to_be_done_again(
    guide: Guide, publisher: Client
) -> None:
    draft_reset(version=guide.versions.get(number=2))
    change_draft(guide, rename_question("Un, corrigé ?"))
    page = parse_page(publisher.get(action_url(guide, "publish")))
    [form] = page.select("#take-live")
    fields = form_fields(page, "#take-live") | {"base": "2"}
    response = publisher.post(str(form["action"]), fields, follow=True)
    guide.refresh_from_db()
    assert "La correction touche les mêmes parties que la version 2" in page_text(response)
    assert draft_read(guide) == version_content(guide.versions.get(number=1))


def test_what_a_kept_version_becomes_is_said_with_a_link_that_takes_it_into_the_draft(
    guide: Guide, publisher: Client
) -> None:
    page = publisher.get(fill_and_send(publisher, action_url(guide, "publish"))["Location"])
    assert ", devient la version 4. Le brouillon n’a pas encore ce" in page_text(page)
    assert action_url(guide.versions.get(number=4), "take") in page_links(page)
    versions = page_text(publisher.get(list_url(Version, guide)))
    assert "Remplacée par la version 4" in versions
    assert "jamais en ligne" not in versions


def test_the_button_says_what_the_form_does_at_the_time_that_is_chosen(
    guide: Guide, publisher: Client
) -> None:
    page = parse_page(publisher.get(action_url(guide, "publish")))
    assert [button["value"] for button in page.select(".submit-row [type=submit]")] == [
        "Publier",
        "Programmer",
    ]
    assert page.select(".submit-row .closelink")[0].text == "Renoncer"


def test_as_long_as_the_draft_lacks_what_a_scheduled_version_brings_each_page_says_so(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(guide, "publish"))
    said = "contient des changements que le brouillon n’a pas"
    for _ in range(2):  # the second time from the cache
        assert f"la version 4 {said}" in page_text(publisher.get("/admin/"))
        assert f"la version 4 {said}" in page_text(publisher.get(change_url(guide)))
    assert "Elle contient des changements que le brouillon n’a pas" in publish_text(
        publisher, guide
    )
    page = publisher.get(action_url(guide, "publish"))
    take_url = action_url(guide.versions.get(number=4), "take")
    assert take_url in page_links(page)
    fill_and_send(publisher, take_url)
    for url in ("/admin/", change_url(guide), action_url(guide, "publish")):
        assert "que le brouillon n’a pas" not in page_text(publisher.get(url))


def test_what_a_scheduled_version_brings_is_taken_beside_what_the_draft_has_changed(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(guide, "publish"))
    change_draft(guide, rename_question("Deux, changée", position=1))
    take_url = action_url(guide.versions.get(number=4), "take")
    text = page_text(publisher.get(take_url))
    assert "Une autre" in text
    assert "Deux, changée" not in text
    fill_and_send(publisher, take_url)
    guide.refresh_from_db()
    draft = draft_read(guide)
    assert [question.title for question in draft.questions[:2]] == ["Une autre", "Deux, changée"]
    assert draft.introduction == "Corrigée"


def test_a_draft_that_comes_from_a_scheduled_version_lacks_nothing_of_it(
    guide: Guide, publisher: Client
) -> None:
    draft_reset(version=guide.versions.get(number=2))
    change_draft(guide, rename_question("Une autre encore"))
    assert "que le brouillon n’a pas" not in page_text(publisher.get(change_url(guide)))
