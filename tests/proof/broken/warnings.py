"""Drafts with warnings: several conclusions in one state, and rules that always hold."""

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
from tests.proof.broken import (
    always_holds_finding,
    indistinguishable_finding,
    make_draft,
    several_conclusions_finding,
)

Q, R = (make_question(key, "a", "b") for key in "qr")

DRAFTS = [
    make_draft(
        "two conclusions for one answer",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", has_answer("q")),
            conclude_when("other", choice_is("q", "b")),
        ],
        several_conclusions_finding(0, "end", "other", after="q=b"),
    ),
    make_draft(
        "two conclusions at the start",
        [],
        [conclude_when("end"), conclude_when("other")],
        several_conclusions_finding(0, "end", "other"),
    ),
    make_draft(
        "three different pairs of conclusions",
        [make_question("q")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a", "b")),
            conclude_when("other", choice_is_not("q", "a")),
            conclude_when("third", choice_is("q", "a", "c")),
        ],
        several_conclusions_finding(0, "end", "third", after="q=a"),
        several_conclusions_finding(0, "end", "other", after="q=b"),
        several_conclusions_finding(1, "other", "third", after="q=c"),
    ),
    make_draft(
        "two pairs of conclusions, of which an example gives one",
        [make_question("q")],
        [
            ask_when("q"),
            conclude_when("end", has_answer("q")),
            conclude_when("other", choice_is("q", "b")),
            conclude_when("third", choice_is("q", "c")),
        ],
        several_conclusions_finding(0, "end", "third", after="q=c"),
        examples=["q=b"],
    ),
    make_draft(
        "the same pair of conclusions after a shorter and a longer path",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("third", choice_is("r", "b")),
            conclude_when("end", choice_is("q", "b")),
            conclude_when("other", choice_is("q", "b"), choice_is("r", "a"), match=Match.ANY),
        ],
        several_conclusions_finding(0, "end", "other", after="q=b"),
    ),
    make_draft(
        "a condition whose list contains all choices",
        [Q],
        [ask_when("q"), conclude_when("end", choice_is("q", "a", "b"))],
        always_holds_finding(1, after="q=a"),
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "a condition on an answer that all visitors have given by then",
        [Q, R],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("q", "b"), choice_is("r", "a")),
            conclude_when("third", choice_is_not("q", "a"), choice_is("r", "b")),
            advise_when("tip", choice_is_not("q", "a"), has_answer("r")),
        ],
        always_holds_finding(5, after="q=b r=a"),
    ),
    make_draft(
        "a condition that the answers of two questions without common choices differ",
        [Q, make_question("r", "c", "d")],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
            conclude_when("end", choice_is("r", "c")),
            conclude_when("third", choice_is("r", "d")),
            advise_when("tip", other_choice("q", "r")),
        ],
        always_holds_finding(5, after="q=a r=c"),
    ),
    make_draft(
        "a condition or its contrary",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("third", choice_is("r", "b")),
            advise_when("tip", same_choice("q", "r"), other_choice("q", "r"), match=Match.ANY),
        ],
        always_holds_finding(5, after="q=a r=a"),
    ),
]
