"""The acts on examples, each done by a button: where they are listed, or where they fail."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.act_buttons import (
    CHOICE,
    EXAMPLE_NAME,
    ORIGIN,
    QUESTION,
    url_of_origin,
)
from rules.admin.acts.run_act import run_act
from rules.admin.admin_pages import Context, View, guide_page
from rules.admin.permissions import CHANGE_PERMISSION
from rules.drafts.content import draft_read
from rules.edits.acts.example_acts import (
    answer_in_examples,
    expect_current_outcomes,
    leave_out_unasked_answers,
)
from rules.edits.acts.missing_examples import create_missing_examples
from rules.edits.edit import Act
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.check import (
    example_failure_sentence,
    run_draft_examples,
)


def example_act_page(read_act: Callable[[HttpRequest, GuideContent], Act]) -> View:
    """Makes a page of an act on examples: `read_act` reads the act from what was posted."""

    @guide_page(CHANGE_PERMISSION, template="admin/rules/acts/refused.html", title="Cas types")
    def example_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
        back = url_of_origin(guide, request.POST.get(ORIGIN, ""))
        if request.method != "POST":
            return redirect(back)
        act = read_act(request, draft_read(guide))
        return run_act(request, guide, act, back=back, form={"back": back})

    return example_page


@example_act_page
def answer_page(request: HttpRequest, draft: GuideContent) -> Act:
    """Answers a question in all examples that are asked it and have no answer."""
    question = request.POST.get(QUESTION, "")
    results = run_draft_examples(draft)
    names = {result.example.name for result in results if result and result.question == question}
    return answer_in_examples(question, request.POST.get(CHOICE, ""), names)


@example_act_page
def expect_page(request: HttpRequest, draft: GuideContent) -> Act:
    return expect_current_outcomes(
        names_with_same_failure(draft, request.POST.get(EXAMPLE_NAME, ""))
    )


@example_act_page
def unasked_page(request: HttpRequest, draft: GuideContent) -> Act:
    return leave_out_unasked_answers(
        names_with_same_failure(draft, request.POST.get(EXAMPLE_NAME, ""))
    )


@example_act_page
def missing_examples_page(request: HttpRequest, draft: GuideContent) -> Act:
    return create_missing_examples()


def names_with_same_failure(draft: GuideContent, name: str) -> set[str]:
    """Returns the names of the examples that fail for the same reason as the one with this name."""
    reasons = {
        (result.example.name, example_failure_sentence(draft, result))
        for result in run_draft_examples(draft)
        if result and not result.holds
    }
    same = {reason for example, reason in reasons if example == name}
    return {example for example, reason in reasons if reason in same}
