"""A rule that no answers at all can make hold."""

from rules.engine.content import Match
from tests.engine.guides import (
    advise,
    answered,
    ask,
    conclude,
    differs,
    is_,
    is_not,
    question,
    same,
    unanswered,
)
from tests.proof.broken import draft, impossible, unreached

Q, R, S = (question(key, "a", "b") for key in "qrs")
START = [
    ask("q"),
    conclude("end", is_("q", "a")),
    ask("r", is_("q", "b")),
    conclude("other", is_("r", "a")),
    conclude("third", is_("r", "b")),
]
TIP, UNGIVEN = 5, unreached("outcomes", 3)

DRAFTS = [
    draft(
        "two answers to one question",
        [Q, R],
        [*START, advise("tip", is_("q", "a"), is_("q", "b"))],
        impossible(TIP, closest="q=a"),
        UNGIVEN,
    ),
    draft(
        "an answer that is not itself",
        [Q, R],
        [*START, advise("tip", is_("r", "a"), is_not("r", "a"))],
        impossible(TIP, closest="q=b r=a"),
        UNGIVEN,
    ),
    draft(
        "an answer that is none of those there are",
        [Q, R],
        [*START, advise("tip", is_not("q", "a", "b"))],
        impossible(TIP),
        UNGIVEN,
    ),
    draft(
        "answered and unanswered",
        [Q, R],
        [*START, advise("tip", answered("q"), unanswered("q"))],
        impossible(TIP, closest="q=a"),
        UNGIVEN,
    ),
    draft(
        "an answer and unanswered",
        [Q, R],
        [*START, advise("tip", unanswered("r"), is_("r", "b"))],
        impossible(TIP, closest="q=b r=b"),
        UNGIVEN,
    ),
    draft(
        "the same answer to questions that share none",
        [Q, question("r", "c", "d")],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            ask("r", is_("q", "b")),
            conclude("other", is_("r", "c")),
            conclude("third", is_("r", "d")),
            advise("tip", same("q", "r")),
        ],
        impossible(TIP),
        UNGIVEN,
    ),
    draft(
        "the same and different",
        [Q, R],
        [*START, advise("tip", same("q", "r"), differs("r", "q"))],
        impossible(TIP, closest="q=b r=a"),
        UNGIVEN,
    ),
    draft(
        "the same answer, but one that only the first has",
        [Q, question("r", "b", "c")],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            ask("r", is_("q", "b")),
            conclude("other", is_("r", "b")),
            conclude("third", is_("r", "c")),
            advise("tip", same("q", "r"), is_("q", "a")),
        ],
        impossible(TIP, closest="q=a"),
        UNGIVEN,
    ),
    draft(
        "a is b, b is c, and a is not c",
        [Q, R, S],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            ask("r", is_("q", "b")),
            conclude("other", is_("r", "a")),
            ask("s", is_("r", "b")),
            conclude("third", is_("s", "a")),
            conclude("fourth", is_("s", "b")),
            advise("tip", same("q", "r"), same("r", "s"), differs("q", "s")),
        ],
        impossible(7, closest="q=b r=b s=a"),
        unreached("outcomes", 4),
    ),
    draft(
        "three answers, all different, out of two",
        [Q, R, S],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            ask("r", is_("q", "b")),
            conclude("other", is_("r", "a")),
            ask("s", is_("r", "b")),
            conclude("third", is_("s", "a")),
            conclude("fourth", is_("s", "b")),
            advise("tip", differs("q", "r"), differs("r", "s"), differs("q", "s")),
        ],
        impossible(7, closest="q=b r=b s=a"),
        unreached("outcomes", 4),
    ),
    draft(
        "one of two conditions, neither of which can be true",
        [Q, R],
        [
            *START,
            advise("tip", is_not("q", "a", "b"), is_not("r", "a", "b"), match=Match.ANY),
        ],
        impossible(TIP),
        UNGIVEN,
    ),
]
