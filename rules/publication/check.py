"""The check of a draft before it is published: its proof and the results of its examples."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.document.limits import CONDITION_LIMIT
from rules.document.problems import DocumentError, Place, Problem, place_label
from rules.document.refused_texts import guide_refusals
from rules.document.serialising import canonical_json, guide_to_document
from rules.drafts.compiled_drafts import compiled_document, compiled_draft, document_proof
from rules.engine.compiled import CompiledGuide, RuleTooComplexError
from rules.engine.content import ExampleContent, GuideContent
from rules.engine.resolve import follow_answers, ignored_questions
from rules.proof.finding_sentences import finding_sentence, root_cause_sentence
from rules.proof.findings import Proof
from rules.proof.root_causes import RootCause, find_root_causes
from rules.proof.walk import MAX_STATES, concluded_outcomes
from rules.sentences import quote_text


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """The result of evaluating the answers of an example."""

    example: ExampleContent
    outcomes: tuple[str, ...]
    """The keys of the conclusions that the answers give."""
    ignored: tuple[str, ...]
    """The keys of the questions that the example answers although they are not asked."""
    fired: tuple[str, ...]
    """The keys of the rules that fire after the last answer."""
    question: str | None = None
    """The key of the question that is asked and has no answer; None if the path ends."""

    @property
    def holds(self) -> bool:
        """True if the conclusions are those that the example expects and no answer is ignored."""
        return self.outcomes == self.example.outcomes and not self.ignored


@dataclass(frozen=True, slots=True)
class PublicationCheck:
    """The result of `publication_check`: problems, proof, and results of the examples."""

    content: GuideContent
    """The draft, or the version, that was checked."""
    problems: list[Problem]
    """The reasons why the draft cannot be published; empty if it can.

    The `refusals` come first. If the draft cannot be evaluated yet, the other problems say why, and
    there is no proof. Otherwise there is one for each of the `root_causes`, in their order, then one
    for each example that fails.
    """
    proof: Proof | None = None
    root_causes: Sequence[RootCause] = ()
    warnings: Sequence[Problem] = ()
    """The warnings of the proof. The draft can be published in spite of them, with a reason."""
    examples: Sequence[ExampleResult] | None = None
    """The results of the examples, or None if the draft cannot be evaluated yet."""
    refusals: Sequence[Problem] = ()
    """What is refused in the texts of the draft, such as links without a scheme."""
    compiled: CompiledGuide | None = None
    """The draft compiled, or None if it cannot be evaluated yet."""

    @property
    def failing_example_count(self) -> int:
        return sum(not result.holds for result in self.examples or ())

    @property
    def guide_problem_count(self) -> int:
        """The number of problems that are not failing examples."""
        return len(self.problems) - self.failing_example_count

    @property
    def needs_reason(self) -> bool:
        """True if publishing needs a reason: the proof has warnings or is not complete."""
        return self.proof is not None and (not self.proof.complete or bool(self.proof.warnings))


def publication_check(draft: GuideContent, max_states: int = MAX_STATES) -> PublicationCheck:
    """Checks a draft: what is refused in its texts, its proof and its examples.

    The proof is not complete if there are more than `max_states` states. Pages that must be quick
    give a small limit; publication uses the largest one.
    """
    document = canonical_json(draft)
    check = _prove_document(draft, document, max_states)
    refusals = guide_refusals(document)
    problems = list(dict.fromkeys([*refusals, *check.problems]))
    return replace(check, problems=problems, refusals=refusals)


def soundness_check(draft: GuideContent, max_states: int = MAX_STATES) -> PublicationCheck:
    """Proves a guide and runs its examples, without a look at what is refused in its texts.

    A version that was published before its texts were checked can be restored all the same.
    """
    return _prove_document(draft, canonical_json(draft), max_states)


def _prove_document(draft: GuideContent, document: str, max_states: int) -> PublicationCheck:
    """Does what `soundness_check` does, for a guide whose canonical JSON is `document`."""
    try:
        compiled = compiled_document(document)
    except (DocumentError, RuleTooComplexError) as error:
        return PublicationCheck(draft, _problems_before_proof(draft, error))
    proof = document_proof(document, max_states)
    root_causes = find_root_causes(draft, proof.faults)
    examples = run_examples(compiled)
    problems = [(cause.place, root_cause_sentence(draft, cause)) for cause in root_causes]
    problems += [
        (("examples", index), example_failure_sentence(draft, result))
        for index, result in enumerate(examples)
        if not result.holds
    ]
    warnings = [(warning.place, finding_sentence(draft, warning)) for warning in proof.warnings]
    return PublicationCheck(
        draft,
        _problems_at(draft, problems),
        proof,
        root_causes,
        _problems_at(draft, warnings),
        examples,
        compiled=compiled,
    )


def publication_problems(draft: GuideContent) -> list[Problem]:
    """Returns everything that keeps a draft from being published."""
    return publication_check(draft).problems


@lru_cache(maxsize=8)
def run_examples(compiled: CompiledGuide) -> Sequence[ExampleResult]:
    """Evaluates the answers of each example of a guide, in the order of the examples.

    The latest results are cached: most pages of a guide show them.
    """
    guide, results = compiled.guide, []
    for example in guide.examples:
        path, firing = follow_answers(guide, example.answers, compiled.fire)
        outcomes = concluded_outcomes(guide.rules, firing)
        ignored = ignored_questions(guide, example.answers, path)
        fired = tuple(guide.rules[position].key for position in firing.fired)
        results.append(ExampleResult(example, outcomes, ignored, fired, firing.question))
    return results


def run_draft_examples(draft: GuideContent) -> Sequence[ExampleResult] | None:
    """Returns the results of the examples of a draft, or None if it cannot be evaluated yet."""
    try:
        return run_examples(compiled_draft(draft))
    except (DocumentError, RuleTooComplexError):
        return None


def example_failure_sentence(guide: GuideContent, result: ExampleResult) -> str:
    """Returns a French sentence that says why an example fails."""
    if result.question:
        title = quote_text(guide.question[result.question].title)
        return f"la question {title} est posée et n’a pas de réponse."
    if result.ignored:
        titles = ", ".join(quote_text(guide.question[key].title) for key in result.ignored)
        return f"ces questions ont une réponse mais ne sont pas posées\u00a0: {titles}."
    return (
        f"attendu\u00a0: {_outcome_titles(guide, result.example.outcomes)}\u00a0; "
        f"obtenu\u00a0: {_outcome_titles(guide, result.outcomes)}."
    )


def _outcome_titles(guide: GuideContent, keys: tuple[str, ...]) -> str:
    return ", ".join(quote_text(guide.outcome[key].title) for key in keys) or "aucune conclusion"


def _problems_before_proof(
    draft: GuideContent, error: DocumentError | RuleTooComplexError
) -> list[Problem]:
    """Returns the problems because of which a draft cannot be compiled.

    They are those of a document that is not well-formed, or else the rules with too many
    conditions.
    """
    if isinstance(error, DocumentError):
        return error.problems
    return _problems_at(
        draft,
        [
            (("rules", index, "when"), CONDITION_LIMIT.refusal_sentence(len(rule.when)))
            for index, rule in enumerate(draft.rules)
            if rule.key in error.keys
        ],
    )


def _problems_at(draft: GuideContent, found: Sequence[tuple[Place, str]]) -> list[Problem]:
    """Returns problems from places and sentences.

    A sentence begins in lower case then: the name of its place comes first.
    """
    document = guide_to_document(draft) if found else {}
    return [
        Problem(place, place_label(place, document), sentence[0].lower() + sentence[1:])
        for place, sentence in found
    ]
