"""The proof of the shipped guide, and the coverage of its examples."""

from typing import Any

from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.proof.coverage import example_coverage
from rules.proof.prove import prove_guide
from tests.paths import DecisionPath
from tests.proof.brute_force import BruteForce


def test_the_guide_has_52_paths_of_5_questions_at_most_and_no_fault_or_warning(
    guide_document: dict[str, Any],
) -> None:
    proof = prove_guide(CompiledGuide(parse_document(guide_document)))
    assert proof.complete
    assert (proof.graph.path_count, proof.graph.longest_path) == (52, 5)
    assert proof.faults == proof.warnings == ()


def test_the_paths_of_the_guide_are_those_of_the_poster(
    guide_document: dict[str, Any], decision_table: list[DecisionPath]
) -> None:
    paths = BruteForce(parse_document(guide_document)).paths
    assert sorted(paths) == sorted(tuple(path.answers.items()) for path in decision_table)


def test_the_examples_reach_every_rule_outcome_and_choice(guide_document: dict[str, Any]) -> None:
    coverage = example_coverage(CompiledGuide(parse_document(guide_document)))
    assert coverage is not None
    assert coverage.is_complete
