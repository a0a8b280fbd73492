"""*La preuve*: what the proof of a draft has found, and what no example covers."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.text import get_text_list

from rules.admin.act_buttons import missing_examples_button
from rules.admin.admin_pages import Context, guide_page
from rules.admin.guide.finding_presenter import FindingPresenter
from rules.admin.permissions import VIEW_PERMISSION
from rules.admin.presented_problems import problem_counts
from rules.document.problems import Place, Problem
from rules.drafts.content import draft_read
from rules.list_pages import LazyRows
from rules.models import Guide
from rules.proof.coverage import example_coverage
from rules.proof.finding_sentences import proof_sentence
from rules.proof.findings import FindingKind
from rules.publication.check import PublicationCheck, publication_check
from rules.sentences import quote_text


@guide_page(VIEW_PERMISSION, template="admin/rules/guide/proof.html", title="La preuve")
def proof_page(request: HttpRequest, guide: Guide) -> Context:
    check = publication_check(draft_read(guide))
    presenter = FindingPresenter(guide, check)
    proof, uncovered = check.proof, _uncovered_parts(check)
    stuck_count = sum(map(len, presenter.stuck_examples.values()))
    return {
        "proof": proof,
        "proof_summary": proof_sentence(proof),
        "problem_counts": problem_counts(check),
        "points": presenter.present_points(),
        "failing_title": "Autres cas types en rouge" if stuck_count else "Cas types en rouge",
        "failing_count": check.failing_example_count - stuck_count,
        "failing": presenter.present_failing_examples(),
        "warnings": LazyRows(proof.warnings, presenter.present_finding),
        "remarks": LazyRows(proof.remarks, presenter.present_finding),
        "missing_examples": missing_examples_button(guide),
        "uncovered": None if uncovered is None else presenter.present_problems(uncovered),
    }


def _uncovered_parts(check: PublicationCheck) -> Sequence[Problem] | None:
    """Returns each part that visitors can reach and no example does, with a sentence about it.

    The parts are questions with choices, outcomes and rules. Returns None if following the examples
    takes too long.
    """
    draft, uncovered = check.content, example_coverage(check.compiled)
    if uncovered is None:
        return None
    labels: dict[Place, list[str]] = {}
    for index, choice_index in uncovered.unanswered_choices:
        choice = draft.questions[index].choices[choice_index]
        labels.setdefault(("questions", index), []).append(quote_text(choice.label))
    sentences: dict[Place, str] = {
        place: f"aucun cas type ne répond {get_text_list(quoted, 'ou')}."
        for place, quoted in labels.items()
    }
    for index in uncovered.ungiven_outcomes:
        sentences["outcomes", index] = "aucun cas type n’y mène."
    for index in uncovered.unfired_rules:
        sentences["rules", index] = "aucun cas type ne l’applique."
    never_met = {fault.place for fault in check.proof.faults if fault.kind is not FindingKind.STUCK}
    return [
        Problem(place, "", sentence)
        for place, sentence in sentences.items()
        if place not in never_met
    ]
