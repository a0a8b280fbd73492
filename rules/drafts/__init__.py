"""The draft of a guide: what editors change.

- `locks`: the lock of a guide.
- `snapshots`: the drafts of guides as they were before each of the last changes.
- `history`: sentences that say who changed what in a guide.
- `content`: reads the rows of a draft as one value, and writes such a value as rows.
  `row_ids`: the ids of its rows, which rows of a new draft keep.
- `rows`: creates, moves, duplicates and changes single rows of a draft.
- `draft_limits`: refuses rows and changes with which a draft would exceed the limits of a document.
- `guides`: finds, imports and duplicates guides.
- `compiled_drafts`: compiles drafts so that they can be evaluated.
- `bounded_results`: does searches that may take long one at a time, and caches their results.
- `cached_proofs`: proves drafts, and caches their proofs. `shared_proofs`: those that all processes share.
- `cached_parcours`: builds the parcours of drafts and versions, and caches them.
- `cached_changes`: finds what changes for visitors between two contents, and caches it.
- `acts`: applies acts on a guide to its draft.
- `undo`: undoes changes, does them again, and sets drafts back.
"""
