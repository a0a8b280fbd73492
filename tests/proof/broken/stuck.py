"""Drafts with states that ask nothing and conclude nothing."""

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
from tests.proof.broken import (
    indistinguishable_finding,
    make_draft,
    stuck_finding,
    unreachable_finding,
)

Q, R, S = (make_question(key, "a", "b") for key in "qrs")

DRAFTS = [
    make_draft("a guide without anything", [], [], stuck_finding()),
    make_draft(
        "no rule asks the first question",
        [Q],
        [],
        stuck_finding(),
        unreachable_finding("questions", 0),
    ),
    make_draft("a guide that only gives advice", [], [advise_when("tip")], stuck_finding()),
    make_draft(
        "nothing follows one of two choices",
        [Q],
        [ask_when("q"), conclude_when("end", choice_is("q", "a"))],
        stuck_finding(0, after="q=b"),
    ),
    make_draft(
        "nothing follows two of three choices",
        [make_question("q")],
        [ask_when("q"), conclude_when("end", choice_is("q", "b"))],
        stuck_finding(0, after="q=a"),
        stuck_finding(0, after="q=c"),
        indistinguishable_finding(0, "a", "c"),
    ),
    make_draft(
        "nothing follows the only question",
        [Q],
        [ask_when("q")],
        stuck_finding(0, after="q=a"),
        stuck_finding(0, after="q=b"),
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "nothing follows one choice of the second question",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("end", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "b")),
        ],
        stuck_finding(1, after="q=a r=a"),
    ),
    make_draft(
        "a longer and a shorter path lead to the same stuck state",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            ask_when("s", has_answer("r")),
            ask_when("s", choice_is("q", "b")),
            conclude_when("end", choice_is("s", "a")),
        ],
        stuck_finding(2, after="q=b s=b"),
        indistinguishable_finding(1, "a", "b", asked="q=a"),
    ),
    make_draft(
        "only the same answer to two questions is followed by a conclusion",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", same_choice("q", "r")),
        ],
        stuck_finding(1, after="q=a r=b"),
        stuck_finding(1, after="q=b r=a"),
    ),
    make_draft(
        "only different answers to two questions are followed by a conclusion",
        [Q, make_question("r", "b", "c")],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", other_choice("q", "r")),
        ],
        stuck_finding(1, after="q=b r=b"),
    ),
    make_draft(
        "a question is asked only while another has no answer",
        [Q, R],
        [ask_when("q"), ask_when("r", has_no_answer("q")), conclude_when("end", has_answer("r"))],
        stuck_finding(0, after="q=a"),
        stuck_finding(0, after="q=b"),
        unreachable_finding("questions", 1, first_rule=0),
        unreachable_finding("outcomes", 0),
        unreachable_finding("rules", 2),
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "rules that exclude choices leave other choices without a rule",
        [make_question("q"), R],
        [
            ask_when("q"),
            ask_when("r", choice_is_not("q", "a", "b")),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is_not("r", "b")),
        ],
        stuck_finding(0, after="q=b"),
        stuck_finding(1, after="q=c r=b"),
    ),
]
