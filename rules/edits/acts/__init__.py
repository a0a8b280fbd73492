"""The acts on a guide. Each one is a function that takes what the editor chose and returns an `Act`.

- `new_parts`: the questions and conclusions that acts create.
- `lead`: leads arrows elsewhere. `insert`: inserts a question on arrows.
- `act_series`: acts within an act.
- `add_choices`: adds choices to a question, orders them and leads them somewhere. `like_choices`: the rules
  of a choice that acts as another one does.
- `advice`: gives advice to choices, or takes it away.
- `order`: places a rule before or after another one. `question_order`: places a question so.
- `question_removal`: removes a question. `part_removals`: removes or replaces other parts.
  `fallen_parts`: what falls with them.
- `example_acts`: acts on examples. `missing_examples`: adds those that are missing.
- `mends`: the acts that mend what a proof has found.
"""
