"""What support and editors see of diagnostics.

`sessions`: those of visitors, only to be read; `tries`: a guide tried as visitors will see it;
`kept`: examples made of that; `replays`: what visitors answered, on the draft; `shown`: what
the last two share.
"""

from diagnostics.admin.sessions import SessionAdmin

__all__ = ["SessionAdmin"]
