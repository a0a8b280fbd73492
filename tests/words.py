"""What a program can say about the words of a docstring or a comment."""

import re

FRAGMENT = re.compile(
    r"(Of|Those|Idem|Ditto|By|Also|Which|With|Without|But|And|Or|As|At|In|On|From|To|Whatever|Where"
    r"|None (where|of|if|when|for|with)|Empty (where|of|when|for)|Apart|Else|Unlike|Beside)\b"
)
"""Openings of a sentence whose subject has to be guessed."""


def begins_as_fragment(text: str) -> bool:
    """True if a docstring or comment opens without its subject, or has no more than three words."""
    return bool(FRAGMENT.match(text)) or len(text.split()) <= 3
