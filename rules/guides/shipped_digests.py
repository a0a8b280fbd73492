"""The digests of the contents of the shipped guide, by which untouched copies of it are known.

A site that began with an earlier content keeps it: `start` never changes a guide that is there. If
nobody has changed that content since, neither in the draft nor by a publication, the page of the
guide offers the content of today. A copy that someone has changed has a digest of its own.
"""

SHIPPED_DIGESTS = (
    "91f99e32c5c6c3678759b4527336764629d5cf1562e263882031c6cb02d45e51",
    "2f0aaea0cc942df8e06db0281ade0bb7763e6a0f312f4c98a3ee626d1ce8077a",
    "67109ad3ea74657f24e3e8da2ac00a3a2f978306c2a16cdcbadb17480292ae94",
    "faec2dde0c8b63d47fa040fc82d4f23a76b0623cd474f70cea68854fd6ce5c6c",
    "06c1515c9f8ef2332b1cd0243aab6e9eb73f753fe08701ec6a88125c428305bd",
)
"""The digests that versions with these contents have, from the oldest to that of today.

Whoever changes the shipped guide adds its new digest at the end, and keeps the others.
"""

FORMER_DIGESTS = frozenset(SHIPPED_DIGESTS[:-1])
"""The digests of all contents but that of today."""
