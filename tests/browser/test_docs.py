"""The page of the API works. The fixture of the window fails on a request to another host."""

import pytest
from playwright.sync_api import Page, expect

from rules.models import Guide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_call_is_tried_from_the_page_of_the_api(page: Page, shipped_guide: Guide) -> None:
    page.goto("/api/v1/docs")
    call = page.locator("#operations-guides-guides")
    call.get_by_role("button", name="Les guides en ligne").click()
    call.get_by_role("button", name="Try it out").click()
    call.get_by_role("button", name="Execute").click()
    expect(call.locator(".live-responses-table")).to_contain_text(shipped_guide.slug)
    assert page.context.cookies() == []
