"""Publication: from a draft to versions that never change.

- `check`: the proof and the examples of a draft, before it is published.
- `publish`: a draft becomes the next version. `restore`: back to an earlier version.
- `approvals`: publications that wait for a second person.
- `guide_settings`: whether a second person must approve, and whether new visitors may begin.
- `timeline`: which version of a guide is live, scheduled or past.
- `versions`: the documents of versions, ready to evaluate. `stored_proofs`: their proofs.
"""
