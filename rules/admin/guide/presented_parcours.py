"""A parcours as the page of its guide shows it: lines in groups, each with its tags and its rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from rules.admin.acts.entrance_pages import Entrance, outcome_entrance, question_entrance
from rules.admin.acts.mend_pages import finding_button
from rules.admin.acts.offered_arrows import arrows_query, choices_query
from rules.admin.guide.parcours_rows import (
    PlaceLink,
    PresentedAdvice,
    PresentedCase,
    PresentedLine,
    PresentedOutcome,
    PresentedPart,
    PresentedStop,
    Problems,
    RuleLink,
)
from rules.admin.links import deletion_url, place_query, rule_list_url
from rules.admin.presented_problems import ProblemPresenter, place_of_part
from rules.document.problems import Place
from rules.edits.arrows import arrow_of_case
from rules.engine.content import Match, OutcomeContent, RuleContent, Scope
from rules.lookup.part_uses import find_uses, uses_label
from rules.models import Guide
from rules.parcours.anchors import line_anchor, outcome_anchor, part_anchor, stop_anchor
from rules.parcours.case_words import case_words, requirement_words
from rules.parcours.shortest_answers import find_arrivals
from rules.parcours.stops import Destination, GivenAdvice, Line, Parcours, Stop
from rules.proof.findings import FindingKind
from rules.proof.walk import Path
from rules.publication.check import PublicationCheck
from rules.sentences import TONE_LABELS, question_name, rule_sentence, shorten_title

MAX_ARRIVALS = 3
"""The most questions that lead to an outcome and are named, and the most choices of each."""
MAX_PLACED_PROBLEMS = 200
"""The most problems that stand at their places. *La preuve* has all of them."""
START_ID = "depart"


class ParcoursPresenter(ProblemPresenter):
    """Presents the parcours of a draft: its stops, its outcomes, and what no path leads to.

    `guide` is None in tests without a database. There are no addresses of forms then.
    """

    def __init__(self, guide: Guide | None, check: PublicationCheck, parcours: Parcours) -> None:
        super().__init__(guide, check.content)
        self._guide = guide
        self.draft = check.content
        self.parcours = parcours
        self.places_elsewhere: set[str] = set()
        """The ids of the stops and the outcomes that are on other pages of long lists."""
        self._rules_url = rule_list_url(guide) if guide else ""
        self._uses = find_uses(self.draft)
        self._positions = {part.key: n for n, part in enumerate(self.draft.questions)}
        self._outcome_positions = {part.key: n for n, part in enumerate(self.draft.outcomes)}
        self._stop_numbers = {stop.question: n for n, stop in enumerate(parcours.stops, 1)}
        self._problems = self.place_problems(check)

    def place_problems(self, check: PublicationCheck) -> Mapping[Place, Problems]:
        """Returns the first problems by the places of parts; that of the guide is empty.

        Dead ends and failing examples are left out: the page shows them as such at their places.
        """
        before = len(check.refusals) + len(check.unfinished)
        causes = dict(enumerate(check.separate_causes, before))
        found: dict[Place, Problems] = defaultdict(tuple)
        for index, problem in enumerate(check.problems[:MAX_PLACED_PROBLEMS]):
            fault = causes[index].fault if index in causes else None
            place = self.place_of_problem(problem.place, is_proved=fault is not None)
            if place[:1] != ("examples",) and not (fault and fault.kind is FindingKind.STUCK):
                presented = self.present_problem(problem.place, problem.message)
                if fault and self._guide:
                    button = finding_button(self._guide, self.draft, fault)
                    presented = replace(presented, button=button)
                found[place] += (presented,)
        return found

    def place_of_problem(self, place: Place, *, is_proved: bool) -> Place:
        """Returns the place of a part; that of the guide is empty, and has what stands nowhere else.

        The problem of a rule stands at the last stop that the rule looks at. What the proof finds is
        that the rule never fires: then it stands at the rule itself, among what no path leads to.
        """
        match place_of_part(place):
            case ("questions" | "outcomes" | "examples", int()) as part:
                return part
            case ("rules", int(position)):
                return ("rules", position) if is_proved else self.last_stop_of_rule(position)
        return ()

    def last_stop_of_rule(self, position: int) -> Place:
        stops = self._stop_numbers
        looked_at = self.draft.rules[position].questions & stops.keys()
        last = max(looked_at, key=stops.__getitem__, default="")
        return ("questions", self._positions[last]) if last else ()

    def problems_at(self, *place: str | int) -> Problems:
        return self._problems.get(place, ())

    def present_start(self) -> PresentedLine:
        return self.present_group([self.parcours.start])

    def present_stop(self, stop: Stop) -> PresentedStop:
        index = self._positions[stop.question]
        question, url = self.draft.questions[index], self._links.find_url(("questions", index))
        return PresentedStop(
            stop.question,
            stop_anchor(stop.question),
            self._stop_numbers[stop.question],
            question_name(self.draft, stop.question),
            question.title if question.short else "",
            question.scope is Scope.SCHOOL,
            len(question.choices),
            uses_label(self._uses.questions[stop.question]),
            f"{self._rules_url}&question={stop.question}",
            url,
            deletion_url(url),
            tuple(self.group_lines(stop.lines)),
            stop.answers,
            self.problems_at("questions", index),
        )

    def present_outcome(self, index: int) -> PresentedOutcome:
        outcome, url = self.draft.outcomes[index], self._links.find_url(("outcomes", index))
        arrivals = self.arrivals.get(outcome.key, [])
        lines: dict[str, list[Line]] = defaultdict(list)
        for line, _ in arrivals:
            lines[line.question].append(line)
        links = [self.link_lines(group) for group in lines.values()]
        return PresentedOutcome(
            outcome_anchor(outcome.key),
            outcome,
            TONE_LABELS[outcome.tone],
            uses_label(self._uses.outcomes[outcome.key], masculine=not outcome.final),
            f"{self._rules_url}&leads_to=outcome:{outcome.key}",
            url,
            deletion_url(url),
            tuple(links[:MAX_ARRIVALS]),
            len(links[MAX_ARRIVALS:]),
            arrivals[0][1] if arrivals else (),
            self.problems_at("outcomes", index),
        )

    def present_part(self, kind: str, index: int) -> PresentedPart:
        """Presents a question, an outcome or a rule of which no path is known."""
        place, draft, guide = (kind, index), self.draft, self._guide
        entrance: Entrance | None = None
        match kind:
            case "questions":
                question = draft.questions[index]
                names = stop_anchor(question.key), "Question", question_name(draft, question.key)
                entrance = question_entrance(guide, question.key) if guide else None
            case "outcomes":
                outcome = draft.outcomes[index]
                noun = "Conclusion" if outcome.final else "Conseil"
                names = outcome_anchor(outcome.key), noun, outcome.title
                entrance = outcome_entrance(guide, outcome.key) if guide and outcome.final else None
            case _:
                names = "", f"Règle {index + 1}", rule_sentence(draft, draft.rules[index])
        url, problems = self._links.find_url(place), self.problems_at(*place)
        return PresentedPart(*names, url, problems, entrance)

    @cached_property
    def arrivals(self) -> Mapping[str, list[tuple[Line, Path]]]:
        return find_arrivals(self.parcours)

    def group_lines(self, lines: Sequence[Line]) -> Iterator[PresentedLine]:
        """Yields the lines of a stop, those in a row that say the same as one."""

        def line_content(line: Line) -> object:
            return (
                [
                    (
                        case_words(self.draft, line, case, is_shared=True),
                        case.destination,
                        case.rules,
                    )
                    for case in line.cases
                ],
                [(self._advice_words(line, given), given.rule) for given in line.advice],
            )

        for _, group in groupby(lines, line_content):
            yield self.present_group([*group])

    def present_group(self, lines: Sequence[Line]) -> PresentedLine:
        """Presents lines that say the same: the first of them says it for all."""
        line = lines[0]
        labels = self.draft.question[line.question].choice if line.question else {}
        return PresentedLine(
            tuple(
                (line_anchor(each.question, each.choice), labels[each.choice].label)
                for each in lines
                if each.choice
            ),
            tuple(self.present_advice(line, given) for given in line.advice),
            tuple(self.present_case(lines, index) for index in range(len(line.cases))),
            choices_query(line.question, [each.choice for each in lines]),
        )

    def present_case(self, lines: Sequence[Line], index: int) -> PresentedCase:
        """Presents the case at an index of lines that say the same."""
        line, case = lines[0], lines[0].cases[index]
        condition = case_words(self.draft, line, case, is_shared=len(lines) > 1)
        arrows = (arrow_of_case(self.draft, each, each.cases[index]) for each in lines)
        return PresentedCase(
            condition,
            self.link_destination(case.destination),
            case.destination.is_known,
            tuple(self._link_rule(line, position) for position in case.rules),
            case.answers,
            arrows_query(arrows),
            self.name_lines(lines) + (f", {condition}" if condition else ""),
        )

    def name_lines(self, lines: Sequence[Line]) -> str:
        """Returns « Méthode Pix Orga → Mail, Identifiant », or « Départ »."""
        key = lines[0].question
        if not key:
            return "Départ"
        choices = self.draft.question[key].choice
        labels = ", ".join(choices[line.choice].label for line in lines)
        return f"{question_name(self.draft, key)} → {labels}"

    def present_advice(self, line: Line, given: GivenAdvice) -> PresentedAdvice:
        index = self._outcome_positions[given.outcome]
        outcome = self.draft.outcomes[index]
        return PresentedAdvice(
            self._advice_words(line, given),
            link_outcome(outcome, self._links.find_url(("outcomes", index))),
            self._link_rule(line, given.rule),
            self.draft.rules[given.rule].key,
        )

    def _advice_words(self, line: Line, given: GivenAdvice) -> str:
        return requirement_words(self.draft, line.choice, given.requirements)

    def link_destination(self, destination: Destination) -> tuple[PlaceLink, ...]:
        if key := destination.question:
            url = self._url_of_place(stop_anchor(key))
            title = shorten_title(question_name(self.draft, key))
            return (PlaceLink(title, url, self._stop_numbers.get(key, 0)),)
        return tuple(
            link_outcome(self.draft.outcome[key], self._url_of_place(outcome_anchor(key)))
            for key in destination.outcomes
        )

    def _url_of_place(self, anchor: str) -> str:
        is_elsewhere = part_anchor(anchor) in self.places_elsewhere
        return f"?{place_query(anchor)}" if is_elsewhere else f"#{anchor}"

    def _link_rule(self, line: Line, position: int) -> RuleLink:
        url = self._links.find_url(("rules", position))
        return RuleLink(position + 1, url, is_particular(self.draft.rules[position], line.question))

    def link_lines(self, lines: Sequence[Line]) -> PlaceLink:
        """Returns a link to the first of some lines of one question, which names their choices."""
        first = lines[0]
        if not first.question:
            return PlaceLink("dès le départ", f"#{START_ID}")
        question = self.draft.question[first.question]
        named = [question.find_choice(line.choice).label for line in lines[:MAX_ARRIVALS]]
        title = ", ".join(named) + (", …" if len(lines) > MAX_ARRIVALS else "")
        return PlaceLink(
            "toutes les réponses" if 1 < len(lines) == len(question.choices) else title,
            self._url_of_place(line_anchor(first.question, first.choice)),
            self._stop_numbers[first.question],
        )


def link_outcome(outcome: OutcomeContent, url: str) -> PlaceLink:
    return PlaceLink(outcome.title, url, 0, outcome.tone.value, TONE_LABELS[outcome.tone])


def is_particular(rule: RuleContent, question: str) -> bool:
    """True if a rule says what an arrow from a choice of a question cannot say.

    One of several conditions is enough for it, or it has conditions and none is about the question.
    At the start, where `question` is empty, there is no choice, and no rule is particular.
    """
    if not question:
        return False
    named = [question in condition.questions for condition in rule.when]
    if rule.match is Match.ANY and not all(named):
        return True
    return bool(named) and not any(named)
