"""The shipped guide contains every sentence of the paper poster, and its examples hold."""

import re

import pytest
from bs4 import BeautifulSoup

from rules.document.files import read_guide_file
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.guides import SHIPPED_GUIDE
from rules.markdown import to_html

# The lines of the poster, with its capitals and punctuation. « À la question 3, vous avez répondu »,
# which is there three times, is missing because rules look at this answer. The words in square
# brackets are not on the poster.
POSTER = """
CORRIGER LES PROBLÈMES DE COMPTES PIX AVANT LA CERTIFICATION
Avez-vous mis à jour la liste des élèves dans Pix Orga ?
Avez-vous attribué Pix à tous les nouveaux élèves dans la console d’affectation du GAR ?
C'est parfait !
Il faut le faire, en important la liste des élèves de la base SIECLE (élèves_sans_adresse.xml) dans l'onglet Élèves de Pix Orga.
Il faut le faire pour tous les nouveaux élèves sinon ils ne trouveront pas Pix dans le Médiacentre.
Dans Pix Orga > Élèves, quelle méthode de connexion apparaît en face du nom de l'élève ?
L'élève s'est déjà connecté à Pix via le Médiacentre et il a déjà participé à une campagne Pix
L'élève a accédé directement à Pix.fr (au lieu de passer par l'ENT) et lors de sa participation à une campagne un identifiant lui a été généré (ex : eric.dupont1205).
L'élève a accédé directement à Pix.fr (au lieu de passer par l'ENT) et il s'est créé un compte avec son adresse e-mail avant de participer à une campagne.
L’élève n’a donc jamais participé à une campagne Pix.
Il faut lui communiquer un code de campagne (évaluation ou collecte) de votre établissement et lui dire d'utiliser son compte Pix habituel (celui qui dispose du plus grand nombre de Pix) .
Comment se connecte cet élève pour accéder à son compte Pix habituel (où il a le plus grand nombre de Pix) ?
MÉDIACENTRE
IDENTIFIANT
MAIL
AVEC L'ENT ET LE MÉDIACENTRE
AVEC UN IDENTIFIANT SUR PIX.FR
AVEC SON ADRESSE MAIL SUR PIX.FR
L'ÉLÈVE CONNAÎT SON IDENTIFIANT ET MOT DE PASSE ?
TOUT VA BIEN !
CONTACTER [L’]ADMINISTRATEUR ENT
RÉINITIALISER [LE] MOT DE PASSE AVEC PIX ORGA
[UTILISER] MOT DE PASSE OUBLIÉ SUR PIX.FR
L'élève doit maintenant associer son compte Pix actuel à la méthode de connexion "Médiacentre" :
il se connecte à l'ENT > Médiacentre > Pix > il saisit un code campagne de l'établissement.
il saisit son prénom, nom et date de naissance.
Pix affiche un message indiquant qu'il dispose déjà d'un compte Pix et qu'il doit s'y connecter.
l'élève se connecte alors à son compte Pix habituel (plus grand nombre de Pix), puis se déconnecte.
l'élève accède au Médiacentre et clique sur Pix.
=> À partir de maintenant, l'élève retrouvera le même compte Pix en se connectant avec le Médiacentre OU avec son compte habituel (identifiant ou mail).
CONTACTER LE SUPPORT PIX :
SUPPORT.PIX.FR
""".strip().splitlines()


def words_of_text(text: str) -> str:
    """Returns the words of a text in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.fixture(scope="module")
def guide() -> GuideContent:
    return read_guide_file(SHIPPED_GUIDE)


@pytest.fixture(scope="module")
def visible_texts(guide: GuideContent) -> list[str]:
    """The texts of the guide that visitors read."""
    questions = [q.title for q in guide.questions]
    labels = [choice.label for q in guide.questions for choice in q.choices]
    titles = [outcome.title for outcome in guide.outcomes]
    links = [outcome.link.label for outcome in guide.outcomes if outcome.link]
    bodies = [
        BeautifulSoup(to_html(outcome.body), "html.parser").get_text() for outcome in guide.outcomes
    ]
    return [
        words_of_text(text) for text in [guide.title, *questions, *labels, *titles, *links, *bodies]
    ]


@pytest.mark.parametrize("sentence", POSTER)
def test_a_sentence_of_the_poster_is_in_the_guide(visible_texts: list[str], sentence: str) -> None:
    assert any(words_of_text(sentence) in text for text in visible_texts)


def test_the_advice_to_associate_accounts_has_five_numbered_steps(guide: GuideContent) -> None:
    html = BeautifulSoup(to_html(guide.outcome["associer-mediacentre"].body), "html.parser")
    assert [tag.name for tag in html.find_all(True, recursive=False)] == ["p", "ol", "p"]
    assert len(html.select("ol > li")) == 5


def test_the_support_address_is_a_link(guide: GuideContent) -> None:
    link = guide.outcome["contacter-support-pix"].link
    assert link is not None
    assert link.url == "https://support.pix.fr"


def test_the_first_two_questions_are_about_the_school(guide: GuideContent) -> None:
    scopes = [question.scope.value for question in guide.questions]
    assert scopes == ["school", "school", "pupil", "pupil", "pupil"]


def test_the_connection_methods_have_the_spellings_of_pix_orga(guide: GuideContent) -> None:
    choices = guide.question["methode-pix-orga"].choices
    spellings = {name: choice.key for choice in choices for name in (choice.label, *choice.aliases)}
    in_pix_orga = ["Mediacentre", "Identifiant", "Adresse e-mail", "Aucune", "–"]
    assert [spellings[name] for name in in_pix_orga] == [
        "mediacentre", "identifiant", "mail", "aucune", "aucune",
    ]  # fmt: skip


def test_the_guide_has_at_least_14_examples_and_all_hold(guide: GuideContent) -> None:
    compiled = CompiledGuide(guide)
    assert len(guide.examples) >= 14
    for example in guide.examples:
        state = compiled.resolve(example.answers)
        assert tuple(given.outcome for given in state.outcomes) == example.outcomes
        assert not state.ignored


def test_every_rule_and_every_outcome_is_reached_by_an_example(guide: GuideContent) -> None:
    compiled = CompiledGuide(guide)
    states = [compiled.resolve(example.answers) for example in guide.examples]
    fired = {rule for state in states for rule in state.fired}
    outcomes = {given.outcome for state in states for given in (*state.advice, *state.outcomes)}
    assert fired == {rule.key for rule in guide.rules}
    assert outcomes == {outcome.key for outcome in guide.outcomes}
