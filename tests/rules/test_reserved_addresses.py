"""A guide whose address the site has reserved since gets another one, and keeps all else."""

from pathlib import Path

import pytest
from django.test import Client

from diagnostics.models import Session
from rules.admin.links import action_url
from rules.document.serialising import document_digest
from rules.drafts.content import draft_read
from rules.drafts.snapshots import snapshot_take
from rules.drafts.undo import draft_revert
from rules.models import Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.restore import Restoration, draft_reset, version_restore
from rules.publication.review import PublicationReview
from rules.publication.timeline import live_version
from tests.admin.pages import page_links, page_text, parse_page
from tests.admin.test_deleted_accounts import run_migration
from tests.commands.calls import command_output
from tests.web.visitor import Visitor

pytestmark = pytest.mark.django_db

FIRST_ANSWER = "liste-a-jour"


def rename_guides() -> None:
    run_migration("0015_reserved_addresses", "rename_guides")


@pytest.fixture
def renamed(shipped_guide: Guide) -> Guide:
    """A guide that was published at `/metrics/` before that was the site's, with a diagnostic."""
    version = shipped_guide.versions.get()
    document = version.document.replace('"slug":"corriger-comptes-pix"', '"slug":"metrics"')
    Version.objects.update(document=document, sha256=document_digest(document))
    Guide.objects.update(slug="metrics")
    Session.objects.create(version=version, code="ABCDEFGH", answers={FIRST_ANSWER: "oui"})
    rename_guides()
    shipped_guide.refresh_from_db()
    return shipped_guide


def test_guides_with_reserved_addresses_get_free_ones_and_the_migration_says_so(
    shipped_guide: Guide, capsys: pytest.CaptureFixture[str]
) -> None:
    Guide.objects.bulk_create(
        Guide(slug=slug, title=slug.title())
        for slug in ("images", "images-guide", "images-guide-2", "plan-du-site")
    )
    rename_guides()
    slugs = dict(Guide.objects.order_by("pk").values_list("slug", "title"))
    assert slugs == {
        "corriger-comptes-pix": shipped_guide.title,
        "images-guide-3": "Images",
        "images-guide": "Images-Guide",
        "images-guide-2": "Images-Guide-2",
        "plan-du-site-guide": "Plan-Du-Site",
    }
    sentence = "L’adresse est maintenant « images-guide-3 » au lieu de « images », qui est réservée au site."
    printed = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    assert printed[0] == f"Guide « Images » : {sentence}"
    assert len(printed) == 2
    change = Guide.objects.get(slug="images-guide-3").changes.get()
    assert change.sentence.replace("\u00a0", " ") == sentence


def test_a_diagnostic_of_before_goes_on(renamed: Guide, client: Client) -> None:
    visitor = Visitor(client).open(f"/diagnostics/{Session.objects.get().pk}/")
    assert visitor.answers == ["Oui"]
    assert visitor.answer("oui").status == 200


@pytest.mark.parametrize("page", ["", "classe/", "hors-ligne/", "affiche/"])
def test_the_former_address_leads_to_the_present_one_with_its_answers(
    renamed: Guide, client: Client, page: str
) -> None:
    moved = client.get(f"/metrics/{page}?{FIRST_ANSWER}=oui")
    assert moved["Location"] == f"/metrics-guide/{page}?{FIRST_ANSWER}=oui"
    assert client.get(moved["Location"]).status_code == 200


def test_a_form_of_before_is_sent_to_the_present_address(renamed: Guide, client: Client) -> None:
    begun = client.post(f"/metrics/?{FIRST_ANSWER}=non", follow=True)
    assert begun.status_code == 200
    assert Session.objects.filter(answers={FIRST_ANSWER: "non"}).exists()


def test_a_page_of_the_site_stays_and_those_below_it_lead_to_the_guide(
    renamed: Guide, client: Client
) -> None:
    text = Version.objects.get().document.replace('"slug":"metrics"', '"slug":"plan-du-site"')
    Version.objects.update(document=text, sha256=document_digest(text))
    Guide.objects.update(slug="plan-du-site-guide")
    assert Visitor(client).open("/plan-du-site/").heading == "Plan du site"
    assert client.get("/plan-du-site/classe/")["Location"] == "/plan-du-site-guide/classe/"


def test_a_reserved_address_that_no_guide_had_is_unknown(
    shipped_guide: Guide, client: Client
) -> None:
    Guide.objects.update(slug="metrics-guide")  # its versions never had the slug `metrics`
    assert client.get("/metrics/").status_code == 404


@pytest.mark.parametrize("page", ["", "classe/", "affiche/", "hors-ligne/"])
def test_no_page_of_the_guide_names_its_former_address(
    renamed: Guide, client: Client, page: str
) -> None:
    text = client.get(f"/metrics-guide/{page}").content.decode()
    assert "/metrics-guide/" in text
    assert "metrics/" not in text
    assert '"metrics"' not in text


def test_the_page_for_other_sites_names_the_present_address(renamed: Guide, client: Client) -> None:
    snippet = Visitor(client).open("/integration/").element("pre.snippet").text
    assert 'guide="metrics-guide"' in snippet
    assert "/metrics-guide/" in snippet


def test_programs_find_the_guide_by_its_present_slug(renamed: Guide, client: Client) -> None:
    (listed,) = client.get("/api/v1/guides").json()
    assert listed["slug"] == "metrics-guide"
    document = client.get("/api/v1/guides/metrics-guide")
    assert document.json()["slug"] == "metrics"  # a version is given as it was published
    body = {"answers": {FIRST_ANSWER: "oui"}}
    state = client.post(
        "/api/v1/guides/metrics-guide/evaluate", body, content_type="application/json"
    )
    assert state.json()["status"] == "in_progress"


def test_commands_read_the_guide_and_its_version(renamed: Guide, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text(f"{FIRST_ANSWER}\noui\n")
    assert "in_progress" in command_output("evaluate", "metrics-guide", answers)
    exported = command_output("export_guide", "metrics-guide", "--version", "1")
    assert "slug: metrics\n" in exported
    assert "slug: metrics-guide\n" in command_output("export_guide", "metrics-guide")
    checked = command_output("check_guide", "metrics-guide", "--against", "1")
    assert "Rien ne change pour les visiteurs." in checked


@pytest.mark.parametrize("name", ["compare", "publish"])
def test_pages_of_the_admin_read_the_version(
    renamed: Guide, admin_client: Client, name: str
) -> None:
    response = admin_client.get(action_url(renamed, name))
    assert "L’adresse est maintenant" in page_text(response)


def test_past_diagnostics_are_replayed(renamed: Guide, admin_client: Client) -> None:
    page = admin_client.get(f"/admin/diagnostics/session/replay/{renamed.pk}/")
    assert "Aucun" in parse_page(page).select(".check")[0].text


def test_the_guide_is_published_and_restored_at_its_present_address(renamed: Guide) -> None:
    guide_publish(review=PublicationReview(renamed))
    assert '"slug":"metrics-guide"' in renamed.versions.get(number=2).document
    first = renamed.versions.get(number=1)
    version_restore(restoration=Restoration(first), reason="Retour.")
    live = live_version("metrics-guide")
    assert live is not None
    assert (live.number, live.sha256) == (3, first.sha256)
    draft_reset(version=first)
    renamed.refresh_from_db()
    assert renamed.slug == "metrics-guide"


def test_an_undo_gives_no_reserved_address_back(shipped_guide: Guide) -> None:
    draft = Guide.objects.create(slug="images", title="Jamais publié")
    snapshot = snapshot_take(
        guide=draft, before=draft_read(draft), sentence="Une modification.", author=None
    )
    rename_guides()
    draft_revert(snapshot=snapshot, author=None)
    draft.refresh_from_db()
    assert draft.slug == "images-guide"


def test_a_draft_with_a_reserved_address_shows_it_with_its_remedy(admin_client: Client) -> None:
    draft = Guide.objects.create(slug="images", title="Jamais publié")
    proof = admin_client.get(action_url(draft, "proof"))
    fault = "« images » est une adresse réservée au site : choisissez-en une autre."
    assert fault in page_text(proof).replace("\u00a0", " ")
    texts = action_url(draft, "texts")
    assert any(link.startswith(texts) for link in page_links(proof))
    assert "slug" in str(parse_page(admin_client.get(texts)).select("input[name=slug]"))
