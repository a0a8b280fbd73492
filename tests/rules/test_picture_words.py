"""No two arrows from one box have the same words, in the drawing and in the nested lists."""

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.picture.boxes import Picture, build_picture
from rules.picture.displayed_names import name_for_editors, name_for_visitors
from rules.picture.dot import arrow_lines
from rules.proof.bounds import ProofBound
from rules.proof.prove import prove_guide
from tests.proof.small_guides import leave_unfinished, random_guide

LONG = (
    "Une longue réponse dont le début est celui des autres, et qui ne finit pas comme elles\u00a0: "
)
TEXTS = ("Oui", "Oui ", "Oui\n", LONG, "", "?")
"""Titles and labels, several of which look the same on a picture, or begin in the same way."""


@st.composite
def larger_guides(draw: st.DrawFn) -> GuideContent:
    """Draws a guide of up to 12 questions and about 40 rules, with confusing texts, finished or not."""
    chance = random.Random(draw(st.integers(0, 2**64)))
    guide = random_guide(chance, max_questions=12, max_rules=40)
    if chance.random() < 0.5:
        guide = leave_out_unfinished_parts(leave_unfinished(guide, chance))
    questions = []
    for question in guide.questions:
        choices = (
            replace(c, label=chance.choice([*TEXTS, LONG + c.key])) for c in question.choices
        )
        short = chance.choice(["", "", "Nom", "Nom ", question.key])
        questions.append(
            replace(question, title=chance.choice(TEXTS), short=short, choices=tuple(choices))
        )
    return replace(guide, questions=tuple(questions))


def repeated_words(picture: Picture) -> list[object]:
    """Returns the words that several arrows from one box have."""
    drawn = zip(picture.arrows, arrow_lines(picture), strict=True)
    uses: Counter[object] = Counter((arrow.source, " ".join(lines)) for arrow, lines in drawn)
    uses.update((arrow.source, arrow.words, arrow.rule_number) for arrow in picture.arrows)
    return [words for words, count in uses.items() if count > 1]


@given(larger_guides(), st.sampled_from([3, 2_000]))
@settings(max_examples=150)
def test_no_two_arrows_from_one_box_have_the_same_words(guide: GuideContent, states: int) -> None:
    proof = prove_guide(CompiledGuide(guide), ProofBound(states))
    parcours = build_parcours(guide, proof.graph)
    for name_guide in (name_for_editors, name_for_visitors):
        picture = build_picture(name_guide(guide, parcours), parcours, lambda kind, key: "")
        assert repeated_words(picture) == []
