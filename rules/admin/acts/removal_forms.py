"""The forms of the acts that remove a part: what they offer to do with what depends on it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms

from rules.admin.acts.destination_form import name_destinations
from rules.admin.acts.search_field import SearchField, SearchInput
from rules.admin.form_fields import RadioButtons
from rules.counts import count_label
from rules.drafts.acts import map_draft
from rules.edits.acts.fallen_parts import FallenParts, find_fallen_parts
from rules.edits.acts.part_removals import (
    content_without_choice,
    content_without_outcome,
    remove_choice,
    remove_outcome,
    remove_rule,
    replace_choice,
    replace_outcome,
)
from rules.edits.acts.question_removal import (
    choices_by_place,
    content_without_question,
    gives_advice,
    remove_question,
    remove_question_and_go_on,
    remove_question_and_lead,
    remove_question_as_if,
)
from rules.edits.edit import Act
from rules.edits.rewriting.arrow_words import destination_words
from rules.engine.content import GuideContent
from rules.parcours.stops import Destination
from rules.sentences import quote_text, quoted_outcome, quoted_question

REMOVE = "remove"
"""The way that also removes what depends on the part."""
SOUGHT = "sought"
"""The way that puts another part, which the editor searches for, in its place."""
GO_ON, GO_ON_LABEL = "go-on", "Les visiteurs passent à"
"""The way on which visitors go on to what comes after the removed question, and how its label begins."""
CHOICE_PREFIX, NEXT_PREFIX = "choice-", "next-"
"""The beginnings of ways that are about a choice, or about where it leads, before its key."""


class RemovalForm(forms.Form):
    """A form that removes a part. It offers several ways if other parts depend on it."""

    way = forms.ChoiceField(
        label="Que devient ce qui en dépend\u00a0?",
        widget=RadioButtons(attrs={"autofocus": True}),
        error_messages={"required": "Choisissez ce que devient ce qui en dépend."},
    )
    sought = SearchField(
        label="Question ou conclusion",
        required=False,
        widget=SearchInput(attrs={"class": "vTextField"}),
        help_text="Tapez quelques lettres de son nom.",
    )

    def __init__(self, *args: Any, draft: GuideContent, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.part = draft, part
        self.fallen = self.find_fallen()
        way, sought = self.fields["way"], self.fields["sought"]
        assert isinstance(way, forms.ChoiceField)
        assert isinstance(sought, SearchField)
        sought.offer_names(dict(self.list_named()))
        way.required = self.has_ways
        way.choices = lambda: self.ways.items()
        way.initial = lambda: self.first_way

    @cached_property
    def ways(self) -> Mapping[str, str]:
        """The label of each way, by its value. What takes all along stands last."""
        other_ways = self.list_other_ways() if self.fallen else ()
        counts = count_fallen(self.fallen, self.lost_by_examples)
        return {**dict(other_ways), REMOVE: f"Supprimer avec ce qui en dépend ({counts})"}

    @property
    def first_way(self) -> str:
        """The way that is ticked when the form opens; empty if none is."""
        return SOUGHT if SOUGHT in self.ways else ""

    @property
    def has_ways(self) -> bool:
        return bool(self.fallen)

    @property
    def chosen(self) -> str:
        """The label of the way that was chosen; empty if there was nothing to choose."""
        return self.ways[self.cleaned_data["way"]] if self.has_ways and self.is_bound else ""

    @property
    def replacing(self) -> str:
        """The quoted name of the part of the same kind that takes the place of this one; empty if none does."""
        return ""

    @property
    def lost_by_examples(self) -> str:
        """The noun for what examples lose if nothing takes the place of the part, without its article."""
        return ""

    @property
    def needs_review(self) -> bool:
        """True if other parts or visitors may notice that the part is gone."""
        return self.has_ways

    def find_fallen(self) -> FallenParts:
        """Returns what falls with the part if nothing takes its place."""
        return FallenParts((), (), ())

    def list_other_ways(self) -> Iterator[tuple[str, str]]:
        """Yields the value and the label of each other way."""
        yield from ()

    def list_named(self) -> Iterator[tuple[str, object]]:
        """Yields what can take the place of the part, each with its name."""
        yield from ()

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("way") != SOUGHT:
            self.errors.pop("sought", None)
            self.cleaned_data["sought"] = None
        elif self.cleaned_data.get("sought") is None and "sought" not in self.errors:
            self.add_error("sought", "Choisissez ce qui prend sa place.")

    @property
    def replacement(self) -> object:
        """What was searched for, to take the place of the part; None if the way is another one."""
        return self.cleaned_data["sought"] if self.is_bound else None

    @property
    def choice(self) -> str:
        """The key of the choice that the way is about; empty if it is about none."""
        way = str(self.cleaned_data["way"]) if self.is_bound else REMOVE
        return way.removeprefix(CHOICE_PREFIX) if way.startswith(CHOICE_PREFIX) else ""

    @property
    def act(self) -> Act:
        raise NotImplementedError


def count_fallen(fallen: FallenParts, lost_by_examples: str) -> str:
    """Returns « 3 règles supprimées, 1 règle changée, 16 cas types perdent leur réponse à « … » »."""
    example_count = len(fallen.changed_examples)
    lose = "perdent leur" if example_count > 1 else "perd sa"
    counts = (
        (len(fallen.removed_rules), "règle{s} supprimée{s}"),
        (len(fallen.changed_rules), "règle{s} changée{s}"),
        (example_count, f"cas type{{s}} {lose} {lost_by_examples}"),
    )
    return ", ".join(count_label(count, noun) for count, noun in counts if count)


class QuestionRemovalForm(RemovalForm):
    def find_fallen(self) -> FallenParts:
        return find_fallen_parts(self.draft, content_without_question(self.draft, self.part))

    @property
    def lost_by_examples(self) -> str:
        return f"réponse à {quoted_question(self.draft, self.part)}"

    @property
    def chosen(self) -> str:
        if not isinstance(self.replacement, Destination):
            return super().chosen
        return f"{GO_ON_LABEL} {destination_words(self.draft, self.replacement)}"

    def list_named(self) -> Iterator[tuple[str, Destination]]:
        for name, destination in name_destinations(self.draft):
            if destination.question != self.part:
                yield name, destination

    @cached_property
    def places(self) -> Mapping[frozenset[Destination], Sequence[str]]:
        """The choices of the question, by where they lead."""
        return choices_by_place(map_draft(self.draft), self.part)

    def list_other_ways(self) -> Iterator[tuple[str, str]]:
        """Yields first that visitors go on, to one of the places where choices lead if there are several."""
        end = ", sans ses conseils" if gives_advice(self.draft, self.part) else ""
        for places, (choice, *_) in self.places.items():
            name = destination_words(self.draft, *places) if len(places) == 1 else ""
            if len(self.places) == 1:
                yield GO_ON, f"{GO_ON_LABEL} la suite{name and f' ({name})'}{end}"
            elif name and places != {Destination()}:
                yield f"{NEXT_PREFIX}{choice}", f"{GO_ON_LABEL} {name}{end}"
        yield SOUGHT, f"{GO_ON_LABEL} une autre question ou conclusion…"
        for same in self.draft.question[self.part].choices:
            label = f"Comme si tout le monde répondait {quote_text(same.label)}"
            yield f"{CHOICE_PREFIX}{same.key}", label

    @property
    def first_way(self) -> str:
        return next(iter(self.ways)) if self.places else ""

    @property
    def act(self) -> Act:
        way = str(self.cleaned_data["way"]) if self.is_bound else REMOVE
        if way == GO_ON:
            return remove_question_and_go_on(self.part)
        if way.startswith(NEXT_PREFIX):
            choice = way.removeprefix(NEXT_PREFIX)
            (place,) = next(places for places, led in self.places.items() if choice in led)
            return remove_question_and_lead(self.part, place)
        if isinstance(self.replacement, Destination):
            return remove_question_and_lead(self.part, self.replacement)
        if self.choice:
            return remove_question_as_if(self.part, self.choice)
        return remove_question(self.part)


class ChoiceRemovalForm(RemovalForm):
    """The form for a choice, whose key is `part`, of a question."""

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)

    @property
    def needs_review(self) -> bool:
        return True

    def find_fallen(self) -> FallenParts:
        content = content_without_choice(self.draft, self.question, self.part)
        return find_fallen_parts(self.draft, content)

    @property
    def lost_by_examples(self) -> str:
        return f"réponse à {quoted_question(self.draft, self.question)}"

    @property
    def replacing(self) -> str:
        if not self.choice:
            return ""
        return quote_text(self.draft.question[self.question].choice[self.choice].label)

    def list_other_ways(self) -> Iterator[tuple[str, str]]:
        for choice in self.draft.question[self.question].choices:
            if choice.key != self.part:
                label = f"Remplacer par {quote_text(choice.label)}"
                yield f"{CHOICE_PREFIX}{choice.key}", label

    @property
    def act(self) -> Act:
        if self.choice:
            return replace_choice(self.question, self.part, self.choice)
        return remove_choice(self.question, self.part)


class OutcomeRemovalForm(RemovalForm):
    def __init__(self, *args: Any, draft: GuideContent, part: str, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, part=part, **kwargs)
        is_final = draft.outcome[part].final
        label = "Conclusion qui la remplace" if is_final else "Conseil qui le remplace"
        self.fields["sought"].label = label

    def find_fallen(self) -> FallenParts:
        return find_fallen_parts(self.draft, content_without_outcome(self.draft, self.part))

    @property
    def lost_by_examples(self) -> str:
        return f"conclusion {quoted_outcome(self.draft, self.part)}"

    @property
    def replacing(self) -> str:
        return (
            quoted_outcome(self.draft, self.replacement)
            if isinstance(self.replacement, str)
            else ""
        )

    def list_named(self) -> Iterator[tuple[str, str]]:
        """Yields the other outcomes of the same kind."""
        is_final = self.draft.outcome[self.part].final
        for outcome in self.draft.outcomes:
            if outcome.final is is_final and outcome.key != self.part:
                yield outcome.title, outcome.key

    def list_other_ways(self) -> Iterator[tuple[str, str]]:
        yield SOUGHT, "Remplacer par…"

    @property
    def act(self) -> Act:
        if isinstance(self.replacement, str):
            return replace_outcome(self.part, self.replacement)
        return remove_outcome(self.part)


class RuleRemovalForm(RemovalForm):
    @property
    def needs_review(self) -> bool:
        return True

    @property
    def act(self) -> Act:
        return remove_rule(self.part)
