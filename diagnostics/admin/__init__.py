"""The admin's pages about diagnostics, for support and editors.

- `sessions`: the diagnostics of visitors, read-only.
- `tries`: the try of a guide, i.e. an editor answers its questions as visitors will, and nothing is
  stored. `examples_from_tries`: examples made from tries.
- `replays`: what the answers of visitors would lead to on the draft.
- `urls`: the addresses of the pages of tries and replays.
"""

from diagnostics.admin.sessions import SessionAdmin

__all__ = ["SessionAdmin"]
