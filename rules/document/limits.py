"""The limits of a guide document, in characters unless said otherwise.

They may be loosened, never tightened: published versions are read with them too. Before an
address is reserved, look whether a guide has it.
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
"""First path segments of the site: a guide may not take one."""
