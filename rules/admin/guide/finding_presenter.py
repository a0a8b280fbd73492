"""What a proof found, as its page shows it: with links, answers to try, and what follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from rules.admin.links import change_url
from rules.admin.problem_links import ProblemLink, place_titles, place_urls
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

Link = tuple[str, str]
"""An address of the admin, and what it is called."""


@dataclass(frozen=True, slots=True)
class PresentedFinding:
    mend: ProblemLink
    answers: tuple[Answer, ...] = ()
    answers_words: tuple[str, ...] = ()
    never: bool = False
    """Of what never comes there are only answers that come close."""
    ways: tuple[Link, ...] = ()
    """Other rules where it may have to be mended."""
    lost_ways: tuple[str, ...] = ()
    """Where there are none: those of the live version."""
    consequences: tuple[Link, ...] = ()


class FindingPresenter:
    def __init__(self, guide: Guide, draft: GuideContent) -> None:
        self._guide = guide
        self._draft = draft
        self._names = place_titles(draft)
        self._urls = place_urls(guide)

    def link(self, place: Place, message: str) -> ProblemLink:
        url = self._urls.get(place, change_url(self._guide))
        return ProblemLink(url, self._names.get(place, "Guide"), message)

    def finding(self, finding: Finding) -> PresentedFinding:
        return PresentedFinding(
            self.link(finding.place, finding_sentence(self._draft, finding)),
            finding.answers,
            tuple(answers_sentence(self._draft, [answer]) for answer in finding.answers),
            finding.kind in (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE),
        )

    def present_root_cause(self, cause: RootCause) -> PresentedFinding:
        consequences = self._links(fault.place for fault in cause.consequences)
        if cause.fault is None:
            mend = self.link(cause.place, root_cause_sentence(self._draft, cause))
            others = self._links(("rules", at) for at in cause.early_rules[1:])
            return PresentedFinding(mend, ways=others, consequences=consequences)
        ways, lost = self._ways(cause.fault)
        return replace(
            self.finding(cause.fault), ways=ways, lost_ways=lost, consequences=consequences
        )

    def _ways(self, fault: Finding) -> tuple[tuple[Link, ...], tuple[str, ...]]:
        """The rules that should lead to what is not reached, or those that lead there on line."""
        if fault.kind is not FindingKind.UNREACHABLE or fault.place[0] == "rules":
            return (), ()
        kind, key = place_key(self._draft, fault.place)
        ways = rules_leading_to(self._draft, kind, key)
        lost = self._lost_ways(kind, key) if not ways else ()
        return self._links(("rules", at) for at in ways), lost

    def _lost_ways(self, kind: str, key: str) -> tuple[str, ...]:
        live = self._live
        if live is None:
            return ()
        return tuple(
            f"règle {at + 1}, {quote_text(rule_sentence(live, live.rules[at]))}"
            for at in rules_leading_to(live, kind, key)
        )

    @cached_property
    def _live(self) -> GuideContent | None:
        version = guide_live_version(self._guide)
        try:
            return compiled_version(version).guide if version else None
        except VersionAlteredError:
            return None

    def _links(self, places: Iterable[Place]) -> tuple[Link, ...]:
        return tuple(
            (self._urls[place], place_with_article(self._draft, place)) for place in places
        )
