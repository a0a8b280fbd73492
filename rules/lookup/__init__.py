"""Finds parts of a guide. Nothing here uses Django.

- `folded_text`: texts without accents and case, and the words that are found in them.
- `part_search`: finds the parts whose texts have some words.
- `part_uses`: finds the rules and the examples that use each question, choice and outcome.
- `rule_columns`: a rule as a line of a table.
"""
