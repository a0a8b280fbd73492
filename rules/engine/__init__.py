"""The evaluation of guides: pure Python around one module that talks to durable_rules.

- `content`: the content of a guide (questions, outcomes, rules, examples) as frozen values.
- `operators`: the one table of condition operators.
- `resolve`: works out the `state` of a diagnostic from its answers.
- `trace`: why a diagnostic is in its state, and which other answer would change it.
- `oracle`: the reference meaning of rules, in plain Python.
- `compiled`: guides made ready for durable_rules, and those that a process keeps in memory.
- `terms`, `partition`, `encoding`, `rulesets`: the steps from conditions to rulesets, in this order.
- `durable`: the module that talks to durable_rules.

Nothing here knows Django, and only one module imports durable_rules.
"""
