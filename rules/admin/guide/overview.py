"""Builds the content of a guide's page: its parcours, and why it cannot be published yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from rules.admin.guide.presented_parcours import (
    ParcoursPresenter,
    PresentedPart,
    PresentedStop,
)
from rules.admin.guide.state_line import guide_state
from rules.admin.links import add_url, change_urls, list_url
from rules.admin.presented_problems import ExampleStatus, example_statuses
from rules.list_pages import START_SUFFIX, LazyRows, ListPage, find_list_page
from rules.models import Example, Guide, Outcome, Question, Rule
from rules.parcours.anchors import line_anchor, stop_anchor
from rules.parcours.build import build_parcours
from rules.proof.bounds import QUICK_BOUND
from rules.publication.review import PublicationReview

MAX_OPEN_LINES = 40
"""A guide whose stops have more lines than this opens folded."""
MAX_OPEN_ROWS = 20
"""A list of more outcomes than this opens folded."""
STOPS_NAME = "etapes"
"""The name of the list of stops, in the addresses of its pages."""
SOUGHT_PLACE = "voir"
"""The query parameter that holds the id of a stop or of a line: the list then begins with this stop."""


@dataclass(frozen=True, slots=True)
class ExampleLine:
    name: str
    url: str
    status: ExampleStatus


def guide_overview(request: HttpRequest, guide: Guide) -> dict[str, object]:
    """Returns the context of the page of a guide."""
    review = PublicationReview(guide, bound=QUICK_BOUND)
    check, draft = review.check, review.draft
    parcours = build_parcours(check.compiled.guide, check.proof.graph)
    presenter = ParcoursPresenter(guide, check, parcours)
    stops = find_stops_page(request, presenter)
    unreached = set(parcours.unreached_outcomes)
    reached = [n for n, outcome in enumerate(draft.outcomes) if outcome.key not in unreached]
    statuses = example_statuses(draft, check.examples)
    urls = change_urls(Example, guide.examples.values_list("pk", flat=True))
    examples = [
        ExampleLine(example.name, url, status)
        for example, url, status in zip(draft.examples, urls, statuses, strict=False)
    ]
    return {
        "review": review,
        "state": guide_state(review, request.user),
        "parcours": parcours,
        "start": presenter.present_start(),
        "start_problems": presenter.problems_at(),
        "stops": stops,
        "is_folded": sum(len(stop.lines) for stop in parcours.stops) > MAX_OPEN_LINES,
        "outcome_lists": [
            (
                title,
                name,
                LazyRows(
                    [n for n in reached if draft.outcomes[n].final is final],
                    presenter.present_outcome,
                ),
            )
            for title, name, final in (
                ("Conclusions", "conclusions", True),
                ("Conseils donnés en chemin", "conseils", False),
            )
        ],
        "folds_outcomes": len(reached) > MAX_OPEN_ROWS,
        "examples": examples,
        "wrong_examples": [line for line in examples if line.status.wrong],
        "outside": list_parts_outside(presenter),
        "urls": {
            model._meta.model_name: {"add": add_url(model, guide), "list": list_url(model, guide)}
            for model in (Question, Outcome, Rule, Example)
        },
    }


def find_stops_page(request: HttpRequest, presenter: ParcoursPresenter) -> ListPage[PresentedStop]:
    """Returns the stops of the page that a request asks for; their links know the other pages."""
    stops = presenter.parcours.stops
    place = request.GET.get(SOUGHT_PLACE, "")
    anchors = ((stop_anchor(stop.question), line_anchor(stop.question, "")) for stop in stops)
    sought = (
        number
        for number, (anchor, line) in enumerate(anchors, 1)
        if place == anchor or place.startswith(line)
    )
    first, rows = next(sought, 1), LazyRows(stops, presenter.present_stop)
    page = find_list_page(request, STOPS_NAME, rows, first)
    if page.is_whole:
        return page
    presenter.query_of_stop = {
        stop.question: f"?{STOPS_NAME}{START_SUFFIX}={number}"
        for number, stop in enumerate(stops, 1)
        if not page.first <= number <= page.last
    }
    return find_list_page(request, STOPS_NAME, rows, first)


def list_parts_outside(presenter: ParcoursPresenter) -> Sequence[PresentedPart]:
    """Returns what no path leads to or, if the proof stopped before, what no path is known to."""
    draft, parcours = presenter.draft, presenter.parcours
    stops = {stop.question for stop in parcours.stops}
    unreached = set(parcours.unreached_outcomes)
    places = [
        *(("questions", n) for n, part in enumerate(draft.questions) if part.key not in stops),
        *(("outcomes", n) for n, part in enumerate(draft.outcomes) if part.key in unreached),
        *(("rules", n) for n in parcours.unreached_rules),
    ]
    return LazyRows(places, lambda place: presenter.present_part(*place))
