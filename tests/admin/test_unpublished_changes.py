"""Who has unpublished changes: what the page of a guide, the first page and a request say of it."""

from datetime import timedelta

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url, list_url
from rules.models import Change, Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.restore import Restoration, version_restore
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_text, parse_page


def state_of(client: Client, guide: Guide) -> str:
    """Returns the state of a guide, which its page and the first page say in the same words."""
    [on_page] = parse_page(client.get(change_url(guide))).select("p.state")
    [on_front_page] = [
        row.select(".state")[0]
        for row in parse_page(client.get("/admin/")).select(".guides li")
        if row.select(".title")[0]["href"] == change_url(guide)
    ]
    state, same = (" ".join(each.text.split()) for each in (on_page, on_front_page))
    clause = next(each for each in state.split(" ; ") if "brouillon" in each).rstrip(".")
    assert clause in same
    return clause


def change_outcome(client: Client, guide: Guide, title: str) -> None:
    fill_and_send(client, change_url(guide.outcomes.all()[0]), title=title)


def test_who_changed_only_what_is_online_is_not_named(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(editor, guide, "Un titre publié")
    guide_publish(review=PublicationReview(guide))
    fill_and_send(publisher, action_url(guide, "texts"), introduction="Une autre introduction")
    assert state_of(editor, guide) == "brouillon modifié par paul"


def test_everyone_with_unpublished_changes_is_named(
    guide: Guide, editor: Client, publisher: Client, log_in: LogIn
) -> None:
    fill_and_send(publisher, action_url(guide, "texts"), title="Un autre titre")
    change_outcome(editor, guide, "Un titre")
    change_outcome(publisher, guide, "Un autre")
    assert state_of(editor, guide) == "brouillon modifié par paul et edith"
    change_outcome(log_in("marc", "Éditeurs"), guide, "Encore un autre")
    assert state_of(editor, guide) == "brouillon modifié par paul, edith et marc"


def test_changes_made_after_a_version_was_scheduled_count_once_it_is_live(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(publisher, guide, "Un titre programmé")
    tomorrow = timezone.now() + timedelta(days=1)
    guide_publish(review=PublicationReview(guide), publish_at=tomorrow)
    change_outcome(editor, guide, "Un titre d’après")
    Version.objects.filter(number=2).update(published_at=timezone.now())
    assert state_of(editor, guide) == "brouillon modifié par edith"


def test_changes_before_a_reset_do_not_count(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(publisher, guide, "Un titre abandonné")
    publisher.post(action_url(guide, "reset"))
    change_outcome(editor, guide, "Un titre")
    assert state_of(editor, guide) == "brouillon modifié par edith"


def test_after_a_restoration_the_draft_has_still_what_was_withdrawn(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(editor, guide, "Un titre malheureux")
    guide_publish(review=PublicationReview(guide))
    version_restore(restoration=Restoration(guide.versions.get(number=1)), reason="Faux")
    clause = "le brouillon contient encore ce que la version 3 a retiré"
    assert state_of(editor, guide) == clause
    fill_and_send(publisher, action_url(guide, "texts"), introduction="Une autre")
    assert state_of(editor, guide) == f"{clause}, modifié par paul depuis"
    publisher.post(action_url(guide, "reset"))
    change_outcome(editor, guide, "Un titre")
    assert state_of(editor, guide) == "brouillon modifié par edith"


def test_a_request_says_who_changed_what_since_the_live_version(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(editor, guide, "Un titre publié")
    guide_publish(review=PublicationReview(guide))
    fill_and_send(publisher, action_url(guide, "texts"), title="Guide renommé")
    change_outcome(editor, guide, "Un titre proposé")
    fill_and_send(editor, action_url(guide, "publish"))
    page = parse_page(publisher.get(action_url(guide, "approve")))
    changes = [line.text for line in page.select(".authors li")]
    assert len(changes) == 2
    assert changes[0].startswith("edith")
    assert "Un titre proposé" in changes[0]
    assert changes[1].startswith("paul")
    assert "Guide renommé" in changes[1]


OWN_REQUEST_OUTDATED = "votre demande de publication ne vaut plus, elle est à refaire"


def test_a_save_that_outdates_a_request_says_so_once(
    guide: Guide, editor: Client, log_in: LogIn
) -> None:
    change_outcome(editor, guide, "Un titre proposé")
    fill_and_send(editor, action_url(guide, "publish"))
    change_outcome(editor, guide, "Un titre proposé")
    assert "ne vaut plus" not in page_text(editor.get(change_url(guide)))
    change_outcome(editor, guide, "Un autre titre")
    assert OWN_REQUEST_OUTDATED in page_text(editor.get(change_url(guide)))
    change_outcome(editor, guide, "Encore un autre")
    assert OWN_REQUEST_OUTDATED not in page_text(editor.get(change_url(guide)))
    fill_and_send(editor, action_url(guide, "publish"))
    marc = log_in("marc", "Éditeurs")
    marc.post(action_url(guide.rules.all()[0], "move"), {"direction": "down"})
    assert "la publication demandée par edith ne vaut plus, elle est à refaire" in page_text(
        marc.get(change_url(guide))
    )


def test_a_refusal_waits_for_who_made_the_request_until_they_ask_again(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(editor, guide, "Un titre proposé")
    fill_and_send(editor, action_url(guide, "publish"))
    refused = {"decision": "refuse", "message": "Trop long."}
    refused["checked"] = PublicationReview(guide).fingerprint
    publisher.post(action_url(guide, "approve"), refused)
    [waiting] = parse_page(editor.get("/admin/")).select(".waiting a")
    assert " ".join(waiting.text.split()).endswith("a été refusée : Trop long.")
    assert not parse_page(publisher.get("/admin/")).select(".waiting a")
    fill_and_send(editor, action_url(guide, "publish"))
    [waiting] = parse_page(editor.get("/admin/")).select(".waiting a")
    assert "attend un accord" in waiting.text
    guide_publish(review=PublicationReview(guide))
    assert not parse_page(editor.get("/admin/")).select(".waiting a")


def test_the_publish_page_says_that_a_request_waits_for_who_reads_it(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(editor, guide, "Un titre proposé")
    fill_and_send(editor, action_url(guide, "publish"))
    page = page_text(publisher.get(action_url(guide, "publish")))
    assert "edith attend votre accord" in page
    assert "Lire la demande, l’approuver ou la refuser" in page
    [state] = parse_page(publisher.get(change_url(guide))).select("p.state")
    assert state.text.strip().endswith("edith attend votre accord")  # a badge, without a stray dot
    assert "accord d’une autre personne" in page_text(editor.get(action_url(guide, "publish")))


def test_the_list_of_versions_says_who_approved_them(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    change_outcome(editor, guide, "Un titre proposé")
    fill_and_send(editor, action_url(guide, "publish"))
    approval = {"decision": "approve", "checked": PublicationReview(guide).fingerprint}
    publisher.post(action_url(guide, "approve"), approval)
    rows = parse_page(editor.get(list_url(Version, guide))).select("#result_list tbody tr")
    assert [row.select(".field-approver")[0].text for row in rows] == ["paul", "-"]


def test_other_words_in_the_history_change_nothing_of_what_pages_say_of_a_guide(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    """The draft is published and approved, an earlier version restored, and a request refused."""
    for title, decision in (("Un titre publié", "approve"), ("Un titre proposé", "refuse")):
        change_outcome(editor, guide, title)
        fill_and_send(editor, action_url(guide, "publish"))
        decided = {"decision": decision, "message": "Trop long."}
        decided["checked"] = PublicationReview(guide).fingerprint
        publisher.post(action_url(guide, "approve"), decided)
        if decision == "approve":
            version_restore(restoration=Restoration(guide.versions.get(number=1)), reason="Faux")
    pages = []
    for sentence in (None, "Autrement dit."):
        if sentence:
            Change.objects.update(sentence=sentence)
        cache.clear()
        rows = parse_page(editor.get(list_url(Version, guide))).select(".field-approver")
        [waiting] = parse_page(editor.get("/admin/")).select(".waiting a")
        pages.append((state_of(editor, guide), [row.text for row in rows], waiting.text))
    assert pages[0] == pages[1]
    state, approvers, refusal = pages[0]
    assert state.endswith("ce que la version 3 a retiré, modifié par edith depuis")
    assert approvers == ["-", "paul", "-"]
    assert refusal.strip().endswith("Trop long.")


def test_the_comparison_says_that_the_draft_cannot_be_published(
    guide: Guide, editor: Client
) -> None:
    refusal = "Le brouillon ne peut pas encore être publié"
    assert refusal not in page_text(editor.get(action_url(guide, "compare")))
    guide.questions.create(key="isolee", title="Isolée ?")
    assert refusal in page_text(editor.get(action_url(guide, "compare")))


def test_the_first_page_says_that_nothing_waits_and_does_not_call_a_closed_guide_online(
    guide: Guide, editor: Client
) -> None:
    assert "Rien ne vous attend." in page_text(editor.get("/admin/"))
    Guide.objects.update(closed=True)
    state = page_text(editor.get("/admin/"))
    assert "fermé aux nouveaux visiteurs" in state
    assert "En ligne" not in state
