"""The proof of a guide: every path is explored before a visitor takes it. Nothing here needs Django.

The exploration, from the ground up:
- `residuals`: what is left of the conditions of each rule after some answers.
- `state_graph`: the reachable states, merged by their residuals, and the numbers counted on them.
- `walk`: the breadth-first exploration of all paths, with the first path to everything it meets.

What is found:
- `findings`: faults, warnings and remarks, each with a counter-example.
- `satisfiability`: rules that no answers make hold, and their contradicting conditions.
- `rule_traces`: the walk seen from one rule; rules that always hold; the nearest miss of a rule.
- `indistinguishable_choices`: choices that have the same effect wherever their question is asked.
- `prove`: one walk and all its findings, which are the proof.

What is made of it:
- `root_causes`: faults grouped under the one that causes them. `finding_sentences`: the French.
- `lookup_table`: a guide as a table that needs no engine. `coverage`: what no example reaches.
"""
