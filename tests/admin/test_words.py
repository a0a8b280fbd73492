"""What the pages of the admin call things: French titles, buttons, permissions and messages."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from diagnostics.services import session_create
from rules.admin.links import action_url, add_url, change_url
from rules.models import Change, Example, Guide, Outcome, Question, Rule
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_errors, parse_page

ENGLISH = re.compile(r"\b(can|add|change|delete|view|object|home|filter|search|save|log)\b", re.I)
"""Words of Django that are not French. French words that are written alike are not on the pages."""


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("root", superuser=True)


def button_texts(client: Client, url: str) -> list[str]:
    return [
        str(found["value"]) for found in parse_page(client.get(url)).select("input[type=submit]")
    ]


@pytest.mark.parametrize(
    ("model", "another"),
    [
        (Question, "une autre question"),
        (Rule, "une autre règle"),
        (Outcome, "un autre conseil ou une autre conclusion"),
        (Example, "un autre cas type"),
    ],
)
def test_the_button_that_adds_another_part_names_it(
    editor: Client,
    shipped_guide: Guide,
    model: type[Question | Rule | Outcome | Example],
    another: str,
) -> None:
    for url in (add_url(model, shipped_guide), change_url(model.objects.all()[0])):
        assert f"Enregistrer et ajouter {another}" in button_texts(editor, url)


@pytest.mark.parametrize(("kind", "name"), [("user", "utilisateur"), ("group", "groupe")])
def test_the_pages_of_accounts_and_groups_have_titles_without_article(
    admin: Client, kind: str, name: str
) -> None:
    row = User.objects.get() if kind == "user" else Group.objects.all()[0]
    titles = [
        parse_page(admin.get(url)).select("h1")[-1].get_text()
        for url in (
            f"/admin/auth/{kind}/",
            f"/admin/auth/{kind}/add/",
            f"/admin/auth/{kind}/{row.pk}/change/",
        )
    ]
    new = {"user": "Nouvel utilisateur", "group": "Nouveau groupe"}[kind]
    assert titles == [f"{name.capitalize()}s", new, name.capitalize()]
    assert f"Enregistrer et ajouter un autre {name}" in button_texts(
        admin, f"/admin/auth/{kind}/add/"
    )


@pytest.mark.parametrize(
    ("kind", "field"), [("user", "user_permissions"), ("group", "permissions")]
)
def test_every_permission_has_a_french_name_of_its_own(
    admin: Client, kind: str, field: str
) -> None:
    page = parse_page(admin.get(f"/admin/auth/{kind}/add/" if kind == "group" else account_url()))
    names = [option.get_text() for option in page.select(f"[name={field}] option")]
    assert len(names) == len(set(names)) == Permission.objects.count()
    assert [name for name in names if ENGLISH.search(name)] == []
    assert "Guides | règle | modifier" in names
    assert any("publier" in name.lower() for name in names)


def account_url() -> str:
    return f"/admin/auth/user/{User.objects.get().pk}/change/"


def test_no_page_of_an_administrator_has_english_words_or_straight_apostrophes(
    admin: Client, shipped_guide: Guide
) -> None:
    group = Group.objects.all()[0]
    session = session_create(version=shipped_guide.versions.get(), answers={})
    member = User.objects.create_user("membre", password="x")
    member.groups.add(group)
    found = {}
    for url in (
        "/admin/",
        "/admin/auth/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{member.pk}/change/",
        f"/admin/auth/user/{member.pk}/password/",
        f"/admin/auth/user/{member.pk}/delete/",
        "/admin/auth/group/",
        f"/admin/auth/group/{group.pk}/change/",
        f"/admin/auth/group/{group.pk}/delete/",
        "/admin/password_change/",
        "/admin/diagnostics/session/",
        change_url(session),
        "/admin/rules/",
    ):
        page = parse_page(admin.get(url))
        for element in page.select("script, style"):
            element.decompose()
        attributes = [
            str(element[name])
            for name in ("title", "aria-label", "placeholder", "value")
            for element in page.select(f"[{name}]:not([type=hidden]):not(option)")
        ]
        words = f"{page.get_text(' ')} {' '.join(attributes)}"
        found[url] = [word[0] for word in ENGLISH.finditer(words)] + re.findall(r"\w+'\w+", words)
    assert {url: words for url, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("ABCD2345", "Aucun diagnostic n’a ce code"),
        ("zzz", "Aucun code ne contient cela"),
    ],
)
def test_a_search_for_an_unknown_code_says_what_is_wrong(
    editor: Client, shipped_guide: Guide, typed: str, error: str
) -> None:
    page = parse_page(editor.post("/admin/diagnostics/session/", {"q": typed}))
    [link] = page.select("[role=alert] a")
    assert link.get_text().startswith(error)
    [field] = page.select("[autofocus]")
    assert link["href"] == f"#{field['id']}"
    assert field["value"] == typed
    assert "0 diagnostics" not in page.get_text(" ")


def test_a_diagnostic_has_no_history_nobody_can_write(admin: Client, shipped_guide: Guide) -> None:
    session = session_create(version=shipped_guide.versions.get(), answers={})
    page = parse_page(admin.get(change_url(session)))
    assert page.select(".historylink") == []
    assert [title.get_text() for title in page.select("#content > h1")] == [str(session)]
    assert admin.get(change_url(session).replace("change", "history")).status_code == 404


def test_a_wrong_address_of_a_guide_is_called_an_address(editor: Client, db: None) -> None:
    page = fill_and_send(editor, "/admin/rules/guide/add/", title="Un guide", slug="Mon guide")
    assert "Une adresse s’écrit avec des lettres minuscules" in page_errors(page)
    assert "clé" not in page_errors(page)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("-1", "Les places se comptent à partir de 1."),
        ("10001", "Écrivez un nombre de 1 à 10\u00a0000."),
        ("x", "Écrivez un nombre, à partir de 1."),
    ],
)
def test_places_of_choices_are_counted_from_1_in_errors_too(
    editor: Client, shipped_guide: Guide, typed: str, error: str
) -> None:
    url = change_url(shipped_guide.questions.all()[0])
    assert error in page_errors(fill_and_send(editor, url, choices__0__position=typed))


def test_a_rule_that_moves_is_named_with_its_new_number(
    editor: Client, shipped_guide: Guide
) -> None:
    rule = shipped_guide.rules.all()[4]
    page = editor.post(action_url(rule, "move"), {"direction": "up"}, follow=True)
    [message] = parse_page(page).select(".messagelist li.info")
    assert message.get_text().startswith("La règle 5 (→ ")
    assert message.get_text().endswith("monte d’une place et prend le numéro 4. Annuler")
    [number] = parse_page(page).select(f"tr:has(#rule-{rule.pk}) .field-rank")
    assert number.get_text() == "4"


def test_a_question_that_moves_is_named_with_its_article(
    editor: Client, shipped_guide: Guide
) -> None:
    question = shipped_guide.questions.all()[1]
    editor.post(action_url(question, "move"), {"direction": "up"})
    sentence = Change.objects.latest("pk").sentence
    assert sentence.startswith("La question «\u00a0")
    assert sentence.endswith(
        "\u00a0» monte d’une place dans les listes\u00a0; les visiteurs la rencontrent au même moment "
        "qu’avant."
    )


def test_a_deleted_rule_is_named_with_its_sentence(editor: Client, shipped_guide: Guide) -> None:
    rule = shipped_guide.rules.all()[1]
    url = change_url(rule).replace("change", "delete")
    sentence = "«\u00a0Si “Liste des élèves à jour” est “Oui”"
    assert sentence in parse_page(editor.get(url)).get_text(" ")
    fill_and_send(editor, url)
    assert sentence in parse_page(editor.get("/admin/")).select(".messagelist")[0].get_text()
    history = Change.objects.latest("pk").sentence
    assert history.startswith("La règle 2 (→ C’est parfait")
    assert f"est supprimée\u00a0: {sentence}" in history


def test_the_page_of_a_new_account_says_in_french_what_follows(admin: Client) -> None:
    page = parse_page(admin.get("/admin/auth/user/add/"))
    assert page.select(".breadcrumbs")[0].get_text().endswith("› Nouvel utilisateur\n")
    assert "Vous choisirez ensuite ses groupes" in page.get_text()
    assert "modifiez" not in page.get_text()


def test_a_wrong_password_is_refused_in_plain_french(db: None, client: Client) -> None:
    sent = {"username": "root", "password": "faux"}
    error = parse_page(client.post("/admin/login/", sent)).select("#login-error")[0]
    assert error.get_text() == (
        "Ce nom d’utilisateur et ce mot de passe n’ouvrent pas l’administration. "
        "Les majuscules comptent."
    )
