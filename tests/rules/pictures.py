"""A guide and its parcours, for the tests of pictures.

The parcours is written by hand, because the guide has no rules.
"""

from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    GuideContent,
    Match,
    Operator,
    OutcomeContent,
    QuestionContent,
    Scope,
    Tone,
)
from rules.parcours.stops import Case, Destination, Line, Parcours, Requirement, Stop
from rules.picture.boxes import Arrow, Box, Picture, build_picture
from rules.picture.displayed_names import name_for_editors

YES_NO = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
HOSTILE_TEXTS = (
    'dit "oui"', "a\\b\\N\\", "<b>gras</b>", "<<i>>", "&lt;&eacute;&", "ligne\nautre", "\x00\x0b\ufffe",
    "x" * 300, "mot " * 75, "👩‍🏫 🎓", "\u202eenvers", "{a|b}", "-> ; }", "%3", " ",
)  # fmt: skip


def make_guide(first: str = "Un\u00a0?", end: str = "Fin", label: str = "Non") -> GuideContent:
    """Returns a guide of two questions, two conclusions and an advice."""
    return GuideContent(
        "petit",
        "Petit guide",
        (
            QuestionContent(
                "q1",
                first,
                (YES_NO[0], ChoiceContent("non", label), ChoiceContent("bof", "Bof")),
                scope=Scope.SCHOOL,
            ),
            QuestionContent("q2", "Deux\u00a0?", YES_NO),
        ),
        (
            OutcomeContent("fin", end, final=True, tone=Tone.SUCCESS),
            OutcomeContent("suite", "Suite", final=True, tone=Tone.ACTION),
            OutcomeContent("conseil", "Conseil", final=False),
        ),
        (),
    )


def make_line(question: str, choice: str, *destinations: str | tuple[str, ...]) -> Line:
    """Returns a line that leads to a question, to conclusions or, for `()`, to a dead end.

    If there are several destinations, it leads to the first one if q1 is answered by « Oui », to the
    second one if it is answered by « Bof », and otherwise to the last one.
    """
    cases = []
    for is_choice, destination in zip(("oui", "bof"), destinations[:-1], strict=False):
        condition = ConditionContent("q1", Operator.IS, (is_choice,))
        cases.append(make_case(destination, Requirement(Match.ALL, (condition,))))
    return Line(question, choice, (*cases, make_case(destinations[-1])), ())


def make_case(destination: str | tuple[str, ...], *requirements: Requirement) -> Case:
    if isinstance(destination, str):
        return Case(requirements, Destination(destination), (), ())
    return Case(requirements, Destination(outcomes=destination), (), ())


def make_parcours(*lines: Line) -> Parcours:
    """Returns a parcours that begins with the question of the first line."""
    questions = dict.fromkeys(line.question for line in lines)
    stops = (
        Stop(key, tuple(line for line in lines if line.question == key), ()) for key in questions
    )
    start = Line("", "", (make_case(next(iter(questions), ())),), ())
    return Parcours(start, tuple(stops), True, (), (), ())


PARCOURS = make_parcours(
    make_line("q1", "oui", "q2"),
    make_line("q1", "non", ("fin", "suite")),
    make_line("q1", "bof", "q2"),
    make_line("q2", "oui", ("suite",)),
    make_line("q2", "non", ()),
)
"""A parcours of the guide that `make_guide` returns.

It begins with q1: « Oui » and « Bof » lead to q2, and « Non » to two conclusions. At q2, « Oui » leads
to one conclusion, and after « Non » visitors are stuck.
"""


def part_address(kind: str, key: str) -> str:
    return f"/{kind}/{key}"


def draw_picture(guide: GuideContent, parcours: Parcours = PARCOURS) -> Picture:
    return build_picture(name_for_editors(guide, parcours), parcours, part_address)


def find_box(picture: Picture, name: str) -> Box:
    return next(box for box in picture.boxes if box.name == name)


def find_arrow(picture: Picture, source: str, target: str) -> Arrow:
    return next(
        arrow for arrow in picture.arrows if (arrow.source, arrow.target) == (source, target)
    )
