"""The proof of a guide: all paths are explored before visitors take them. Nothing here uses Django.

A path is a series of answers that a visitor can give, in order (`rules.engine`). There are too many
paths to explore each of them to its end, so states with the same future are merged: their rules have
the same residuals. The residual of a rule is what remains of its conditions after some answers.

- `bounds`: how many states, how much time and how much memory a proof may take.

The exploration:
- `literals`: what conditions require of answers.
- `residuals`: the residuals of rules.
- `state_graph`: the graph of merged states, and numbers counted on it.
- `walk`: the breadth-first exploration of all paths, with the first path to everything on them.

The findings:
- `findings`: faults, warnings and remarks, each with the answers that show it.
- `satisfiability`: rules that no answers make hold, and their contradicting conditions.
- `comparison_search`: searches for answers to questions that are compared with each other.
- `rule_traces`: what all paths make of one rule; rules that always hold; how a rule nearly fires.
- `indistinguishable_choices`: choices that have the same effect wherever their question is asked.
- `repeated_parts`: parts that repeat an earlier part.
- `prove`: runs one walk and collects all findings.

Uses of a proof:
- `root_causes`: faults grouped by the fault that causes them.
- `touched_paths`: how many paths a finding touches.
- `finding_sentences`: findings in French. `remedies`: what editors can do about them.
- `lookup_table`: a guide as a table for programs without an engine.
- `coverage`: the rules, outcomes and choices that no example reaches.
"""
