"""A question that is never asked, an outcome that is never given, a rule that never holds."""

from rules.engine.content import Match, OutcomeContent
from tests.engine.guides import advise, answered, ask, conclude, is_, question, same, unanswered
from tests.proof.broken import alike, cut_short, draft, unreached

Q, R, S = (question(key, "a", "b") for key in "qrs")
START = [ask("q"), conclude("end", is_("q", "a")), conclude("other", is_("q", "b"))]

DRAFTS = [
    draft("no rule asks a question", [Q, R], START, unreached("questions", 1)),
    draft(
        "no rule gives a conclusion",
        [Q],
        START,
        unreached("outcomes", 2),
        unused=[OutcomeContent("third", "Third", final=True)],
    ),
    draft(
        "no rule gives an advice",
        [Q],
        START,
        unreached("outcomes", 2),
        unused=[OutcomeContent("tip", "Tip", final=False)],
    ),
    draft(
        "a rule looks at a question that nobody asks",
        [Q, R],
        [*START, advise("tip", is_("q", "a"), is_("r", "b"))],
        unreached("questions", 1),
        unreached("outcomes", 2),
        unreached("rules", 3, closest="q=a"),
    ),
    draft(
        "a rule looks at an answer that its path excludes",
        [Q, R],
        [
            ask("q"),
            conclude("end", is_("q", "a")),
            ask("r", is_("q", "b")),
            conclude("other", is_("r", "a")),
            conclude("third", is_("r", "b")),
            advise("tip", is_("q", "a"), is_("r", "b")),
        ],
        unreached("outcomes", 3),
        unreached("rules", 5, closest="q=a"),
    ),
    draft(
        "a conclusion comes between a question and the next",
        [Q, R],
        [
            ask("q"),
            conclude("end", answered("q")),
            ask("r", is_("q", "b")),
            advise("tip", answered("r")),
        ],
        unreached("questions", 1),
        unreached("outcomes", 1),
        unreached("rules", 3),
        cut_short(2, after="q=b"),
        alike(0, "a", "b"),
    ),
    draft(
        "two questions wait for each other",
        [Q, R, S],
        [*START, ask("r", answered("s")), ask("s", answered("r"))],
        unreached("questions", 1),
        unreached("questions", 2),
        unreached("rules", 3),
        unreached("rules", 4),
    ),
    draft(
        "a question waits for its own answer",
        [Q, R],
        [*START, ask("r", answered("r"))],
        unreached("questions", 1),
        unreached("rules", 3),
    ),
    draft(
        "both questions of a comparison are on different paths",
        [Q, R, S],
        [
            ask("q"),
            ask("r", is_("q", "a")),
            ask("s", is_("q", "b")),
            conclude("end", is_("r", "a")),
            conclude("other", is_("r", "b")),
            conclude("third", is_("s", "a")),
            conclude("fourth", is_("s", "b")),
            advise("tip", same("r", "s")),
        ],
        unreached("outcomes", 4),
        unreached("rules", 7),
    ),
    draft(
        "a rule waits for the first question to be unanswered, after the second",
        [Q, R],
        [
            ask("q"),
            ask("r", answered("q")),
            conclude("end", is_("r", "a"), is_("q", "a")),
            conclude("other", is_("r", "b")),
            conclude("third", is_("r", "a"), is_("q", "b")),
            advise("tip", unanswered("q"), answered("r")),
        ],
        unreached("outcomes", 3),
        unreached("rules", 5, closest="q=a r=a"),
    ),
    draft(
        "neither of two conditions is ever true",
        [Q, R, S],
        [*START, advise("tip", is_("r", "a"), is_("s", "a"), match=Match.ANY)],
        unreached("questions", 1),
        unreached("questions", 2),
        unreached("outcomes", 2),
        unreached("rules", 3),
    ),
    draft(
        "a whole branch hangs on a question that is never asked",
        [Q, R, S],
        [*START, ask("s", is_("r", "a")), conclude("third", answered("s"))],
        unreached("questions", 1),
        unreached("questions", 2),
        unreached("outcomes", 2),
        unreached("rules", 3),
        unreached("rules", 4),
    ),
]
