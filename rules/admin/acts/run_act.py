"""Does what an editor asks for on the page of an act: at once, or after a look at what it will do.

A page reads its form, makes an act of it and calls `run_act`::

    @guide_page(CHANGE_PERMISSION, template="admin/rules/acts/lead.html")
    def lead_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
        form = LeadForm(request.POST or None, draft=draft_read(guide))
        if form.is_valid():
            return run_act(request, guide, form.act, place=form.place, form={"form": form})
        return {"form": form}

What was posted comes back with the hidden fields of the page that shows what the act will do. The form
is therefore read again, and the act prepared again, when the editor confirms it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join

from rules.admin.admin_pages import Context, render_admin_page
from rules.admin.change_groups import group_changes
from rules.admin.history_pages import moment_sentence
from rules.admin.links import place_url, rule_urls
from rules.admin.presented_problems import PartLinks, ProblemPresenter
from rules.admin.recording import request_author
from rules.admin.saved_meanwhile import modified_clause
from rules.admin.undo_messages import message_with_undo
from rules.comparison import compare_guides
from rules.drafts.acts import DraftChangedError, PreparedAct, act_apply, act_prepare
from rules.drafts.content import draft_read
from rules.drafts.draft_limits import LimitExceededError
from rules.edits.edit import Act, RefusedActError
from rules.models import ChangeEvent, Guide
from rules.parcours.anchors import line_anchor, stop_anchor
from rules.proof.bounds import THOROUGH_BOUND
from rules.publication.act_review import ActReview, digest_shown_by
from rules.sentences import quote_text

MAX_ATTEMPTS = 3
"""How often an act is prepared if others change the draft meanwhile."""
REVIEWED = "reviewed"
"""The field with the fingerprint of the review that an editor has seen."""
MAX_TITLES_LISTED = 5
"""How many conclusions without a text a message names."""
ONLY_IN_DRAFT = "C’est dans le brouillon\u00a0: en ligne, rien ne change avant la publication."
REVISED = "revised"
"""The button that leads from the page that shows what an act will do back to its form."""
CHANGED_MEANWHILE = (
    "Le brouillon a changé entre-temps\u00a0: rien n’est enregistré. Vérifiez de nouveau."
)
SHOWN_OTHERWISE = (
    "Ce changement ne peut pas être fait comme il était montré\u00a0: rien n’est enregistré. "
    "Vérifiez-le de nouveau."
)
"""The error if the act could not be prepared or proved this time as it was when it was shown."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not done, and the rule that the editor can change instead, if any."""

    sentence: str
    rule_url: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The words for an act on the page that previews it: a heading, a line, and its button."""

    heading: str
    line: str
    button: str


def run_act(
    request: HttpRequest,
    guide: Guide,
    act: Act,
    *,
    form: Context,
    place: str = "",
    back: str = "",
    confirmation: Confirmation | None = None,
) -> Context | HttpResponse:
    """Does an act on the draft of a guide, if it is small or its editor has confirmed it.

    Then it redirects to `place`: the id, on the page of the guide, of what the act was done at, or to the
    place of a question or a choice that the act adds; or to `back`, the address of another page that the editor came
    from. If the act is to be confirmed first, it returns the page that shows what it will do. If the act
    is refused, it returns `form`, the context of the form of the page, with the `refusal`; the context
    has the address that the editor goes `back` to. It also returns `form` for an act that could be done
    at once, if nobody has posted it yet, and to whoever wants to change what they have typed.
    """
    if REVISED in request.POST:
        return form
    reviewed = request.POST.get(REVIEWED, "")
    for _ in range(MAX_ATTEMPTS):
        try:
            prepared = act_prepare(
                draft_read(guide), act, THOROUGH_BOUND, shown=digest_shown_by(reviewed)
            )
            review = ActReview(prepared)
            if not review.is_done_at_once and not review.is_shown_by(reviewed):
                return preview_act(request, guide, review, form, confirmation)
            if request.method != "POST":
                return form
            author = request_author(request)
            snapshot = act_apply(guide=guide, prepared=prepared, author=author)
        except DraftChangedError:
            continue
        except RefusedActError as error:
            rule_url = rule_urls(guide).get(error.rule, "")
            return {**form, "refusal": Refusal(str(error), rule_url)}
        except LimitExceededError as error:
            return {**form, "refusal": Refusal(str(error))}
        sentence = f"{prepared.edit.sentence} {review.visitors.summary} {ONLY_IN_DRAFT}"
        message_with_undo(request, sentence, snapshot)
        ask_for_texts(request, guide, prepared)
        return redirect(back or place_url(guide, new_place(prepared) or place))
    return {**form, "refusal": Refusal(CHANGED_MEANWHILE)}


def ask_for_texts(request: HttpRequest, guide: Guide, prepared: PreparedAct) -> None:
    """Says which conclusions that an act has added have no text yet, with links to write it."""
    links, known = PartLinks(guide), prepared.before.outcome
    lacking = [
        (links.find_url(("outcomes", index)), quote_text(outcome.title))
        for index, outcome in enumerate(prepared.edit.content.outcomes)
        if outcome.lacks_text and outcome.key not in known
    ]
    if lacking:
        titles = format_html_join(", ", '<a href="{}">{}</a>', lacking[:MAX_TITLES_LISTED])
        more = ", …" if len(lacking) > MAX_TITLES_LISTED else ""
        messages.warning(request, format_html("Texte à écrire\u00a0: {}{}", titles, more))


def new_place(prepared: PreparedAct) -> str:
    """Returns the id of what an act adds, where its editor goes on; empty if it adds no such thing.

    That is the stop of a new question, or else the line of a new choice.
    """
    before, content = prepared.before.question, prepared.edit.content
    if added := [key for key in content.question if key not in before]:
        return stop_anchor(added[0])
    new_lines = (
        line_anchor(question.key, choice)
        for question in content.questions
        for choice in question.choice
        if choice not in before[question.key].choice
    )
    return next(new_lines, "")


def preview_act(
    request: HttpRequest,
    guide: Guide,
    review: ActReview,
    form: Context,
    confirmation: Confirmation | None,
) -> HttpResponse:
    """Returns the page that shows what an act will do, from which the editor confirms it."""
    before, edit = review.prepared.before, review.prepared.edit
    changes = compare_guides(before, edit.content)
    context = {
        "title": "Avant d’enregistrer",
        "guide": guide,
        "confirmation": confirmation or Confirmation(edit.sentence, "", "Enregistrer"),
        "review": review,
        "changed_meanwhile": outdated_sentence(request, guide, review),
        "changes": group_changes(guide, changes),
        "change_count": len(changes),
        "new_problems": ProblemPresenter(None, edit.content).present_problems(review.new_problems),
        "gone_problems": ProblemPresenter(None, before).present_problems(review.gone_problems),
        "fields": [*posted_fields(request)],
        "back": form["back"],
        "has_form": request.method == "POST" and not form.keys().isdisjoint(("form", "rows")),
    }
    return render_admin_page(request, "admin/rules/acts/preview.html", context)


def outdated_sentence(request: HttpRequest, guide: Guide, review: ActReview) -> str:
    """Says why what an editor has confirmed is shown again; nothing to whoever sees it first."""
    reviewed = request.POST.get(REVIEWED, "")
    if not reviewed:
        return ""
    if review.has_draft_of_page(reviewed):
        return SHOWN_OTHERWISE
    return meanwhile_sentence(request, guide)


def meanwhile_sentence(request: HttpRequest, guide: Guide) -> str:
    """Says that the draft has changed since a review and, as far as the history knows, who changed what."""
    latest = guide.changes.filter(event=ChangeEvent.DRAFT).first()
    if latest is None:
        return CHANGED_MEANWHILE
    who = modified_clause([latest], request_author(request), "le brouillon entre-temps,", latest.at)
    together = [*guide.changes.filter(snapshot=latest.snapshot)]
    what = moment_sentence(together) or latest.sentence
    return f"{who}\u00a0: {what} Rien n’est enregistré\u00a0: vérifiez de nouveau."


def posted_fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yields the name and the value of each field that was posted, so that it can be posted again."""
    for name, values in request.POST.lists():
        if name not in ("csrfmiddlewaretoken", REVIEWED, REVISED):
            yield from ((name, str(value)) for value in values)
