"""Publication: a draft becomes a version, which never changes.

- `check`: proves a draft and runs its examples before it is published.
- `act_review`: what an act does to a draft, found before it is written.
- `review`: everything that the decision to publish a draft rests on, for pages and services.
- `unpublished_changes`: who has changed a draft since it last was what is online.
- `publish`: makes a draft the next version. `restore`: publishes an earlier version again.
- `overtaken_versions`: scheduled versions before which another one goes live: rescheduled or dropped.
- `untaken_versions`: scheduled versions with changes that the draft does not have.
- `cancel`: makes a scheduled version never go live.
- `approvals`: requests to publish, which a second person approves.
- `guide_settings`: whether a second person must approve, and whether new visitors may begin.
- `timeline`: which version of a guide is live, scheduled or past.
- `versions`: reads and compiles the documents of versions. `stored_proofs`: stores their proofs.
"""
