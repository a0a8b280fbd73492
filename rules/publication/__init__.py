"""Publication: from a draft to versions that never change.

- `versions`: a version loaded for evaluation. `stored_proofs`: the proof kept with it.
- `timeline`: which version is live, scheduled or past.
- `check`: what is asked of a draft before it is published.
- `publish`: a draft becomes the next version. `restore`: back to an earlier version.
- `approvals`: publications that wait for a second person.
- `guide_settings`: who must approve, and whether visitors may begin.
"""
