"""Measures the pages of a guide of 200 questions and 600 rules, for editors and for visitors.

Run it with `python -m tests.admin.bench_pages`, or with `largest` after it for the guide that is at
every limit. The column « first » is the first request after a change of the draft, when its proof and
its picture are computed again, and « again » the median of three more; both are milliseconds. Then
come the queries and the kilobytes of one page.
"""

import sys
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.test import Client

LINE = "{:<64} {:>8} {:>8} {:>8} {:>8}"


def measure_pages() -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from rules.models import Guide
    from tests.admin.large_guide import large_guide, largest_guide, publish_guide
    from tests.admin.test_query_counts import page_urls

    guide = publish_guide(largest_guide() if "largest" in sys.argv else large_guide())
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("mesure"))
    print(LINE.format("page", "first", "again", "queries", "KB"))
    for number, url in enumerate(page_urls(guide)):
        Guide.objects.filter(pk=guide.pk).update(title=f"Grand guide {number}")
        first, *again = (measure_request(client, url) for _ in range(4))
        milliseconds = [f"{first[0]:.0f}", f"{median(each[0] for each in again):.0f}"]
        print(LINE.format(url[:64], *milliseconds, *again[0][1:]), flush=True)


def measure_request(client: "Client", url: str) -> tuple[float, int, int]:
    """Returns the milliseconds, the queries and the kilobytes of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        began = perf_counter()
        response = client.get(url)
        milliseconds = (perf_counter() - began) * 1000
    assert response.status_code in (200, 302), (url, response.status_code)
    body = b"".join(response) if response.streaming else response.content
    return milliseconds, len(queries), len(body) // 1024


if __name__ == "__main__":
    run_on_new_database(measure_pages)
