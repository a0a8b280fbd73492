"""Measures how long a batch takes, and how large its answer is: `python -m tests.api.bench_batch`.

For each size, it sends two batches for the shipped guide: one whose rows have different answers (in
turn, since there are about 500 possible sets), and one whose rows all have the same answers. Then it
sends batches of different rows for a guide of 60 questions and 300 rules (`long`), whose texts it
asks for with each state and then once (`texts=once`). A duration is the median of five calls (one
for the long guide), in milliseconds from the request to the whole answer.
"""

import json
from collections.abc import Iterator
from itertools import cycle, islice, product
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.test import Client

    from rules.engine.content import Answers, GuideContent

SIZES = (1, 30, 200, 1_000)
LONG_SIZES = (100, 1_000)
LINE = "{:>6} {:>10} {:>8} {:>8}"
Row = dict[str, Any]


def print_durations() -> None:
    from django.test import Client

    from rules.document.files import load_document
    from rules.document.parsing import parse_document
    from rules.guides import SHIPPED_GUIDE
    from tests.admin.large_guide import publish_guide
    from tests.api.long_guide import LONG_SLUG, long_guide, long_rows

    guide = parse_document(load_document(SHIPPED_GUIDE.read_text()))
    publish_guide(guide)
    client = Client(HTTP_HOST="localhost")
    print(LINE.format("rows", "answers", "ms", "KB"))
    for size in SIZES:
        for name, rows in (
            ("distinct", distinct_rows(guide, size)),
            ("same", same_rows(guide, size)),
        ):
            print(
                LINE.format(f"{size:,}", name, *measure_batch(client, guide.slug, rows)), flush=True
            )
    publish_guide(long_guide())
    for size in LONG_SIZES:
        rows = long_rows(size)
        for name, query in (("long", ""), ("long, once", "?texts=once")):
            measured = measure_batch(client, LONG_SLUG, rows, query, calls=1)
            print(LINE.format(f"{size:,}", name, *measured), flush=True)


def distinct_rows(guide: "GuideContent", size: int) -> list[Row]:
    sets = list(answer_sets(guide))
    chosen = islice(cycle(sets[:: max(1, len(sets) // size)]), size)
    return [{"id": str(number), "answers": answers} for number, answers in enumerate(chosen)]


def same_rows(guide: "GuideContent", size: int) -> list[Row]:
    *_, answers = answer_sets(guide)
    return [{"id": str(number), "answers": answers} for number in range(size)]


def answer_sets(guide: "GuideContent") -> "Iterator[Answers]":
    """Yields every possible set of answers, in which each question has a choice or no answer."""
    choices = [[None, *(choice.key for choice in q.choices)] for q in guide.questions]
    for picked in product(*choices):
        pairs = zip(guide.questions, picked, strict=True)
        yield {question.key: choice for question, choice in pairs if choice}


def measure_batch(
    client: "Client", slug: str, rows: list[Row], query: str = "", calls: int = 5
) -> tuple[str, str]:
    """Returns the duration of the batch in milliseconds, and the size of its answer in kilobytes."""
    address, body = f"/api/v1/guides/{slug}/evaluate-batch{query}", json.dumps({"rows": rows})
    # The guide is compiled before the measure.
    client.post(address, json.dumps({"rows": rows[:1]}), content_type="application/json")
    durations = []
    for _ in range(calls):
        began_at = perf_counter()
        answer = client.post(address, body, content_type="application/json")
        durations.append((perf_counter() - began_at) * 1_000)
    assert answer.status_code == 200, answer.content
    return f"{median(durations):.1f}", f"{len(answer.content) / 1024:.1f}"


if __name__ == "__main__":
    run_on_new_database(print_durations)
