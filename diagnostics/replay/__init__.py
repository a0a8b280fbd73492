"""Replays the visitors' answers on the draft, to show how many diagnostics would end otherwise.

- `session_replay`: reads the answers of the last diagnostics, and computes their states on their versions
  and on the draft.
- `changed_endings`: groups the diagnostics that would end otherwise; it needs no database.
- `replay_presenter`: the sentences and links of the page.

The page shows neither whose answers they are nor when they were given.
"""
