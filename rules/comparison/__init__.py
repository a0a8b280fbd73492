"""Two guides compared, as French sentences: `compare(old, new)`. Values in, values out.

- `change`: what a comparison returns: a change for each part that differs, with its sentences.
- `guide_changes`: the parts of one guide beside those of the other. `order_changes`: which of them moved.
- `parts`: what the comparisons of every kind of part share. `question_changes`, `outcome_changes`,
  `rule_changes`, `example_changes`: what differs in one question, outcome, rule or example.
- `text_changes`: the words that differ in a long text. `names`: distinct names for equal titles.
"""

from rules.comparison.change import Mark, PartChange, PartKind, Segment, Sentence
from rules.comparison.guide_changes import compare_guides

__all__ = ["Mark", "PartChange", "PartKind", "Segment", "Sentence", "compare_guides"]
