"""The ids of the rows of a draft, so that a row of a new draft can keep the id that it had."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from rules.models import Choice, Condition, Example, Guide, Outcome, Question, Rule

RowIds = Mapping[tuple[object, ...], int]
"""The ids of the rows of a draft, by model and by what identifies a row in the draft:

- `(Question, key)`, `(Outcome, key)`, `(Rule, key)`, `(Choice, key of the question, key)`;
- `(Condition, key of the rule, rank)`: the rank in the rule, from 1;
- `(Example, key)`: the key that `pair_examples` gives the example.
"""


def row_ids(guide: Guide, example_keys_in_order: Iterable[str]) -> RowIds:
    """Returns the ids of the rows of a draft, whose examples have these keys."""
    choices = Choice.objects.filter(question__guide=guide)
    conditions = Condition.objects.filter(rule__guide=guide).order_by("rule", "position", "pk")
    tables: dict[type[Model], Iterable[tuple[Any, ...]]] = {
        Question: guide.questions.values_list("key", "pk"),
        Choice: choices.values_list("question__key", "key", "pk"),
        Outcome: guide.outcomes.values_list("key", "pk"),
        Rule: guide.rules.values_list("key", "pk"),
        Condition: _add_ranks(conditions.values_list("rule__key", "pk")),
        Example: zip(
            example_keys_in_order, guide.examples.values_list("pk", flat=True), strict=True
        ),
    }
    return {(table, *key): pk for table, rows in tables.items() for *key, pk in rows}


def _add_ranks(rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """Yields the name, the rank among the rows of that name, and the number of each row."""
    ranks: Counter[str] = Counter()
    for name, number in rows:
        ranks[name] += 1
        yield name, ranks[name], number
