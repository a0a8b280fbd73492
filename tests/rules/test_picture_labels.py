"""The words on arrows: choices, and the conditions under which they lead somewhere."""

from collections.abc import Callable
from dataclasses import replace

from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.parcours.stops import Case, Line, Parcours, Requirement
from rules.picture.boxes import build_picture
from rules.picture.displayed_names import name_for_editors, name_for_visitors
from tests.rules.pictures import make_case, make_guide, make_parcours, part_address

FIN, SUITE = ("fin",), ("suite",)


def short_guide(*rules: RuleContent) -> GuideContent:
    """Returns a guide in which q1 is called « Un »."""
    guide = make_guide()
    first, second = guide.questions
    return replace(guide, questions=(replace(first, short="Un"), second), rules=rules)


def first_answer(operator: Operator, *choices: str) -> Requirement:
    """Returns a requirement about the answer to q1."""
    return Requirement(Match.ALL, (ConditionContent("q1", operator, choices),))


IS_YES, IS_NO = first_answer(Operator.IS, "oui"), first_answer(Operator.IS, "non")
IS_NOT_NO = first_answer(Operator.IS_NOT, "non")


def words_of_arrows(
    guide: GuideContent,
    yes: tuple[Case, ...],
    no: tuple[Case, ...],
    name_guide: Callable[[GuideContent, Parcours], GuideContent] = name_for_editors,
) -> list[str]:
    """Returns the words of the arrows from q2, whose choices have these cases. It is the first stop."""
    parcours = make_parcours(Line("q2", "oui", yes, ()), Line("q2", "non", no, ()))
    picture = build_picture(name_guide(guide, parcours), parcours, part_address)
    return [arrow.words for arrow in picture.arrows if arrow.source == "question-q2"]


def test_an_arrow_says_the_condition_of_its_choice() -> None:
    cases = (make_case(FIN, IS_NO), make_case(SUITE))
    assert words_of_arrows(short_guide(), cases, (make_case(()),)) == [
        "Oui, si Un est Non",
        "Oui, sinon",
        "Non",
    ]


def test_a_label_of_several_words_is_quoted_in_a_condition() -> None:
    guide = make_guide(label="Pas encore")
    cases = (make_case(FIN, IS_NO), make_case(SUITE))
    assert words_of_arrows(guide, cases, (make_case(()),))[0].endswith(
        "est «\u00a0Pas encore\u00a0»"
    )


def test_visitors_read_the_number_of_a_question() -> None:
    cases = (make_case(FIN, IS_NO), make_case(SUITE))
    assert (
        words_of_arrows(short_guide(), cases, (make_case(()),), name_for_visitors)[0]
        == "Oui, si la réponse à la question\u00a02 est Non"
    )


def test_a_title_in_a_condition_is_shortened_and_quoted() -> None:
    guide = make_guide("Une question dont le titre est long " * 3)
    cases = (make_case(FIN, IS_NO), make_case(SUITE))
    assert words_of_arrows(guide, cases, (make_case(()),))[0] == (
        "Oui, si «\u00a0Une question dont le titre est long Une question dont le tit…\u00a0» est Non"
    )


def test_choices_with_the_same_condition_share_it() -> None:
    cases = (make_case(FIN, first_answer(Operator.IS, "bof")), make_case(SUITE))
    guide = short_guide()
    assert words_of_arrows(guide, cases, cases) == ["si Un est Bof", "sinon"]


def test_choices_share_the_condition_that_their_question_has_the_same_answer_as_another() -> None:
    """If only one of them has it, the condition names the answer."""
    compare = ConditionContent("q2", Operator.SAME_AS, other="q1")
    guide = short_guide(RuleContent("r", (compare,), Effect.CONCLUDE, "fin"))
    yes, no = (
        (replace(make_case(FIN, requirement), rules=(0,)), make_case(SUITE))
        for requirement in (IS_YES, IS_NO)
    )
    assert words_of_arrows(guide, yes, no) == ["si même réponse qu’à Un", "sinon"]
    assert words_of_arrows(guide, yes, (make_case(SUITE),)) == [
        "Oui, si Un est aussi Oui",
        "Oui, sinon\u00a0; Non",
    ]


def test_answers_that_no_rule_compares_are_named_even_if_they_have_the_same_keys() -> None:
    yes, no = ((make_case(FIN, answer), make_case(SUITE)) for answer in (IS_YES, IS_NO))
    words = words_of_arrows(short_guide(), yes, no)
    assert words == ["Oui, si Un est aussi Oui\u00a0; Non, si Un est aussi Non", "sinon"]


def test_a_condition_that_may_hold_with_an_earlier_one_is_said_to_come_after_it() -> None:
    cases = (make_case(FIN, IS_YES), make_case(SUITE, IS_NOT_NO), make_case(()))
    assert words_of_arrows(short_guide(), cases, cases) == [
        "si Un est Oui",
        "sinon si Un n’est pas Non",
        "sinon",
    ]


def test_conditions_that_exclude_each_other_have_no_order() -> None:
    cases = (make_case(FIN, IS_YES), make_case(SUITE, IS_NO), make_case(()))
    guide = short_guide()
    assert words_of_arrows(guide, cases, (make_case(()),))[:2] == [
        "Oui, si Un est aussi Oui",
        "Oui, si Un est Non",
    ]


def test_cases_that_lead_to_the_same_box_as_the_last_one_are_part_of_its_otherwise() -> None:
    cases = (make_case(FIN, IS_YES), make_case(SUITE, IS_NO), make_case(FIN))
    assert words_of_arrows(short_guide(), cases, (make_case(FIN),)) == [
        "Oui, si Un est Non",
        "Oui, sinon\u00a0; Non",
    ]


def test_cases_that_all_lead_to_the_same_box_need_no_condition() -> None:
    cases = (make_case(FIN, IS_YES), make_case(FIN))
    assert words_of_arrows(short_guide(), cases, (make_case(SUITE),)) == [
        "Oui",
        "Non",
    ]


def test_several_conditions_for_one_box_are_joined() -> None:
    bof = first_answer(Operator.IS, "bof")
    cases = (make_case(FIN, IS_NO), make_case(FIN, bof), make_case(SUITE))
    assert words_of_arrows(short_guide(), cases, (make_case(()),))[0] == (
        "Oui, si Un est Non ou si Un est Bof"
    )


def test_parts_with_the_same_name_are_followed_by_their_keys() -> None:
    guide = short_guide()
    first, second = guide.questions
    choices = tuple(replace(choice, label="Oui") for choice in second.choices)
    twin = replace(guide, questions=(first, replace(second, short="Un", choices=choices)))
    words = words_of_arrows(twin, (make_case(FIN, IS_NO), make_case(SUITE)), (make_case(()),))
    assert words == [
        "Oui (référence\u00a0: oui), si Un (référence\u00a0: q1) est Non",
        "Oui (référence\u00a0: oui), sinon",
        "Oui (référence\u00a0: non)",
    ]


def words_after_first_question(
    yes: tuple[Case, ...], no: tuple[Case, ...], *rules: RuleContent, asked: str = "q2"
) -> list[str]:
    """Returns the words of the arrows from q2, which is asked after q1 is answered."""
    lines = [
        Line("q1", key, (make_case(asked if key == "bof" else "q2"),), ())
        for key in ("oui", "non", "bof")
    ]
    parcours = make_parcours(*lines, Line("q2", "oui", yes, ()), Line("q2", "non", no, ()))
    picture = build_picture(
        name_for_visitors(short_guide(*rules), parcours), parcours, part_address
    )
    return [arrow.words for arrow in picture.arrows if arrow.source == "question-q2"]


def test_otherwise_is_said_in_full_if_one_question_decides_that_surely_has_an_answer() -> None:
    cases = (make_case(FIN, IS_NO), make_case(SUITE))
    assert words_after_first_question(cases, (make_case(()),)) == [
        "Oui, si la réponse à la question\u00a01 est Non",
        "Oui, si la réponse à la question\u00a01 n’est pas Non",
        "Non",
    ]


def test_otherwise_names_no_choice_that_leads_elsewhere() -> None:
    cases = (make_case(FIN, IS_NO), make_case(SUITE))
    assert words_after_first_question(cases, (make_case(()),), asked="")[1] == (
        "Oui, si la réponse à la question\u00a01 est aussi Oui"
    )


def test_the_opposite_of_another_answer_is_the_same_answer() -> None:
    compare = ConditionContent("q2", Operator.DIFFERS_FROM, other="q1")
    rule = RuleContent("r", (compare,), Effect.CONCLUDE, "fin")
    yes, no = (
        (
            replace(make_case(FIN, first_answer(Operator.IS_NOT, key)), rules=(0,)),
            make_case(SUITE),
        )
        for key in ("oui", "non")
    )
    assert words_after_first_question(yes, no, rule) == [
        "si autre réponse qu’à la question\u00a01",
        "si même réponse qu’à la question\u00a01",
    ]


def test_a_third_condition_that_may_hold_with_others_is_numbered() -> None:
    second = Requirement(Match.ALL, (ConditionContent("q2", Operator.IS, ("oui",)),))
    cases = (
        make_case(FIN, IS_YES),
        make_case(SUITE, second),
        make_case(("fin", "suite"), IS_NOT_NO),
        make_case(()),
    )
    assert words_of_arrows(short_guide(), cases, cases)[2].startswith("sinon (2) si ")
