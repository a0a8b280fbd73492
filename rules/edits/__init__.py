"""Acts on a guide: what an editor does to what leads where. Nothing here uses Django.

An *act* takes a draft with its parcours and proposes *edits*: new contents of the draft, the best
first. Each edit has a *promise*: what it changes for visitors, and that nothing else changes. A promise
is checked by walking the old and the new content side by side, before anything is written. What no act
can do is refused, with the rule that the editor can open instead.

- `edit`: the values: drafts with their parcours, edits, acts, and refusals.
- `arrows`: the arrows of a parcours: where one case of a line leads.
- `promises`: what edits promise.
- `promise_walk`: walks two contents in step, to find a path that is not as promised.
  `free_paths_walk`: where some paths are free, or choices are new. `replaced_outcomes`: what a replaced outcome is compared with.
- `removed_faults`: compares the findings of two proofs.
- `broken_promises`: why an edit that breaks its promise is refused, with the rule in the way.
- `check_promise`: checks promises, and chooses the first edit of an act that keeps its promise.
- `new_parts`: the questions and conclusions that acts create.
- `answer_regions`: sets of answers that one rule can describe.
- `arrow_map`: who takes the arrows of a draft. `arrow_regions`: the same as regions, for new rules.
- `arrow_words`: arrows in French, and refusals. `shortest_paths`: a first, quick test of new contents.
- `rewritten_rules`: the rules of a draft while an act rewrites them. `rule_splitting`: excludes visitors from a rule.
- `lead`: leads arrows elsewhere. `insert`: inserts a question on arrows. `muted_answers`: keeps rules
  from acting on the answers to a question that is inserted.
- `example_acts`: acts on examples. `missing_examples`: adds those that are missing.
- `mends`: the acts that mend what a proof has found.
- `question_removal`: removes a question. `answered_for_all`: the contents as if everyone gave it the
  same answer. `decided_rules`: rules without a question. `conjunctions`: rules as conditions that must all hold.
- `part_removals`: removes or replaces other parts. `fallen_parts`: what falls with them.
- `add_choices`: adds choices to a question, orders them and leads them somewhere. `like_choices`: the rules
  of a choice that acts as another one does. `advice`: gives advice
  to choices, or takes it away. `act_series`: acts within an act. `choice_conditions`:
  the conditions of rules widened or narrowed by choices.
- `order`: places a rule or a question before or after another one.
- `merge`: merges two contents that were made from a third one, part by part.
"""
