"""Drafts with remarks about parts that repeat an earlier part."""

from dataclasses import replace

from rules.engine.content import Match
from rules.proof.findings import FindingKind
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.broken import Draft, make_draft, repetition_finding

Q, R = (make_question(key, "a", "b") for key in "qr")
START = [
    ask_when("q"),
    ask_when("r", has_answer("q")),
    conclude_when("same", same_choice("q", "r")),
    conclude_when("other", other_choice("q", "r")),
]
SIMPLE = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    conclude_when("other", choice_is("q", "b")),
]


def with_titles(draft: Draft, **titles: str) -> Draft:
    """Returns the draft with other titles of questions and outcomes, by key."""
    guide = draft.guide
    return replace(
        draft,
        guide=replace(
            guide,
            questions=tuple(
                replace(part, title=titles.get(part.key, part.key)) for part in guide.questions
            ),
            outcomes=tuple(
                replace(part, title=titles.get(part.key, part.key)) for part in guide.outcomes
            ),
        ),
    )


def with_names(draft: Draft, *names: str) -> Draft:
    """Returns the draft with other names of its examples."""
    pairs = zip(draft.guide.examples, names, strict=True)
    examples = tuple(replace(example, name=name) for example, name in pairs)
    return replace(draft, guide=replace(draft.guide, examples=examples))


DRAFTS = [
    make_draft(
        "one rule three times",
        [Q],
        [*SIMPLE, SIMPLE[1], SIMPLE[1]],
        repetition_finding(FindingKind.SAME_RULE, "rules", 3, 1),
        repetition_finding(FindingKind.SAME_RULE, "rules", 4, 1),
    ),
    make_draft(
        "the same conditions in another order, one of them twice",
        [Q, R],
        [
            *START,
            advise_when("tip", choice_is("q", "a", "b"), choice_is("r", "a")),
            advise_when("tip", choice_is("r", "a"), choice_is("q", "b", "a"), choice_is("r", "a")),
        ],
        repetition_finding(FindingKind.SAME_RULE, "rules", 5, 4),
    ),
    make_draft(
        "a comparison the other way round, for which match does not count",
        [Q, R],
        [*START, conclude_when("same", same_choice("r", "q"), match=Match.ANY)],
        repetition_finding(FindingKind.SAME_RULE, "rules", 4, 2),
    ),
    with_titles(
        make_draft(
            "two questions with one title",
            [Q, R],
            START,
            repetition_finding(FindingKind.SAME_NAME, "questions", 1, 0),
        ),
        q="Prêt ?",
        r="Prêt\u00a0?",
    ),
    with_titles(
        make_draft(
            "two questions whose titles differ by how accents are stored and by what is invisible",
            [Q, R],
            START,
            repetition_finding(FindingKind.SAME_NAME, "questions", 1, 0),
        ),
        q="Pr\u00eat",
        r="Pre\u0302t\u200b",
    ),
    with_titles(
        make_draft(
            "two conclusions with one title",
            [Q],
            SIMPLE,
            repetition_finding(FindingKind.SAME_NAME, "outcomes", 1, 0),
        ),
        end="C’est fini",
        other="C’est FINI",
    ),
    with_titles(
        make_draft(
            "a conclusion with the title of an advice",
            [Q],
            [*SIMPLE, advise_when("tip", choice_is("q", "a"))],
            repetition_finding(FindingKind.SAME_NAME, "outcomes", 2, 0),
        ),
        end="Voir le support",
        tip="Voir le support",
    ),
    with_names(
        make_draft(
            "three examples with one name",
            [Q, R],
            START,
            repetition_finding(FindingKind.SAME_NAME, "examples", 1, 0),
            repetition_finding(FindingKind.SAME_NAME, "examples", 2, 0),
            examples=["q=a r=a", "q=a r=b", "q=b r=a"],
        ),
        *["Un cas"] * 3,
    ),
    make_draft(
        "two examples with the same answers",
        [Q],
        SIMPLE,
        repetition_finding(FindingKind.SAME_ANSWERS, "examples", 1, 0),
        examples=["q=a", "q=a"],
    ),
    make_draft(
        "two examples with the same answers in another order",
        [Q, R],
        START,
        repetition_finding(FindingKind.SAME_ANSWERS, "examples", 2, 0),
        examples=["q=a r=b", "q=b r=b", "r=b q=a"],
    ),
    make_draft(
        "two examples without answers",
        [Q],
        SIMPLE,
        repetition_finding(FindingKind.SAME_ANSWERS, "examples", 1, 0),
        examples=["", ""],
    ),
]
