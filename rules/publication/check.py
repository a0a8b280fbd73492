"""What is asked of a draft before it is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Place, Problem, place_label
from rules.document.serialising import guide_to_document
from rules.drafts.compiled_drafts import compiled_draft, draft_proof
from rules.engine.compiled import MAX_CONDITIONS, CompiledGuide, too_complex_rule_keys
from rules.engine.content import ExampleContent, GuideContent
from rules.engine.state import State
from rules.proof.finding_sentences import finding_sentence, root_cause_sentence
from rules.proof.findings import Finding, Proof
from rules.proof.root_causes import RootCause, find_root_causes
from rules.proof.walk import MAX_STATES
from rules.sentences import quote_text


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What an example gives: the final outcomes found, its answers that nobody asks for, and the
    rules that fire in the end.
    """

    example: ExampleContent
    outcomes: tuple[str, ...]
    ignored: tuple[str, ...]
    fired: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.outcomes == self.example.outcomes and not self.ignored


def run_examples(compiled: CompiledGuide) -> list[ExampleResult]:
    return [_run(compiled.resolve(example.answers), example) for example in compiled.guide.examples]


def run_draft_examples(draft: GuideContent) -> list[ExampleResult] | None:
    """What each example of a draft gives; None of a draft that cannot be evaluated yet."""
    if _unprovable(guide_to_document(draft), draft):
        return None
    return run_examples(compiled_draft(draft))


@dataclass(frozen=True, slots=True)
class PublicationCheck:
    """`problems` keep a draft from being published: those of the `find_root_causes`, then those of the
    examples in red. Without a proof, they kept it from one too.

    `warnings` do not.
    """

    problems: list[Problem]
    proof: Proof | None = None
    root_causes: Sequence[RootCause] = ()
    warnings: Sequence[Problem] = ()
    examples: Sequence[ExampleResult] | None = None

    @property
    def failing_example_count(self) -> int:
        """How many examples do not hold."""
        return sum(not result.holds for result in self.examples or ())

    @property
    def guide_problem_count(self) -> int:
        """How many problems there are besides the examples in red."""
        return len(self.problems) - self.failing_example_count

    @property
    def needs_reason(self) -> bool:
        """Whether publication is for a person to decide, who says why."""
        return self.proof is not None and (not self.proof.complete or bool(self.proof.warnings))


def publication_check(draft: GuideContent, max_states: int = MAX_STATES) -> PublicationCheck:
    """With a small `max_states` for pages that must not wait; publication asks for the whole."""
    document = guide_to_document(draft)
    if problems := _unprovable(document, draft):
        return PublicationCheck(problems)
    proof = draft_proof(draft, max_states)
    found = find_root_causes(draft, proof.faults)
    examples = run_examples(compiled_draft(draft))
    problems = [*_points(draft, document, found), *_failing_examples(draft, document, examples)]
    warnings = _warnings(draft, document, proof.warnings)
    return PublicationCheck(problems, proof, found, warnings, examples)


def publication_problems(draft: GuideContent) -> list[Problem]:
    """Everything that keeps a draft from being published; empty when nothing does."""
    return publication_check(draft).problems


def _unprovable(document: dict[str, Any], draft: GuideContent) -> list[Problem]:
    try:
        parse_document(document)
    except DocumentError as error:
        return error.problems
    return _complex_rules(draft, document)


def _complex_rules(guide: GuideContent, document: object) -> list[Problem]:
    refused = too_complex_rule_keys(guide.rules)
    message = f"cette règle a plus de {MAX_CONDITIONS} conditions\u00a0: coupez-la en plusieurs."
    return [
        _problem(document, ("rules", at), message)
        for at, rule in enumerate(guide.rules)
        if rule.key in refused
    ]


def _points(guide: GuideContent, document: object, found: Iterable[RootCause]) -> list[Problem]:
    return [_said(document, point.place, root_cause_sentence(guide, point)) for point in found]


def _warnings(guide: GuideContent, document: object, findings: Iterable[Finding]) -> list[Problem]:
    return [_said(document, found.place, finding_sentence(guide, found)) for found in findings]


def _said(document: object, place: Place, sentence: str) -> Problem:
    return _problem(document, place, sentence[0].lower() + sentence[1:])


def _failing_examples(
    guide: GuideContent, document: object, results: Iterable[ExampleResult]
) -> list[Problem]:
    return [
        _problem(document, ("examples", at), example_failure_sentence(guide, result))
        for at, result in enumerate(results)
        if not result.holds
    ]


def _problem(document: object, place: tuple[str | int, ...], message: str) -> Problem:
    return Problem(place, place_label(place, document), message)


def _run(state: State, example: ExampleContent) -> ExampleResult:
    outcomes = tuple(given.outcome for given in state.outcomes)
    return ExampleResult(example, outcomes, state.ignored, state.fired)


def example_failure_sentence(guide: GuideContent, result: ExampleResult) -> str:
    if result.ignored:
        titles = ", ".join(quote_text(guide.question[key].title) for key in result.ignored)
        return f"ces questions ont une réponse mais ne sont pas posées\u00a0: {titles}."
    return (
        f"attendu\u00a0: {_titles(guide, result.example.outcomes)}\u00a0; "
        f"obtenu\u00a0: {_titles(guide, result.outcomes)}."
    )


def _titles(guide: GuideContent, outcomes: tuple[str, ...]) -> str:
    return (
        ", ".join(quote_text(guide.outcome[key].title) for key in outcomes) or "aucune conclusion"
    )
