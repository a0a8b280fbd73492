"""Writes the rules of a draft again, so that they say something else about where visitors go.

Who takes an arrow:

- `answer_regions`: sets of answers that one rule can describe.
- `arrow_map`: who takes the arrows of a draft. `arrow_regions`: the same as regions, for new rules.
- `arrow_words`: arrows in French, and refusals.

Rules whose arrows lead elsewhere:

- `conjunctions`: rules as conditions that must all hold.
- `rewritten_rules`: the rules of a draft while an act rewrites them.
- `rule_splitting`: excludes visitors from a rule.
- `muted_answers`: keeps rules from acting on the answers to a question that is inserted.
- `shortest_paths`: a first, quick test of new contents.

Rules that say something else of a question:

- `choice_conditions`: the conditions of rules widened or narrowed by choices.
- `decided_rules`: rules without a question.
- `guards`: conditions that visitors have come to where a question is asked.
- `answered_for_all`: the contents as if everyone gave a question the same answer.
"""
