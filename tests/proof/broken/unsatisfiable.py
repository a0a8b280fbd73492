"""Drafts with a rule that no answers at all can make hold."""

from rules.engine.content import Match
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.broken import make_draft, unreachable_finding, unsatisfiable_finding

Q, R, S = (make_question(key, "a", "b") for key in "qrs")
START = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    ask_when("r", choice_is("q", "b")),
    conclude_when("other", choice_is("r", "a")),
    conclude_when("third", choice_is("r", "b")),
]
TIP, TIP_NOT_GIVEN = 5, unreachable_finding("outcomes", 3)

DRAFTS = [
    make_draft(
        "a question has two answers",
        [Q, R],
        [*START, advise_when("tip", choice_is("q", "a"), choice_is("q", "b"))],
        unsatisfiable_finding(TIP, closest="q=a", conditions=(0, 1)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "the answer is a choice and is not this choice",
        [Q, R],
        [*START, advise_when("tip", choice_is("r", "a"), choice_is_not("r", "a"))],
        unsatisfiable_finding(TIP, closest="q=b r=a", conditions=(0, 1)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "the answer is none of all choices",
        [Q, R],
        [*START, advise_when("tip", choice_is_not("q", "a", "b"))],
        unsatisfiable_finding(TIP, conditions=(0,)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "a question is answered and unanswered",
        [Q, R],
        [*START, advise_when("tip", has_answer("q"), has_no_answer("q"))],
        unsatisfiable_finding(TIP, closest="q=a", conditions=(0, 1)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "a question is answered with a choice and unanswered",
        [Q, R],
        [*START, advise_when("tip", has_no_answer("r"), choice_is("r", "b"))],
        unsatisfiable_finding(TIP, closest="q=b r=b", conditions=(0, 1)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "two questions without common choices have the same answer",
        [Q, make_question("r", "c", "d")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "c")),
            conclude_when("third", choice_is("r", "d")),
            advise_when("tip", same_choice("q", "r")),
        ],
        unsatisfiable_finding(TIP, conditions=(0,)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "two questions have the same answer and different answers",
        [Q, R],
        [*START, advise_when("tip", same_choice("q", "r"), other_choice("r", "q"))],
        unsatisfiable_finding(TIP, closest="q=b r=a", conditions=(0, 1)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "two questions have the same answer, which is a choice of the first one only",
        [Q, make_question("r", "b", "c")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("r", "c")),
            advise_when("tip", same_choice("q", "r"), choice_is("q", "a")),
        ],
        unsatisfiable_finding(TIP, closest="q=a", conditions=(0, 1)),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "q has the same answer as r, and r as s, but q and s have different ones",
        [Q, R, S],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "a")),
            ask_when("s", choice_is("r", "b")),
            conclude_when("third", choice_is("s", "a")),
            conclude_when("fourth", choice_is("s", "b")),
            advise_when(
                "tip", same_choice("q", "r"), same_choice("r", "s"), other_choice("q", "s")
            ),
        ],
        unsatisfiable_finding(7, closest="q=b r=b s=a"),
        unreachable_finding("outcomes", 4),
    ),
    make_draft(
        "three questions of two choices have three different answers",
        [Q, R, S],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "a")),
            ask_when("s", choice_is("r", "b")),
            conclude_when("third", choice_is("s", "a")),
            conclude_when("fourth", choice_is("s", "b")),
            advise_when(
                "tip", other_choice("q", "r"), other_choice("r", "s"), other_choice("q", "s")
            ),
        ],
        unsatisfiable_finding(7, closest="q=b r=b s=a"),
        unreachable_finding("outcomes", 4),
    ),
    make_draft(
        "a rule needs one of two conditions, of which neither can be true",
        [Q, R],
        [
            *START,
            advise_when(
                "tip", choice_is_not("q", "a", "b"), choice_is_not("r", "a", "b"), match=Match.ANY
            ),
        ],
        unsatisfiable_finding(TIP),
        TIP_NOT_GIVEN,
    ),
]
