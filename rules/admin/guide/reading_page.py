"""*Tout relire*: a whole draft on one page, to read again and to print."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from rules.admin.admin_pages import Context, guide_page
from rules.admin.content_entries import Entry, Note, content_entries
from rules.admin.links import action_url
from rules.admin.permissions import VIEW_PERMISSION
from rules.admin.presented_problems import ExampleStatus, example_statuses, place_of_part
from rules.document.problems import Place, Problem
from rules.drafts.content import draft_read
from rules.list_pages import LazyRows
from rules.models import Guide
from rules.proof.finding_sentences import finding_sentence, proof_sentence
from rules.proof.findings import Finding, FindingKind, Level
from rules.publication.check import PublicationCheck, publication_check

_LEVELS = {Level.FAULT: "À corriger", Level.WARNING: "Attention", Level.REMARK: "Remarque"}


@guide_page(VIEW_PERMISSION, template="admin/rules/guide/read.html", title="Tout relire")
def reading_page(request: HttpRequest, guide: Guide) -> Context:
    check = publication_check(draft_read(guide))
    notes = _notes_by_place(check)
    return content_entries(check.content, guide, notes) | {
        "whole": Entry(guide, action_url(guide, "texts")),
        "proof_summary": proof_sentence(check.proof),
        "general": [note for place, found in notes.items() if len(place) < 2 for note in found],
    }


def _notes_by_place(check: PublicationCheck) -> Mapping[Place, Sequence[Note]]:
    """Returns the notes about each part of a draft that was checked, by the place of the part.

    A place is a kind and an index, such as `("rules", 2)`. Notes about the guide as a whole have a
    place without an index. The page makes the notes of the parts that it shows.
    """
    found: defaultdict[Place, list[Problem | Finding | ExampleStatus]] = defaultdict(list)
    for problem in (*check.refusals, *check.unfinished):
        found[place_of_part(problem.place)].append(problem)
    for finding in check.proof.findings:
        if finding.kind is not FindingKind.UNFINISHED:  # what is unfinished is noted already
            found[place_of_part(finding.place)].append(finding)
    for index, status in enumerate(example_statuses(check.content, check.examples)):
        found["examples", index].append(status)

    def make_note(noted: Problem | Finding | ExampleStatus) -> Note:
        match noted:
            case Problem():
                return Note(_LEVELS[Level.FAULT], noted.message, True)
            case Finding():
                sentence = finding_sentence(check.content, noted)
                return Note(_LEVELS[noted.level], sentence, noted.level is Level.FAULT)
            case ExampleStatus():
                return Note("Vérification", noted.sentence, noted.wrong)

    return {place: LazyRows(noted, make_note) for place, noted in found.items()}
