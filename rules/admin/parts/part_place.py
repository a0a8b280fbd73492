"""The place of a part of a draft: what uses it, where it is in the parcours, how visitors get there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from rules.admin.links import change_url, place_url
from rules.admin.parts.uses import PresentedUse, present_uses
from rules.counts import count_label
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.cached_parcours import document_parcours
from rules.drafts.cached_proofs import document_proof
from rules.drafts.compiled_drafts import compiled_document
from rules.engine.content import GuideContent
from rules.lookup.part_uses import GuideUses, find_uses, uses_label
from rules.models import Guide
from rules.parcours.anchors import line_anchor, outcome_anchor, stop_anchor
from rules.parcours.shortest_answers import find_shortest_answers, lines_of_rule
from rules.parcours.stops import Line
from rules.proof.bounds import QUICK_BOUND
from rules.proof.finding_sentences import (
    finding_sentence,
    place_with_article,
    root_cause_sentence,
)
from rules.proof.findings import Place
from rules.proof.remedies import remedy_of_cause
from rules.proof.root_causes import find_root_causes
from rules.proof.walk import Path
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError, compiled_version
from rules.sentences import question_name, shorten_title


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A choice of a question, or a line of the parcours that a rule decides."""

    text: str
    url: str
    """Its place on the page of the guide."""
    uses: str
    """A clause that says how many rules and examples use the choice; empty for the line of a rule."""
    answers: Path | None
    """The shortest answers with it; None if none are known."""


@dataclass(frozen=True, slots=True)
class PartFault:
    """A fault that the proof found in a part, and its remedy, in sentences."""

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PartPlace:
    """The place of a part, as its page describes it."""

    summary: str
    """A clause that says what uses it: « Utilisée par 3 règles, 4 cas types »."""
    url: str = ""
    """Its place on the page of the guide: of a rule, the first line that it decides, if any."""
    answers: Path | None = None
    """The shortest answers that lead to it; None if none are known."""
    is_unreached: bool = False
    """True if it is known that no path of visitors leads to it."""
    uses: Sequence[PresentedUse] = ()
    lines: Sequence[PlaceLine] = ()
    faults: Sequence[PartFault] = ()


class PartPlaces:
    """The places of the parts of one draft, in its parcours as far as a quick proof has come."""

    def __init__(self, guide: Guide, draft: GuideContent) -> None:
        self._guide, self._draft = guide, draft
        digest = document_digest(canonical_json(draft))
        compiled = compiled_document(draft, digest)
        proof, evaluated = document_proof(compiled, digest, QUICK_BOUND), compiled.guide
        self._parcours = document_parcours(evaluated, digest, proof.graph)
        self._root_causes = find_root_causes(evaluated, proof.faults)
        self._answers = find_shortest_answers(self._parcours)
        self._uses = find_uses(draft)

    @cached_property
    def _live_uses(self) -> GuideUses:
        """What uses the parts of the live version; nothing if there is none, or it was altered."""
        live = guide_live_version(self._guide)
        content = GuideContent("", "", (), (), ())
        with suppress(VersionAlteredError):
            content = compiled_version(live).guide if live else content
        return find_uses(content)

    def find_question(self, key: str) -> PartPlace:
        question = self._draft.question[key]
        uses = self._uses.questions[key]
        position = self._draft.questions.index(question)
        return PartPlace(
            uses_label(uses, was_used=not uses and bool(self._live_uses.questions[key])),
            place_url(self._guide, stop_anchor(key)),
            self._answers.questions.get(key),
            key in self._parcours.unreached_questions,
            present_uses(self._guide, self._draft, uses),
            [
                PlaceLine(
                    choice.label,
                    place_url(self._guide, line_anchor(key, choice.key)),
                    uses_label(self._uses.choices[key, choice.key]),
                    self._answers.choices.get((key, choice.key)),
                )
                for choice in question.choices
            ],
            self._faults_at(("questions", position)),
        )

    def find_outcome(self, key: str) -> PartPlace:
        outcome, uses = self._draft.outcome[key], self._uses.outcomes[key]
        position = self._draft.outcomes.index(outcome)
        was_used = not uses and bool(self._live_uses.outcomes[key])
        return PartPlace(
            uses_label(uses, masculine=not outcome.final, was_used=was_used),
            place_url(self._guide, outcome_anchor(key)),
            self._answers.outcomes.get(key),
            key in self._parcours.unreached_outcomes,
            present_uses(self._guide, self._draft, uses),
            faults=self._faults_at(("outcomes", position)),
        )

    def find_rule(self, key: str) -> PartPlace:
        """Returns the place of a rule: the lines on which it decides what follows, or advises."""
        position = self._draft.rule_number[key] - 1
        lines = lines_of_rule(self._parcours, position)
        is_unreached = position in self._parcours.unreached_rules
        presented = [self._line_of_rule(line, answers) for line, answers in lines]
        return PartPlace(
            self._rule_summary(len(lines), is_unreached=is_unreached),
            presented[0].url if presented else "",
            self._answers.rules.get(position),
            is_unreached,
            lines=presented,
            faults=self._faults_at(("rules", position)),
        )

    def _faults_at(self, place: Place) -> Sequence[PartFault]:
        """Returns what the proof found about a part: that it is a root cause, or what causes its fault."""
        faults = []
        for cause in self._root_causes:
            remedy = remedy_of_cause(self._draft, cause).sentence
            early_rules: list[Place] = [("rules", position) for position in cause.early_rules]
            if place in (cause.place, *early_rules):
                faults.append(PartFault(root_cause_sentence(self._draft, cause), remedy))
            for fault in cause.consequences:
                if fault.place == place:
                    name = place_with_article(self._draft, cause.place)
                    found = f"{finding_sentence(self._draft, fault)} La cause est {name}."
                    faults.append(PartFault(found, remedy))
        return faults

    def _rule_summary(self, line_count: int, *, is_unreached: bool) -> str:
        if line_count:
            return f"Utilisée à {count_label(line_count, 'endroit{s}')} du parcours"
        if is_unreached:
            return "Jamais utilisée"
        if self._parcours.is_complete:
            return "Sans effet\u00a0: d’autres règles l’emportent toujours"
        return "On ne sait pas encore où elle est utilisée"

    def _line_of_rule(self, line: Line, answers: Path) -> PlaceLine:
        if not line.question:
            return PlaceLine("Au départ", change_url(self._guide), "", answers)
        name = shorten_title(question_name(self._draft, line.question))
        choice = self._draft.question[line.question].find_choice(line.choice)
        url = place_url(self._guide, line_anchor(line.question, line.choice))
        return PlaceLine(f"{name} → {choice.label}", url, "", answers)
