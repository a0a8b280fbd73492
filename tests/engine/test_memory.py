"""The engine does not leak memory. Each test measures the memory of a process of its own."""

import subprocess
import sys

import pytest

GROWTH_MB = 6
"""The growth that the tests allow, because memory allocators reserve some MB.

Leaks are much larger: if one evaluation in a hundred leaked its state of 0.67 MB, the first test
would measure 1,300 MB; if one version in ten leaked, the second would measure over 150 MB.
"""


def measure_growth_mb(*arguments: str) -> float:
    command = [sys.executable, "-m", "tests.engine.memory", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return float(done.stdout)


@pytest.mark.slow
def test_200_000_evaluations_take_constant_memory() -> None:
    assert measure_growth_mb("evaluations", "200000") < GROWTH_MB


@pytest.mark.slow
def test_600_compiled_versions_take_constant_memory() -> None:
    assert measure_growth_mb("versions", "600") < GROWTH_MB
