"""What several commands read and say."""

import re
from collections.abc import Sequence

from rules.document.limits import KEY_PATTERN
from rules.document.problems import Problem
from rules.models import Guide


def guide_named(slug: str) -> Guide | None:
    """None also for what cannot be a slug: a shell may hand over any bytes."""
    return Guide.objects.filter(slug=slug).first() if re.fullmatch(KEY_PATTERN, slug) else None


def problem_list(title: str, problems: Sequence[Problem]) -> str:
    return "\n".join([f"{title}\u00a0:", *(f"- {problem}" for problem in problems)])
