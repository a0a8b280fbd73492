"""The draft of a guide: what editors change.

- `locks`: the lock that every writer of a guide takes. `keys`: keys made from titles.
- `history`: sentences about what was done to a guide, and by whom.
- `content`: a draft as one value, read from its rows and written back to them.
- `rows`: changes of single questions, choices, outcomes, rules and examples.
- `references`: the rules and examples that use a part, which keep it from being deleted.
- `guides`: a whole guide, found by its address, imported, duplicated.
- `compiled_drafts`: drafts made ready to evaluate, and their proofs.
"""
