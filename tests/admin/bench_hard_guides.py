"""Sends guides that are built to be hard through every page of the admin and every act, and measures that.

Run it with `python -m tests.admin.bench_hard_guides`; a number after it is that of random guides
besides the known ones. For each guide, it prints its size, its slowest pages, how many milliseconds
they took of a core, and the most memory that the process has taken so far. The exit status is 1 if a page
fails, or if something took longer than it may.
"""

import random
import resource
import sys
from collections.abc import Iterator
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponseBase
    from django.test import Client

    from rules.engine.content import GuideContent
    from rules.models import Guide

RANDOM_GUIDES = 20
SLOWEST_SHOWN = 4
MAX_SECONDS = 20
"""What a page may take of a core: the 10 seconds of a proof, and what a guide at every limit takes."""
MAX_SECONDS_OF_ACTS = 40
"""What a request of an act may take: also what it takes to write all rows of a guide at every limit."""
MAX_MEGABYTES = 1_500


class PageMeasure(NamedTuple):
    """How long a page of a guide took, and with which status it was answered."""

    name: str
    seconds: float
    status: int
    max_seconds: float = MAX_SECONDS

    @property
    def is_refused(self) -> bool:
        return self.status >= 400 or self.seconds > self.max_seconds


def known_hard_guides() -> Iterator[tuple[str, "GuideContent"]]:
    from tests.admin.large_guide import largest_guide
    from tests.faults.hard_drafts import pairs_and_triangle, random_comparisons
    from tests.proof.hard_guides import make_bomb

    yield "pairs and a triangle", pairs_and_triangle()
    yield "the same, asked one after the other", make_bomb()
    yield "random comparisons", random_comparisons()
    yield "every limit", largest_guide()


def random_hard_guides(count: int) -> Iterator[tuple[str, "GuideContent"]]:
    from tests.proof.hard_guides import random_hard_guide

    for seed in range(count):
        yield f"random {seed}", random_hard_guide(random.Random(seed))


def send_everywhere(client: "Client", content: "GuideContent") -> Iterator[PageMeasure]:
    """Imports a guide, opens its pages, changes its parts and publishes it. Yields what each took.

    If the document is refused, for example because it is too large, that is all.
    """
    from rules.admin.links import action_url, change_url
    from rules.admin.publishing.presented_review import FINGERPRINT_FIELD
    from rules.document.serialising import canonical_json
    from rules.models import Guide
    from tests.admin.pages import page_fields

    measured = PageMeasure("", 0, 0)

    def measure(name: str, url: str, fields: object = None) -> "HttpResponseBase":
        nonlocal measured
        began = process_time()
        response = client.get(url) if fields is None else client.post(url, fields)
        measured = PageMeasure(name, process_time() - began, response.status_code)
        return response

    url = "/admin/rules/guide/import/"
    compared = measure("import", url, {"text": canonical_json(content)})
    if measured.status == 400:
        yield measured._replace(status=200)
        return
    yield measured
    measure("import", url, page_fields(compared))
    yield measured
    guide = Guide.objects.get(slug=content.slug)
    for name, url in draft_pages(guide):
        measure(name, url)
        yield measured
    for row in _first_rows(guide):
        fields = page_fields(client.get(change_url(row)))
        measure("save", change_url(row), fields | {"note": "x", "title": "x", "name": "x"})
        yield measured
    measure("move", action_url(guide.rules.all()[1], "move"), {"direction": "up"})
    yield measured
    reasons = {"reason": "Essai", "unproved": "Essai", "confirmed": "on"}
    published = action_url(guide, "publish")
    page = measure("publish", published)
    yield measured
    if FINGERPRINT_FIELD.encode() in page.getvalue():  # otherwise the guide cannot be published
        measure("publish", published, page_fields(page) | reasons)
        yield measured


def send_acts(client: "Client", guide: "Guide") -> Iterator[PageMeasure]:
    """Does acts on the draft of a guide, and undoes each one. Yields what each request took."""
    from rules.admin.links import action_url
    from tests.admin.sent_acts import acts_to_send, send_act

    measures: list[PageMeasure] = []

    def send(name: str, url: str, fields: object) -> "HttpResponseBase":
        began = process_time()
        response = client.get(url) if fields is None else client.post(url, fields)
        seconds = process_time() - began
        measures.append(PageMeasure(name, seconds, response.status_code, MAX_SECONDS_OF_ACTS))
        return response

    for act in acts_to_send(guide):
        before = guide.snapshots.count()
        send_act(act, send)
        if guide.snapshots.count() > before:
            latest = {"snapshot": str(guide.snapshots.count())}
            send(f"{act.name}, undone", action_url(guide, "undo"), latest)
        yield from measures
        measures.clear()


def draft_pages(guide: "Guide") -> list[tuple[str, str]]:
    """Returns the names and the addresses of the pages of a draft."""
    from django.urls import reverse

    from rules.admin.links import action_url, add_url, change_url, list_url
    from rules.models import Example, Outcome, Question, Rule

    actions = ("proof", "graph", "read", "publish", "compare", "export", "settings", "duplicate")
    models = (Question, Outcome, Rule, Example)
    return [
        ("guide", change_url(guide)),
        *((action, action_url(guide, action)) for action in actions),
        ("try", reverse("admin:diagnostics_session_try", args=[guide.pk])),
        *(("part", change_url(row)) for row in _first_rows(guide)),
        *(("list", list_url(model, guide)) for model in models),
        *(("add", add_url(model, guide)) for model in models),
    ]


def _first_rows(guide: "Guide") -> "list[Model]":
    rows: list[Model | None] = [guide.questions.first(), guide.outcomes.first(), guide.rules.last()]
    return [row for row in [*rows, guide.examples.first()] if row is not None]


def measure_hard_guides() -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from rules.document.serialising import canonical_json
    from rules.models import Guide

    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    client.force_login(User.objects.create_superuser("mesure"))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RANDOM_GUIDES
    refused = []
    for title, content in [*known_hard_guides(), *random_hard_guides(count)]:
        Guide.objects.filter(slug=content.slug).delete()
        measures = list(send_everywhere(client, content))
        if guide := Guide.objects.filter(slug=content.slug).first():
            measures += send_acts(client, guide)
        slowest = sorted(measures, key=lambda each: -each.seconds)[:SLOWEST_SHOWN]
        times = ", ".join(f"{each.name} {each.seconds * 1000:.0f}" for each in slowest)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
        kilobytes = len(canonical_json(content)) // 1000
        sys.stdout.write(f"{title}, {kilobytes} KB: {times}; {megabytes} MB\n")
        sys.stdout.flush()
        refused += [(title, each) for each in measures if each.is_refused]
        if megabytes > MAX_MEGABYTES:
            raise SystemExit("too much memory")
    if refused:
        raise SystemExit(f"failed or slow: {refused}")


if __name__ == "__main__":
    run_on_new_database(measure_hard_guides)
