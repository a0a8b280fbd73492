"""Builds the content of a guide's page: its parcours, and why it cannot be published yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from rules.admin.act_buttons import missing_examples_button, unanswered_buttons
from rules.admin.guide.draft_summaries import guides_with_facts, keep_reviewed_summary
from rules.admin.guide.parcours_rows import PresentedOutcome, PresentedPart, PresentedStop
from rules.admin.guide.presented_parcours import ParcoursPresenter
from rules.admin.guide.state_line import guide_state
from rules.admin.links import SOUGHT_PLACE, add_url, change_urls, list_url
from rules.admin.presented_problems import ExampleStatus, example_statuses
from rules.list_pages import START_SUFFIX, LazyRows, ListPage, find_list_page
from rules.models import Example, Guide, Outcome, Question, Rule, Snapshot
from rules.parcours.anchors import outcome_anchor, part_anchor, stop_anchor
from rules.parcours.stops import Parcours
from rules.proof.bounds import QUICK_BOUND
from rules.publication.check import PublicationCheck
from rules.publication.review import PublicationReview

MAX_OPEN_LINES = 40
"""A guide whose stops have more lines than this opens folded."""
MAX_STOPS = 80
"""The most stops on a page: more of them would be higher than five screens."""
MAX_MAP_ROWS = 105
"""The most stops, and rows of unfolded stops, that a folded guide shows before faults stay folded."""
MAX_UNFOLDED_FAULTS = 10
"""The most failing examples, and parts that no path leads to, that stand unfolded."""
MAX_OPEN_ROWS = 20
"""A list of more outcomes than this opens folded."""
STOPS_NAME = "etapes"
"""The name of the list of stops, in the addresses of its pages."""
OUTCOME_LISTS = {"conclusions": "Conclusions", "conseils": "Conseils donnés en chemin"}
OUTSIDE_NAME = "hors"
EXAMPLES_ID = "example"
"""The id of the part of the page that has the examples."""

PresentedPlace = PresentedStop | PresentedOutcome | PresentedPart


@dataclass(frozen=True, slots=True)
class OutcomeList:
    title: str
    page: ListPage[PresentedPlace]
    is_open: bool


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A long list of the page of a guide."""

    ids: Sequence[str]
    """The id on the page of each row; empty for a rule."""
    rows: Sequence[PresentedPlace]
    max_rows: int | None = None

    def find_page(self, request: HttpRequest, name: str, sought: str) -> ListPage[PresentedPlace]:
        """Returns the page that a request asks for, which by default has the sought id."""
        page = find_list_page(request, name, self.rows, max_rows=self.max_rows)
        ids_beyond = self.ids[page.last :]
        if not sought or sought not in ids_beyond:
            return page
        first = page.last + ids_beyond.index(sought) + 1
        return find_list_page(request, name, self.rows, first, self.max_rows)


@dataclass(frozen=True, slots=True)
class ExampleLine:
    name: str
    url: str
    status: ExampleStatus


def guide_overview(request: HttpRequest, guide: Guide) -> dict[str, object]:
    """Returns the context of the page of a guide."""
    facts = guides_with_facts().filter(pk=guide.pk).first()
    review = PublicationReview(guide, bound=QUICK_BOUND)
    check = review.check
    keep_reviewed_summary(facts, review)
    parcours = check.parcours
    presenter = ParcoursPresenter(guide, check, parcours)
    sought = part_anchor(request.GET.get(SOUGHT_PLACE, ""))
    pages = find_pages(request, presenter, sought)
    outcome_count = sum(pages[name].total for name in OUTCOME_LISTS)
    examples = list_examples(guide, check)
    wrong = [line for line in examples if line.status.wrong]
    return {
        "review": review,
        "state": guide_state(review, request.user),
        "last_change": find_last_change(guide, check.digest),
        "parcours": parcours,
        "start": presenter.present_start(),
        "start_problems": presenter.problems_at(),
        "stops": pages[STOPS_NAME],
        "open_stops": find_open_stops(parcours, pages[STOPS_NAME].rows, sought),
        "outcome_lists": [
            OutcomeList(
                title,
                pages[name],
                outcome_count <= MAX_OPEN_ROWS or is_asked_for(request, name, pages[name], sought),
            )
            for name, title in OUTCOME_LISTS.items()
        ],
        "examples": examples,
        "unanswered": unanswered_buttons(guide, check.content, check.examples, EXAMPLES_ID),
        "missing_examples": missing_examples_button(guide, EXAMPLES_ID),
        "wrong_examples": wrong[:MAX_UNFOLDED_FAULTS],
        "other_wrong_count": len(wrong[MAX_UNFOLDED_FAULTS:]),
        "outside": pages[OUTSIDE_NAME],
        "is_outside_open": pages[OUTSIDE_NAME].total <= MAX_UNFOLDED_FAULTS
        or is_asked_for(request, OUTSIDE_NAME, pages[OUTSIDE_NAME], sought),
        "urls": {
            model._meta.model_name: {"add": add_url(model, guide), "list": list_url(model, guide)}
            for model in (Question, Outcome, Rule, Example)
        },
    }


def find_last_change(guide: Guide, digest: str) -> Snapshot | None:
    """Returns the snapshot that the last change of a draft with this digest was made after, if any."""
    last = guide.snapshots.defer("content").first()
    return last if last and last.sha256 != digest else None


def list_examples(guide: Guide, check: PublicationCheck) -> list[ExampleLine]:
    statuses = example_statuses(check.content, check.examples)
    urls = change_urls(Example, guide.examples.values_list("pk", flat=True))
    return [
        ExampleLine(example.name, url, status)
        for example, url, status in zip(check.content.examples, urls, statuses, strict=False)
    ]


def is_asked_for(
    request: HttpRequest, name: str, page: ListPage[PresentedPlace], sought: str
) -> bool:
    """True if a request asks for a page of a list, or for a row on it."""
    ids = (row.id for row in page.rows)
    return f"{name}{START_SUFFIX}" in request.GET or (bool(sought) and sought in ids)


def find_open_stops(
    parcours: Parcours, shown: Sequence[PresentedPlace], sought: str
) -> Collection[str]:
    """Returns the ids of the stops that open unfolded.

    All stops of a small guide do; otherwise the one that is sought does, and the first with faults.
    """
    if sum(len(stop.lines) for stop in parcours.stops) <= MAX_OPEN_LINES:
        return [stop.id for stop in shown]
    opened, room = [sought], MAX_MAP_ROWS - len(shown)
    for stop in shown:
        if isinstance(stop, PresentedStop) and stop.fault_count:
            room -= len(stop.problems)
            room -= sum(len(line.cases) + len(line.advice) for line in stop.lines)
            if room >= 0:
                opened.append(stop.id)
    return opened


def find_pages(
    request: HttpRequest, presenter: ParcoursPresenter, sought: str
) -> Mapping[str, ListPage[PresentedPlace]]:
    """Returns the page of each long list; links on them know which places are on other pages."""
    lists = list_places(presenter)
    pages = {name: one.find_page(request, name, sought) for name, one in lists.items()}
    if all(page.is_whole for page in pages.values()):
        return pages
    for name, page in pages.items():
        ids = lists[name].ids
        presenter.places_elsewhere |= {*ids[: page.first - 1], *ids[page.last :]}
    return {name: one.find_page(request, name, sought) for name, one in lists.items()}


def list_places(presenter: ParcoursPresenter) -> Mapping[str, PlaceList]:
    """Returns the long lists of the page of a guide by their names in the addresses of pages."""
    draft, parcours = presenter.draft, presenter.parcours
    unreached = set(parcours.unreached_outcomes)
    reached = [n for n, outcome in enumerate(draft.outcomes) if outcome.key not in unreached]
    stops = [stop_anchor(stop.question) for stop in parcours.stops]
    rows = LazyRows(parcours.stops, presenter.present_stop)
    lists = {STOPS_NAME: PlaceList(stops, rows, MAX_STOPS)}
    for name, is_final in zip(OUTCOME_LISTS, (True, False), strict=True):
        indexes = [n for n in reached if draft.outcomes[n].final is is_final]
        ids = [outcome_anchor(draft.outcomes[n].key) for n in indexes]
        lists[name] = PlaceList(ids, LazyRows(indexes, presenter.present_outcome))
    return lists | {OUTSIDE_NAME: list_places_outside(presenter)}


def list_places_outside(presenter: ParcoursPresenter) -> PlaceList:
    """Returns what no path leads to or, if the proof stopped before, what no path is known to."""
    draft, parcours = presenter.draft, presenter.parcours
    stops = {stop.question for stop in parcours.stops}
    unreached = set(parcours.unreached_outcomes)
    places = {
        ("questions", n): stop_anchor(part.key)
        for n, part in enumerate(draft.questions)
        if part.key not in stops
    }
    places |= {
        ("outcomes", n): outcome_anchor(part.key)
        for n, part in enumerate(draft.outcomes)
        if part.key in unreached
    }
    places |= {("rules", n): "" for n in parcours.unreached_rules}
    rows = LazyRows([*places], lambda place: presenter.present_part(*place))
    return PlaceList([*places.values()], rows)
