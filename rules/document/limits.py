"""The limits of a guide document. Lengths are in characters.

They may be loosened but never tightened, because published versions are read with them too.
Before an address is reserved, make sure that no guide has it.
"""

KEY_PATTERN = r"[a-z0-9-]+"
KEY_LENGTH = 64
TITLE_LENGTH = 300
MARKDOWN_LENGTH = 20_000
URL_LENGTH = 2_000
URL_SCHEMES = ("https", "http", "mailto", "tel")

RESERVED_SLUGS = frozenset(
    {
        "accessibilite",
        "admin",
        "api",
        "diagnostics",
        "donnees-personnelles",
        "healthz",
        "integration",
        "mentions-legales",
        "readyz",
        "reprendre",
        "static",
    }
)
"""The first path segments of the site's own addresses, which no guide may take."""
