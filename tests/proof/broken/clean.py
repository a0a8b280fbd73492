"""Drafts without any finding."""

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
from tests.proof.broken import make_draft

Q, R, S = (make_question(key, "a", "b") for key in "qrs")

DRAFTS = [
    make_draft("a conclusion for everyone", [], [conclude_when("end")]),
    make_draft(
        "a question",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is_not("q", "a")),
        ],
    ),
    make_draft(
        "a comparison",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", same_choice("q", "r")),
            conclude_when("other", other_choice("q", "r")),
        ],
    ),
    make_draft(
        "a choice that changes only the advice",
        [Q, R],
        [
            ask_when("q"),
            advise_when("tip", choice_is("q", "a")),
            ask_when("r", has_answer("q")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("other", choice_is("r", "b")),
        ],
    ),
    make_draft(
        "two conclusions that an example gives too",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", has_answer("q")),
            conclude_when("other", choice_is("q", "b")),
        ],
        examples=["q=b"],
    ),
    make_draft(
        "advice until there is an answer",
        [Q],
        [
            advise_when("tip", has_no_answer("q")),
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
        ],
    ),
    make_draft(
        "a longer and a shorter path that lead to the same question",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            advise_when("tip", choice_is("r", "a")),
            ask_when("s", choice_is("q", "b"), has_answer("r"), match=Match.ANY),
            conclude_when("end", choice_is("s", "a")),
            conclude_when("other", choice_is("s", "b")),
        ],
    ),
    make_draft(
        "a rule that fails to hold only on a path that joins a shorter one",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            ask_when("s", choice_is("q", "b"), has_answer("r"), match=Match.ANY),
            conclude_when("end", choice_is("s", "a")),
            conclude_when("other", choice_is("s", "b")),
            advise_when("tip", choice_is("r", "a"), choice_is("s", "a", "b")),
        ],
    ),
    make_draft(
        "an advice that both choices of a question give, but only after one of two answers",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            advise_when("tip", choice_is("q", "a")),
            advise_when("tip", choice_is("r", "a")),
            conclude_when("end", has_answer("r")),
        ],
    ),
]
