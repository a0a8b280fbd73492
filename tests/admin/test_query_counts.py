"""A page makes as many queries for a guide of 600 rules as for one of 10 rules."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve, reverse

from diagnostics.models import Session
from diagnostics.services import session_create
from rules.admin.acts.removal_pages import choice_removal_url
from rules.admin.links import action_url, add_url, change_url, list_url
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.drafts.snapshots import snapshot_take
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from rules.models import Example, Guide, Outcome, PublicationRequest, Question, Rule, Version
from tests.admin.bench_saves import measure_saves
from tests.admin.large_guide import large_guide, publish_guide
from tests.admin.pages import Fields, page_fields
from tests.admin.usual_guide import usual_guide

pytestmark = pytest.mark.usefixtures("session_without_end")

CHOICES = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))


def guide_of_size(size: int) -> GuideContent:
    """Returns a guide of three questions, with `size` rules and `size` examples."""
    questions = tuple(QuestionContent(f"q{n}", f"Question {n} ?", CHOICES) for n in range(3))
    asks = [
        RuleContent("demander-0", (), Effect.ASK, "q0"),
        *(build_rule(f"demander-{n}", f"q{n - 1}", "oui", Effect.ASK, f"q{n}") for n in (1, 2)),
    ]
    concludes = [
        build_rule("regle-oui", "q2", "oui", Effect.CONCLUDE, "fin"),
        *(
            build_rule(f"regle-{n}", f"q{n % 3}", "non", Effect.CONCLUDE, "fin")
            for n in range(size - 5)
        ),
        build_rule("conseiller", "q0", "oui", Effect.ADVISE, "conseil"),
    ]
    examples = tuple(ExampleContent(f"Cas {n}", {"q0": "non"}, ("fin",)) for n in range(size))
    outcomes = (
        OutcomeContent("fin", "Fin", final=True),
        OutcomeContent("conseil", "Conseil", final=False),
    )
    return GuideContent(
        f"guide-{size}", f"Guide {size}", questions, outcomes, (*asks, *concludes), examples
    )


def import_guide_of_size(size: int) -> Guide:
    return publish_guide(guide_of_size(size))


def build_rule(key: str, question: str, choice: str, effect: Effect, target: str) -> RuleContent:
    condition = ConditionContent(question, Operator.IS, (choice,))
    return RuleContent(key, (condition,), effect, target)


def page_urls(guide: Guide) -> list[str]:
    """Returns the addresses of the pages of a guide, for editors and for visitors."""
    version = guide.versions.get()
    question = guide.questions.all()[0]
    answers = {question.key: question.choices.all()[0].key}
    session, query = session_create(version=version, answers=answers), urlencode(answers)
    return [*editor_urls(guide, session, query), *visitor_urls(guide, session, query)]


def editor_urls(guide: Guide, session: Session, query: str) -> list[str]:
    version = guide.versions.get()
    parts = [guide.questions.all()[0], guide.outcomes.all()[0]]
    parts += [guide.rules.all()[1], guide.examples.all()[0]]
    before = replace(draft_read(guide), title="Autre titre")
    snapshot_take(guide=guide, before=before, sentence="Le guide change.", author=None)
    return [
        "/admin/",
        "/admin/rules/guide/",
        "/admin/rules/guide/add/",
        "/admin/rules/guide/import/",
        "/admin/diagnostics/session/",
        *(change_url(row) for row in (*parts, version, guide, session)),
        *(list_url(model, guide) for model in (Question, Outcome, Rule, Example, Version)),
        *(add_url(model, guide) for model in (Question, Outcome, Rule, Example)),
        *(action_url(guide, action) for action in ("publish", "texts", "settings", "reset")),
        action_url(guide, "duplicate"),
        *(action_url(guide, action) for action in ("graph", "read", "export", "compare", "proof")),
        f"{action_url(guide, 'search')}?q=question",
        *act_urls(guide),
        f"{action_url(guide, 'export')}?version=1",
        f"{action_url(guide, 'revert')}?snapshot=1",
        *(action_url(version, action) for action in ("restore", "take")),
        f"{reverse('admin:diagnostics_session_try', args=[guide.pk])}?{query}",
        f"{reverse('admin:diagnostics_session_try_version', args=[guide.pk, 1])}?{query}",
        reverse("admin:diagnostics_session_replay", args=[guide.pk]),
        *(f"{change_url(row).removesuffix('change/')}delete/" for row in parts),
        *(f"{change_url(row).removesuffix('change/')}history/" for row in (guide, *parts)),
    ]


def act_urls(guide: Guide) -> list[str]:
    question = guide.questions.all()[0]
    choice, rule = question.choices.all()[0], guide.rules.all()[1]
    about = urlencode({"question": question.key, "choice": choice.key, "rule": rule.key})
    acts = ("advise", "choices", "enter", "place_question", "place_rule", "withdraw")
    arrow = f"arrow=..{guide.rules.all()[0].key}"
    return [
        *(f"{action_url(guide, act)}?{about}" for act in acts),
        *(f"{action_url(guide, act)}?{arrow}" for act in ("insert", "lead")),
        choice_removal_url(guide, question.key, choice.key),
    ]


def visitor_urls(guide: Guide, session: Session, query: str) -> list[str]:
    diagnostic = f"/diagnostics/{session.pk}/"
    return [
        "/",
        "/integration/",
        "/plan-du-site/",
        "/reprendre/",
        *(
            f"/{guide.slug}/{page}"
            for page in ("", f"?{query}", "classe/", "hors-ligne/", "affiche/")
        ),
        diagnostic,
        f"{diagnostic}questions/{guide.questions.all()[0].key}/",
        "/api/v1/guides",
        f"/api/v1/guides/{guide.slug}",
        f"/api/v1/sessions/{session.pk}",
    ]


def count_queries(client: Client, url: str) -> int:
    client.get(url)  # fills the caches
    return count_queries_of_request(client, url)


def count_queries_of_request(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


@pytest.mark.slow
def test_no_page_makes_more_queries_with_more_rules(db: None, publisher: Client) -> None:
    small, large = import_guide_of_size(10), publish_guide(large_guide())
    counts = []
    for few_url, many_url in zip(page_urls(small), page_urls(large), strict=True):
        few = count_queries(publisher, few_url)
        many = count_queries_of_request(publisher, many_url)
        if few != many:  # the first request may take more, to fill the caches
            many = count_queries_of_request(publisher, many_url)
        counts.append((few_url, few, many))
    assert [(url, few, many) for url, few, many in counts if few != many] == []
    assert max(few for _, few, _ in counts) <= 60


@pytest.mark.slow
def test_nothing_that_is_sent_makes_more_queries_with_more_rules_and_examples(db: None) -> None:
    measured = []
    for size in (25, 60):
        cache.clear()  # counting a wrong code takes queries that depend on those before it
        content = guide_of_size(size)
        measured.append(measure_saves(publish_guide(content), content))
        Guide.objects.update(needs_approval=False)  # or the next guide and its copy would need it
    small, large = measured
    refused = {"reprendre": 404, "import, refused at its end": 400}
    for measures in (small, large):
        assert {each.sent: each.status for each in measures if each.status >= 400} == refused
    assert [
        (few, many) for few, many in zip(small, large, strict=True) if few.queries < many.queries
    ] == []


TYPED_IN_ACTS: dict[str, tuple[str, Fields]] = {
    "lead": ("arrow=q3.non.fin-3", {"kind": "conclusion", "title": "Une autre fin"}),
    "insert": ("arrow=q5.non.fin-5", {"title": "Encore\u00a0?", "answer": "Oui"}),
}
"""What is typed on pages of acts: the first act is shown before it is done, the second is done at once."""


@pytest.mark.slow
def test_no_act_makes_more_queries_with_more_questions_but_for_longer_writes(
    no_guide: None, editor: Client
) -> None:
    """SQLite takes a long write in several parts, and proofs that take long are stored in the cache."""
    measured = defaultdict[str, list[object]](list)
    for size in ((10, 30), (40, 150), (100, 301)):
        guide = guide_import(content=usual_guide(*size))
        for act, (query, typed) in TYPED_IN_ACTS.items():
            url = f"{action_url(guide, act)}?{query}"
            fields = page_fields(editor.get(url)) | typed
            with CaptureQueriesContext(connection) as queries:
                assert editor.post(url, fields).status_code == (200 if act == "lead" else 302)
            statements = [each["sql"] for each in queries if '"cache"' not in each["sql"]]
            read = [sql for sql in statements if sql.startswith("SELECT")]
            written = re.findall(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', " ".join(statements))
            measured[act].append((len(read), {*written}))
    for small, usual, large in measured.values():
        assert small == usual == large


def address_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Yields the names of all addresses of the site, such as `admin:rules_guide_change`."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from address_names(pattern, prefix + namespace)
        elif pattern.name:
            yield prefix + pattern.name


SENT_TO = {
    *("api:answer", "api:evaluate", "api:evaluate_batch", "api:sessions"),
    *("web:another_pupil", "web:carry_over", "web:solved"),
    *("admin:diagnostics_session_example", "admin:rules_guide_approve"),
    *("admin:rules_guide_undo", "admin:rules_version_cancel"),
    *(f"admin:rules_guide_{act}" for act in ("answer", "expect", "mend", "missing_examples")),
    "admin:rules_guide_unasked",
    *(
        f"admin:rules_{name}_{act}"
        for name in ("question", "rule")
        for act in ("duplicate", "move")
    ),
}
"""The names of addresses that only take what is sent: `bench_saves` measures these."""
WITHOUT_GUIDE = re.compile(
    "admin:(auth_|rules_legalpage_|log|second_factor|password|jsi18n|autocomplete|app_list|view_on_site)"
    "|api:(docs|schema)|web:(legal|robots|security)|.*_preview"
    # These are never shown.
    "|admin:(rules_version|diagnostics_session)_(add|delete|history)|admin:rules_guide_delete"
    # This shows the shipped guide only.
    "|admin:rules_guide_new_texts"
)
"""Addresses of pages that show no guide, or no published one."""


def test_the_queries_of_every_address_about_a_guide_are_counted(db: None) -> None:
    urls = page_urls(import_guide_of_size(10))
    counted = {resolve(url.split("?")[0]).view_name for url in urls} | SENT_TO
    others = set(address_names(get_resolver())) - counted
    assert [name for name in others if not WITHOUT_GUIDE.match(name)] == []


def test_the_list_of_guides_reads_no_publication_request(
    shipped_guide: Guide, publisher: Client
) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = publisher.get("/admin/rules/guide/")
    assert "À jour" in page.getvalue().decode()
    read = [query["sql"] for query in queries]
    assert [sql for sql in read if PublicationRequest._meta.db_table in sql] == []


def test_moving_a_rule_updates_two_rows(db: None, publisher: Client) -> None:
    rule = import_guide_of_size(120).rules.all()[60]
    with CaptureQueriesContext(connection) as queries:
        publisher.post(action_url(rule, "move"), {"direction": "up"})
    updates = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "rules_rule"')]
    assert len(updates) == 1
    assert updates[0].count("WHEN") == 2


@pytest.mark.parametrize("size", [2, 30])
def test_the_list_of_diagnostics_makes_few_queries_for_any_number_of_diagnostics(
    db: None, publisher: Client, size: int
) -> None:
    version = import_guide_of_size(10).versions.get()
    for _ in range(size):
        session_create(version=version, answers={"q0": "oui"})
    assert count_queries(publisher, "/admin/diagnostics/session/") <= 8
