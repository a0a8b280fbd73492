"""What a prepared act does to a draft, found before it is written: to its problems and to visitors."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.comparison import example_keys
from rules.document.problems import Place, Problem
from rules.drafts.acts import PreparedAct
from rules.drafts.cached_changes import compared_draft, sentences_for_visitors
from rules.edits.promises import (
    AsksOnTheWay,
    ChangesOnlyPathsTo,
    ChangesOnlyPathsWith,
    LeavesOutQuestion,
    RemovesFault,
    ReplacesOutcome,
    ShowsChanges,
)
from rules.engine.content import Effect, GuideContent
from rules.proof.bounds import QUICK_BOUND, THOROUGH_BOUND, ProofBound
from rules.proof.findings import Finding, FindingKind
from rules.publication.check import (
    FoundProblem,
    ProblemSentences,
    PublicationCheck,
    publication_check,
)
from rules.visitor_changes.visitor_sentences import VisitorSentences


def digest_shown_by(fingerprint: str) -> str:
    """Returns the digest of the content that a page with this fingerprint showed; empty without one."""
    return "".join(fingerprint.split(".")[1:2])


@dataclass(frozen=True)
class ActReview:
    """A prepared act, with the check of the draft before and after it."""

    prepared: PreparedAct

    @property
    def is_proved(self) -> bool:
        """True if the promise of the act was checked to the end, and holds."""
        return self.prepared.verdict.is_proved

    @cached_property
    def before(self) -> PublicationCheck:
        return self._check_content(self.prepared.before)

    @cached_property
    def after(self) -> PublicationCheck:
        return self._check_content(self.prepared.edit.content)

    def _check_content(self, content: GuideContent) -> PublicationCheck:
        return publication_check(content, self._bound if self.is_proved else QUICK_BOUND)

    @property
    def _bound(self) -> ProofBound:
        """The bound of what is still to be found: a small one if the act has taken much of its time."""
        has_time = self.prepared.effort.seconds_left > THOROUGH_BOUND.seconds / 2
        return THOROUGH_BOUND if has_time else QUICK_BOUND

    @property
    def fingerprint(self) -> str:
        """It changes whenever a page that shows this review would show something else."""
        return f"{self.before.digest}.{self.after.digest}.{self.is_proved}"

    def is_shown_by(self, fingerprint: str) -> bool:
        """True if a page with this fingerprint showed the same: with this proof, or without any."""
        return fingerprint in (
            self.fingerprint,
            f"{self.before.digest}.{self.after.digest}.False",
        )

    def has_draft_of_page(self, fingerprint: str) -> bool:
        """True if the draft is still the one of which a page with this fingerprint showed an act."""
        return fingerprint.startswith(f"{self.before.digest}.")

    @cached_property
    def visitors(self) -> VisitorSentences:
        """What changes for visitors."""
        older, newer = map(compared_draft, (self.before.content, self.after.content))
        return sentences_for_visitors(older, newer, self._bound)

    @property
    def new_problems(self) -> Sequence[Problem]:
        """The faults that the act makes, and the examples that begin to fail."""
        return _write_problems(self.after, self._new)

    @property
    def gone_problems(self) -> Sequence[Problem]:
        """The faults that the act mends, and the examples that hold again."""
        return _write_problems(self.before, self._gone)

    @property
    def is_done_at_once(self) -> bool:
        """True if an editor need not see first what the act does.

        Its promise holds and it makes no problem, except dead ends after the questions and choices
        that it adds. An act that mends a fault, or that removes or replaces what visitors get, must
        change nothing for visitors. One that promises nothing must not change the problems either.
        """
        if not self.is_proved or not self.after.proof.complete:
            return False
        if isinstance(self.prepared.edit.promise, ShowsChanges):
            return not self._new and not self._gone and self.visitors.is_nothing
        if self._must_change_nothing:
            return not self._new and self.visitors.is_nothing
        return all(map(self._is_dead_end_of_new_part, self._new))

    @property
    def _must_change_nothing(self) -> bool:
        """True if the act mends a fault, or removes or replaces what visitors get.

        An act that inserts a question, and drops rules that do not only ask it, is like these.
        """
        match self.prepared.edit.promise:
            case RemovesFault() | ChangesOnlyPathsTo() | ReplacesOutcome():
                return True
            case AsksOnTheWay(question=question):
                rules = self.after.content.rule
                gone = (rule for rule in self.before.content.rules if rule.key not in rules)
                return any((rule.effect, rule.target) != (Effect.ASK, question) for rule in gone)
            case LeavesOutQuestion(choice=choice, loses_advice=loses_advice):
                return bool(choice) or loses_advice
            case ChangesOnlyPathsWith(question=question, choices=choices):
                left = self.after.content.question.get(question)
                return left is None or not left.choice.keys() >= {*choices}
        return False

    @cached_property
    def _new(self) -> list[FoundProblem]:
        before = problems_by_key(self.before)
        return [found for key, found in problems_by_key(self.after).items() if key not in before]

    @cached_property
    def _gone(self) -> list[FoundProblem]:
        after = problems_by_key(self.after)
        return [found for key, found in problems_by_key(self.before).items() if key not in after]

    def _is_dead_end_of_new_part(self, found: FoundProblem) -> bool:
        """True if visitors are stuck at a question or after a choice that the act has added."""
        known = self.before.content.question
        match found:
            case Finding(kind=FindingKind.STUCK, answers=[*_, (question, choice)]):
                return question not in known or choice not in known[question].choice
            case Problem(place=("questions", int(index), *_)):
                return self.after.content.questions[index].key not in known
        return False


def problems_by_key(check: PublicationCheck) -> Mapping[Hashable, FoundProblem]:
    """Returns what keeps a draft from being published.

    The key of a problem stays the same when other parts of the draft change or move. What is
    unfinished is one problem: the fault that the proof finds there is left out.
    """
    content = check.content
    keys: Mapping[object, Sequence[str]] = {
        "questions": [question.key for question in content.questions],
        "outcomes": [outcome.key for outcome in content.outcomes],
        "rules": [rule.key for rule in content.rules],
        "examples": example_keys(example.name for example in content.examples),
    }

    def key_of_place(place: Place) -> Hashable:
        kind, index, *rest = (*place, "", "")
        return (kind, keys[kind][index], *rest) if isinstance(index, int) else place

    found: dict[Hashable, FoundProblem] = {}
    for problem in (*check.refusals, *check.unfinished):
        found[key_of_place(problem.place), problem.message] = problem
    for fault in check.proof.faults:
        if fault.kind is not FindingKind.UNFINISHED:
            last_answer = fault.answers[-1:] if fault.kind is FindingKind.STUCK else ()
            found[fault.kind, key_of_place(fault.place), last_answer] = fault
    for index, result in check.failing:
        found[key_of_place(("examples", index))] = (index, result)
    return found


def _write_problems(check: PublicationCheck, found: Sequence[FoundProblem]) -> Sequence[Problem]:
    sentences = ProblemSentences(check.content)
    return [*map(sentences.make_problem, found)]
