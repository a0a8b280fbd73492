"""*Voir en image*: the draft as a picture, on which the faults of the proof are marked."""

from django.http import HttpRequest

from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import action_url, place_url
from rules.admin.permissions import VIEW_PERMISSION
from rules.admin.presented_problems import PartLinks, ProblemPresenter
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.parcours.stops import Parcours
from rules.picture.boxes import Picture, build_picture
from rules.picture.displayed_names import name_for_editors
from rules.picture.svg import draw_svg
from rules.publication.check import publication_check


@guide_page(VIEW_PERMISSION, template="admin/rules/guide/graph.html", title="Voir en image")
def picture_page(request: HttpRequest, guide: Guide) -> Context:
    draft = draft_read(guide)
    check = publication_check(draft)
    presenter = ProblemPresenter(guide, draft)
    return {
        "draft": draft,
        "unfinished": not check.proof.complete,
        "problems": presenter.present_problems(check.problems),
        "drawing": draw_svg(_draw_draft(guide, check.compiled.guide, check.parcours), draft.title),
    }


def _draw_draft(guide: Guide, draft: GuideContent, parcours: Parcours) -> Picture:
    """Returns the picture of a draft. Boxes lead to the pages of their parts, arrows to their lines."""
    keys = {
        "questions": [question.key for question in draft.questions],
        "outcomes": [outcome.key for outcome in draft.outcomes],
        "rules": [rule.key for rule in draft.rules],
    }
    indexes = {(kind, key): index for kind in keys for index, key in enumerate(keys[kind])}
    links = PartLinks(guide)

    def part_url(kind: str, key: str) -> str:
        """Returns the page that edits a part. A dead end links to the proof, which explains it."""
        if kind == "stuck":
            return action_url(guide, "proof")
        if kind == "arrows":
            return place_url(guide, key)
        return links.find_url((kind, indexes[kind, key]))

    return build_picture(name_for_editors(draft, parcours), parcours, part_url)
