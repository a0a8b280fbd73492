"""The check of a draft before it is published: its proof and the results of its examples."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from time import thread_time
from weakref import WeakKeyDictionary

from rules.counts import cap_list
from rules.document.problems import Place, Problem, place_label
from rules.document.refused_texts import guide_refusals
from rules.document.serialising import canonical_json, document_digest, guide_to_document
from rules.document.unfinished_drafts import unfinished_problems
from rules.drafts.cached_parcours import document_parcours
from rules.drafts.cached_proofs import document_proof
from rules.drafts.compiled_drafts import compiled_document, compiled_draft
from rules.engine.compiled import CompiledGuide
from rules.engine.content import ExampleContent, GuideContent
from rules.engine.resolve import follow_answers, ignored_questions
from rules.engine.state import Answer
from rules.list_pages import LazyRows
from rules.parcours.stops import Parcours
from rules.proof.bounds import THOROUGH_BOUND, BoundKind, ProofBound
from rules.proof.finding_sentences import (
    finding_sentence,
    root_cause_sentence,
    stuck_sentence,
)
from rules.proof.findings import Finding, Proof
from rules.proof.root_causes import RootCause, find_root_causes
from rules.proof.touched_paths import TouchedPaths
from rules.proof.walk import concluded_outcomes
from rules.sentences import quote_text, quoted_question

EXAMPLE_SECONDS = 5
"""The time of a core for the examples of a guide: 1,000 of them may each take 200 steps."""

MAX_QUESTIONS_NAMED = 5
"""How many questions a sentence about an example names, before it says how many others there are."""


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
    last_answers: tuple[Answer, ...] = ()
    """The last answer of the path; empty if its end comes before any question."""

    @property
    def holds(self) -> bool:
        """True if the conclusions are those that the example expects and no answer is ignored."""
        return self.outcomes == self.example.outcomes and not self.ignored

    @property
    def is_stuck(self) -> bool:
        """True if the path asks nothing and concludes nothing, although the example expects something."""
        return bool(self.example.outcomes and not self.outcomes and not self.question)


@dataclass(frozen=True, slots=True)
class PublicationCheck:
    """The result of `publication_check`: problems, proof, and results of the examples."""

    content: GuideContent
    """The draft, or the version, that was checked."""
    compiled: CompiledGuide
    """The part of the draft that can be evaluated: the whole draft if it is finished."""
    problems: Sequence[Problem]
    """The reasons why the draft cannot be published; empty if it can.

    The `refusals` come first, then what is `unfinished`. Then there is one for each of the
    `separate_causes`, in their order, and one for each example that fails.
    """
    proof: Proof
    root_causes: Sequence[RootCause]
    """The root causes of the faults: those that touch the most paths come first."""
    warnings: Sequence[Problem]
    """The warnings of the proof. The draft can be published in spite of them, with a reason."""
    examples: Sequence[ExampleResult | None]
    """The results of the examples.

    The result of an example is None if there was no time for it. The proof is not complete then.
    """
    refusals: Sequence[Problem] = ()
    """What is refused in the texts of the draft, such as links without a scheme."""
    unfinished: Sequence[Problem] = ()
    """What the draft lacks, except what is refused; empty if it is finished."""
    digest: str = ""
    """The digest of the document of the draft."""
    separate_causes: Sequence[RootCause] = ()
    """The root causes, except those of parts that are among what is `unfinished` already."""
    failing: Sequence[tuple[int, ExampleResult]] = ()
    """The examples that fail, by index, except those among what is `unfinished` already."""

    @property
    def parcours(self) -> Parcours:
        """What leads where, as far as the proof knows and pages wait for it."""
        return document_parcours(self.compiled.guide, self.digest, self.proof.graph)

    @property
    def failing_examples(self) -> Sequence[Problem]:
        """The problems that are failing examples."""
        return self.problems[self.guide_problem_count :]

    @property
    def failing_example_count(self) -> int:
        return len(self.failing)

    @property
    def guide_problem_count(self) -> int:
        """The number of problems that are not failing examples."""
        return len(self.problems) - self.failing_example_count

    @property
    def needs_reason(self) -> bool:
        """True if publishing needs a reason: the proof has warnings or is not complete."""
        return not self.proof.complete or bool(self.proof.warnings)


def publication_check(draft: GuideContent, bound: ProofBound = THOROUGH_BOUND) -> PublicationCheck:
    """Checks a draft: what is refused in its texts, its proof and its examples.

    The proof is not complete beyond its bound. Pages that must be quick give a small one.
    """
    document = canonical_json(draft)
    return _check_document(draft, document, bound, guide_refusals(document))


def soundness_check(draft: GuideContent, bound: ProofBound = THOROUGH_BOUND) -> PublicationCheck:
    """Proves a guide and runs its examples, without a look at what is refused in its texts.

    A version that was published before its texts were checked can be restored all the same.
    """
    return _check_document(draft, canonical_json(draft), bound)


def _check_document(
    draft: GuideContent, document: str, bound: ProofBound, refusals: Sequence[Problem] = ()
) -> PublicationCheck:
    """Checks a guide whose canonical JSON is `document`, and in whose texts `refusals` were found.

    A guide may have thousands of problems and warnings. Their sentences are made when they are read.
    """
    digest = document_digest(document)
    compiled = compiled_document(draft, digest)
    proof = document_proof(compiled, digest, bound)
    touched = TouchedPaths(compiled.guide, proof.graph)
    root_causes = touched.sort_causes(find_root_causes(compiled.guide, proof.faults))
    examples = run_examples(compiled, max(EXAMPLE_SECONDS, bound.seconds / 2))
    if proof.complete and None in examples:
        proof = replace(proof, stopped_by=BoundKind.EXAMPLES)
    refused = set(refusals)
    unfinished = [problem for problem in unfinished_problems(document) if problem not in refused]
    parts = {problem.place[:2] for problem in unfinished}
    separate_causes = _causes_elsewhere(root_causes, parts)
    failing = _failures_elsewhere(examples, parts)
    found: list[FoundProblem] = [*refusals, *unfinished, *separate_causes, *failing]
    sentences = ProblemSentences(draft)
    return PublicationCheck(
        draft,
        compiled,
        LazyRows(found, sentences.make_problem),
        proof,
        root_causes,
        LazyRows(proof.warnings, sentences.make_problem),
        examples,
        refusals,
        unfinished,
        digest,
        separate_causes,
        failing,
    )


def _causes_elsewhere(root_causes: Sequence[RootCause], parts: Set[Place]) -> list[RootCause]:
    """Returns the root causes, except unfinished parts and what is unreachable among these parts."""
    return [
        cause
        for cause in root_causes
        if not cause.is_unfinished
        and not (cause.is_unfinished_or_unreachable and cause.place in parts)
    ]


def _failures_elsewhere(
    examples: Sequence[ExampleResult | None], parts: Set[Place]
) -> list[tuple[int, ExampleResult]]:
    """Returns the examples that fail, by index, except those among these parts."""
    return [
        (index, result)
        for index, result in enumerate(examples)
        if result and not result.holds and ("examples", index) not in parts
    ]


_cached_examples: WeakKeyDictionary[CompiledGuide, dict[int, ExampleResult]] = WeakKeyDictionary()
"""The results of a guide's examples by their index, as long as the guide is in memory."""


def run_examples(
    compiled: CompiledGuide, seconds: float = EXAMPLE_SECONDS
) -> Sequence[ExampleResult | None]:
    """Evaluates the answers of each example of a guide, in the order of the examples.

    The result is None for an example for which there is no time: the next call goes on with it.
    """
    guide, stop_at = compiled.guide, thread_time() + seconds
    results = _cached_examples.setdefault(compiled, {})
    for index, example in enumerate(guide.examples):
        if index in results or thread_time() > stop_at:
            continue
        path, firing = follow_answers(guide, example.answers, compiled.fire)
        outcomes = concluded_outcomes(guide.rules, firing)
        ignored = ignored_questions(guide, example.answers, path)
        fired = tuple(guide.rules[position].key for position in firing.fired)
        last_answers = tuple(path.items())[-1:]
        results[index] = ExampleResult(
            example, outcomes, ignored, fired, firing.question, last_answers
        )
    return [results.get(index) for index in range(len(guide.examples))]


def run_draft_examples(draft: GuideContent) -> Sequence[ExampleResult | None]:
    """Returns the results of the examples of a draft."""
    return run_examples(compiled_draft(draft))


def example_failure_sentence(guide: GuideContent, result: ExampleResult) -> str:
    """Returns a French sentence that says why an example fails."""
    if result.question:
        name = quoted_question(guide, result.question)
        return f"la question {name} est posée et n’a pas de réponse."
    if result.is_stuck:
        sentence = stuck_sentence(guide, *result.last_answers)
        return sentence[0].lower() + sentence[1:]
    if result.ignored:
        quoted = (quoted_question(guide, key) for key in result.ignored)
        names = ", ".join(cap_list(quoted, "question{s}", str, limit=MAX_QUESTIONS_NAMED))
        names = names.removesuffix(".")
        return f"ces questions ont une réponse mais ne sont pas posées\u00a0: {names}."
    return (
        f"attendu\u00a0: {_outcome_titles(guide, result.example.outcomes)}\u00a0; "
        f"obtenu\u00a0: {_outcome_titles(guide, result.outcomes)}."
    )


def example_remedy_sentence(result: ExampleResult) -> str:
    """Returns a French sentence that says what to do about examples that fail like this one."""
    if result.question:
        return "Répondez-y dans chaque cas type, ou changez les règles."
    if result.is_stuck:
        return "Créez une règle qui dit ce qui vient ensuite."
    if result.ignored:
        return "Enlevez ces réponses de chaque cas type, ou changez les règles."
    return "Changez ce que chaque cas type attend, ou les règles."


def _outcome_titles(guide: GuideContent, keys: tuple[str, ...]) -> str:
    return ", ".join(quote_text(guide.outcome[key].title) for key in keys) or "aucune conclusion"


FoundProblem = Problem | RootCause | Finding | tuple[int, ExampleResult]
"""What a check finds: a refusal, a root cause, a finding, or a failing example with its index."""


class ProblemSentences:
    """Makes problems of what a check finds in a guide.

    A sentence begins in lower case then: the name of its place comes first.
    """

    def __init__(self, draft: GuideContent) -> None:
        self._draft = draft

    @cached_property
    def _document(self) -> object:
        return guide_to_document(self._draft)

    def make_problem(self, found: FoundProblem) -> Problem:
        match found:
            case Problem():
                return found
            case RootCause():
                return self.problem_at(found.place, root_cause_sentence(self._draft, found))
            case Finding():
                return self.problem_at(found.place, finding_sentence(self._draft, found))
            case (index, result):
                sentence = example_failure_sentence(self._draft, result)
                return self.problem_at(("examples", index), sentence)

    def problem_at(self, place: Place, sentence: str) -> Problem:
        label = place_label(place, self._document)
        return Problem(place, label, sentence[0].lower() + sentence[1:])
