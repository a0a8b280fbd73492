"""Memory stays constant however long a process lives. Measured in a process of its own."""

import subprocess
import sys

import pytest

GROWTH_MB = 6
"""Allocators keep some MB to themselves. One leaked state of 0.67 MB in a hundred
evaluations would be 1,300 MB; one leaked version in ten, over 150 MB.
"""


def grown_mb(*arguments: str) -> float:
    command = [sys.executable, "-m", "tests.engine.memory", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return float(done.stdout)


@pytest.mark.slow
def test_200_000_evaluations_take_constant_memory() -> None:
    assert grown_mb("evaluations", "200000") < GROWTH_MB


@pytest.mark.slow
def test_600_compiled_versions_take_constant_memory() -> None:
    assert grown_mb("versions", "600") < GROWTH_MB
