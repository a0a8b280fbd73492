"""The digests of the texts that the legal pages had when earlier releases shipped them.

A page that still has one of them was never completed by anyone: `start` gives it the text of today.
Whoever changes a shipped text adds the digest of the text before.
"""

import hashlib

from rules.models import LegalPage

FORMER_DIGESTS = frozenset(
    {
        "df614402c68dd2091abd4a036be9a23bc84932c90783f61ed770679ff5f1689e",
        "733bd6c323c9883161bc63bfe5892860a566c4f6bd9190c3bcbcb9d187a16308",
        "65d6769a36aebb68128a03fea7147c1b138334ae26806efdc694e53e677549ba",
        "fac00e92925a1eaa3a3d6f864d7819c7635b49a29a0e35c79436cf333c9518b8",
        "ddb56bc1134612c1c78073656c5f370fcc33857c096bc57489ad0a40d237dcea",
        "362609027cd83575e5613f48fd7a88d059180e6e0f4f9023cba6720596efd8da",
        "759fcd8072eb5e431a7bcb2a10d393f790cc5f38094f6c4a006f27e4e31454fb",
    }
)


def has_former_text(page: LegalPage) -> bool:
    """True if a page has the title and the text with which an earlier release shipped it."""
    return legal_digest(page.title, page.body) in FORMER_DIGESTS


def legal_digest(title: str, body: str) -> str:
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()
