"""The engine does not leak memory. Each test measures the memory of a process of its own."""

import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("evaluations", "50000"), ("versions", "200")])
def test_evaluations_and_compiled_versions_take_constant_memory(arguments: tuple[str, str]) -> None:
    command = [sys.executable, "-m", "tests.engine.memory", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, (done.stdout, done.stderr)
