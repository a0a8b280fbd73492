"""Sound drafts with something in vain: a choice that changes nothing, an ask that never asks."""

from tests.engine.guides import answered, ask, conclude, is_, is_not, question
from tests.proof.broken import alike, cut_short, draft, unreached

Q, R, S = (question(key, "a", "b") for key in "qrs")

DRAFTS = [
    draft(
        "a question that changes nothing",
        [Q],
        [ask("q"), conclude("end", answered("q"))],
        alike(0, "a", "b"),
    ),
    draft(
        "two choices of three change nothing",
        [question("q")],
        [ask("q"), conclude("end", is_("q", "c")), conclude("other", is_not("q", "c"))],
        alike(0, "a", "b"),
    ),
    draft(
        "two pairs of choices",
        [question("q", "a", "b", "c", "d")],
        [ask("q"), conclude("end", is_("q", "a", "c")), conclude("other", is_("q", "b", "d"))],
        alike(0, "a", "c"),
        alike(0, "b", "d"),
    ),
    draft(
        "a choice that changes nothing, two questions on",
        [Q, R, S],
        [
            ask("q"),
            ask("r", answered("q")),
            ask("s", answered("r")),
            conclude("end", is_("s", "a"), is_("q", "a")),
            conclude("other", is_("s", "a"), is_("q", "b")),
            conclude("third", is_("s", "b")),
        ],
        alike(1, "a", "b", asked="q=a"),
    ),
    draft(
        "a rule asks again, after some answers, what was asked already",
        [Q, R],
        [
            ask("q"),
            ask("r", answered("q")),
            conclude("end", is_("r", "a")),
            conclude("other", is_("r", "b")),
            ask("q", is_("q", "b"), is_("r", "b")),
        ],
        alike(0, "a", "b"),
    ),
    draft(
        "a question that changes nothing on either side of a diamond",
        [Q, R],
        [
            ask("q"),
            ask("r", answered("q")),
            conclude("end", answered("r"), is_("q", "a")),
            conclude("other", answered("r"), is_("q", "b")),
        ],
        alike(1, "a", "b", asked="q=a"),
    ),
    draft(
        "an ask that its conclusion cuts short",
        [Q, R],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            conclude("end", is_("r", "a")),
            conclude("other", is_("r", "b")),
            conclude("third", is_("q", "b")),
            ask("r", is_("q", "b")),
        ],
        cut_short(5, after="q=b"),
    ),
    draft(
        "an ask cut short later",
        [Q, R, S],
        [
            ask("q"),
            ask("r", answered("q")),
            ask("s", is_("q", "a"), is_("r", "a")),
            conclude("end", is_("q", "b"), is_("r", "a")),
            conclude("other", is_("r", "b")),
            conclude("third", is_("s", "a")),
            conclude("fourth", is_("s", "b")),
            ask("s", is_("r", "b")),
        ],
        cut_short(7, after="q=a r=b"),
    ),
    draft(
        "the only ask of a question is cut short: a fault as well",
        [Q, R],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            conclude("other", is_("q", "b")),
            ask("r", is_("q", "b")),
        ],
        unreached("questions", 1),
        cut_short(3, after="q=b"),
    ),
]
