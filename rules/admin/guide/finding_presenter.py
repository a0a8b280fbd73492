"""What the proof's page shows of each point: its sentences, its remedy, and what can be unfolded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.text import capfirst

from rules.admin.act_buttons import PROOF, ActButton, failing_example_button
from rules.admin.acts.entrance_pages import outcome_entrance, question_entrance
from rules.admin.acts.mend_pages import dead_end_url, finding_button
from rules.admin.links import add_url, ordered_list_url
from rules.admin.presented_problems import (
    ProblemPresenter,
    message_within_part,
    place_of_part,
    place_title,
)
from rules.counts import cap_list, count_label, format_number
from rules.document.problems import Place, Problem
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.list_pages import LazyRows
from rules.models import Guide, Rule
from rules.proof.finding_sentences import (
    answers_sentence,
    finding_sentence,
    place_with_article,
    root_cause_sentence,
    touched_paths_sentence,
)
from rules.proof.findings import Finding, FindingKind
from rules.proof.remedies import NEW_RULE, RULE_ORDER, Remedy, remedy_of_cause, remedy_of_finding
from rules.proof.root_causes import RootCause, place_key, rules_leading_to
from rules.proof.touched_paths import TouchedPaths
from rules.publication.check import (
    PublicationCheck,
    example_failure_sentence,
    example_remedy_sentence,
)
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError, compiled_version
from rules.sentences import quote_text, rule_sentence

PartLink = tuple[str, str]
"""The address of a part in the admin, and the text of the link. The address of a mere text is empty."""
GUIDE: Place = ("guide",)
"""The place of the guide itself, as the place of a remedy."""
MAX_MESSAGES = 10
"""The most messages that say what one part lacks: a question of 200 choices may lack as much."""
_FORM_LABELS = {
    "questions": "Modifier la question",
    "outcomes": "Modifier ce texte",
    "examples": "Modifier le cas type",
}


@dataclass(frozen=True, slots=True)
class FoldedList:
    """A list that the page shows when someone unfolds it."""

    summary: str
    lines: Sequence[PartLink]


@dataclass(frozen=True, slots=True)
class Point:
    """A root cause, a finding or failing examples, as the proof's page shows them."""

    where: PartLink
    messages: Sequence[str]
    remedy: str = ""
    form: PartLink = ("", "")
    """The page that applies the remedy."""
    button: ActButton | None = None
    """The button that applies the remedy at once, or after a look at what it does."""
    touched: str = ""
    """A sentence that says how many paths it touches; empty if that is not known."""
    answers: tuple[Answer, ...] = ()
    """Answers that an editor can try, to see it."""
    related_rules: Sequence[PartLink] = ()
    """Other rules that may have to be corrected."""
    live_rules: Sequence[str] = ()
    """The rules of the live version that lead to the part, if no rule of the draft leads to it."""
    folded: tuple[FoldedList, ...] = ()


class FindingPresenter(ProblemPresenter):
    """Presents what the check of the draft of a guide has found, as points."""

    def __init__(self, guide: Guide, check: PublicationCheck) -> None:
        super().__init__(guide, check.content)
        self._guide = guide
        self._check = check
        self._draft = check.content
        self._touched = TouchedPaths(check.compiled.guide, check.proof.graph)
        self.stuck_examples: dict[Place, list[int]] = {}
        """The examples whose paths are stuck, by the places of the root causes that stop them."""
        places = {
            fault.answers[-1:]: fault.place
            for fault in check.proof.faults
            if fault.kind is FindingKind.STUCK
        }
        for index, result in check.failing:
            if result.is_stuck and result.last_answers in places:
                place = places[result.last_answers]
                self.stuck_examples.setdefault(place, []).append(index)

    def present_points(self) -> Sequence[Point]:
        """Presents all that keeps the draft from publication except failing examples.

        The most harmful points come first. What one part lacks is one point, together with its root
        cause if it has one.
        """
        missing: dict[Place, list[Problem]] = {}
        for problem in (*self._check.refusals, *self._check.unfinished):
            missing.setdefault(place_of_part(problem.place), []).append(problem)
        found: list[tuple[RootCause | None, list[Problem]]] = [
            (cause, missing.pop(cause.place, []) if cause.is_unfinished_or_unreachable else [])
            for cause in self._check.root_causes
        ]
        last = sum(not cause or cause.stops_visitors for cause, _ in found)
        found[last:last] = [(None, problems) for problems in missing.values()]
        return LazyRows(found, lambda cause_and_problems: self.present_cause(*cause_and_problems))

    def present_cause(self, cause: RootCause | None, problems: Sequence[Problem]) -> Point:
        """Presents a root cause, or what a part lacks if there is none."""
        messages = cap_list(map(message_within_part, problems), "point{s}", str, limit=MAX_MESSAGES)
        if cause is None:
            place = place_of_part(problems[0].place)
            return self._present_point(place, messages, Remedy("", place or GUIDE))
        sentence = root_cause_sentence(self._draft, cause)
        if cause.is_unfinished and cause.place[0] == "questions":
            messages = []  # the sentence says it already
        point = self._present_point(
            cause.place, [sentence, *messages], remedy_of_cause(self._draft, cause)
        )
        if cause.fault:
            count = self._touched.count_paths_of_cause(cause)
            point = self._add_paths(point, cause.fault, count)
            button = finding_button(self._guide, self._draft, cause.fault, PROOF)
            point = self._add_entrance(replace(point, button=button), cause.fault)
        if cause.fault and cause.fault.kind is FindingKind.STUCK:
            stuck = (cause.fault, *cause.similar)
            url = dead_end_url(self._guide, [fault.answers[-1] for fault in stuck if fault.answers])
            point = replace(point, form=(url, "Créer la règle qui manque"))
            point = self._add_stuck_examples(point, cause.place)
        if cause.consequences:
            lost_count = format_number(len(cause.consequences))
            links = self._link_places(fault.place for fault in cause.consequences)
            lines = [(url, capfirst(text) if url else text) for url, text in links]
            folded = FoldedList(f"Ce qui n’est plus atteint à cause de cela ({lost_count})", lines)
            point = replace(point, folded=(*point.folded, folded))
        return self._add_rules(point, cause)

    def present_finding(self, finding: Finding) -> Point:
        point = self._present_point(
            finding.place,
            [finding_sentence(self._draft, finding)],
            remedy_of_finding(self._draft, finding),
        )
        point = replace(point, button=finding_button(self._guide, self._draft, finding, PROOF))
        return self._add_paths(point, finding, self._touched.count_paths(finding))

    def present_failing_examples(self) -> Sequence[Point]:
        """Presents the examples that fail: those that fail for the same reason are one point.

        The `stuck_examples` are left out: they are shown with what stops them.
        """
        groups: dict[str, list[int]] = {}
        shown = {index for indexes in self.stuck_examples.values() for index in indexes}
        for index, result in self._check.failing:
            if index not in shown:
                sentence = example_failure_sentence(self._draft, result)
                groups.setdefault(sentence, []).append(index)
        largest_first = sorted(groups.items(), key=lambda group: -len(group[1]))
        return LazyRows(largest_first, lambda group: self.present_examples(*group))

    def present_examples(self, sentence: str, indexes: Sequence[int]) -> Point:
        results = [result for index in indexes if (result := self._check.examples[index])]
        remedy = example_remedy_sentence(results[0])
        button = failing_example_button(self._guide, self._draft, results, PROOF)
        if len(indexes) == 1:
            place: Place = ("examples", indexes[0])
            point = self._present_point(place, [capfirst(sentence)], Remedy(remedy, place))
            return replace(point, button=button)
        count = count_label(len(indexes), "cas type{s}")
        folded = FoldedList(f"Les {count}", self._link_examples(indexes))
        where = "", capfirst(count)
        return Point(where, [capfirst(sentence)], remedy, button=button, folded=(folded,))

    def _add_entrance(self, point: Point, fault: Finding) -> Point:
        """Adds the page that leads to a question or a conclusion to which no rule leads."""
        if fault.kind is not FindingKind.UNREACHABLE or fault.place[0] == "rules":
            return point
        kind, key = place_key(self._draft, fault.place)
        if rules_leading_to(self._draft, kind, key):
            return point
        if kind == "questions":
            label, url = question_entrance(self._guide, key)
        elif kind == "outcomes" and self._draft.outcome[key].final:
            label, url = outcome_entrance(self._guide, key)
        else:
            return point
        return replace(point, form=(url, label))

    def _add_stuck_examples(self, point: Point, place: Place) -> Point:
        indexes = self.stuck_examples.get(place, [])
        summary = f"Cas types en rouge à cause de cela ({format_number(len(indexes))})"
        folded = [FoldedList(summary, self._link_examples(indexes))] if indexes else []
        return replace(point, folded=(*point.folded, *folded))

    def _link_examples(self, indexes: Iterable[int]) -> list[PartLink]:
        links = (
            (self._links.find_url(("examples", index)), self._draft.examples[index].name)
            for index in indexes
        )
        return _cap_links(links, "cas type{s}")

    def _present_point(self, place: Place, messages: Sequence[str], remedy: Remedy) -> Point:
        where = (self._links.find_url(place), place_title(self._draft, place))
        return Point(where, messages, remedy.sentence, self._form_of_remedy(remedy.place))

    def _form_of_remedy(self, place: Place) -> PartLink:
        if place == NEW_RULE:
            return add_url(Rule, self._guide), "Créer une règle"
        if place == RULE_ORDER:
            return ordered_list_url(Rule, self._guide), "Changer l’ordre des règles"
        match place:
            case ("rules", int(index)):
                label = f"Modifier la règle {index + 1}"
            case (kind, int()):
                label = _FORM_LABELS[str(kind)]
            case _:
                label = "Modifier le guide"
        return self._links.find_url(place), label

    def _add_paths(self, point: Point, finding: Finding, count: int | None) -> Point:
        """Adds the answers that show a finding, and the number of paths that the point touches."""
        touched, answers = "", finding.answers
        if count:
            touched = touched_paths_sentence(finding.kind, count, self._touched.total)
        if not answers:
            return replace(point, touched=touched)
        is_nearest_miss = finding.kind in (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE)
        what = "qui s’en approchent le plus" if is_nearest_miss else "les plus courtes qui y mènent"
        summary = f"Les réponses {what} ({format_number(len(answers))})"
        lines = [("", answers_sentence(self._draft, [answer])) for answer in answers]
        return replace(
            point, touched=touched, answers=answers, folded=(FoldedList(summary, lines),)
        )

    def _add_rules(self, point: Point, cause: RootCause) -> Point:
        """Adds the other rules to look at: those that conclude too early, or lead to the part."""
        if cause.fault is None:
            others = (("rules", index) for index in cause.early_rules[1:])
            return replace(point, related_rules=self._link_places(others))
        if cause.fault.kind is not FindingKind.UNREACHABLE or cause.place[0] == "rules":
            return point
        kind, key = place_key(self._draft, cause.place)
        if indexes := rules_leading_to(self._draft, kind, key):
            rules = self._link_places(("rules", index) for index in indexes)
            return replace(point, related_rules=rules)
        if (live := self._live_content) is None:
            return point
        live_rules = (
            f"règle {index + 1}, {quote_text(rule_sentence(live, live.rules[index]))}"
            for index in rules_leading_to(live, kind, key)
        )
        return replace(point, live_rules=cap_list(live_rules, "règle{s}", str))

    @cached_property
    def _live_content(self) -> GuideContent | None:
        version = guide_live_version(self._guide)
        try:
            return compiled_version(version).guide if version else None
        except VersionAlteredError:
            return None

    def _link_places(self, places: Iterable[Place]) -> list[PartLink]:
        """Returns links to the first parts, and how many others there are."""
        return _cap_links(
            (
                (self._links.find_url(place), place_with_article(self._draft, place))
                for place in places
            ),
            "élément{s}",
        )


def _cap_links(links: Iterable[PartLink], noun: str) -> list[PartLink]:
    """Returns the first links, and how many others there are."""
    return cap_list(links, noun, lambda text: ("", text.removesuffix(".")))
