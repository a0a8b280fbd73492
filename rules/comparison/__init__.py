"""The comparison of two guides in French sentences. Nothing here uses Django.

A part of a guide is a question, an outcome, a rule, an example, or the guide itself (its title, its
slug and its introduction).

- `change_sentences`: the values that a comparison returns: changed parts, each with its sentences.
- `guide_changes`: compares two guides, part by part.
- `part_comparison`: the base class of the comparisons of questions, outcomes, rules and examples, which are
  in `question_changes`, `outcome_changes`, `rule_changes` and `example_changes`.
- `order_changes`: finds which parts are new, removed or moved.
- `text_changes`: finds the words that differ between two texts.
- `names`: makes names of parts distinct.
"""

from rules.comparison.change_sentences import Mark, PartChange, PartKind, Segment, Sentence
from rules.comparison.example_changes import RowIdsOfExamples, example_keys, pair_examples
from rules.comparison.guide_changes import compare_guides

__all__ = [
    "Mark",
    "PartChange",
    "PartKind",
    "RowIdsOfExamples",
    "Segment",
    "Sentence",
    "compare_guides",
    "example_keys",
    "pair_examples",
]
