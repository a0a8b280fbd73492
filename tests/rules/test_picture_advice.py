"""Advice to act upon is a box between the question whose answer gives it and what follows."""

from dataclasses import replace

from rules.engine.content import ConditionContent, GuideContent, Match, Operator, Tone
from rules.parcours.stops import GivenAdvice, Line, Parcours, Requirement
from rules.picture.boxes import Look, Picture
from tests.rules.pictures import draw_picture, find_box, make_guide, make_line, make_parcours

IS_YES = Requirement(Match.ALL, (ConditionContent("q1", Operator.IS, ("oui",)),))


def guide_with_advice(tone: Tone = Tone.ACTION) -> GuideContent:
    guide = make_guide()
    *ends, advice = guide.outcomes
    return replace(guide, outcomes=(*ends, replace(advice, tone=tone)))


def with_advice(line: Line, *requirements: Requirement) -> Line:
    """Returns a line that also gives the advice of the guide if these requirements hold."""
    return replace(line, advice=(GivenAdvice("conseil", 0, requirements, ()),))


def arrows_of(picture: Picture) -> list[tuple[str, str, str]]:
    """Returns the arrows, each by the titles of its boxes and its words."""
    titles = {box.name: box.title for box in picture.boxes}
    return [(titles[one.source], one.words, titles[one.target]) for one in picture.arrows]


def draw_advice(*lines: Line, tone: Tone = Tone.ACTION) -> Picture:
    return draw_picture(guide_with_advice(tone), make_parcours(*lines))


def test_advice_to_act_upon_hangs_on_its_answer() -> None:
    picture = draw_advice(
        make_line("q1", "oui", "q2"),
        with_advice(make_line("q1", "non", "q2")),
        make_line("q1", "bof", "q2"),
    )
    assert arrows_of(picture) == [
        ("1. Un\u00a0?", "Oui / Bof", "Deux\u00a0?"),
        ("1. Un\u00a0?", "Non", "Conseil"),
        ("Conseil", "", "Deux\u00a0?"),
    ]
    box = next(box for box in picture.boxes if box.title == "Conseil")
    assert (box.look, box.heading, box.url) == (
        Look.ADVICE,
        "À faire d’abord",
        "/outcomes/conseil",
    )


def test_advice_without_anything_to_do_is_no_box() -> None:
    for tone in (Tone.INFO, Tone.SUCCESS, Tone.CONTACT):
        picture = draw_advice(with_advice(make_line("q1", "oui", ("fin",))), tone=tone)
        assert "Conseil" not in [box.title for box in picture.boxes]


def test_the_box_of_an_advice_says_when_it_is_given() -> None:
    picture = draw_advice(
        make_line("q1", "oui", "q2"), with_advice(make_line("q2", "oui", ("fin",)), IS_YES)
    )
    heading = next(box.heading for box in picture.boxes if box.title == "Conseil")
    assert heading == "À faire d’abord, si «\u00a0Un\u00a0?\u00a0» est Oui"


def test_arrows_from_an_advice_name_the_choices_if_these_lead_to_different_places() -> None:
    picture = draw_advice(
        make_line("q1", "oui", ("fin",)),
        with_advice(make_line("q1", "non", ("fin",))),
        with_advice(make_line("q1", "bof", ("suite",))),
    )
    assert arrows_of(picture) == [
        ("1. Un\u00a0?", "Oui", "Fin"),
        ("1. Un\u00a0?", "Non / Bof", "Conseil"),
        ("Conseil", "Non", "Fin"),
        ("Conseil", "Bof", "Suite"),
    ]


def test_the_only_choice_that_gives_an_advice_is_not_named_again_after_it() -> None:
    line = make_line("q2", "oui", ("fin",), ("suite",))
    picture = draw_advice(
        make_line("q1", "oui", "q2"), with_advice(line), make_line("q2", "non", ("fin",))
    )
    assert [arrow for arrow in arrows_of(picture) if arrow[0] == "Conseil"] == [
        ("Conseil", "si «\u00a0Un\u00a0?\u00a0» est aussi Oui", "Fin"),
        ("Conseil", "sinon", "Suite"),
    ]


def test_advice_that_is_given_at_once_comes_before_the_first_question() -> None:
    parcours: Parcours = make_parcours(make_line("q1", "oui", ("fin",)))
    parcours = replace(parcours, start=with_advice(parcours.start))
    picture = draw_picture(guide_with_advice(), parcours)
    assert [box.title for box in picture.boxes] == ["Conseil", "1. Un\u00a0?", "Fin"]
    assert arrows_of(picture)[0] == ("Conseil", "", "1. Un\u00a0?")
    assert find_box(picture, "question-q1").look is Look.SCHOOL
