"""The limits of a guide document. Lengths are in characters.

Never make them stricter: documents of published versions must stay within them too. Before you
reserve a slug, make sure that no guide has it.
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
"""The first segments of the site's own addresses, which no guide may have as its slug."""
