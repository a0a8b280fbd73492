import os
import shutil

import pytest


@pytest.fixture
def graphviz() -> None:
    """For the tests of what Graphviz draws."""
    if shutil.which("dot") is None:
        missing = "Graphviz is not installed (apt-get install graphviz)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
