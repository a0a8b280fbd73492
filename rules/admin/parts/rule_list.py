"""The list of rules: grouped by question, with filters. Another page has them in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import HttpRequest, QueryDict

from rules.admin.links import change_urls, place_url
from rules.engine.content import Effect, GuideContent
from rules.list_pages import LazyRows, find_list_page
from rules.lookup.folded_text import MAX_QUERY_LENGTH, search_words
from rules.lookup.part_search import searched_rules
from rules.lookup.part_uses import find_uses
from rules.lookup.rule_columns import ConditionColumns, condition_columns, last_question
from rules.models import Guide, Rule
from rules.parcours.anchors import stop_anchor
from rules.sentences import TONE_LABELS, effect_clause, question_name

Option = tuple[str, str]
"""The value and the label of an option of a filter."""

_EFFECTS_ON = {"question": {Effect.ASK}, "outcome": {Effect.ADVISE, Effect.CONCLUDE}}
"""The effects that lead to a part of a kind."""

MAX_UNFOLDED_RULES = 30
"""If more rules are listed and no filter is set, their groups are folded."""
OPEN_VAR = "open"
"""The query parameter that unfolds all groups."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as the list shows it."""

    group: str
    """The key of the question under which it stands; empty for a rule without conditions."""
    key: str
    number: int
    anchor: str
    url: str
    conditions: tuple[ConditionColumns, ...]
    effect: str
    """What the rule does: « conclure « … » »."""
    tone: str
    tone_label: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules that stand under one question."""

    title: str
    stop_url: str
    """The place of the question on the page of the guide; empty for rules without conditions."""
    rows: Sequence[RuleRow]


class RuleFilter:
    """The filters of the list. Parts that the draft does not have are no filters."""

    def __init__(self, draft: GuideContent, query: QueryDict) -> None:
        self._draft = draft
        self.query = query.get("q", "")[:MAX_QUERY_LENGTH]
        question, leads_to = query.get("question", ""), query.get("leads_to", "")
        self.question = question if question in draft.question else ""
        values = {value for _, options in self.target_options for value, _ in options}
        self.leads_to = leads_to if leads_to in values else ""

    @property
    def question_options(self) -> list[Option]:
        return [(key, question_name(self._draft, key)) for key in self._draft.question]

    @cached_property
    def target_options(self) -> list[tuple[str, list[Option]]]:
        """What rules may lead to, in groups: any part of a kind, then each part of that kind."""
        asked = [(f"question:{key}", name) for key, name in self.question_options]
        given: dict[bool, list[Option]] = {True: [], False: []}
        for outcome in self._draft.outcomes:
            given[outcome.final].append((f"outcome:{outcome.key}", outcome.title))
        return [
            ("Une conclusion", [(Effect.CONCLUDE.value, "Toutes les conclusions"), *given[True]]),
            ("Un conseil", [(Effect.ADVISE.value, "Tous les conseils"), *given[False]]),
            ("Une question", [(Effect.ASK.value, "Toutes les questions"), *asked]),
        ]

    @property
    def is_active(self) -> bool:
        return bool(self.question or self.leads_to or search_words(self.query))

    def find_rules(self) -> list[int]:
        """Returns the positions of the rules that pass all filters, in their order."""
        rules, words = self._draft.rules, search_words(self.query)
        found = set(range(len(rules)))
        if self.question:
            found &= {*find_uses(self._draft).questions[self.question].rules}
        if self.leads_to:
            kind, _, key = self.leads_to.partition(":")
            effects = {Effect(kind)} if not key else _EFFECTS_ON[kind]
            found = {
                index
                for index in found
                if rules[index].effect in effects and key in ("", rules[index].target)
            }
        if words:
            parts = searched_rules(self._draft)
            found &= {part.place[1] for part in parts if part.find_rank(words) is not None}
        return sorted(found)


def rule_list_context(request: HttpRequest, guide: Guide, draft: GuideContent) -> dict[str, object]:
    """Returns what the page of the list shows: the filters, and groups of the rules that pass them."""
    chosen = RuleFilter(draft, request.GET)
    rank = {key: index for index, key in enumerate(draft.question)}
    positions = sorted(
        (rank.get(last_question(draft, draft.rules[position]), -1), position)
        for position in chosen.find_rules()
    )
    presenter = RulePresenter(guide, draft)
    listed = find_list_page(
        request, "rule", LazyRows(positions, lambda pair: presenter.present_rule(pair[1]))
    )
    return {
        "chosen": chosen,
        "listed": listed,
        "groups": [
            RuleGroup(
                question_name(draft, key) if key else "Sans condition",
                place_url(guide, stop_anchor(key)) if key else "",
                list(rows),
            )
            for key, rows in groupby(listed.rows, lambda row: row.group)
        ],
        "unfolded": chosen.is_active
        or OPEN_VAR in request.GET
        or listed.total <= MAX_UNFOLDED_RULES,
    }


class RulePresenter:
    """Presents the rules of a draft as the rows of the list."""

    def __init__(self, guide: Guide, draft: GuideContent) -> None:
        self._draft = draft
        self._ids = dict(guide.rules.values_list("key", "pk"))
        self._urls = dict(zip(self._ids, change_urls(Rule, self._ids.values()), strict=True))

    def present_rule(self, position: int) -> RuleRow:
        draft, rule = self._draft, self._draft.rules[position]
        outcome = None if rule.effect is Effect.ASK else draft.outcome.get(rule.target)
        return RuleRow(
            last_question(draft, rule),
            rule.key,
            position + 1,
            f"rule-{self._ids.get(rule.key, 0)}",
            self._urls.get(rule.key, ""),
            condition_columns(draft, rule),
            effect_clause(draft, rule),
            outcome.tone.value if outcome else "",
            TONE_LABELS[outcome.tone] if outcome else "",
        )
