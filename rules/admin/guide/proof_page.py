"""*La preuve*: what the proof of a draft has found, and what no example covers."""

from collections.abc import Sequence

from django.http import HttpRequest

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
    draft = draft_read(guide)
    check = publication_check(draft)
    presenter = FindingPresenter(guide, draft)
    proof = check.proof
    uncovered = _uncovered_parts(check)
    return {
        "unfinished": presenter.present_problems(check.unfinished),
        "refusals": presenter.present_problems(check.refusals),
        "problems": presenter.present_problems(check.failing_examples),
        "proof": proof,
        "proof_summary": proof_sentence(proof),
        "problem_counts": problem_counts(check),
        "root_causes": LazyRows(check.root_causes, presenter.present_root_cause),
        "warnings": LazyRows(proof.warnings, presenter.present_finding),
        "remarks": LazyRows(proof.remarks, presenter.present_finding),
        "uncovered": None if uncovered is None else presenter.present_problems(uncovered),
    }


def _uncovered_parts(check: PublicationCheck) -> Sequence[Problem] | None:
    """Returns each part that visitors can reach and no example does, with a sentence about it.

    The parts are choices, outcomes and rules; a choice has the place of its question. Returns None if
    following the examples takes too long.
    """
    draft, uncovered = check.content, example_coverage(check.compiled)
    if uncovered is None:
        return None
    sentences: list[tuple[Place, str]] = []
    for index, choice_index in uncovered.unanswered_choices:
        label = draft.questions[index].choices[choice_index].label
        sentences.append((("questions", index), f"aucun cas type ne répond {quote_text(label)}."))
    for index in uncovered.ungiven_outcomes:
        sentences.append((("outcomes", index), "aucun cas type n’y mène."))
    for index in uncovered.unfired_rules:
        sentences.append((("rules", index), "aucun cas type ne l’applique."))
    never_met = {fault.place for fault in check.proof.faults if fault.kind is not FindingKind.STUCK}
    return [Problem(place, "", sentence) for place, sentence in sentences if place not in never_met]
