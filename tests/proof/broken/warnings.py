"""Sound drafts that ask for a second look: several conclusions at once, conditions without effect."""

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
)
from tests.proof.broken import alike, always, draft, together

Q, R = (question(key, "a", "b") for key in "qr")

DRAFTS = [
    draft(
        "two conclusions for one answer",
        [Q],
        [
            ask("q"),
            conclude("end", answered("q")),
            conclude("other", is_("q", "b")),
        ],
        together(0, "end", "other", after="q=b"),
    ),
    draft(
        "two conclusions at the start",
        [],
        [conclude("end"), conclude("other")],
        together(0, "end", "other"),
    ),
    draft(
        "conclusions together in two ways",
        [question("q")],
        [
            ask("q"),
            conclude("end", is_("q", "a", "b")),
            conclude("other", is_not("q", "a")),
            conclude("third", is_("q", "a", "c")),
        ],
        together(0, "end", "third", after="q=a"),
        together(0, "end", "other", after="q=b"),
        together(1, "other", "third", after="q=c"),
    ),
    draft(
        "one of two ways is shown by an example",
        [question("q")],
        [
            ask("q"),
            conclude("end", answered("q")),
            conclude("other", is_("q", "b")),
            conclude("third", is_("q", "c")),
        ],
        together(0, "end", "third", after="q=c"),
        examples=["q=b"],
    ),
    draft(
        "the shorter of two ways to the same conclusions",
        [Q, R],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            conclude("end", is_("r", "a")),
            conclude("third", is_("r", "b")),
            conclude("end", is_("q", "b")),
            conclude("other", is_("q", "b"), is_("r", "a"), match=Match.ANY),
        ],
        together(0, "end", "other", after="q=b"),
    ),
    draft(
        "a list that leaves out no answer",
        [Q],
        [ask("q"), conclude("end", is_("q", "a", "b"))],
        always(1, after="q=a"),
        alike(0, "a", "b"),
    ),
    draft(
        "an answer that the path makes sure of",
        [Q, R],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            ask("r", is_("q", "b")),
            conclude("other", is_("q", "b"), is_("r", "a")),
            conclude("third", is_not("q", "a"), is_("r", "b")),
            advise("tip", is_not("q", "a"), answered("r")),
        ],
        always(5, after="q=b r=a"),
    ),
    draft(
        "different answers, of questions that share none",
        [Q, question("r", "c", "d")],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            conclude("other", is_("q", "b")),
            conclude("end", is_("r", "c")),
            conclude("third", is_("r", "d")),
            advise("tip", differs("q", "r")),
        ],
        always(5, after="q=a r=c"),
    ),
    draft(
        "one condition or its contrary",
        [Q, R],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            conclude("other", is_("q", "b")),
            conclude("end", is_("r", "a")),
            conclude("third", is_("r", "b")),
            advise("tip", same("q", "r"), differs("q", "r"), match=Match.ANY),
        ],
        always(5, after="q=a r=a"),
    ),
]
