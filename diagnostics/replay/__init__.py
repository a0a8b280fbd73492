"""Visitors' answers on the draft: how many visitors would now be led elsewhere.

`replay`: the answers of the last diagnostics, read and resolved. `changed_endings`: the diagnostics
that would end otherwise, in groups; pure. `replay_presenter`: the sentences of the page. No module
says whose answers they are, nor when they were given.
"""
