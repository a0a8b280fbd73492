"""Drafts with questions, outcomes and rules that no visitor meets."""

from rules.engine.content import Match, OutcomeContent
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    same_choice,
)
from tests.proof.broken import (
    indistinguishable_finding,
    make_draft,
    preempted_finding,
    unreachable_finding,
)

Q, R, S = (make_question(key, "a", "b") for key in "qrs")
START = [
    ask_when("q"),
    conclude_when("end", choice_is("q", "a")),
    conclude_when("other", choice_is("q", "b")),
]

DRAFTS = [
    make_draft("no rule asks a question", [Q, R], START, unreachable_finding("questions", 1)),
    make_draft(
        "no rule gives a conclusion",
        [Q],
        START,
        unreachable_finding("outcomes", 2),
        unused=[OutcomeContent("third", "Third", final=True)],
    ),
    make_draft(
        "no rule gives an advice",
        [Q],
        START,
        unreachable_finding("outcomes", 2),
        unused=[OutcomeContent("tip", "Tip", final=False)],
    ),
    make_draft(
        "a rule looks at a question that nobody asks",
        [Q, R],
        [*START, advise_when("tip", choice_is("q", "a"), choice_is("r", "b"))],
        unreachable_finding("questions", 1),
        unreachable_finding("outcomes", 2),
        unreachable_finding("rules", 3, closest="q=a"),
    ),
    make_draft(
        "a rule looks at an answer that its path excludes",
        [Q, R],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            ask_when("r", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "a")),
            conclude_when("third", choice_is("r", "b")),
            advise_when("tip", choice_is("q", "a"), choice_is("r", "b")),
        ],
        unreachable_finding("outcomes", 3),
        unreachable_finding("rules", 5, closest="q=a"),
    ),
    make_draft(
        "a conclusion comes before the second question",
        [Q, R],
        [
            ask_when("q"),
            conclude_when("end", has_answer("q")),
            ask_when("r", choice_is("q", "b")),
            advise_when("tip", has_answer("r")),
        ],
        unreachable_finding("questions", 1, first_rule=1),
        unreachable_finding("outcomes", 1),
        unreachable_finding("rules", 3),
        preempted_finding(2, after="q=b"),
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "two questions wait for each other",
        [Q, R, S],
        [*START, ask_when("r", has_answer("s")), ask_when("s", has_answer("r"))],
        unreachable_finding("questions", 1),
        unreachable_finding("questions", 2),
        unreachable_finding("rules", 3),
        unreachable_finding("rules", 4),
    ),
    make_draft(
        "a question waits for its own answer",
        [Q, R],
        [*START, ask_when("r", has_answer("r"))],
        unreachable_finding("questions", 1),
        unreachable_finding("rules", 3),
    ),
    make_draft(
        "a rule compares two questions that are never both asked",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            ask_when("s", choice_is("q", "b")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("s", "a")),
            conclude_when("fourth", choice_is("s", "b")),
            advise_when("tip", same_choice("r", "s")),
        ],
        unreachable_finding("outcomes", 4),
        unreachable_finding("rules", 7),
    ),
    make_draft(
        "a rule needs the second question answered and the first one unanswered",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", choice_is("r", "a"), choice_is("q", "a")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("r", "a"), choice_is("q", "b")),
            advise_when("tip", has_no_answer("q"), has_answer("r")),
        ],
        unreachable_finding("outcomes", 3),
        unreachable_finding("rules", 5, closest="q=a r=a"),
    ),
    make_draft(
        "a rule needs one of two conditions, of which neither is ever true",
        [Q, R, S],
        [*START, advise_when("tip", choice_is("r", "a"), choice_is("s", "a"), match=Match.ANY)],
        unreachable_finding("questions", 1),
        unreachable_finding("questions", 2),
        unreachable_finding("outcomes", 2),
        unreachable_finding("rules", 3),
    ),
    make_draft(
        "a question and a conclusion follow only from a question that is never asked",
        [Q, R, S],
        [*START, ask_when("s", choice_is("r", "a")), conclude_when("third", has_answer("s"))],
        unreachable_finding("questions", 1),
        unreachable_finding("questions", 2),
        unreachable_finding("outcomes", 2),
        unreachable_finding("rules", 3),
        unreachable_finding("rules", 4),
    ),
]
