"""Nothing is asked and nothing concluded."""

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
from tests.proof.broken import alike, draft, stuck, unreached

Q, R, S = (question(key, "a", "b") for key in "qrs")

DRAFTS = [
    draft("a guide without anything", [], [], stuck()),
    draft("no rule asks the first question", [Q], [], stuck(), unreached("questions", 0)),
    draft("advice alone is no end", [], [advise("tip")], stuck()),
    draft(
        "one choice leads nowhere",
        [Q],
        [ask("q"), conclude("end", is_("q", "a"))],
        stuck(0, after="q=b"),
    ),
    draft(
        "two choices of three lead nowhere",
        [question("q")],
        [ask("q"), conclude("end", is_("q", "b"))],
        stuck(0, after="q=a"),
        stuck(0, after="q=c"),
        alike(0, "a", "c"),
    ),
    draft(
        "nothing follows the only question",
        [Q],
        [ask("q")],
        stuck(0, after="q=a"),
        stuck(0, after="q=b"),
        alike(0, "a", "b"),
    ),
    draft(
        "the second question has an answer too many",
        [Q, R],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            conclude("end", is_("q", "b")),
            conclude("other", is_("r", "b")),
        ],
        stuck(1, after="q=a r=a"),
    ),
    draft(
        "the longer side of a diamond comes to the same dead end later",
        [Q, R, S],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            ask("s", answered("r")),
            ask("s", is_("q", "b")),
            conclude("end", is_("s", "a")),
        ],
        stuck(2, after="q=b s=b"),
        alike(1, "a", "b", asked="q=a"),
    ),
    draft(
        "different answers were forgotten",
        [Q, R],
        [ask("q"), ask("r", answered("q")), conclude("end", same("q", "r"))],
        stuck(1, after="q=a r=b"),
        stuck(1, after="q=b r=a"),
    ),
    draft(
        "the same answers were forgotten",
        [Q, question("r", "b", "c")],
        [ask("q"), ask("r", answered("q")), conclude("end", differs("q", "r"))],
        stuck(1, after="q=b r=b"),
    ),
    draft(
        "a question is asked only while another has no answer",
        [Q, R],
        [ask("q"), ask("r", unanswered("q")), conclude("end", answered("r"))],
        stuck(0, after="q=a"),
        stuck(0, after="q=b"),
        unreached("questions", 1),
        unreached("outcomes", 0),
        unreached("rules", 2),
        alike(0, "a", "b"),
    ),
    draft(
        "one answer is forgotten among those that are not another",
        [question("q"), R],
        [
            ask("q"),
            ask("r", is_not("q", "a", "b")),
            conclude("end", is_("q", "a")),
            conclude("other", is_not("r", "b")),
        ],
        stuck(0, after="q=b"),
        stuck(1, after="q=c r=b"),
    ),
]
