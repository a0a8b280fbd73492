"""The time and memory that proofs of large guides take, and a proof that stops at its limit."""

import pytest

from tests.proof.bench_proof import EXPLODING_SIZE, measure_in_process

pytestmark = pytest.mark.slow

MAX_SECONDS, MAX_MEGABYTES = 20, 500
"""Generous limits: on an idle machine a proof takes one or two seconds and less than 100 MB."""


@pytest.mark.parametrize("shape", ["chain", "diamonds", "blocks"])
def test_200_questions_are_proved_in_seconds_and_under_500_mb(shape: str) -> None:
    *_, states, _, _, seconds, megabytes = measure_in_process(shape, 200).split()
    assert int(states.replace(",", "")) < 2_000
    assert float(seconds) < MAX_SECONDS
    assert float(megabytes) < MAX_MEGABYTES


def test_the_proof_of_an_exploding_guide_stops_at_its_limit_and_says_so() -> None:
    numbers, sentence = measure_in_process("exploding", EXPLODING_SIZE).splitlines()
    assert float(numbers.split()[-1]) < MAX_MEGABYTES
    assert sentence.startswith("Preuve inachevée")
    assert "20\u00a0001 situations différentes, dont 5\u00a0000 jusqu’au bout" in sentence
