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
        "two answers to one question",
        [Q, R],
        [*START, advise_when("tip", choice_is("q", "a"), choice_is("q", "b"))],
        unsatisfiable_finding(TIP, closest="q=a"),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "an answer that is not itself",
        [Q, R],
        [*START, advise_when("tip", choice_is("r", "a"), choice_is_not("r", "a"))],
        unsatisfiable_finding(TIP, closest="q=b r=a"),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "an answer that is none of those there are",
        [Q, R],
        [*START, advise_when("tip", choice_is_not("q", "a", "b"))],
        unsatisfiable_finding(TIP),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "answered and unanswered",
        [Q, R],
        [*START, advise_when("tip", has_answer("q"), has_no_answer("q"))],
        unsatisfiable_finding(TIP, closest="q=a"),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "an answer and unanswered",
        [Q, R],
        [*START, advise_when("tip", has_no_answer("r"), choice_is("r", "b"))],
        unsatisfiable_finding(TIP, closest="q=b r=b"),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "the same answer to questions that share none",
        [Q, make_question("r", "c", "d")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "c")),
            conclude_when("third", choice_is("r", "d")),
            advise_when("tip", same_choice("q", "r")),
        ],
        unsatisfiable_finding(TIP),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "the same and different",
        [Q, R],
        [*START, advise_when("tip", same_choice("q", "r"), other_choice("r", "q"))],
        unsatisfiable_finding(TIP, closest="q=b r=a"),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "the same answer, but one that only the first has",
        [Q, make_question("r", "b", "c")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("r", "c")),
            advise_when("tip", same_choice("q", "r"), choice_is("q", "a")),
        ],
        unsatisfiable_finding(TIP, closest="q=a"),
        TIP_NOT_GIVEN,
    ),
    make_draft(
        "a is b, b is c, and a is not c",
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
        "three answers, all different, out of two",
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
        "one of two conditions, neither of which can be true",
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
