"""The comparison of two guides in French sentences. Nothing here needs Django.

- `change_sentences`: the values that a comparison returns: changes of parts, with their sentences.
- `guide_changes`: the comparison of two guides, part by part.
- `parts`: what the comparisons of all kinds of parts share; one module for each kind of part:
  `question_changes`, `outcome_changes`, `rule_changes` and `example_changes`.
- `order_changes`: which parts are new, removed or moved. `text_changes`: words of a long text.
- `names`: distinct names for parts that have the same name.
"""

from rules.comparison.change_sentences import Mark, PartChange, PartKind, Segment, Sentence
from rules.comparison.guide_changes import compare_guides

__all__ = ["Mark", "PartChange", "PartKind", "Segment", "Sentence", "compare_guides"]
