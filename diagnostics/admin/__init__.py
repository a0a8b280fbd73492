"""What support and editors see of diagnostics.

`sessions`: the diagnostics of visitors, only to be read. `tries`: a guide tried as visitors will see
it. `examples_from_tries`: examples made from tries. `replays`: the answers of visitors on the draft.
`draft_access`: what tries and replays share.
"""

from diagnostics.admin.sessions import SessionAdmin

__all__ = ["SessionAdmin"]
