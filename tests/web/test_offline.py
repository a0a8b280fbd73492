"""Tests the guide as one file that needs no network, `/{slug}/hors-ligne/`."""

import json
import math
import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertNumQueries

from diagnostics.web import offline
from rules import list_pages
from rules.legal.legal_texts import LEGAL_PAGE_KEYS
from rules.models import Guide, Version
from rules.publication import stored_proofs
from rules.publication.check import soundness_check
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.stored_proofs import proof_store
from rules.publication.versions import version_content
from tests.rules.documents import small_document
from tests.web.conftest import publish_document
from tests.web.test_closed import set_closed
from tests.web.visitor import Visitor

FILE_URL = "/corriger-comptes-pix/hors-ligne/"
HOSTILE_TEXT = "</script></template></noscript></style><!--<script>alert(1)</script>&amp;\"'"


def open_file(client: Client, address: str = FILE_URL) -> Visitor:
    """Opens the file, and replaces its `template` elements, in which Beautiful Soup selects nothing."""
    html = client.get(address).content.decode()
    visitor = Visitor(client)
    visitor.page = BeautifulSoup(re.sub("(</?)template", r"\1article", html), "html.parser")
    return visitor


def read_data(page: BeautifulSoup) -> Any:  # noqa: ANN401 (JSON)
    [found] = page.select("#donnees")
    return json.loads(found.text)


@pytest.fixture
def hostile_page(no_guide: None, client: Client) -> BeautifulSoup:
    """The file of a guide in which every text is `HOSTILE_TEXT`, which publication now refuses."""
    document = small_document() | {"title": HOSTILE_TEXT, "introduction": HOSTILE_TEXT}
    for question in document["questions"]:
        question |= {"title": HOSTILE_TEXT, "help": HOSTILE_TEXT}
        for choice in question["choices"]:
            choice |= {"label": HOSTILE_TEXT, "help": HOSTILE_TEXT}
    for outcome in document["outcomes"]:
        outcome |= {"title": HOSTILE_TEXT, "body": f"{HOSTILE_TEXT}\n\n[lien](javascript:alert(1))"}
    version = publish_document(document).versions.get()
    proof = soundness_check(version_content(version)).proof
    assert proof is not None
    proof_store(version=version, proof=proof)
    return open_file(client, "/petit/hors-ligne/").page


def test_the_file_name_has_the_slug_and_the_number_of_the_version(visitor: Visitor) -> None:
    response = visitor.client.get(FILE_URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    name = "corriger-comptes-pix-version-1.html"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_file_is_not_cached_and_needs_no_cookie(visitor: Visitor) -> None:
    response = visitor.client.get(FILE_URL)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_policy_of_the_site_does_not_allow_the_script_of_the_file(visitor: Visitor) -> None:
    policy = visitor.client.get(FILE_URL)["Content-Security-Policy"] + ";"
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "sha256" not in policy


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_policy_in_the_file_allows_only_its_style_and_its_script(
    visitor: Visitor, tag: str
) -> None:
    page = visitor.open(FILE_URL)
    policy = str(page.element("meta[http-equiv=Content-Security-Policy]")["content"]).split("; ")
    text = page.element(f"{tag}:not([id])").text
    digest = b64encode(sha256(text.encode()).digest()).decode()
    assert f"{tag}-src 'sha256-{digest}'" in policy
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} < set(policy)
    assert len(policy) == 5


def test_the_file_loads_nothing_from_the_network(visitor: Visitor) -> None:
    page = open_file(visitor.client)
    assert not page.page.select("[src], [srcset], link, iframe, object, embed, [action], [style]")
    assert not re.search(r"url\(|@import|\bfetch\b|\bimport\b", page.element("style").text)
    assert not re.search(r"\bfetch\b|\bimport\b|XMLHttp", page.element("script:not([id])").text)


def test_browsers_of_2018_can_read_the_script(visitor: Visitor) -> None:
    """They read no optional chaining, `??`, private fields, static blocks or separators in numbers."""
    script = visitor.open(FILE_URL).element("script:not([id])")
    assert not script.attrs
    newer = r"\?\.[^\d]|\?\?|[&|]{2}=|this\.#|static \{|\d_\d|replaceChildren|\.at\("
    assert not re.search(newer, script.text)


def test_search_engines_are_asked_not_to_index_the_file(visitor: Visitor) -> None:
    assert visitor.open(FILE_URL).page.select('meta[name=robots][content="noindex"]')


def test_the_file_has_its_version_and_the_day_of_its_download(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    Version.objects.update(published_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    now = datetime(2026, 5, 12, 22, 30, tzinfo=UTC)  # in Paris it is the next day already
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    page = visitor.open(FILE_URL)
    text = "Version 1 du 2 mars 2026, fichier téléchargé le 13 mai 2026."
    assert page.element(".version").text == text
    assert read_data(page.page)["made"] == now.timestamp() * 1000


def test_the_file_has_the_content_of_the_live_version(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    visitor.open(FILE_URL)
    shipped_guide.title = "Un autre titre"
    shipped_guide.save()
    guide_publish(review=PublicationReview(shipped_guide))
    response = visitor.client.get(FILE_URL)
    assert "version-2.html" in response["Content-Disposition"]
    assert "<title>Un autre titre – Pix</title>" in response.content.decode()


def test_the_file_links_to_the_form_on_the_host_of_the_request(visitor: Visitor) -> None:
    link = visitor.open(FILE_URL).link("Le formulaire en ligne")
    assert link["href"] == "http://testserver/corriger-comptes-pix/"


def test_the_links_of_the_file_begin_with_the_public_url(
    visitor: Visitor, settings: Settings
) -> None:
    settings.PUBLIC_URL = "http://diagnostic.example.fr"
    page = visitor.open(FILE_URL)
    assert {str(link["href"]) for link in page.page.select("#page-age a, footer a")} == {
        "http://diagnostic.example.fr/corriger-comptes-pix/",
        "https://support.pix.fr",
        *(f"http://diagnostic.example.fr/{key}/" for key in ("plan-du-site", *LEGAL_PAGE_KEYS)),
    }


def test_the_data_has_all_states_of_the_proof(visitor: Visitor) -> None:
    found = read_data(visitor.open(FILE_URL).page)
    assert len(found["rows"]) == 16
    assert found["rows"][0][:2] == ["liste-a-jour", "encore 2 à 4"]
    assert [key for key, question in found["questions"].items() if question["of_school"]] == [
        "liste-a-jour",
        "attribution-gar",
    ]


def test_tags_in_the_texts_of_editors_stay_text(hostile_page: BeautifulSoup) -> None:
    assert len(hostile_page.select("script")) == 2
    assert len(hostile_page.select("style")) == 1
    assert not hostile_page.find_all(string=lambda text: isinstance(text, Comment))
    assert [heading.text for heading in hostile_page.select("#questions-q1 h3")] == [
        f"1. {HOSTILE_TEXT}"
    ]
    found = read_data(hostile_page)
    assert found["questions"]["q1"]["title"] == HOSTILE_TEXT
    assert found["questions"]["q1"]["choices"] == [["a", HOSTILE_TEXT], ["b", HOSTILE_TEXT]]
    assert found["outcomes"]["fin"]["title"] == HOSTILE_TEXT


def test_no_text_can_close_the_element_of_the_data(hostile_page: BeautifulSoup) -> None:
    [element] = hostile_page.select("#donnees")
    assert not re.search("[<>&]", element.text)


def test_scripts_in_markdown_do_not_run(hostile_page: BeautifulSoup) -> None:
    [body] = hostile_page.select("#outcomes-fin")
    assert not body.select("script, [href^=javascript]")
    assert "<script>alert(1)" in body.text


def test_the_whole_guide_is_ordinary_text(visitor: Visitor) -> None:
    whole = visitor.open(FILE_URL).element("main > .whole")
    assert "voici tout le guide" in whole.text
    assert len(whole.select("[id^=questions-] > h3")) == 5
    choices = whole.select("[id^=questions-] [data-choice]")
    assert sum(len(q["choices"]) for q in read_data(visitor.page)["questions"].values()) == len(
        choices
    )
    assert len(whole.select("[id^=outcomes-] > h3")) == 15
    assert len(whole.select("[data-rule]")) == 15


def test_the_text_says_where_each_answer_leads(visitor: Visitor) -> None:
    whole = visitor.open(FILE_URL).element("main > .whole")
    links = whole.select(".tree a")
    assert all(whole.select_one(str(link["href"])) for link in links)
    leads = {re.sub(r"\s+", " ", item.text).strip() for item in whole.select(".tree > li")}
    assert any(
        lead.startswith("– (aucune) : Conclusion (")
        and lead.endswith(") – Communiquer un code de campagne à l’élève")
        for lead in leads
    )
    acts = [lead for lead in leads if lead.startswith("Non : À faire d’abord – Importer la liste")]
    assert [re.sub(".* ensuite : ", "", act)[:2] for act in acts] == ["2."]


def test_the_data_has_the_texts_for_pupils(visitor: Visitor) -> None:
    found = read_data(visitor.open(FILE_URL).page)
    assert found["questions"]["liste-a-jour"]["for_pupil"] is None
    question = found["questions"]["connexion-habituelle"]["for_pupil"]
    assert question.startswith("Comment ouvres-tu d’habitude ton compte Pix")
    conclusion = found["outcomes"]["associer-mediacentre"]["for_pupil_html"]
    assert conclusion.startswith("<")
    assert "Médiacentre" in conclusion


def test_the_site_map_says_how_large_the_file_is(visitor: Visitor) -> None:
    kilobytes = math.ceil(len(visitor.client.get(FILE_URL).content) / 1000)
    link = visitor.open("/plan-du-site/").link("Télécharger pour l’utiliser sans connexion")
    assert link.text.endswith(f"(HTML, {kilobytes}\u00a0Ko)")


def test_the_lists_of_the_file_stay_whole_however_long_they_are(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 1)
    page = open_file(visitor.client).page
    assert len(page.select("[id^=questions-]")) == 5
    assert len(page.select("[id^=outcomes-]")) == 15


def test_every_identifier_is_unique(visitor: Visitor) -> None:
    page = open_file(visitor.client).page
    elements = [element for element in page.select("[id]") if not element.find_parent("article")]
    assert len(elements) == len({str(element["id"]) for element in elements})


def test_a_closed_guide_has_no_file_but_its_closing_page(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    set_closed(shipped_guide, closed=True)
    response = visitor.client.get(FILE_URL)
    assert response.status_code == 200
    assert "Content-Disposition" not in response
    assert "Ce guide est fermé pour le moment" in response.content.decode()


def test_a_guide_without_a_complete_proof_has_no_file(client: Client, small_guide: Guide) -> None:
    page = Visitor(client).open("/petit-guide/hors-ligne/")
    assert page.status == 200
    assert page.heading == "Pas de fichier pour ce guide"
    assert "une fois que tous ses parcours ont été vérifiés" in page.element(".card").text
    assert "Le formulaire en ligne pose toutes ses questions." in page.element(".card").text


def test_a_guide_with_too_many_states_has_no_file(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_proofs, "LOOKUP_TABLE_MAX_STATES", 15)
    assert visitor.open(FILE_URL).heading == "Pas de fichier pour ce guide"
    assert "trop grand pour tenir dans un fichier" in visitor.element(".card").text


def test_a_guide_that_is_not_live_has_no_file(visitor: Visitor) -> None:
    visitor.open("/inconnu/hors-ligne/")
    assert visitor.status == 404
    assert visitor.heading == "Cette page n’existe pas"


def test_the_address_of_the_file_refuses_a_post_and_answers_head(visitor: Visitor) -> None:
    assert visitor.client.post(FILE_URL).status_code == 405
    response = visitor.client.head(FILE_URL)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]


def test_the_lookup_table_is_cached_and_the_file_takes_one_query(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open(FILE_URL)
    monkeypatch.delattr(stored_proofs, "Walk")
    with assertNumQueries(1):
        assert visitor.client.get(FILE_URL).status_code == 200


def test_the_static_files_are_read_once(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.open(FILE_URL)
    monkeypatch.delattr(offline, "finders")
    assert visitor.client.get(FILE_URL).status_code == 200
