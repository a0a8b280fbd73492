"""The memory of a process stays constant. Each test measures a process of its own."""

import subprocess
import sys

import pytest

GROWTH_MB = 6
"""The growth that is allowed, because allocators reserve some MB.

A leak would be much larger: one state of 0.67 MB in a hundred evaluations makes 1,300 MB, and one
version in ten makes over 150 MB.
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
