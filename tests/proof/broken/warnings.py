"""Sound drafts that ask for a second look: several conclusions at once, conditions without effect."""

from rules.engine.content import Match
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.broken import alike, always, draft, together

Q, R = (make_question(key, "a", "b") for key in "qr")

DRAFTS = [
    draft(
        "two conclusions for one answer",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", has_answer("q")),
            conclude_when("other", choice_is("q", "b")),
        ],
        together(0, "end", "other", after="q=b"),
    ),
    draft(
        "two conclusions at the start",
        [],
        [conclude_when("end"), conclude_when("other")],
        together(0, "end", "other"),
    ),
    draft(
        "conclusions together in two ways",
        [make_question("q")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a", "b")),
            conclude_when("other", choice_is_not("q", "a")),
            conclude_when("third", choice_is("q", "a", "c")),
        ],
        together(0, "end", "third", after="q=a"),
        together(0, "end", "other", after="q=b"),
        together(1, "other", "third", after="q=c"),
    ),
    draft(
        "one of two ways is shown by an example",
        [make_question("q")],
        [
            ask_when("q"),
            conclude_when("end", has_answer("q")),
            conclude_when("other", choice_is("q", "b")),
            conclude_when("third", choice_is("q", "c")),
        ],
        together(0, "end", "third", after="q=c"),
        examples=["q=b"],
    ),
    draft(
        "the shorter of two ways to the same conclusions",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("third", choice_is("r", "b")),
            conclude_when("end", choice_is("q", "b")),
            conclude_when("other", choice_is("q", "b"), choice_is("r", "a"), match=Match.ANY),
        ],
        together(0, "end", "other", after="q=b"),
    ),
    draft(
        "a list that leaves out no answer",
        [Q],
        [ask_when("q"), conclude_when("end", choice_is("q", "a", "b"))],
        always(1, after="q=a"),
        alike(0, "a", "b"),
    ),
    draft(
        "an answer that the path makes sure of",
        [Q, R],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("q", "b"), choice_is("r", "a")),
            conclude_when("third", choice_is_not("q", "a"), choice_is("r", "b")),
            advise_when("tip", choice_is_not("q", "a"), has_answer("r")),
        ],
        always(5, after="q=b r=a"),
    ),
    draft(
        "different answers, of questions that share none",
        [Q, make_question("r", "c", "d")],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
            conclude_when("end", choice_is("r", "c")),
            conclude_when("third", choice_is("r", "d")),
            advise_when("tip", other_choice("q", "r")),
        ],
        always(5, after="q=a r=c"),
    ),
    draft(
        "one condition or its contrary",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("third", choice_is("r", "b")),
            advise_when("tip", same_choice("q", "r"), other_choice("q", "r"), match=Match.ANY),
        ],
        always(5, after="q=a r=a"),
    ),
]
