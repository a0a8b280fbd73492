"""Nothing is asked and nothing concluded."""

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
from tests.proof.broken import alike, draft, stuck, unreached

Q, R, S = (make_question(key, "a", "b") for key in "qrs")

DRAFTS = [
    draft("a guide without anything", [], [], stuck()),
    draft("no rule asks the first question", [Q], [], stuck(), unreached("questions", 0)),
    draft("advice alone is no end", [], [advise_when("tip")], stuck()),
    draft(
        "one choice leads nowhere",
        [Q],
        [ask_when("q"), conclude_when("end", choice_is("q", "a"))],
        stuck(0, after="q=b"),
    ),
    draft(
        "two choices of three lead nowhere",
        [make_question("q")],
        [ask_when("q"), conclude_when("end", choice_is("q", "b"))],
        stuck(0, after="q=a"),
        stuck(0, after="q=c"),
        alike(0, "a", "c"),
    ),
    draft(
        "nothing follows the only question",
        [Q],
        [ask_when("q")],
        stuck(0, after="q=a"),
        stuck(0, after="q=b"),
        alike(0, "a", "b"),
    ),
    draft(
        "the second question has an answer too many",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("end", choice_is("q", "b")),
            conclude_when("other", choice_is("r", "b")),
        ],
        stuck(1, after="q=a r=a"),
    ),
    draft(
        "the longer side of a diamond comes to the same dead end later",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            ask_when("s", has_answer("r")),
            ask_when("s", choice_is("q", "b")),
            conclude_when("end", choice_is("s", "a")),
        ],
        stuck(2, after="q=b s=b"),
        alike(1, "a", "b", asked="q=a"),
    ),
    draft(
        "different answers were forgotten",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", same_choice("q", "r")),
        ],
        stuck(1, after="q=a r=b"),
        stuck(1, after="q=b r=a"),
    ),
    draft(
        "the same answers were forgotten",
        [Q, make_question("r", "b", "c")],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", other_choice("q", "r")),
        ],
        stuck(1, after="q=b r=b"),
    ),
    draft(
        "a question is asked only while another has no answer",
        [Q, R],
        [ask_when("q"), ask_when("r", has_no_answer("q")), conclude_when("end", has_answer("r"))],
        stuck(0, after="q=a"),
        stuck(0, after="q=b"),
        unreached("questions", 1),
        unreached("outcomes", 0),
        unreached("rules", 2),
        alike(0, "a", "b"),
    ),
    draft(
        "one answer is forgotten among those that are not another",
        [make_question("q"), R],
        [
            ask_when("q"),
            ask_when("r", choice_is_not("q", "a", "b")),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is_not("r", "b")),
        ],
        stuck(0, after="q=b"),
        stuck(1, after="q=c r=b"),
    ),
]
