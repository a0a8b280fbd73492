"""Tests the page of a whole class, `/{slug}/classe/`, without JavaScript."""

import re
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.asserts import assertNumQueries

from diagnostics.models import Session
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.paths import decision_paths, headline_first
from tests.web.conftest import publish_document
from tests.web.teacher import CLASS_URL, SCHOOL_FIELDS, Teacher
from tests.web.test_closed import CLOSED
from tests.web.visitor import Visitor

METHOD_KEY, LOGIN_KEY, PASSWORD_KEY = (
    "methode-pix-orga",
    "connexion-habituelle",
    "identifiants-connus",
)
LONGEST_ANSWERS = f"{METHOD_KEY}:identifiant {LOGIN_KEY}:identifiant {PASSWORD_KEY}:non"
WRONG_COUNT_ERROR = "Indiquez un nombre d’élèves, de 1 à 200"


@pytest.fixture
def teacher(client: Client, shipped_guide: Guide) -> Teacher:
    return Teacher(client)


def titles_of_outcomes(document: dict[str, Any], *keys: str) -> list[str]:
    named = {outcome["key"]: outcome["title"] for outcome in document["outcomes"]}
    return [named[key] for key in keys]


def test_the_first_page_asks_about_the_school_and_for_the_number_of_pupils(
    teacher: Teacher,
) -> None:
    teacher.open(CLASS_URL)
    assert teacher.heading == "Traiter toute une classe"
    assert teacher.texts("#sans-script label[for=combien]") == [
        "Combien d’élèves\u00a0? (obligatoire)"
    ]
    assert [name["name"] for name in teacher.page.select("[type=radio]")] == [
        *["ecole-liste-a-jour"] * 2,
        *["ecole-attribution-gar"] * 2,
    ]
    assert "Aucun nom n’est demandé ni envoyé" in teacher.element("#sans-script").text


def test_the_link_of_a_result_brings_the_answers_about_the_school(teacher: Teacher) -> None:
    teacher.open(f"{CLASS_URL}?liste-a-jour=non&attribution-gar=oui&{METHOD_KEY}=mail&autre=oui")
    assert [str(radio["name"]) for radio in teacher.page.select("[checked]")] == [
        "ecole-liste-a-jour",
        "ecole-attribution-gar",
    ]
    teacher.send({"combien": "2"})
    assert teacher.texts("#etablissement + details h3") == [
        "Importer la liste des élèves dans Pix Orga"
    ]
    assert not Session.objects.exists()


def test_what_the_school_has_to_do_comes_first_and_unfolds_once_all_pupils_have_results(
    teacher: Teacher,
) -> None:
    teacher.begin(2, liste_a_jour="non", attribution_gar="non")
    assert teacher.texts("form section h2")[0] == "D’abord, pour l’établissement"
    assert len(teacher.page.select(".advice.action:not([open])")) == 2
    teacher.all_answer(METHOD_KEY, "aucune")
    assert teacher.texts("form section h2")[:2] == [
        "D’abord, pour l’établissement",
        "Pour les élèves",
    ]
    assert len(teacher.page.select(".advice.action[open]")) == 2
    assert "Il reste 2 choses à faire pour l’établissement" in teacher.texts(".progress")[0]


def test_thirty_pupils_are_asked_in_groups_until_all_have_conclusions(
    teacher: Teacher, guide_document: dict[str, Any]
) -> None:
    teacher.begin(30)
    assert teacher.texts(".progress") == ["30 élèves à compléter sur 30"]
    assert [len(pupils) for pupils in teacher.asked.values()] == [30]

    teacher.send(
        {f"eleve-{number}": f"{METHOD_KEY}:identifiant" for number in range(1, 11)}
        | {"eleve-11": f"{METHOD_KEY}:aucune", f"tous-{METHOD_KEY}": "mediacentre"}
    )
    assert teacher.ended == {
        "Élève 11": titles_of_outcomes(guide_document, "communiquer-code-campagne")
    }

    teacher.send({"eleve-1": f"{LOGIN_KEY}:mail", f"tous-{LOGIN_KEY}": "identifiant"})
    assert [len(pupils) for pupils in teacher.asked.values()] == [9]
    teacher.all_answer(PASSWORD_KEY, "non")

    assert teacher.texts(".progress") == ["Tous les élèves ont leur résultat"]
    assert teacher.asked == {}
    others = ", ".join(map(str, [1, *range(12, 30)]))
    assert teacher.ended == {
        "Élève 11": titles_of_outcomes(guide_document, "communiquer-code-campagne"),
        "Élèves 2, 3, 4, 5, 6, 7, 8, 9 et 10": titles_of_outcomes(
            guide_document, "reinitialiser-mot-de-passe-pix-orga", "associer-mediacentre"
        ),
        f"Élèves {others} et 30": titles_of_outcomes(guide_document, "contacter-support-pix"),
    }


@pytest.mark.parametrize("list_up_to_date", ["oui", "non"])
@pytest.mark.parametrize("pix_assigned", ["oui", "non"])
def test_each_path_of_the_paper_poster_leads_to_its_outcomes(
    list_up_to_date: str, pix_assigned: str, teacher: Teacher, guide_document: dict[str, Any]
) -> None:
    school = {"liste-a-jour": list_up_to_date, "attribution-gar": pix_assigned}
    paths = [path for path in decision_paths() if school.items() <= path.answers.items()]
    assert len(paths) == 13
    teacher.begin(len(paths), liste_a_jour=list_up_to_date, attribution_gar=pix_assigned)
    for question in (METHOD_KEY, LOGIN_KEY, PASSWORD_KEY):
        answered = {
            f"eleve-{number}": f"{question}:{path.answers[question]}"
            for number, path in enumerate(paths, 1)
            if question in path.answers
        }
        teacher.send(answered)
    found = {
        int(number): outcomes
        for pupils, outcomes in teacher.ended.items()
        for number in re.findall("[0-9]+", pupils)
    }
    assert found == {
        number: titles_of_outcomes(guide_document, *headline_first(path.outcomes))
        for number, path in enumerate(paths, 1)
    }


def test_nothing_is_stored_and_pages_are_neither_shared_nor_indexed(teacher: Teacher) -> None:
    response = teacher.client.post(CLASS_URL, {"combien": "3"} | SCHOOL_FIELDS)
    assert response["Cache-Control"] == "private, no-cache"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert not Session.objects.exists()


def test_an_answer_for_all_pupils_does_not_replace_the_answer_of_one(teacher: Teacher) -> None:
    teacher.begin(3).send({"eleve-2": f"{METHOD_KEY}:aucune", f"tous-{METHOD_KEY}": "mail"})
    assert teacher.carried == [f"{METHOD_KEY}:mail", f"{METHOD_KEY}:aucune", f"{METHOD_KEY}:mail"]


def test_an_answer_for_all_pupils_is_only_for_those_who_were_asked(teacher: Teacher) -> None:
    """One form answers the second question for pupils 1 and 3 and the first question for pupil 2."""
    teacher.begin(3).send({"eleve-1": f"{METHOD_KEY}:mail", "eleve-3": f"{METHOD_KEY}:mail"})
    teacher.send({"eleve-2": f"{METHOD_KEY}:mail", f"tous-{LOGIN_KEY}": "identifiant"})
    assert list(teacher.asked.values()) == [["Élève 2"]]


def test_pupils_without_an_answer_are_asked_again(teacher: Teacher) -> None:
    teacher.begin(2).send({"eleve-1": f"{METHOD_KEY}:aucune"}).send()
    assert teacher.texts(".progress") == ["1 élève à compléter sur 2"]
    assert list(teacher.asked.values()) == [["Élève 2"]]


def test_questions_about_the_school_come_first_and_are_asked_once(teacher: Teacher) -> None:
    teacher.open(CLASS_URL)
    teacher.send({"combien": "4"})
    assert teacher.asked == {}
    radios = [str(radio["name"]) for radio in teacher.page.select("[type=radio]")]
    assert set(radios) == {"ecole-liste-a-jour"}
    teacher.send({"ecole-liste-a-jour": "oui"}).send({"ecole-attribution-gar": "non"})
    assert [len(pupils) for pupils in teacher.asked.values()] == [4]
    assert teacher.texts(".advice h3") == ["Attribuer Pix aux nouveaux élèves dans le GAR"]


def test_an_answer_about_the_school_is_shown_and_can_be_changed(teacher: Teacher) -> None:
    teacher.begin(2)
    assert teacher.value_of("select#ecole-liste-a-jour") == "oui"
    teacher.send({"ecole-liste-a-jour": "non"})
    assert teacher.texts(".advice h3") == ["Importer la liste des élèves dans Pix Orga"]
    teacher.send({"ecole-liste-a-jour": ""})
    assert teacher.asked == {}


def test_the_answers_of_one_pupil_can_be_changed(teacher: Teacher) -> None:
    teacher.begin(2).all_answer(METHOD_KEY, "mail").all_answer(LOGIN_KEY, "mail").send(
        {"modifier": "2"}
    )
    assert teacher.texts(".modified h2") == ["Modifier les réponses de l’élève 2"]
    assert teacher.value_of(f"#modifie-{METHOD_KEY}") == f"{METHOD_KEY}:mail"
    teacher.send({f"modifie-{METHOD_KEY}": f"{METHOD_KEY}:aucune"})
    assert list(teacher.ended) == ["Élève 2"]
    assert not teacher.page.select(".modified")


def test_an_answer_off_the_path_counts_again_when_its_question_is_asked(teacher: Teacher) -> None:
    teacher.begin(1).send({"eleve-1": f"{METHOD_KEY}:mail"}).send(
        {"eleve-1": f"{LOGIN_KEY}:identifiant"}
    )
    teacher.send({"modifier": "1"}).send({f"modifie-{METHOD_KEY}": f"{METHOD_KEY}:aucune"})
    teacher.send({"modifier": "1"}).send({f"modifie-{METHOD_KEY}": f"{METHOD_KEY}:identifiant"})
    assert [question[:16] for question in teacher.asked] == ["L’élève connaît "]


def test_an_answer_can_be_withdrawn(teacher: Teacher) -> None:
    teacher.begin(1).send({"eleve-1": f"{METHOD_KEY}:aucune"}).send({"modifier": "1"})
    teacher.send({f"modifie-{METHOD_KEY}": f"{METHOD_KEY}:"})
    assert teacher.carried == [""]


def test_opening_the_answers_of_a_pupil_keeps_all_answers(teacher: Teacher) -> None:
    teacher.begin(2).send({"eleve-1": f"{METHOD_KEY}:mail", "modifier": "2"})
    assert teacher.carried == [f"{METHOD_KEY}:mail", ""]
    assert "Cet élève n’a pas encore de réponse." in teacher.element(".modified").text


def test_pupils_can_be_added_and_a_smaller_number_removes_none(teacher: Teacher) -> None:
    teacher.begin(2).send({"combien": "3", "eleve-2": f"{METHOD_KEY}:aucune"})
    assert teacher.carried == ["", f"{METHOD_KEY}:aucune", ""]
    teacher.send({"combien": "1"})
    assert len(teacher.carried) == 3
    assert teacher.value_of("#combien") == "3"


@pytest.mark.parametrize("count", ["", "0", "201", "-1", "1e2", "trente", "9" * 5_000, "\0", "²"])
def test_a_wrong_number_is_an_error_and_keeps_all_answers(teacher: Teacher, count: str) -> None:
    teacher.begin(count, liste_a_jour="non")
    assert teacher.status == 400
    assert teacher.texts("[role=alert] a") == [WRONG_COUNT_ERROR]
    assert teacher.title.startswith("Erreur\u00a0: Traiter toute une classe")
    assert [str(radio["value"]) for radio in teacher.page.select("[checked]")] == ["non"]

    teacher.begin(2).send({"combien": count, "eleve-1": f"{METHOD_KEY}:mail"})
    assert teacher.status == 400
    assert teacher.texts("[role=alert] a") == [WRONG_COUNT_ERROR]
    assert teacher.carried == [f"{METHOD_KEY}:mail", ""]


def test_the_page_says_if_no_rule_concludes(
    teacher: Teacher, guide_document: dict[str, Any]
) -> None:
    publish_document(guide_document | {"rules": [], "examples": []})
    teacher.begin(2, liste_a_jour="oui")
    assert "ne prévoit pas cette situation" in teacher.element(".group").text
    assert teacher.texts(".group h3") == ["Élèves 1 et 2"]


def test_a_guide_without_questions_about_the_school_asks_only_for_the_number(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).open("/petit-guide/classe/")
    assert visitor.page.select("[type=radio]") == []
    visitor.press("Continuer", combien="2")
    assert visitor.texts(".asked legend") == ["Tout marche\u00a0?"]
    assert visitor.texts(".asked .help a") == ["un lien"]


def test_the_form_of_200_pupils_on_the_longest_path_is_within_the_limits(teacher: Teacher) -> None:
    pupils = {
        f"eleve-{number}": [LONGEST_ANSWERS, f"{PASSWORD_KEY}:non"] for number in range(1, 201)
    }
    body = urlencode({"combien": "200"} | SCHOOL_FIELDS | pupils, doseq=True)
    assert len(body) < settings.BODY_LIMIT / 1.5
    assert body.count("&") < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 2
    teacher.post(body)
    assert teacher.texts(".progress") == ["Tous les élèves ont leur résultat"]
    assert teacher.carried == [LONGEST_ANSWERS] * 200


def test_a_form_of_200_pupils_takes_one_query(teacher: Teacher) -> None:
    teacher.begin(2)
    with assertNumQueries(1):
        teacher.client.post(CLASS_URL, {"combien": "200"} | SCHOOL_FIELDS)


@pytest.mark.parametrize(
    ("sent", "carried"),
    [
        (f"{METHOD_KEY}:mail inconnue:oui {LOGIN_KEY}:x", f"{METHOD_KEY}:mail"),
        (f"liste-a-jour:non {METHOD_KEY}:mail", f"{METHOD_KEY}:mail"),
        (f"{METHOD_KEY} :{METHOD_KEY} : :: {METHOD_KEY}:mail:x", ""),
        (f"{METHOD_KEY}:mail {METHOD_KEY}:aucune", f"{METHOD_KEY}:aucune"),
        (f"<script>alert(1)</script> \0 {METHOD_KEY}:mail", f"{METHOD_KEY}:mail"),
        ("\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), ""),
    ],
)
def test_a_damaged_form_keeps_the_answers_that_the_guide_knows(
    teacher: Teacher, sent: str, carried: str
) -> None:
    teacher.post(urlencode({"combien": "1", "eleve-1": sent, "modifier": "-1"} | SCHOOL_FIELDS))
    assert (teacher.status, teacher.carried) == (200, [carried])


FIELD_NAMES = st.sampled_from(
    [
        "combien",
        "modifier",
        "ecole-liste-a-jour",
        f"tous-{METHOD_KEY}",
        "eleve-1",
        "eleve-200",
        "eleve-201",
    ]
)
FIELD_VALUES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"1", b"200", b"201", b"\xed\xa0\x80", b"%00", f"{METHOD_KEY}:mail".encode()]),
    st.binary(max_size=10).map(lambda raw: f"{METHOD_KEY}:".encode() + raw),
)


@given(fields=st.lists(st.tuples(FIELD_NAMES, FIELD_VALUES), max_size=8))
@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
def test_no_form_causes_a_server_error(teacher: Teacher, fields: list[tuple[str, bytes]]) -> None:
    teacher.post("&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields))
    assert teacher.status in {200, 400}
    assert teacher.heading == "Traiter toute une classe"


def test_a_smaller_number_of_pupils_is_an_error(teacher: Teacher) -> None:
    teacher.begin(3).send({"combien": "2", "eleve-3": f"{METHOD_KEY}:aucune"})
    assert teacher.status == 400
    assert "ne peuvent pas être retirés" in teacher.element(".error").text
    assert teacher.value_of("#combien") == "3"
    assert list(teacher.ended) == ["Élève 3"]


def test_the_form_of_200_pupils_with_the_longest_keys_is_accepted(teacher: Teacher) -> None:
    pair = f"{'q' * 64}:{'c' * 64} "
    form = {f"eleve-{number}": pair * 20 for number in range(1, 201)}
    assert teacher.post(urlencode(form | {"combien": "200"})).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"combien=1&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1),
        b"combien=1&x=".ljust(settings.BATCH_BODY_LIMIT + 1),
    ],
)
def test_a_form_that_is_too_long_is_refused(teacher: Teacher, body: bytes) -> None:
    assert teacher.post(body).status in {400, 413}


def test_a_closed_guide_shows_its_closing_page_and_no_form(
    teacher: Teacher, shipped_guide: Guide
) -> None:
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert teacher.open(CLASS_URL).texts(".card strong") == [CLOSED]
    assert teacher.page.select("form") == []
    assert teacher.client.post(CLASS_URL, {"combien": "3"}).status_code == 403


def test_an_unknown_guide_is_not_found(teacher: Teacher) -> None:
    assert teacher.open("/inconnu/classe/").status == 404
    assert teacher.client.post("/inconnu/classe/", {"combien": "3"}).status_code == 404


@pytest.mark.django_db
def test_tags_in_the_texts_of_editors_stay_text(
    client: Client, small_document: dict[str, Any]
) -> None:
    script = "<script>alert(1)</script>"
    small_document["questions"][0] |= {"title": script, "scope": "school"}
    small_document["questions"][0]["choices"][0]["label"] = script
    small_document["outcomes"][0]["title"] = small_document["title"] = script
    publish_document(small_document)
    visitor = Visitor(client).open("/petit-guide/classe/")
    assert not visitor.page.select("script:not([src])")
    visitor.press("Continuer", **{"combien": "1", "ecole-tout-marche": "oui"})
    assert not visitor.page.select("script:not([src])")
    assert visitor.texts(".group h4") == [script]
