"""The evaluation of guides. Nothing here uses Django.

- `content`: the content of a guide (questions, outcomes, rules, examples) as frozen values.
- `operators`: the table of condition operators.
- `resolve`: works out the state of a diagnostic from its answers. `state`: the values that it returns.
- `trace`: why a diagnostic is in its state, and which other answer would change it.
- `oracle`: the reference meaning of rules, in plain Python.
- `compiled`: guides compiled for durable_rules, and a cache of them. `failures`: counts and logs the
  failures of durable_rules.
- `terms`, `partition`, `encoding`, `rulesets`: the steps of this compilation, in this order.
- `term_tree`: how many terms of a ruleset durable_rules puts on its stack at most.
- `comparisons`: what a run of durable_rules must find, in plain Python.
- `durable`: the only module that imports durable_rules. It checks each of its runs.

Words that all these modules use:

- A visitor's *path* is their answers to the questions that the guide has asked so far, in order.
  Their answers to any other question are off the path, and no rule sees them.
- A rule *fires* if its conditions hold for the path.
- A *position* is the index of a rule, a question or an outcome in its guide, from 0.
"""
