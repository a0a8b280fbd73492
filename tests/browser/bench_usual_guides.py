"""Measures the editors' pages of guides as large as a support team's: 40 questions with 150 rules, 100 with 301.

Run it with `python -m tests.browser.bench_usual_guides`. The draft differs from the live version in
many texts, and a rule in its middle is gone, so that the proof has much to say. The column « first » is the
first request after a change of the draft, and « again » the second one, both in milliseconds of the
processor. Then come the queries, and the heights in pixels in windows of 1366 and of 390 px. Below stand
the acts that are sent, with what each takes.
"""

import os
import shutil
from collections.abc import Iterator
from time import process_time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, sync_playwright

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.test import Client

    from rules.models import Guide
    from tests.admin.pages import Fields

SIZES = [(40, 150), (100, 301)]
"""The numbers of questions and of rules of the guides."""
WIDTHS = [1366, 390]
LINE = "{:<42} {:>7} {:>7} {:>7} {:>7} {:>7}"


def measure_guides() -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("mesure"))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop runs in this thread
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**", lambda route: answer_browser(client, route))
        for size in SIZES:
            measure_guide(client, page, *size)
        browser.close()


def answer_browser(client: "Client", route: Route) -> None:
    """Answers a request of the browser as the server does."""
    parts = urlsplit(route.request.url)
    response = client.get(f"{parts.path}?{parts.query}")
    body, kind = response.getvalue(), response.get("Content-Type", "")
    route.fulfill(status=response.status_code, body=body, content_type=kind)


def measure_guide(client: "Client", page: Page, questions: int, rules: int) -> None:
    from rules.models import Guide
    from tests.admin.large_guide import publish_guide
    from tests.admin.usual_guide import usual_guide

    guide = publish_guide(usual_guide(questions, rules))
    change_draft(guide)
    print(f"\n{questions} questions, {rules} rules")
    print(LINE.format("page", "first", "again", "queries", *WIDTHS), flush=True)
    for number, url in enumerate(page_urls(guide)):
        Guide.objects.filter(pk=guide.pk).update(title=f"Guide {number}")
        first, _ = measure_request(client, url)
        again, queries = measure_request(client, url)
        heights = [measure_height(page, url, width) for width in WIDTHS]
        print(LINE.format(url[-42:], first, again, queries, *heights), flush=True)
    print(LINE.format("act", "ms", "", "queries", "", ""))
    for name, url, typed in posted_acts(guide):
        milliseconds, queries = measure_request(client, url, typed)
        print(LINE.format(name, milliseconds, "", queries, "", ""), flush=True)


def change_draft(guide: "Guide") -> None:
    """Makes the draft differ from the live version in many texts, and deletes a rule in its middle."""
    for outcome in guide.outcomes.all():
        outcome.title = f"Il faut {outcome.title.lower()}"
        outcome.save()
    middle = guide.questions.count() // 2
    guide.rules.get(key=f"suite-{middle}").delete()


def page_urls(guide: "Guide") -> Iterator[str]:
    from rules.admin.links import action_url, change_url, list_url
    from rules.models import Example, Question, Rule

    yield change_url(guide)
    for action in ("proof", "compare", "publish", "texts", "graph", "read", "history"):
        yield action_url(guide, action)
    yield f"{action_url(guide, 'search')}?q=point"
    for model in (Question, Rule, Example):
        yield list_url(model, guide)
    for row in (guide.questions.all()[3], guide.rules.all()[3]):
        yield change_url(row)
    for act in ("lead", "insert"):
        yield f"{action_url(guide, act)}?arrow=q3.non.fin-3"
    yield f"{action_url(guide, 'choices')}?question=q3"
    yield change_url(guide.questions.all()[3]).replace("change", "delete")


def posted_acts(guide: "Guide") -> "Iterator[tuple[str, str, Fields]]":
    """Yields acts: a name, the address of their page and what is typed there."""
    from rules.admin.links import action_url

    acts: list[tuple[str, str, Fields]] = [
        ("lead", "arrow=q3.non.fin-3", {"kind": "conclusion", "title": "Une autre fin"}),
        ("insert", "arrow=q5.non.fin-5", {"title": "Encore un point ?", "answer": "Oui"}),
        ("choices", "question=q6", {"form-3-label": "Peut-être", "form-3-leads": "comme Oui"}),
        ("advise", "question=q7&choice=oui", {"advice": "Un nouveau conseil"}),
        ("place_rule", "rule=fin-3", {"other": "2"}),
    ]
    for act, query, typed in acts:
        yield act, f"{action_url(guide, act)}?{query}", typed


def measure_request(client: "Client", url: str, typed: "Fields | None" = None) -> tuple[int, int]:
    """Returns the milliseconds and the queries that a page takes, or that its form takes once it is filled."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.admin.pages import page_fields

    fields = None if typed is None else page_fields(client.get(url)) | typed
    with CaptureQueriesContext(connection) as queries:
        began = process_time()
        response = client.get(url) if fields is None else client.post(url, fields)
        response.getvalue()
        milliseconds = round(1000 * (process_time() - began))
    assert response.status_code in (200, 302), (url, response.status_code)
    return milliseconds, len(queries)


def measure_height(page: Page, url: str, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"http://localhost{url}")
    return int(page.evaluate("document.documentElement.scrollHeight"))


if __name__ == "__main__":
    run_on_new_database(measure_guides)
