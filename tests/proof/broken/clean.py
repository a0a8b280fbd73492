"""Drafts in which there is nothing to find."""

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
from tests.proof.broken import draft

Q, R, S = (question(key, "a", "b") for key in "qrs")

DRAFTS = [
    draft("a conclusion for everyone", [], [conclude("end")]),
    draft(
        "a question",
        [Q],
        [ask("q"), conclude("end", is_("q", "a")), conclude("other", is_not("q", "a"))],
    ),
    draft(
        "a comparison",
        [Q, R],
        [
            ask("q"),
            ask("r", answered("q")),
            conclude("end", same("q", "r")),
            conclude("other", differs("q", "r")),
        ],
    ),
    draft(
        "a choice that changes only the advice",
        [Q, R],
        [
            ask("q"),
            advise("tip", is_("q", "a")),
            ask("r", answered("q")),
            conclude("end", is_("r", "a")),
            conclude("other", is_("r", "b")),
        ],
    ),
    draft(
        "several conclusions that an example shows",
        [Q],
        [ask("q"), conclude("end", answered("q")), conclude("other", is_("q", "b"))],
        examples=["q=b"],
    ),
    draft(
        "advice until there is an answer",
        [Q],
        [
            advise("tip", unanswered("q")),
            ask("q"),
            conclude("end", is_("q", "a")),
            conclude("other", is_("q", "b")),
        ],
    ),
    draft(
        "a diamond whose sides meet",
        [Q, R, S],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            advise("tip", is_("r", "a")),
            ask("s", is_("q", "b"), answered("r"), match=Match.ANY),
            conclude("end", is_("s", "a")),
            conclude("other", is_("s", "b")),
        ],
    ),
    draft(
        "a rule that fails only where a longer path joins a shorter one",
        [Q, R, S],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            ask("s", is_("q", "b"), answered("r"), match=Match.ANY),
            conclude("end", is_("s", "a")),
            conclude("other", is_("s", "b")),
            advise("tip", is_("r", "a"), is_("s", "a", "b")),
        ],
    ),
]
