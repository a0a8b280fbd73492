"""What changes for visitors, as French sentences."""

from dataclasses import replace

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import BoundKind, ProofBound
from rules.visitor_changes.differences import (
    AdviceDifference,
    ChangedText,
    Difference,
    NewChoice,
    PathEnd,
    PathGroup,
    VisitorChanges,
)
from rules.visitor_changes.find_changes import find_visitor_changes
from rules.visitor_changes.visitor_sentences import (
    MAX_GROUPS_LISTED,
    NOTHING_CHANGES,
    VisitorSentences,
)
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    compile_guide,
    conclude_when,
    has_answer,
    make_question,
)
from tests.proof.large_guides import make_chain_guide
from tests.visitor_changes.large_edits import EDITS

GUIDE = compile_guide(
    [make_question("q1", "a", "b"), make_question("q2", "c", "d")],
    [
        ask_when("q1"),
        ask_when("q2", choice_is("q1", "a")),
        conclude_when("A", has_answer("q2")),
        conclude_when("B", choice_is("q1", "b")),
        advise_when("tip", choice_is("q2", "c")),
        advise_when("other tip", choice_is("q2", "d")),
    ],
).guide
A, B = PathEnd(("A",)), PathEnd(("B",))
ANSWERS = (("q1", "a"), ("q2", "c"))


def sentences_of(*groups: PathGroup, changes: VisitorChanges | None = None) -> VisitorSentences:
    return VisitorSentences(GUIDE, GUIDE, replace(changes or VisitorChanges(), groups=groups))


def clause_after(difference: Difference) -> str:
    """Returns what the paths with a difference lead to now."""
    (group,) = sentences_of(PathGroup(difference, 1, ANSWERS)).groups
    return group.after


def test_what_is_proved_to_change_nothing_is_said_so() -> None:
    same = PathGroup(Difference(A, A), 52, ANSWERS)
    assert sentences_of(same).summary == sentences_of().summary == NOTHING_CHANGES
    assert sentences_of(same).remarks == []


def test_changed_paths_are_counted_and_each_group_has_its_shortest_answers() -> None:
    sentences = sentences_of(
        PathGroup(Difference(A, A), 49, ANSWERS), PathGroup(Difference(A, B), 3, ANSWERS)
    )
    assert sentences.summary == "3 parcours sur 52 changent."
    (group,) = sentences.groups
    assert (group.paths, group.before, group.after) == (
        "3 parcours",
        "«\u00a0A\u00a0»",
        "«\u00a0B\u00a0»",
    )
    assert (group.answers, group.labels) == (ANSWERS, "q1\u00a0: a, q2\u00a0: c")


def test_one_path_is_singular() -> None:
    changed = PathGroup(Difference(A, B), 1, ANSWERS)
    assert sentences_of(changed).summary == "1 parcours sur 1 change."


def test_more_paths_than_a_billion_are_not_counted_to_the_last() -> None:
    older = make_chain_guide(50)
    newer = EDITS["choice led elsewhere"](older)
    changes = find_visitor_changes(CompiledGuide(older), CompiledGuide(newer))
    sentences = VisitorSentences(older, newer, changes)
    assert sentences.summary == "Plus d’un milliard de parcours sur plus d’un milliard changent."
    assert sentences.groups[0].paths == "Plus d’un milliard de parcours"


def test_the_advice_that_differs_is_named() -> None:
    advice = AdviceDifference(removed=("tip",), added=("other tip",))
    assert clause_after(Difference(A, A, advice)) == (
        "la même conclusion, avec le conseil «\u00a0other tip\u00a0» en plus, sans le conseil «\u00a0tip\u00a0»"
    )
    others = AdviceDifference(loses_others=True, gains_others=True)
    assert clause_after(Difference(A, A, others)) == (
        "la même conclusion, avec des conseils en plus, avec des conseils en moins"
    )
    reordered = AdviceDifference(is_reordered=True)
    assert clause_after(Difference(A, A, reordered)) == (
        "la même conclusion, avec les mêmes conseils dans un autre ordre"
    )


def test_ends_without_a_conclusion_say_why() -> None:
    assert clause_after(Difference(A, PathEnd())) == "aucune conclusion"
    assert clause_after(Difference(A, PathEnd(asked_again="q2"))) == (
        "«\u00a0q2\u00a0» est posée de nouveau\u00a0: cette réponse n’existe plus"
    )
    assert clause_after(Difference(A, PathEnd(new_question="q2"))) == (
        "la suite dépend d’une question de plus\u00a0: «\u00a0q2\u00a0»"
    )


def test_paths_with_the_same_end_are_counted_apart() -> None:
    more = Difference(A, A, question_more="q2")
    both = Difference(B, B, question_more="q2", has_question_less=True)
    less = Difference(A, A, has_question_less=True)
    sentences = sentences_of(
        PathGroup(more, 4, ANSWERS), PathGroup(both, 2, ANSWERS), PathGroup(less, 1, ANSWERS)
    )
    assert sentences.summary == (
        "4 parcours ont une question de plus («\u00a0q2\u00a0»), avec la même fin. "
        "Aucun parcours sur 7 ne se termine autrement."
    )
    assert sentences.remarks == [
        "2 parcours ont une question de plus («\u00a0q2\u00a0») et une question de moins, avec la même fin.",
        "1 parcours a une question de moins, avec la même fin.",
    ]


def test_removed_and_added_parts_are_named_first() -> None:
    q1, q2 = make_question("q1", "a", "b"), make_question("q2", "c", "d")
    newer = compile_guide(
        [make_question("q1", "a", "e"), make_question("q3", "c", "d")],
        [ask_when("q1"), conclude_when("A", choice_is("q1", "a")), conclude_when("C")],
    ).guide
    older = replace(GUIDE, questions=(q1, q2))
    sentences = VisitorSentences(older, newer, VisitorChanges())
    assert [sentence.replace("\u00a0", " ") for sentence in sentences.parts] == [
        "Question supprimée : « q2 ».",
        "Conclusion qui n’est plus donnée : « B ».",
        "Conseils qui ne sont plus donnés : « tip », « other tip ».",
        "Réponse supprimée : « b » à « q1 ».",
        "Nouvelle question : « q3 ».",
        "Nouvelle conclusion : « C ».",
    ]


def test_changed_texts_and_new_paths_are_sentences_of_their_own() -> None:
    texts = (ChangedText("", ""), ChangedText("questions", "q1"), ChangedText("outcomes", "tip"))
    choices = (NewChoice("q1", "b"),)
    sentences = sentences_of(
        changes=VisitorChanges(texts=texts, new_choices=choices, new_path_count=2)
    )
    assert sentences.summary == "Aucun parcours ne change."
    assert sentences.remarks == [
        "2 parcours nouveaux, par de nouvelles réponses\u00a0: «\u00a0b\u00a0» à «\u00a0q1\u00a0».",
        "Des textes changent\u00a0: le titre ou l’introduction du guide, la question «\u00a0q1\u00a0», "
        "le conseil «\u00a0tip\u00a0».",
    ]
    (uncounted,) = sentences_of(
        changes=VisitorChanges(new_choices=choices, new_path_count=None)
    ).remarks
    assert uncounted == (
        "De nouvelles réponses ouvrent des parcours, qui ne sont pas comptés\u00a0: «\u00a0b\u00a0» à «\u00a0q1\u00a0»."
    )


def test_a_comparison_that_stopped_says_how_far_it_came() -> None:
    sentences = sentences_of(
        PathGroup(Difference(A, B), 3, ANSWERS),
        PathGroup(Difference(A, A), 9, ANSWERS),
        changes=VisitorChanges(stopped_by=BoundKind.SECONDS, compared_answers=7),
    )
    assert (
        sentences.summary
        == "Comparaison inachevée\u00a0: au moins 3 parcours changent sur 12 comparés jusqu’au bout."
    )
    assert sentences.remarks == [
        "La comparaison s’est arrêtée à la limite de temps\u00a0: tous les parcours de 7 réponses au "
        "plus sont comparés, et pas tous les autres. Ce qui est signalé est certain, mais il peut "
        "rester autre chose."
    ]


def test_a_comparison_that_stopped_at_once_does_not_say_that_it_compared_paths() -> None:
    sentences = sentences_of(changes=VisitorChanges(stopped_by=BoundKind.SECONDS))
    assert sentences.remarks == [
        "La comparaison s’est arrêtée à la limite de temps. Ce qui est signalé est certain, mais il "
        "peut rester autre chose."
    ]


def test_a_comparison_that_stopped_never_says_that_nothing_changes() -> None:
    older = make_chain_guide(50)
    newer = EDITS["question inserted"](older)
    compiled = CompiledGuide(older), CompiledGuide(newer)
    changes = find_visitor_changes(*compiled, ProofBound(states=20))
    summary = VisitorSentences(older, newer, changes).summary
    assert changes.stopped_by
    assert summary == "Comparaison inachevée\u00a0: aucun parcours n’est comparé jusqu’au bout."


def test_a_few_groups_are_listed_and_the_others_counted() -> None:
    groups = [
        PathGroup(Difference(PathEnd((f"end-{index}",)), B), 2, ANSWERS)
        for index in range(MAX_GROUPS_LISTED + 2)
    ]
    sentences = sentences_of(*groups)
    assert len(sentences.groups) == MAX_GROUPS_LISTED
    assert sentences.others == "Et 2 autres changements, pour 4 parcours."


def test_conclusions_of_the_same_title_are_told_apart_by_their_keys() -> None:
    newer = with_twin_of_a(GUIDE)
    changes = find_visitor_changes(CompiledGuide(GUIDE), CompiledGuide(newer))
    group, *_ = VisitorSentences(GUIDE, newer, changes).groups
    assert group.before == "«\u00a0A (référence\u00a0: A)\u00a0»"
    assert group.after == "«\u00a0A (référence\u00a0: twin)\u00a0»"


def with_twin_of_a(guide: GuideContent) -> GuideContent:
    """Returns a guide that gives another conclusion of the same title instead of A."""
    twin = replace(guide.outcome["A"], key="twin")
    rules = tuple(
        replace(rule, target="twin") if rule.target == "A" else rule for rule in guide.rules
    )
    return replace(guide, outcomes=(*guide.outcomes, twin), rules=rules)
