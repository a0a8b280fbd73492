"""No page of a guide is closed because a part of its draft is unfinished."""

from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from rules.admin.links import action_url, change_url, list_url
from rules.drafts.content import draft_write
from rules.engine.content import GuideContent
from rules.models import Example, Guide, Outcome, Question, Rule
from rules.publication.check import publication_check
from tests.proof.small_guides import unfinished_guides

ACTIONS = ("proof", "graph", "read", "compare", "publish", "export", "search")


def addresses_of_guide(guide: Guide) -> list[str]:
    """Returns the pages of a guide, and of the first part of each kind."""
    rows = [
        guide.questions.last(),
        guide.outcomes.last(),
        guide.rules.last(),
        guide.examples.last(),
    ]
    return [
        change_url(guide),
        *(action_url(guide, action) for action in ACTIONS),
        *(list_url(model, guide) for model in (Question, Outcome, Rule, Example)),
        *(change_url(row) for row in rows if row),
        *(
            reverse(f"admin:diagnostics_session_{page}", args=[guide.pk])
            for page in ("try", "replay")
        ),
    ]


def test_every_page_of_a_random_unfinished_draft_opens(no_guide: None, publisher: Client) -> None:
    guide = Guide.objects.create(slug="guide", title="Guide")
    tried = []

    @settings(
        max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(unfinished_guides())
    def open_pages(draft: GuideContent) -> None:
        draft_write(guide=guide, content=draft)
        check = publication_check(draft)
        for address in addresses_of_guide(guide):
            assert publisher.get(address).status_code == 200, address
        for finding in check.proof.findings:
            url = reverse("admin:diagnostics_session_try", args=[guide.pk])
            assert publisher.get(url, dict(finding.answers)).status_code == 200
        assert check.problems or not check.unfinished
        tried.append(check)

    open_pages()
    assert any(check.unfinished for check in tried)
