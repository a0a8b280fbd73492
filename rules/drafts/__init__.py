"""The draft of a guide: what editors change.

- `locks`: who writes to a guide waits for the others. `keys`: keys made from titles.
- `history`: sentences about what was done to a guide, and by whom.
- `content`: a draft read from its rows as one value, and written back.
- `rows`: writes to its questions, choices, outcomes, rules and examples.
- `references`: where a part is used, which keeps it from being deleted.
- `guides`: import and duplication of a whole guide.
- `compiled_drafts`: drafts made ready to evaluate, and their proofs.
"""
