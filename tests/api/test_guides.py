"""Tests the calls `GET guides` and `GET guides/{slug}`."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from rules.models import Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.api.conftest import SLUG, ApiClient


@pytest.fixture
def version(api: ApiClient) -> Version:
    return Version.objects.get()


def test_live_guides_are_listed(api: ApiClient) -> None:
    [guide] = api.call("GET", "guides").json()
    assert (guide["slug"], guide["version"]) == (SLUG, 1)
    assert guide["title"] == "Corriger les problèmes de comptes Pix avant la certification"


def test_the_title_in_the_list_is_that_of_the_live_version(
    api: ApiClient, shipped_guide: Guide
) -> None:
    Guide.objects.update(title="Brouillon")
    [guide] = api.call("GET", "guides").json()
    assert guide["title"] != "Brouillon"
    guide_publish(review=PublicationReview(Guide.objects.get()))
    [guide] = api.call("GET", "guides").json()
    assert (guide["title"], guide["version"]) == ("Brouillon", 2)


def test_a_draft_is_not_listed(api: ApiClient) -> None:
    Guide.objects.create(slug="brouillon", title="Brouillon")
    assert len(api.call("GET", "guides").json()) == 1


def test_a_version_scheduled_for_later_is_not_served(api: ApiClient, version: Version) -> None:
    Version.objects.update(published_at=timezone.now() + timedelta(hours=1))
    assert api.call("GET", "guides").json() == []
    assert api.call("GET", f"guides/{SLUG}").status_code == 404


def test_the_document_of_a_guide_is_exactly_the_published_text(
    api: ApiClient, version: Version
) -> None:
    answer = api.call("GET", f"guides/{SLUG}")
    assert answer.content.decode() == version.document
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Guide-Version"] == "1"
    assert answer.headers["ETag"] == f'"{version.sha256}"'


@pytest.mark.parametrize("given", ['"{}"', 'W/"{}"', '"other", "{}"', "*", 'W/"x",W/"{}"'])
def test_a_matching_etag_is_answered_without_the_document(
    api: ApiClient, version: Version, given: str
) -> None:
    known = given.format(version.sha256)
    answer = api.call("GET", f"guides/{SLUG}", headers={"If-None-Match": known})
    assert answer.status_code == 304
    assert answer.headers["ETag"] == f'"{version.sha256}"'
    assert answer.headers["Guide-Version"] == "1"


@pytest.mark.parametrize("given", ["", '"other"', "{}", '"{}', '"*"', "\x00", '"é"'])
def test_an_etag_that_does_not_match_is_answered_with_the_document(
    api: ApiClient, version: Version, given: str
) -> None:
    known = given.format(version.sha256)
    answer = api.call("GET", f"guides/{SLUG}", headers={"If-None-Match": known})
    assert answer.status_code == 200


def test_the_etag_of_an_old_version_is_answered_with_the_new_document(
    api: ApiClient, version: Version
) -> None:
    Guide.objects.update(title="Autre titre")
    guide_publish(review=PublicationReview(Guide.objects.get()))
    known = {"If-None-Match": f'"{version.sha256}"'}
    answer = api.call("GET", f"guides/{SLUG}", headers=known)
    assert json.loads(answer.content)["title"] == "Autre titre"
    assert answer.headers["Guide-Version"] == "2"


@pytest.mark.parametrize("path", ["guides", f"guides/{SLUG}"])
def test_caches_must_ask_each_time(api: ApiClient, path: str) -> None:
    assert api.call("GET", path).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("slug", ["inconnu", "%00", "%ff", "a" * 5000, "..", "CORRIGER"])
def test_an_unknown_guide_is_not_found(api: ApiClient, slug: str) -> None:
    assert api.call("GET", f"guides/{slug}").status_code == 404
