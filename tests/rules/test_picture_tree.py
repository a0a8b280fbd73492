"""The nested lists of a picture contain the same as its drawing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from rules.picture.arrow_labels import ArrowLabel
from rules.picture.boxes import Arrow, Box, Look, Picture
from rules.picture.tree import (
    MAX_TREE_DEPTH,
    Branch,
    build_branches_of_questions,
    build_trees,
)
from tests.rules.pictures import PARCOURS, draw_picture, make_guide


def flatten_branch(branch: Branch, depth: int = 0) -> Iterator[tuple[int, str, str]]:
    yield depth, branch.box.name, branch.arrow.words if branch.arrow else ""
    for below in branch.branches:
        yield from flatten_branch(below, depth + 1)


def branch_depth(branch: Branch) -> int:
    return 1 + max((branch_depth(below) for below in branch.branches), default=0)


def picture_of_questions(*arrows: tuple[str, str]) -> Picture:
    names = dict.fromkeys(name for pair in arrows for name in pair)
    return Picture(
        tuple(Box(name, Look.PUPIL, name.upper()) for name in names),
        tuple(Arrow(source, target, (ArrowLabel(("Oui",)),)) for source, target in arrows),
    )


def test_the_list_of_a_picture_has_its_boxes_and_choices() -> None:
    (tree,) = build_trees(draw_picture(make_guide()))
    assert list(flatten_branch(tree)) == [
        (0, "question-q1", ""),
        (1, "question-q2", "Oui / Bof"),
        (2, "end-suite.q2", "Oui"),
        (2, "stuck-q2", "Non"),
        (1, "end-suite_fin.q1", "Non"),
        (2, "end-fin.q1", "et aussi"),
    ]


def test_the_branches_of_a_question_end_at_the_next_question() -> None:
    found = build_branches_of_questions(draw_picture(make_guide()))
    assert {key: [one for each in found[key] for one in flatten_branch(each)] for key in found} == {
        "q1": [
            (0, "question-q2", "Oui / Bof"),
            (0, "end-suite_fin.q1", "Non"),
            (1, "end-fin.q1", "et aussi"),
        ],
        "q2": [(0, "end-suite.q2", "Oui"), (0, "stuck-q2", "Non")],
    }


def test_a_question_that_is_listed_again_has_no_branches_there() -> None:
    (tree,) = build_trees(
        picture_of_questions(("a", "b"), ("b", "d"), ("a", "c"), ("c", "d"), ("d", "e"))
    )
    first, second = (below.branches[0] for below in tree.branches)
    assert (first.continues_elsewhere, [below.box.name for below in first.branches]) == (
        False,
        ["e"],
    )
    assert (second.continues_elsewhere, second.branches) == (True, ())


def test_a_conclusion_that_is_listed_again_does_not_refer_elsewhere() -> None:
    (tree,) = build_trees(picture_of_questions(("a", "b"), ("b", "end"), ("a", "end")))
    assert [below.continues_elsewhere for below in tree.branches] == [False, False]


def test_a_long_chain_is_divided_into_several_lists() -> None:
    chain = [f"q{index}" for index in range(200)]
    trees = list(build_trees(picture_of_questions(*pairwise(chain))))
    assert max(map(branch_depth, trees)) == MAX_TREE_DEPTH + 1
    names = [name for tree in trees for _, name, _ in flatten_branch(tree)]
    assert set(names) == set(chain)
    assert trees[1].box.name == f"q{MAX_TREE_DEPTH}"


def test_a_rule_that_never_holds_is_listed_without_the_branches_of_its_question() -> None:
    picture = picture_of_questions(("a", "b"), ("b", "c"))
    never = Arrow("a", "c", rule_number=7, url="/rules/r7")
    (tree,) = build_trees(Picture(picture.boxes, (*picture.arrows, never)))
    taken, broken = tree.branches
    assert [below.box.name for below in taken.branches] == ["c"]
    assert (broken.arrow, broken.box.name, broken.branches) == (never, "c", ())
    assert broken.continues_elsewhere


def test_an_unreachable_outcome_is_listed_only_with_the_rule_that_never_holds() -> None:
    boxes = (Box("a", Look.PUPIL, "A"), Box("b", Look.INFO, "B", is_unreachable=True))
    (tree,) = build_trees(Picture(boxes, (Arrow("a", "b", rule_number=7),)))
    assert [below.box.name for below in tree.branches] == ["b"]


def test_unreachable_parts_are_listed_last() -> None:
    parcours = replace(PARCOURS, unreached_outcomes=("conseil",))
    *_, last = build_trees(draw_picture(make_guide(), parcours))
    assert (last.box.name, last.box.is_faulty) == ("alone-conseil", True)
