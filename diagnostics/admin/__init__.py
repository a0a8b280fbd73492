"""The admin's pages about diagnostics, for support and editors.

- `sessions`: the diagnostics of visitors, read-only.
- `tries`: the try of a guide, i.e. an editor answers its questions as visitors will, and nothing is
  stored. `examples_from_tries`: examples made from tries.
- `replays`: what the answers of visitors would lead to on the draft.
- `draft_access`: the right to see a guide, and the page of a draft that cannot be tried or replayed.
"""

from diagnostics.admin.sessions import SessionAdmin

__all__ = ["SessionAdmin"]
