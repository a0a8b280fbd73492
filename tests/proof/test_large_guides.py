"""Large guides are proved in seconds and little memory, or the proof says that it is none."""

import pytest

from tests.proof.bench_proof import EXPLODING_SIZE, measure_in_process

SECONDS, MEGABYTES = 20, 500
"""Far above what is measured on an idle machine: one or two seconds, less than 100 MB."""


@pytest.mark.parametrize("shape", ["chain", "diamonds", "blocks"])
def test_200_questions_are_proved_in_seconds_and_under_500_mb(shape: str) -> None:
    *_, states, _, _, seconds, megabytes = measure_in_process(shape, 200).split()
    assert int(states.replace(",", "")) < 2_000
    assert float(seconds) < SECONDS
    assert float(megabytes) < MEGABYTES


def test_a_guide_built_to_explode_stops_at_its_bound_and_says_that_this_is_no_proof() -> None:
    numbers, said = measure_in_process("exploding", EXPLODING_SIZE).splitlines()
    assert float(numbers.split()[-1]) < MEGABYTES
    assert said.startswith("Ce n’est pas une preuve")
    assert "20\u202f001 situations différentes" in said
