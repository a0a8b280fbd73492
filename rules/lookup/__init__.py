"""Finds parts of a guide. Nothing here uses Django.

- `part_uses`: finds the rules and the examples that use each question, choice and outcome.
"""
