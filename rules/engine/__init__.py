"""The evaluation of guides: pure Python around one module that talks to durable_rules.

- `content`: the content of a guide (questions, outcomes, rules, examples) as frozen values.
- `operators`: the one table of condition operators.
- `resolve`: answers to `state`, in the meaning of the product. `trace`: why it is that state.
- `oracle`: the reference meaning of rules, for the tests.
- `compiled`: a guide made ready for durable_rules; `cache`: those that a process keeps.
- `terms`, `partition`, `encoding`, `rulesets`: from conditions to rulesets, in this order.
- `durable`: the module that talks to durable_rules; `locks`: for threads and forks.

Nothing here knows Django, and only one module imports durable_rules.
"""
