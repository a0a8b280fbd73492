"""The pages that remove a part, with what falls with it: what they share, and that of a choice."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from rules.admin.acts.removal_forms import SOUGHT, ChoiceRemovalForm, RemovalForm
from rules.admin.acts.run_act import Confirmation, run_act
from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import action_url, change_url, place_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.admin.presented_problems import PartLinks, PresentedProblem
from rules.comparison.change_sentences import capitalize_first
from rules.counts import count_label
from rules.document.problems import Place
from rules.drafts.content import draft_read
from rules.edits.acts.fallen_parts import FallenParts
from rules.engine.content import GuideContent
from rules.list_pages import LazyRows
from rules.models import Guide
from rules.parcours.anchors import answer_of_anchor, line_anchor, stop_anchor
from rules.sentences import quote_text, quoted_question, rule_sentence
from rules.typed_text import leave_deleted_page

REMOVAL_TEMPLATE = "admin/rules/acts/remove.html"
LINE = "line"
"""The query parameter with the id of the line whose choice is removed."""
REPLACES = "replaces"
"""The query parameter of a link that only replaces a part."""


def run_removal(
    request: HttpRequest, guide: Guide, form: RemovalForm, *, name: str, place: str, back: str
) -> Context | HttpResponse:
    """Shows the form that removes a part, or runs it.

    `name` is what the part is called, `place` what `run_act` leads to once it is removed, and `back`
    the page of the part. Where there is nothing to choose, what changes is shown at once.
    """
    is_masculine = name.startswith(("conseil", "cas type"))
    row_name = f"{'le' if is_masculine else 'la'} {name}"
    only_replaces = REPLACES in request.GET and form.first_way == SOUGHT
    context: Context = {
        "title": "Remplacer" if only_replaces else "Supprimer",
        "guide": guide,
        "form": form,
        "row_name": row_name,
        "only_replaces": only_replaces,
        "back": back,
        "fallen": present_fallen(guide, form),
        "fallen_counts": count_dependents(form.fallen),
    }
    is_decided = form.is_valid() if request.method == "POST" else not form.has_ways
    if not (form.needs_review and is_decided):
        return context
    confirmation = Confirmation(f"Supprimer {row_name}", form.chosen, "Supprimer")
    if form.replacing:
        then = f"{capitalize_first(row_name)} est ensuite supprimé{'e' * (not is_masculine)}"
        heading = f"Remplacer {row_name} par {form.replacing}"
        confirmation = Confirmation(heading, then, "Remplacer")
    return run_act(request, guide, form.act, place=place, form=context, confirmation=confirmation)


def present_fallen(guide: Guide, form: RemovalForm) -> Sequence[PresentedProblem]:
    """Returns what depends on a part, each with its page."""
    links, draft, numbers = PartLinks(guide), form.draft, form.draft.rule_number
    fallen = form.fallen
    keys = (*fallen.removed_rules, *fallen.changed_rules)

    def present_part(place: Place) -> PresentedProblem:
        kind, position = str(place[0]), int(place[1])
        if kind == "examples":
            where, text = "Cas type", draft.examples[position].name
        else:
            where, text = f"Règle {position + 1}", rule_sentence(draft, draft.rules[position])
        return PresentedProblem(where, text, links.find_url(place))

    places: list[Place] = [("rules", numbers[key] - 1) for key in keys]
    places += [("examples", position) for position in fallen.changed_examples]
    return LazyRows(places, present_part)


def count_dependents(fallen: FallenParts) -> str:
    """Returns « 4 règles, 16 cas types »: what depends on a part, whatever becomes of it."""
    rule_count = len(fallen.removed_rules) + len(fallen.changed_rules)
    counts = ((rule_count, "règle{s}"), (len(fallen.changed_examples), "cas type{s}"))
    return ", ".join(count_label(count, noun) for count, noun in counts if count)


@guide_page(CHANGE_PERMISSION, "rules.delete_choice", template=REMOVAL_TEMPLATE, title="Supprimer")
def remove_choice_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    """Removes the choice of a line, which the query names by its id."""
    draft, line = draft_read(guide), request.GET.get(LINE, "")
    question, choice = answer_of_anchor(line)
    if not has_choice(draft, question, choice):
        return leave_deleted_page(request, "Cette réponse n’existe plus.", change_url(guide))
    data = request.POST if request.method == "POST" else None
    form = ChoiceRemovalForm(data, draft=draft, question=question, part=choice)
    label = quote_text(draft.question[question].find_choice(choice).label)
    return run_removal(
        request,
        guide,
        form,
        name=f"réponse {label} à {quoted_question(draft, question)}",
        place=stop_anchor(question),
        back=place_url(guide, line),
    )


def has_choice(draft: GuideContent, question: str, choice: str) -> bool:
    return question in draft.question and choice in draft.question[question].choice


def choice_removal_url(guide: Guide, question: str, choice: str) -> str:
    """Returns the address of the page that removes a choice."""
    query = urlencode({LINE: line_anchor(question, choice)})
    return f"{action_url(guide, 'remove_choice')}?{query}"
