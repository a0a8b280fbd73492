"""What the tests of several rooms share."""

from typing import Any, cast

import pytest
from hypothesis import settings

from rules.document.files import load
from rules.document.parsing import parse
from rules.guides import SHIPPED_GUIDE
from rules.models import Guide
from rules.services import guide_import, guide_publish
from tests.paths import DecisionPath, decision_paths

settings.register_profile("suite", deadline=None)  # a busy machine is no failure
settings.load_profile("suite")


@pytest.fixture
def guide_document() -> dict[str, Any]:
    """The shipped guide's raw document, a new copy for each test."""
    return cast("dict[str, Any]", load(SHIPPED_GUIDE.read_text()))


@pytest.fixture
def shipped_guide(db: None, guide_document: dict[str, Any]) -> Guide:
    """The shipped guide, imported and published as version 1."""
    guide = guide_import(content=parse(guide_document))
    guide_publish(guide=guide)
    return guide


@pytest.fixture
def decision_table() -> list[DecisionPath]:
    """The 52 paths. To parametrise, import `tests.paths.decision_paths`."""
    return decision_paths()
