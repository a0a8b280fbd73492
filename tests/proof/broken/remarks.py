"""Drafts with remarks: indistinguishable choices, preempted questions, texts that pupils lack."""

from dataclasses import replace

from rules.engine.content import OutcomeContent, Scope
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    make_question,
)
from tests.proof.broken import (
    indistinguishable_finding,
    make_draft,
    not_for_pupil_finding,
    preempted_finding,
    unreachable_finding,
)

Q, R, S = (make_question(key, "a", "b") for key in "qrs")

SAID = replace(Q, for_pupil="Toi\u00a0?")

DRAFTS = [
    make_draft(
        "a question that changes nothing",
        [Q],
        [ask_when("q"), conclude_when("end", has_answer("q"))],
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "two of three choices have the same effect",
        [make_question("q")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "c")),
            conclude_when("other", choice_is_not("q", "c")),
        ],
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "two pairs of choices have the same effect",
        [make_question("q", "a", "b", "c", "d")],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a", "c")),
            conclude_when("other", choice_is("q", "b", "d")),
        ],
        indistinguishable_finding(0, "a", "c"),
        indistinguishable_finding(0, "b", "d"),
    ),
    make_draft(
        "a question in the middle changes nothing",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            ask_when("s", has_answer("r")),
            conclude_when("end", choice_is("s", "a"), choice_is("q", "a")),
            conclude_when("other", choice_is("s", "a"), choice_is("q", "b")),
            conclude_when("third", choice_is("s", "b")),
        ],
        indistinguishable_finding(1, "a", "b", asked="q=a"),
    ),
    make_draft(
        "a rule asks, after some answers, a question that is answered already",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("other", choice_is("r", "b")),
            ask_when("q", choice_is("q", "b"), choice_is("r", "b")),
        ],
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "a question that changes nothing after either choice of the first question",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", has_answer("r"), choice_is("q", "a")),
            conclude_when("other", has_answer("r"), choice_is("q", "b")),
        ],
        indistinguishable_finding(1, "a", "b", asked="q=a"),
    ),
    make_draft(
        "two choices give the same advice by different rules",
        [make_question("q")],
        [
            ask_when("q"),
            advise_when("tip", choice_is("q", "a")),
            advise_when("tip", choice_is("q", "b")),
            conclude_when("end", has_answer("q")),
        ],
        indistinguishable_finding(0, "a", "b"),
    ),
    make_draft(
        "a choice gives advice that is given already",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            advise_when("tip", has_answer("q")),
            advise_when("tip", choice_is("r", "a")),
            conclude_when("end", has_answer("r")),
        ],
        indistinguishable_finding(0, "a", "b"),
        indistinguishable_finding(1, "a", "b", asked="q=a"),
    ),
    make_draft(
        "a conclusion preempts a question",
        [Q, R],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("q", "b")),
            ask_when("r", choice_is("q", "b")),
        ],
        preempted_finding(5, after="q=b"),
    ),
    make_draft(
        "a conclusion preempts a question after the second answer",
        [Q, R, S],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            ask_when("s", choice_is("q", "a"), choice_is("r", "a")),
            conclude_when("end", choice_is("q", "b"), choice_is("r", "a")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("s", "a")),
            conclude_when("fourth", choice_is("s", "b")),
            ask_when("s", choice_is("r", "b")),
        ],
        preempted_finding(7, after="q=a r=b"),
    ),
    make_draft(
        "the only rule that asks a question is preempted: a fault as well",
        [Q, R],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
            ask_when("r", choice_is("q", "b")),
        ],
        unreachable_finding("questions", 1, first_rule=2),
        preempted_finding(3, after="q=b"),
    ),
    make_draft(
        "a question for the pupil, without a conclusion for the pupil",
        [SAID, R, replace(S, scope=Scope.SCHOOL)],
        [
            ask_when("q"),
            ask_when("r", choice_is("q", "a")),
            ask_when("s", choice_is("q", "b")),
            conclude_when("end", choice_is("r", "a")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("s", "a")),
            conclude_when("end", choice_is("s", "b")),
            advise_when("tip", choice_is("s", "a")),
        ],
        not_for_pupil_finding("questions", 1),
        *(not_for_pupil_finding("outcomes", position) for position in range(3)),
    ),
    make_draft(
        "one of two questions for the pupil",
        [SAID, R],
        [
            ask_when("q"),
            ask_when("r", has_answer("q")),
            conclude_when("end", choice_is("r", "a"), choice_is("q", "a")),
            conclude_when("other", choice_is("r", "b")),
            conclude_when("third", choice_is("r", "a"), choice_is("q", "b")),
        ],
        not_for_pupil_finding("questions", 1),
        *(not_for_pupil_finding("outcomes", position) for position in range(3)),
    ),
    make_draft(
        "a conclusion for the pupil that no path leads to, beside a question and a conclusion without",
        [Q],
        [
            ask_when("q"),
            conclude_when("end", choice_is("q", "a")),
            conclude_when("other", choice_is("q", "b")),
        ],
        unreachable_finding("outcomes", 2),
        not_for_pupil_finding("questions", 0),
        not_for_pupil_finding("outcomes", 0),
        not_for_pupil_finding("outcomes", 1),
        unused=[OutcomeContent("unused", "unused", final=True, for_pupil="Toi aussi.")],
    ),
]
