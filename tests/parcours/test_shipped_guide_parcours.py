"""The parcours of the shipped guide, which is that of the poster."""

from dataclasses import replace
from typing import Any

import pytest

from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.parcours.case_words import case_words
from rules.parcours.stops import Parcours
from rules.proof.prove import prove_guide


@pytest.fixture
def guide(guide_document: dict[str, Any]) -> GuideContent:
    return parse_document(guide_document)


@pytest.fixture
def parcours(guide: GuideContent) -> Parcours:
    return build_parcours(guide, prove_guide(CompiledGuide(guide)).graph)


def name_shortly(guide: GuideContent) -> GuideContent:
    """Returns the guide with short names for the two questions that conditions are about."""
    names = {"methode-pix-orga": "Méthode", "connexion-habituelle": "Compte"}
    questions = []
    for question in guide.questions:
        choices = question.choices
        if question.key == "connexion-habituelle":
            labels = ("Médiacentre", "Identifiant", "Mail")
            choices = tuple(
                replace(choice, label=label) for choice, label in zip(choices, labels, strict=True)
            )
        questions.append(replace(question, short=names.get(question.key, ""), choices=choices))
    return replace(guide, questions=tuple(questions))


def test_the_stops_are_the_questions_of_the_poster_in_its_order(
    guide: GuideContent, parcours: Parcours
) -> None:
    assert [stop.question for stop in parcours.stops] == list(guide.question)
    assert [len(stop.answers) for stop in parcours.stops] == [0, 1, 2, 3, 4]


def test_the_lines_of_the_last_two_questions_say_what_the_poster_says(
    guide: GuideContent, parcours: Parcours
) -> None:
    named = name_shortly(guide)
    said = [
        (line.choice, case_words(named, line, case), case.destination.outcomes)
        for stop in parcours.stops[3:]
        for line in stop.lines
        for case in line.cases
    ]
    support, associate = "contacter-support-pix", "associer-mediacentre"
    assert said == [
        ("mediacentre", "si Méthode n’est pas Médiacentre", (support,)),
        ("mediacentre", "sinon", ()),
        ("identifiant", "si Méthode n’est pas Identifiant", (support,)),
        ("identifiant", "sinon", ()),
        ("mail", "si Méthode n’est pas Mail", (support,)),
        ("mail", "sinon", ()),
        ("oui", "si Compte est Identifiant ou Mail", ("tout-va-bien", associate)),
        ("oui", "sinon", ("tout-va-bien",)),
        (
            "non",
            "si Compte est Identifiant",
            ("reinitialiser-mot-de-passe-pix-orga", associate),
        ),
        ("non", "si Compte est Mail", ("mot-de-passe-oublie-pix-fr", associate)),
        ("non", "sinon", ("contacter-administrateur-ent",)),
    ]
    assert all(
        case.destination.question == "identifiants-connus"
        for line in parcours.stops[3].lines
        for case in line.cases[1:]
    )


def test_no_part_of_the_guide_is_out_of_reach(parcours: Parcours) -> None:
    assert parcours.is_complete
    unreached = (*parcours.unreached_questions, *parcours.unreached_outcomes)
    assert (*unreached, *parcours.unreached_rules) == ()
