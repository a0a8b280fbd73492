"""What changes for visitors between two contents of a guide. Nothing here uses Django.

The older content and the newer one are walked side by side, so that the difference is exact: which
paths of the older content end otherwise if their answers are given to the newer one, and how many.
A path is a complete set of answers of the older content.

- `differences`: the values that the comparison returns.
- `guide_steps`: the merged states of one content, explored one answer at a time.
- `advice_memory`: what is remembered of the advice that both contents give.
- `newer_states`: the states of the newer content beside one state of the older content.
- `side_by_side`: the walk of both contents, and the number of paths that lead to each difference.
- `new_paths`: the paths of the newer content with choices that the older content does not have.
- `changed_texts`: the texts that visitors read and that differ.
- `find_changes`: runs the walk, and collects all changes.
- `part_sentences`: the parts that only one of the contents has, in French.
- `visitor_sentences`: the changes in French.
"""
