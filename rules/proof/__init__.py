"""What can be said of a guide before anyone visits it. Nothing here needs Django.

- `residuals`: what rules still wait for. States whose rules wait for the same are one state.
- `state_graph`: the merged states, and the figures that follow from them.
- `walk`: the exploration of every path, with the first path to everything that it meets.
- `rule_traces`: the states that one rule can be brought to; rules that always hold; nearest misses.
- `satisfiability`: rules that no answers can make hold, and why.
- `indistinguishable_choices`: choices that always lead to the same.
- `coverage`: what no example meets. `lookup_table`: a guide as a table that needs no engine.
- `findings`: what a proof finds. `prove`: the exploration made a proof.
- `root_causes`: faults grouped under the one that causes them.
- `finding_sentences`: findings in French.
"""
