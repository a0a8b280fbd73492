"""A finding of the proof as a page shows it: with links, answers to try, and its consequences."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from rules.admin.presented_problems import PresentedProblem, ProblemPresenter
from rules.counts import cap_list
from rules.document.problems import Place
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.models import Guide
from rules.proof.finding_sentences import (
    answers_sentence,
    finding_sentence,
    place_with_article,
    root_cause_sentence,
)
from rules.proof.findings import Finding, FindingKind
from rules.proof.root_causes import RootCause, place_key, rules_leading_to
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError, compiled_version
from rules.sentences import quote_text, rule_sentence

PartLink = tuple[str, str]
"""The address of a part in the admin, and the text of the link. The address of a mere text is empty."""


@dataclass(frozen=True, slots=True)
class PresentedFinding:
    problem: PresentedProblem
    """The problem, with a link to the page that corrects it."""
    answers: tuple[Answer, ...] = ()
    """Answers that an editor can try, to see the problem."""
    answer_sentences: tuple[str, ...] = ()
    is_nearest_miss: bool = False
    """True if the problem is that something never happens: `answers` only come close to it."""
    related_rules: tuple[PartLink, ...] = ()
    """Other rules that may have to be corrected."""
    live_rules: tuple[str, ...] = ()
    """The rules of the live version that lead to the part, if no rule of the draft leads to it."""
    consequences: tuple[PartLink, ...] = ()
    """The parts that no visitor reaches because of the problem: the first ones, if they are many."""
    consequence_count: int = 0


class FindingPresenter(ProblemPresenter):
    """Presents the problems of one draft and the findings of its proof."""

    def __init__(self, guide: Guide, draft: GuideContent) -> None:
        super().__init__(guide, draft)
        self._guide = guide
        self._draft = draft

    def present_finding(self, finding: Finding) -> PresentedFinding:
        return PresentedFinding(
            self.present_problem(finding.place, finding_sentence(self._draft, finding)),
            finding.answers,
            tuple(answers_sentence(self._draft, [answer]) for answer in finding.answers),
            finding.kind in (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE),
        )

    def present_root_cause(self, cause: RootCause) -> PresentedFinding:
        """Presents a root cause, with the rules to look at and the parts that it cuts off."""
        consequences = self._link_places(fault.place for fault in cause.consequences)
        if cause.fault is None:
            problem = self.present_problem(cause.place, root_cause_sentence(self._draft, cause))
            others = self._link_places(("rules", index) for index in cause.early_rules[1:])
            return PresentedFinding(
                problem,
                related_rules=others,
                consequences=consequences,
                consequence_count=len(cause.consequences),
            )
        presented = replace(
            self.present_finding(cause.fault),
            consequences=consequences,
            consequence_count=len(cause.consequences),
        )
        if cause.fault.kind is not FindingKind.UNREACHABLE or cause.fault.place[0] == "rules":
            return presented
        kind, key = place_key(self._draft, cause.fault.place)
        if indexes := rules_leading_to(self._draft, kind, key):
            rules = self._link_places(("rules", index) for index in indexes)
            return replace(presented, related_rules=rules)
        if (live := self._live_content) is None:
            return presented
        live_rules = (
            f"règle {index + 1}, {quote_text(rule_sentence(live, live.rules[index]))}"
            for index in rules_leading_to(live, kind, key)
        )
        return replace(presented, live_rules=tuple(cap_list(live_rules, "règle{s}", str)))

    @cached_property
    def _live_content(self) -> GuideContent | None:
        version = guide_live_version(self._guide)
        try:
            return compiled_version(version).guide if version else None
        except VersionAlteredError:
            return None

    def _link_places(self, places: Iterable[Place]) -> tuple[PartLink, ...]:
        """Returns links to the first parts, and how many others there are."""
        links = (
            (self._links.find_url(place), place_with_article(self._draft, place))
            for place in places
        )
        return tuple(cap_list(links, "élément{s}", lambda text: ("", text.removesuffix("."))))
