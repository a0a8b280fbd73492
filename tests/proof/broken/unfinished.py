"""Drafts with parts that an editor has not finished."""

from dataclasses import replace

from rules.engine.content import Match
from tests.engine.guides import (
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    make_question,
    same_choice,
)
from tests.proof.broken import (
    always_holds_finding,
    make_draft,
    stuck_finding,
    unfinished_finding,
    unreachable_finding,
    unsatisfiable_finding,
)

Q, R = (make_question(key, "a", "b") for key in "qr")
WITHOUT_CHOICES = replace(make_question("none"), choices=())
NO_CHOICE: tuple[str, ...] = ()

DRAFTS = [
    make_draft(
        "a rule compares with no choice",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is_not("q", *NO_CHOICE)),
        ],
        unfinished_finding("rules", 2),
        unreachable_finding("outcomes", 1),
        stuck_finding(0, after="q=b"),
    ),
    make_draft(
        "one of two alternative conditions is not finished",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("end", choice_is("q", "b"), same_choice("q", ""), match=Match.ANY),
        ],
        unfinished_finding("rules", 2),
        stuck_finding(0, after="q=b"),
    ),
    make_draft(
        "a rule has 41 conditions",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("end", *[choice_is("q", "b")] * 41),
        ],
        unfinished_finding("rules", 2),
        stuck_finding(0, after="q=b"),
    ),
    make_draft(
        "no rule is finished",
        [Q],
        [ask_when("q", same_choice("q", ""))],
        unfinished_finding("rules", 0),
        stuck_finding(),
        unreachable_finding("questions", 0),
    ),
    make_draft(
        "a question without choices is the only one",
        [WITHOUT_CHOICES],
        [ask_when("none")],
        unfinished_finding("questions", 0),
    ),
    make_draft(
        "a question without choices follows one of two choices",
        [Q, WITHOUT_CHOICES],
        [
            ask_when("q"),
            ask_when("none", choice_is("q", "b")),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("late", has_answer("none")),
        ],
        unfinished_finding("questions", 1, after="q=b"),
        unsatisfiable_finding(3, conditions=(0,)),
        unreachable_finding("outcomes", 1),
    ),
    make_draft(
        "a question has one choice",
        [make_question("one", "a"), R],
        [
            ask_when("one"),
            ask_when("r", choice_is("one", "a")),
            conclude_when("end", choice_is("r", "a")),
        ],
        stuck_finding(1, after="one=a r=b"),
        always_holds_finding(1, after="one=a"),
    ),
]
