"""One person alone never brings online what two must agree on, whatever way they try."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Guide, PublicationRequest, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_fields, page_links, page_text, parse_page
from tests.commands.calls import command_output, command_refusal
from tests.rules.documents import small_document

pytestmark = pytest.mark.no_cover  # other tests take the same branches

UNAPPROVED = "Ce que personne d’autre n’a lu"
"""The title of the draft. It must never be the title of a live version."""

Way = Callable[[Client, Guide], object]


@pytest.fixture
def published_guide(no_guide: None) -> Guide:
    """A guide that needs approval, with a live version, and a draft that nobody has approved."""
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide))
    return hide_behind_approval(guide)


@pytest.fixture
def new_guide(no_guide: None) -> Guide:
    """A guide that needs approval and was never published."""
    return hide_behind_approval(guide_import(content=parse_document(small_document())))


def hide_behind_approval(guide: Guide) -> Guide:
    Guide.objects.filter(pk=guide.pk).update(needs_approval=True, title=UNAPPROVED)
    return Guide.objects.get(pk=guide.pk)


def export_yaml(client: Client, guide: Guide) -> str:
    return client.get(action_url(guide, "export")).getvalue().decode()


def import_text(client: Client, text: str) -> None:
    """Imports a document as an editor does: compare, then confirm."""
    compared = client.post("/admin/rules/guide/import/", {"text": text})
    if parse_page(compared).select_one("form [name=compared]"):
        client.post("/admin/rules/guide/import/", page_fields(compared))


def publish_draft(client: Client, guide: Guide, **typed: str) -> None:
    fingerprint = PublicationReview(guide).fingerprint
    client.post(action_url(guide, "publish"), {"checked": fingerprint, "when": "now"} | typed)


def publish_every_guide(client: Client) -> None:
    for guide in Guide.objects.all():
        publish_draft(client, guide)


def delete_guide(client: Client, guide: Guide) -> None:
    client.post(f"/admin/rules/guide/{guide.pk}/delete/", {"post": "yes"})


def delete_and_import_again(client: Client, guide: Guide) -> None:
    text = export_yaml(client, guide)
    delete_guide(client, guide)
    import_text(client, text)


def import_under_another_address(client: Client, guide: Guide) -> None:
    import_text(client, export_yaml(client, guide).replace(guide.slug, "autre-adresse"))


def import_over_a_new_guide(client: Client, guide: Guide) -> None:
    typed = {"title": "Vide", "slug": "autre-adresse", "introduction": ""}
    client.post("/admin/rules/guide/add/", typed)
    import_under_another_address(client, guide)


def import_over_it(client: Client, guide: Guide) -> None:
    import_text(client, export_yaml(client, guide).replace("title: ", "title: Encore ", 1))
    Guide.objects.filter(pk=guide.pk).update(title=UNAPPROVED)


def duplicate_guide(client: Client, guide: Guide) -> None:
    client.post(action_url(guide, "duplicate"))
    Guide.objects.exclude(pk=guide.pk).update(title=UNAPPROVED)


def give_its_address_to_another_guide(client: Client, guide: Guide) -> None:
    text = export_yaml(client, guide)
    fill_and_send(client, action_url(guide, "texts"), slug="ailleurs")
    import_text(client, text)


def save_settings_without_the_box(client: Client, guide: Guide) -> None:
    for value in ({}, {"needs_approval": "false"}, {"needs_approval": ""}):
        client.post(action_url(guide, "settings"), {"closing_message": "", **value})


def close_and_open_it_again(client: Client, guide: Guide) -> None:
    url = action_url(guide, "settings")
    fill_and_send(client, url, closed="on", closing_message="Fermé")
    publish_draft(client, guide)
    fill_and_send(client, url, closed=[])


def approve_the_own_request(client: Client, guide: Guide) -> None:
    publish_draft(client, guide)
    approve_request(client, guide)


def approve_the_own_request_after_asking_again(client: Client, guide: Guide) -> None:
    publish_draft(client, guide)
    url = action_url(guide, "approve")
    form = page_fields(client.get(url))
    client.post(url, form | {"decision": "withdraw"})
    publish_draft(client, guide, note="De nouveau")
    client.post(url, form | {"decision": "approve"})
    approve_request(client, guide)


def approve_the_own_request_from_two_windows(client: Client, guide: Guide) -> None:
    other = Client()
    other.force_login(User.objects.get(pk=client.session["_auth_user_id"]))
    publish_draft(client, guide)
    publish_draft(other, guide)
    approve_request(other, guide)


def approve_request(client: Client, guide: Guide) -> None:
    posted = {"checked": PublicationReview(guide).fingerprint, "decision": "approve"}
    client.post(action_url(guide, "approve"), posted)


def program_it(client: Client, guide: Guide) -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    publish_draft(client, guide, when="later", date=f"{tomorrow:%Y-%m-%d}", time="12:00")


def set_the_draft_back_to_what_was_online(client: Client, guide: Guide) -> None:
    client.post(action_url(guide, "reset"))
    fill_and_send(client, action_url(guide, "texts"), title=UNAPPROVED)


def post_the_settings_with_the_page_of_the_guide(client: Client, guide: Guide) -> None:
    fill_and_send(client, action_url(guide, "texts"), needs_approval=[], slug="autre-adresse")


NEW_OR_PUBLISHED: list[Way] = [
    import_under_another_address,
    import_over_a_new_guide,
    import_over_it,
    duplicate_guide,
    save_settings_without_the_box,
    close_and_open_it_again,
    approve_the_own_request,
    approve_the_own_request_after_asking_again,
    approve_the_own_request_from_two_windows,
    program_it,
    post_the_settings_with_the_page_of_the_guide,
    delete_and_import_again,
    give_its_address_to_another_guide,
    set_the_draft_back_to_what_was_online,
]


@pytest.mark.parametrize("way", NEW_OR_PUBLISHED, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kind", ["new_guide", "published_guide"])
def test_one_publisher_finds_no_way_around_the_second_person(
    request: pytest.FixtureRequest, publisher: Client, kind: str, way: Way
) -> None:
    guide: Guide = request.getfixturevalue(kind)
    way(publisher, guide)
    publish_every_guide(publisher)
    in_a_year = timezone.now() + timedelta(days=365)
    titles = Version.objects.filter_live(as_of=in_a_year).values_list("title", flat=True)
    assert UNAPPROVED not in titles
    assert Guide.objects.get(pk=guide.pk).needs_approval
    assert not Guide.objects.filter(needs_approval=False).exists()


def test_a_superuser_does_not_approve_their_own_request(
    published_guide: Guide, log_in: LogIn
) -> None:
    root = log_in("root", superuser=True)
    approve_the_own_request(root, published_guide)
    assert PublicationRequest.objects.get().author_name == "root"
    assert published_guide.versions.count() == 1


def test_a_version_that_was_never_live_is_not_published_at_once_by_one_person(
    published_guide: Guide, publisher: Client, log_in: LogIn
) -> None:
    program_it(publisher, published_guide)
    approve_request(log_in("anne", "Responsables de publication"), published_guide)
    scheduled = published_guide.versions.get(number=2)
    fill_and_send(publisher, action_url(scheduled, "restore"), reason="Plus tôt")
    assert list(published_guide.versions.values_list("number", flat=True)) == [2, 1]


def test_an_operator_publishes_a_new_guide_but_not_over_one_that_needs_approval(
    published_guide: Guide, tmp_path: Path
) -> None:
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(small_document()))
    refusal = command_refusal("import_guide", file, "--publish", "--replace-draft")
    assert "demande l’accord d’une seconde personne" in refusal
    file.write_text(json.dumps(small_document() | {"slug": "autre"}))
    assert "La version 1 de autre est en ligne." in command_output(
        "import_guide", file, "--publish"
    )


@pytest.mark.parametrize("group", ["Éditeurs", "Responsables de publication"])
def test_who_may_not_lift_the_approval_may_not_delete_the_guide(
    new_guide: Guide, log_in: LogIn, group: str
) -> None:
    client = log_in("someone", group)
    url = f"/admin/rules/guide/{new_guide.pk}/delete/"
    assert url not in page_links(client.get(change_url(new_guide)))
    for response in (client.get(url), client.post(url, {"post": "yes"})):
        assert "seul un administrateur du site peut le supprimer" in page_text(response)
    assert Guide.objects.filter(pk=new_guide.pk).exists()


def test_a_superuser_deletes_a_guide_that_needs_approval(new_guide: Guide, log_in: LogIn) -> None:
    delete_guide(log_in("root", superuser=True), new_guide)
    assert not Guide.objects.exists()


def test_the_history_of_a_copy_says_that_it_needs_approval(
    published_guide: Guide, editor: Client
) -> None:
    duplicate_guide(editor, published_guide)
    copy = Guide.objects.exclude(pk=published_guide.pk).get()
    sentence = "Comme pour un autre guide du site, publier demande l’accord d’une seconde personne."
    assert sentence in copy.changes.values_list("sentence", flat=True)


def test_a_new_guide_needs_no_approval_where_no_other_guide_does(
    new_guide: Guide, publisher: Client
) -> None:
    Guide.objects.update(needs_approval=False)
    import_under_another_address(publisher, new_guide)
    publish_every_guide(publisher)
    assert Version.objects.filter_live().filter(title=UNAPPROVED).count() == 2
