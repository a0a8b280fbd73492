"""The evaluation of guides: pure Python around one module that talks to durable_rules.

- `guide`: what is evaluated (questions, outcomes, rules), frozen.
- `operators`: the one table of condition operators.
- `resolve`: answers to `state`, in the meaning of the product.
- `oracle`: the reference meaning of rules, for the tests.
- `compiled`: a guide made ready for durable_rules.

Nothing here knows Django, and only one module imports durable_rules.
"""
