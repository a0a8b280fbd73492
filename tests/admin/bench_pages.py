"""Measures how long each page of the admin takes for a guide of 100 questions and 300 rules.

Run it with `python -m tests.admin.bench_pages`. The figures are milliseconds from the request to the
whole page. The column « first » is the first request after a change of the draft, when its proof and
its picture are computed again. The column « again » is the median of five more requests.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.test import Client

LINE = "{:<52} {:>8} {:>8}"
Timed = Callable[[], float]


def measure_pages() -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from rules.drafts.guides import guide_import
    from rules.publication.publish import guide_publish
    from rules.publication.review import PublicationReview
    from tests.admin.large_guide import large_guide_content
    from tests.admin.test_query_counts import page_urls

    guide = guide_import(content=large_guide_content())
    guide_publish(review=PublicationReview(guide), reason="Une mesure")
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("mesure"))
    print(LINE.format("page", "first", "again"))
    for number, url in enumerate([*page_urls(guide), f"/admin/rules/guide/{guide.pk}/proof/"]):
        type(guide).objects.filter(pk=guide.pk).update(title=f"Grand guide {number}")
        first, *again = (time_request(client, url) for _ in range(6))
        print(LINE.format(url[:52], f"{first:.0f}", f"{median(again):.0f}"), flush=True)


def time_request(client: "Client", url: str) -> float:
    """Returns the milliseconds that a page takes."""
    began = perf_counter()
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    run_on_new_database(measure_pages)
