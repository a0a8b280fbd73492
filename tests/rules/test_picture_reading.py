"""Who follows a picture by its words comes to what the engine gives, on every path."""

from dataclasses import replace

from hypothesis import given, settings

from rules.document.files import read_guide_file
from rules.engine.content import Effect, GuideContent, Tone
from rules.guides import SHIPPED_GUIDE
from rules.parcours.build import build_parcours
from rules.picture.boxes import build_picture
from rules.picture.displayed_names import name_for_visitors
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Path
from tests.parcours.brute_steps import BruteSteps, prove_small_guide
from tests.parcours.test_agreement_with_brute_force import random_parcours_guides
from tests.rules.picture_reader import PictureReader, Reading

TONES = {"tip-0": Tone.ACTION, "tip-1": Tone.ACTION, "end-1": Tone.ACTION, "end-2": Tone.CONTACT}


def with_tones(guide: GuideContent) -> GuideContent:
    """Returns a random guide in which all advice and two conclusions are to be acted upon."""
    outcomes = (replace(one, tone=TONES.get(one.key, one.tone)) for one in guide.outcomes)
    return replace(guide, outcomes=tuple(outcomes))


def expected_reading(brute: BruteSteps, path: Path) -> Reading:
    """Returns what the engine asks, advises and concludes along a whole path."""
    guide, advice = brute.guide, set[tuple[str, str]]()
    before: frozenset[int] = frozenset()
    for length in range(len(path) + 1):
        fired = brute.fired_rules(brute.states[path[:length]], Effect.ADVISE)
        begun = {guide.rules[position].target for position in fired - before}
        question = path[length - 1][0] if length else ""
        advice |= {(key, question) for key in begun if guide.outcome[key].is_to_do}
        before = fired
    outcomes = [given.outcome for given in brute.states[path].outcomes]
    return Reading(
        tuple(question for question, _ in path),
        frozenset(advice),
        tuple(sorted(outcomes, key=lambda key: guide.outcome[key].comes_last)),
    )


def check_reading(guide: GuideContent, graph: StateGraph) -> int:
    """Follows the picture on every path; returns how many there are."""
    brute, parcours = BruteSteps(guide), build_parcours(guide, graph)
    reader = PictureReader(
        build_picture(name_for_visitors(guide, parcours), parcours, lambda kind, key: "")
    )
    for path in brute.paths:
        assert reader.read(dict(path)) == expected_reading(brute, path)
    return len(brute.paths)


@settings(max_examples=150)
@given(random_parcours_guides)
def test_the_words_of_a_picture_lead_to_what_the_engine_gives(guide: GuideContent) -> None:
    guide = with_tones(guide)
    if (graph := prove_small_guide(guide)) is not None:
        check_reading(guide, graph)


def with_keys_as_labels(guide: GuideContent) -> GuideContent:
    """Returns a guide whose labels are words without spaces, which are not quoted in conditions."""
    questions = (
        replace(q, choices=tuple(replace(choice, label=choice.key) for choice in q.choices))
        for q in guide.questions
    )
    return replace(guide, questions=tuple(questions))


def test_the_words_of_the_poster_lead_to_all_52_ends_of_the_shipped_guide() -> None:
    guide = with_keys_as_labels(read_guide_file(SHIPPED_GUIDE))
    graph = prove_small_guide(guide)
    assert graph
    assert check_reading(guide, graph) == 52
