"""The pages of the parts of a draft.

- `part_admin`: the base of these pages. `ordering`: *Monter*, *Descendre*, *Dupliquer*.
- `uses`: the rules and the examples that use a part, as links. `part_place`: where a part stands in
  the parcours, for its page.
- `limited_rows`: inline rows of which a page may have a limited number.
- `questions`, with their `choices`; `shared_choices`: choices of two questions that count as the
  same answer.
- `outcomes`; `rules`, with their `conditions`; `rule_list`: the list of rules; `examples`.
"""
