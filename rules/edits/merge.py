"""Merges two contents of a guide that were both made from a third one, part by part.

The title, the introduction, each question, outcome, rule and example is a part, and so is the order of
each list. A part that one side has changed is taken from this side. A part that the sides have changed
in different ways is a conflict: a question is never put together from two of its forms.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.comparison import PartKind, example_keys, pair_examples
from rules.comparison.change_sentences import capitalize_first
from rules.comparison.example_changes import ExampleComparison, ExamplesByKey
from rules.comparison.names import disambiguate_names
from rules.comparison.outcome_changes import OutcomeComparison
from rules.comparison.part_comparison import Part, PartComparison
from rules.comparison.question_changes import QuestionComparison
from rules.comparison.rule_changes import RuleComparison
from rules.engine.content import (
    Effect,
    ExampleContent,
    GuideContent,
)
from rules.sentences import quote_text, quoted_outcome, quoted_question, rule_name, shorten_title

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part of a guide that cannot be merged. `kind` and `key` name it as a `PartChange` does.

    The key is empty for the guide itself, and for the order of the rules.
    """

    kind: PartKind
    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The result of a merge."""

    content: GuideContent
    """What was merged; `theirs`, unchanged, if there are conflicts."""
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Sides(Generic[Value]):
    """The three forms of one value: before both changes, and after each of them."""

    base: Value
    ours: Value
    theirs: Value

    @property
    def merged(self) -> Value:
        """The form of the side that has changed it; that of `theirs` if both have."""
        return self.ours if _are_same(self.base, self.theirs) else self.theirs

    @property
    def is_conflict(self) -> bool:
        """True if both sides have changed the value, in different ways."""
        return not (
            _are_same(self.base, self.ours)
            or _are_same(self.base, self.theirs)
            or _are_same(self.ours, self.theirs)
        )


def merge_contents(base: GuideContent, ours: GuideContent, theirs: GuideContent) -> Merge:
    """Merges `ours` and `theirs`, two contents that were both made from `base`.

    No conflict is left out: two sides that have changed one part, a part that one side has removed
    and the other has changed, and a part of one side that names what the other has removed. If both
    sides have changed the order of the rules, that is a conflict; other lists keep the order of
    `theirs`. What only one side has added comes after the part that it follows there.
    """
    merging = _Merging(Sides(base, ours, theirs))
    content = merging.merge_parts()
    conflicts = (*merging.conflicts, *_new_dangling_references(content, base, ours, theirs))
    return Merge(theirs if conflicts else content, conflicts)


class _Merging:
    """One merge: it collects the conflicts of parts that both sides have changed."""

    def __init__(self, guides: Sides[GuideContent]) -> None:
        self.guides = guides
        self.conflicts: list[Conflict] = []
        self._named = disambiguate_names(guides.base, guides.theirs)

    def merge_parts(self) -> GuideContent:
        """Returns the merged guide, which may have references to what it does not have."""
        guides = (self.guides.base, self.guides.ours, self.guides.theirs)
        return GuideContent(
            slug=self._merge_text("L’adresse", Sides(*(guide.slug for guide in guides))),
            title=self._merge_text("Le titre", Sides(*(guide.title for guide in guides))),
            questions=self._merge_list(
                QuestionComparison(*self._named), Sides(*(guide.question for guide in guides))
            ),
            outcomes=self._merge_list(
                OutcomeComparison(*self._named), Sides(*(guide.outcome for guide in guides))
            ),
            rules=self._merge_list(
                RuleComparison(*self._named), Sides(*(guide.rule for guide in guides))
            ),
            examples=self._merge_list(
                ExampleComparison(*self._named),
                _examples_by_key(*(guide.examples for guide in guides)),
            ),
            introduction=self._merge_text(
                "L’introduction", Sides(*(guide.introduction for guide in guides))
            ),
        )

    def _merge_text(self, name: str, sides: Sides[str]) -> str:
        if sides.is_conflict:
            self._add_conflict(PartKind.GUIDE, "", f"{name} du guide a changé des deux côtés.")
        return sides.merged

    def _merge_list(
        self, comparison: PartComparison[Part], lists: Sides[Mapping[str, Part]]
    ) -> tuple[Part, ...]:
        """Merges a list of parts, given by key in their order. `comparison` names the parts."""
        merged: dict[str, Part] = {}
        for key in {**lists.theirs, **lists.ours, **lists.base}:
            sides = Sides(lists.base.get(key), lists.ours.get(key), lists.theirs.get(key))
            if sides.is_conflict:
                self._add_conflict(comparison.kind, key, _conflict_sentence(comparison, sides))
            if sides.merged is not None:
                merged[key] = sides.merged
        orders = _orders_of_common_parts(lists)
        if comparison.kind is PartKind.RULE and orders.is_conflict:
            sentence = "L’ordre des règles a changé des deux côtés."
            self._add_conflict(PartKind.RULE, "", sentence)
        only_ours_moved = orders.theirs == orders.base
        first, second = (
            (lists.ours, lists.theirs) if only_ours_moved else (lists.theirs, lists.ours)
        )
        return tuple(merged[key] for key in _join_orders(first, second) if key in merged)

    def _add_conflict(self, kind: PartKind, key: str, sentence: str) -> None:
        self.conflicts.append(Conflict(kind, key, sentence))


def _are_same(one: object, other: object) -> bool:
    """True if two values are equal. The order of the answers of an example counts."""
    if isinstance(one, ExampleContent) and isinstance(other, ExampleContent):
        return one == other and list(one.answers) == list(other.answers)
    return one == other


def _conflict_sentence(comparison: PartComparison[Part], sides: Sides[Part | None]) -> str:
    """Returns the sentence about a part that both sides have changed, or one of them has removed."""
    is_in_theirs = sides.theirs is not None
    part = sides.theirs if is_in_theirs else sides.base
    assert part is not None  # otherwise only `ours` has it, which is no conflict
    name = comparison.part_name(comparison.new if is_in_theirs else comparison.old, part)
    ending = "e" * comparison.is_feminine(part)
    if is_in_theirs and sides.ours is not None:
        return f"{capitalize_first(name)} a changé des deux côtés."
    return f"{capitalize_first(name)} est supprimé{ending} d’un côté et a changé de l’autre."


def _orders_of_common_parts(lists: Sides[Mapping[str, Part]]) -> Sides[list[str]]:
    """Returns the orders in which the three lists have the parts that all of them have."""
    common = lists.base.keys() & lists.ours.keys() & lists.theirs.keys()
    return Sides(
        *(
            [key for key in parts if key in common]
            for parts in (lists.base, lists.ours, lists.theirs)
        )
    )


def _join_orders(first: Mapping[str, Part], second: Mapping[str, Part]) -> Iterator[str]:
    """Yields the keys of two lists in the order of the first one.

    What only the second list has comes directly after the part that it follows there.
    """
    followers: dict[str, list[str]] = {}
    previous = ""
    for key in second:
        if key in first:
            previous = key
        else:
            followers.setdefault(previous, []).append(key)
    for key in ("", *first):
        if key:
            yield key
        yield from followers.get(key, ())


def _examples_by_key(
    base: Sequence[ExampleContent],
    ours: Sequence[ExampleContent],
    theirs: Sequence[ExampleContent],
) -> Sides[Mapping[str, ExampleContent]]:
    """Returns three lists of examples by keys: an example that several lists have has one key.

    The keys of the examples of `theirs` are those that `example_keys` gives them.
    """
    base_by_key, theirs_by_key = pair_examples(base, theirs)
    base_by_our_key, ours_by_key = pair_examples(base, ours)
    key_by_our_key = dict(zip(base_by_our_key, base_by_key, strict=True))
    our_examples: ExamplesByKey = {}
    for our_key, example in ours_by_key.items():
        # A new example is no example of the base, even if `theirs` gives one its name.
        new_key = f"{our_key}\n" if our_key in base_by_key else our_key
        our_examples[key_by_our_key.get(our_key, new_key)] = example
    return Sides(base_by_key, our_examples, theirs_by_key)


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a rule or an example names: a question, one of its choices, or an outcome."""

    kind: PartKind
    """The kind of the part that names it."""
    part: str
    """The key of this part."""
    question: str = ""
    choice: str = ""
    outcome: str = ""
    is_final: bool = False
    """True if the outcome must be a conclusion."""

    def is_dangling(self, guide: GuideContent) -> bool:
        """True if the guide does not have what is named."""
        if self.outcome:
            outcome = guide.outcome.get(self.outcome)
            return outcome is None or outcome.final is not self.is_final
        question = guide.question.get(self.question)
        return question is None or bool(self.choice and self.choice not in question.choice)

    def name_in(self, guide: GuideContent) -> str:
        """Returns the name of what is named, which the guide has or had."""
        if self.outcome:
            noun = "la conclusion" if self.is_final else "le conseil"
            return f"{noun} {quoted_outcome(guide, self.outcome)}"
        question = guide.question.get(self.question)
        choice = question.choice.get(self.choice) if question else None
        answer = f"la réponse {quote_text(choice.label)} de " if choice else ""
        return f"{answer}la question {quoted_question(guide, self.question)}"


def _new_dangling_references(
    merged: GuideContent, base: GuideContent, ours: GuideContent, theirs: GuideContent
) -> Iterator[Conflict]:
    """Yields a conflict for each part that names what the merged guide does not have.

    What a part of an unfinished draft did not have before the merge is no conflict.
    """
    before = {*_dangling_references(ours), *_dangling_references(theirs)}
    for reference in _dangling_references(merged):
        if reference not in before:
            name = _name_of_part(merged, reference)
            missing = reference.name_in(base)
            sentence = f"{name} utilise ce que l’autre côté a supprimé\u00a0: {missing}."
            yield Conflict(reference.kind, reference.part, sentence)


def _dangling_references(guide: GuideContent) -> Iterator[_Reference]:
    return (reference for reference in _references_in(guide) if reference.is_dangling(guide))


def _references_in(guide: GuideContent) -> Iterator[_Reference]:
    """Yields what the rules and examples of a guide name."""
    kind = PartKind.RULE
    for rule in guide.rules:
        for condition in rule.when:
            for question in condition.questions:
                yield _Reference(kind, rule.key, question)
            for choice in condition.choices:
                yield _Reference(kind, rule.key, condition.question, choice)
        if rule.effect is Effect.ASK:
            yield _Reference(kind, rule.key, rule.target)
        else:
            is_final = rule.effect is Effect.CONCLUDE
            yield _Reference(kind, rule.key, outcome=rule.target, is_final=is_final)
    for key, example in _keyed_examples(guide).items():
        for question, choice in example.answers.items():
            yield _Reference(PartKind.EXAMPLE, key, question, choice)
        for outcome in example.outcomes:
            yield _Reference(PartKind.EXAMPLE, key, outcome=outcome, is_final=True)


def _keyed_examples(guide: GuideContent) -> Mapping[str, ExampleContent]:
    keys = example_keys(example.name for example in guide.examples)
    return dict(zip(keys, guide.examples, strict=True))


def _name_of_part(guide: GuideContent, reference: _Reference) -> str:
    if reference.kind is PartKind.RULE:
        return f"La {rule_name(guide, guide.rule[reference.part])}"
    example = _keyed_examples(guide)[reference.part]
    return f"Le cas type {quote_text(shorten_title(example.name))}"
