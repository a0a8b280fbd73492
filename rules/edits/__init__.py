"""Acts on a guide: what an editor does to what leads where. Nothing here uses Django.

An *act* takes a draft with its parcours and proposes *edits*: new contents of the draft, the best
first. Each edit has a *promise*: what it changes for visitors, and that nothing else changes. A promise
is checked by walking the old and the new content side by side, before anything is written. What no act
can do is refused, with the rule that the editor can open instead.

- `edit`: the values: drafts with their parcours, edits, acts, and refusals.
- `arrows`: the arrows of a parcours: where one case of a line leads.
- `promises`: what edits promise.
- `merge`: merges two contents that were made from a third one, part by part.
- `rewriting/`: writes the rules of a draft again, so that they say something else.
- `checking/`: checks promises, and chooses the first edit of an act that keeps its promise.
- `acts/`: the acts themselves.

Each package uses only what is listed above it.
"""
