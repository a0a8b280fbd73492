"""Imports drafts that are hard to prove and opens their pages in eight sessions at once.

Meanwhile the form is probed: `python -m tests.faults.hard_drafts`. It prints how long each page took,
how much memory the workers took at most, and how long the form took. The exit status is 1 if a page
was refused or took a minute, or if 99 of 100 requests for the form took a second.
"""

import random
import re
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

from rules.document.serialising import canonical_json
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from tests.faults.databases import new_database
from tests.faults.doors import SLUG
from tests.faults.editor import Editor, Page
from tests.faults.probe import Probe
from tests.faults.sites import ACCOUNT, PASSWORD, Site

SESSIONS = 8
MAX_MEGABYTES = 1_000
"""The memory that a worker may take at most."""
CONDITIONS_OF_A_RULE = 40
PAGES = {
    "guide": "/admin/rules/guide/{guide}/change/",
    "proof": "/admin/rules/guide/{guide}/proof/",
    "picture": "/admin/rules/guide/{guide}/graph/",
    "reading": "/admin/rules/guide/{guide}/read/",
    "publish": "/admin/rules/guide/{guide}/publish/",
    "try": "/admin/diagnostics/session/try/{guide}/",
}


def pairs_and_triangle() -> GuideContent:
    """Returns a guide of 30 KB whose rules never hold, which is not seen in their separate pairs.

    Each rule has the same 40 comparisons, in an order of its own: 37 pairs of questions that differ,
    and three questions of two choices that all differ from one another.
    """
    chance = random.Random(0)
    pairs = [(2 * number, 2 * number + 1) for number in range(37)]
    compared = [*pairs, (74, 75), (75, 76), (74, 76)]
    rules = [
        [_make_comparison(Operator.DIFFERS_FROM, *pair) for pair in chance.sample(compared, 40)]
        for _ in range(12)
    ]
    return _make_guide("bombe", 77, 2, rules)


def random_comparisons() -> GuideContent:
    """Returns a guide of 60 questions and 150 rules of 40 random comparisons each."""
    chance = random.Random(0)
    rules = [
        [
            _make_comparison(
                chance.choice([Operator.SAME_AS, Operator.DIFFERS_FROM]),
                *chance.sample(range(60), 2),
            )
            for _ in range(CONDITIONS_OF_A_RULE)
        ]
        for _ in range(150)
    ]
    return _make_guide("hasard", 60, 4, rules)


def _make_comparison(operator: Operator, one: int, other: int) -> ConditionContent:
    return ConditionContent(f"q{one}", operator, other=f"q{other}")


def _make_guide(
    slug: str, questions: int, choices: int, rules: Iterable[list[ConditionContent]]
) -> GuideContent:
    """Returns a guide that asks all its questions, one after the other, and has these rules."""
    offered = tuple(ChoiceContent(f"c{number}", f"Réponse {number}") for number in range(choices))
    asks = [RuleContent(f"demander-{n}", (), Effect.ASK, f"q{n}") for n in range(questions)]
    concludes = [
        RuleContent(f"conclure-{number}", tuple(conditions), Effect.CONCLUDE, "fin")
        for number, conditions in enumerate(rules)
    ]
    return GuideContent(
        slug,
        slug.title(),
        tuple(QuestionContent(f"q{n}", f"Question {n}\u00a0?", offered) for n in range(questions)),
        (OutcomeContent("fin", "Fin", final=True),),
        (*asks, *concludes),
    )


def measure_draft(site: Site, guide: GuideContent) -> bool:
    """Imports a guide, opens its pages, and prints what came of it. True if all is as it must be."""
    editors = [Editor(site.address, ACCOUNT, PASSWORD) for _ in range(SESSIONS)]
    with Probe(f"{site.address}/{SLUG}/") as probe, ThreadPoolExecutor(SESSIONS) as threads:
        imported = import_guide(editors[0], guide)
        pages = [("import", imported)]
        if found := re.match(r"/admin/rules/guide/(\d+)/", imported.address):
            visits = [
                threads.submit(open_pages, editor, found[1], turn)
                for turn, editor in enumerate(editors)
            ]
            pages += [page for visit in visits for page in visit.result()]
    megabytes = max(peak_megabytes(worker) for worker in site.worker_ids())
    sys.stdout.write(f"{guide.slug}, {len(canonical_json(guide)) // 1000} KB\n")
    for name in dict(pages):
        seconds = [page.seconds for opened, page in pages if opened == name]
        statuses = sorted({page.status for opened, page in pages if opened == name})
        size = max(page.size for opened, page in pages if opened == name) // 1000
        sys.stdout.write(f"  {name:<8} {max(seconds):6.2f} s {size:>6} KB {statuses}\n")
    sys.stdout.write(f"  memory of a worker at most: {megabytes:.0f} MB\n  the form: {probe}\n")
    return (
        probe.is_quick
        and megabytes < MAX_MEGABYTES
        and all(page.status == HTTPStatus.OK for _, page in pages)
    )


def import_guide(editor: Editor, guide: GuideContent) -> Page:
    """Pastes a document into the import page, and confirms what it compares."""
    form = "#content-start form[method=post]"
    compared = editor.send_form("/admin/rules/guide/import/", form, text=canonical_json(guide))
    return editor.send_form_of(compared, form)


def open_pages(editor: Editor, guide: str, turn: int) -> list[tuple[str, Page]]:
    """Opens all pages of a guide, beginning with the page whose position is `turn`."""
    pages = list(PAGES.items())
    turn %= len(pages)
    return [
        (name, editor.open_page(path.format(guide=guide)))
        for name, path in [*pages[turn:], *pages[:turn]]
    ]


def peak_megabytes(process_id: int) -> float:
    """Returns the most memory that a process has taken."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process_id}/status").read_text())
    assert found
    return int(found[1]) / 1e3


def main() -> int:
    guides: list[Callable[[], GuideContent]] = [pairs_and_triangle, random_comparisons]
    results = []
    with new_database("sqlite") as (database, folder):
        site = Site(folder, database)
        try:
            results = [measure_draft(site, make_guide()) for make_guide in guides]
        finally:
            site.close()
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
