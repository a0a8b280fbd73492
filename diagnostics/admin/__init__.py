"""What support and editors see of diagnostics.

`sessions`: those of visitors, only to be read; `tries`: a guide tried as visitors will see it;
`examples_from_tries`: examples made from tries; `replays`: what visitors answered, on the draft; `shown`: what
the last two share.
"""

from diagnostics.admin.sessions import SessionAdmin

__all__ = ["SessionAdmin"]
