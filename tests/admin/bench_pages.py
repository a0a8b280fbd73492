"""How long each page of the admin takes for a guide of 100 questions and 300 rules:
`python -m tests.admin.bench_pages`.

« first » is the first time after a change of the draft, when its proof and its picture are made
anew; « again » the median of five more. In milliseconds, from the request to the whole page.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import django

LINE = "{:<52} {:>8} {:>8}"
Timed = Callable[[], float]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diagnostics.settings")
        django.setup()
        measure()


def measure() -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from rules.services import guide_import, guide_publish
    from tests.admin.large_guide import large
    from tests.admin.test_query_counts import pages

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    guide = guide_import(content=large())
    guide_publish(guide=guide, reason="Une mesure")
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("mesure"))
    print(LINE.format("page", "first", "again"))
    for number, url in enumerate([*pages(guide), f"/admin/rules/guide/{guide.pk}/proof/"]):
        type(guide).objects.filter(pk=guide.pk).update(title=f"Grand guide {number}")
        first, *again = (milliseconds(client, url) for _ in range(6))
        print(LINE.format(url[:52], f"{first:.0f}", f"{median(again):.0f}"), flush=True)


def milliseconds(client: "django.test.Client", url: str) -> float:
    began = perf_counter()
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
