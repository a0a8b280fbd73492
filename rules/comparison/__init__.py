"""Two guides compared, as French sentences: `compare(old, new)`. Values in, values out.

- `changes`: what is said: a change for each part that differs, with its sentences.
- `compare`: the parts of one guide beside those of the other. `order`: which of them moved.
- `parts`: what is said of the parts of any kind. `questions`, `outcomes`, `rules`, `examples`: what
  differs in one of each.
- `texts`: the words that differ in a long text. `names`: parts of the same name told apart.
"""

from rules.comparison.change import Change, Kind, Mark, Segment, Sentence
from rules.comparison.compare import compare

__all__ = ["Change", "Kind", "Mark", "Segment", "Sentence", "compare"]
