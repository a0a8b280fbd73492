"""The acts that an editor can do on any guide: where each one is sent, and what is typed.

Benchmarks send them. Each act opens its form, if it has one, then sends it, and confirms what the page
that shows what it will do says, if the act is not done at once.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from rules.models import Guide


class SentAct(NamedTuple):
    name: str
    url: str
    typed: Mapping[str, str]
    """What is typed into the form, or all that is sent if there is no form."""
    has_form: bool = True


Send = Callable[[str, str, object], "HttpResponseBase"]
"""Sends a request with a name to an address: to open a page without fields, and to send them."""


def acts_to_send(guide: "Guide") -> Iterator[SentAct]:
    """Yields acts on a guide of some questions, rules and outcomes, each for the draft as it is then."""
    from urllib.parse import urlencode

    from rules.admin.acts.removal_forms import REMOVE
    from rules.admin.acts.removal_pages import choice_removal_url
    from rules.admin.links import action_url, change_url

    def url_at(act: str, **query: str) -> str:
        return f"{action_url(guide, act)}?{urlencode(query)}"

    question, later = guide.questions.all()[:2]
    choice, rule = question.choices.all()[0], guide.rules.all()[1]
    arrow, asked = f"{question.key}.{choice.key}", question.key
    end = {"kind": "conclusion", "title": "Fin neuve"}
    yield SentAct("lead", url_at("lead", arrow=arrow), end)
    yield SentAct("lead all", url_at("lead", arrow=asked), {**end, "title": "Autre fin neuve"})
    new_question = {"kind": "question", "title": "Question neuve", "answer": "Oui"}
    yield SentAct("insert", url_at("insert", arrow=arrow), new_question)
    row = f"form-{question.choices.count()}"
    added = {f"{row}-label": "Neuve", f"{row}-leads": f"comme {choice.label}"}
    yield SentAct("choices", url_at("choices", question=asked), added)
    led = {"form-0-leads": "Fin de plus", "form-1-leads": "Encore une fin"}
    yield SentAct("rows", url_at("choices", question=asked), led)
    advised = {"advice": "Conseil neuf"}
    yield SentAct("advise", url_at("advise", question=asked, choice=choice.key), advised)
    beside = {"side": "after", "other": later.short or later.title}
    yield SentAct("place question", url_at("place_question", question=asked), beside)
    yield SentAct(
        "place rule", url_at("place_rule", rule=rule.key), {"side": "after", "other": "4"}
    )
    yield from acts_on_examples(guide)
    yield from mends_to_send(guide)
    way = {"way": REMOVE}
    yield SentAct("remove choice", choice_removal_url(guide, asked, choice.key), way)
    for removed in (*guide.outcomes.all()[1:2], *guide.questions.all()[2:3]):
        url = f"{change_url(removed).removesuffix('change/')}delete/"
        yield SentAct(f"remove {removed._meta.model_name}", url, way)


def acts_on_examples(guide: "Guide") -> Iterator[SentAct]:
    from rules.admin.act_buttons import CHOICE, EXAMPLE_NAME, QUESTION
    from rules.admin.links import action_url

    yield SentAct("missing examples", action_url(guide, "missing_examples"), {}, has_form=False)
    question, example = guide.questions.all()[1], guide.examples.first()
    choice = question.choices.all()[0]
    answer = {QUESTION: question.key, CHOICE: choice.key}
    yield SentAct("answer", action_url(guide, "answer"), answer, has_form=False)
    named = {EXAMPLE_NAME: example.name if example else ""}
    for act in ("expect", "unasked"):
        yield SentAct(act, action_url(guide, act), named, has_form=False)


def mends_to_send(guide: "Guide") -> Iterator[SentAct]:
    """Yields what mends the first finding that can be mended, of each kind."""
    from rules.admin.acts.mend_pages import FINDING, finding_token
    from rules.admin.links import action_url
    from rules.drafts.cached_proofs import draft_proof
    from rules.drafts.content import draft_read
    from rules.edits.acts.mends import find_mend

    draft, kinds = draft_read(guide), set[str]()
    for finding in draft_proof(draft).findings:
        if finding.kind not in kinds and find_mend(draft, finding):
            kinds.add(finding.kind)
            fields = {FINDING: finding_token(draft, finding)}
            yield SentAct(f"mend {finding.kind}", action_url(guide, "mend"), fields, has_form=False)


def send_act(act: SentAct, send: Send) -> None:
    """Opens the form of an act, sends it, and confirms it if what it will do is shown first."""
    from tests.admin.pages import page_fields

    fields: dict[str, object] = dict(act.typed)
    if act.has_form:
        page = send(f"{act.name}, opened", act.url, None)
        if page.status_code != 200:
            return
        fields = page_fields(page) | fields
    response = send(f"{act.name}, sent", act.url, fields)
    if response.status_code == 200 and b'name="reviewed"' in response.getvalue():
        send(f"{act.name}, confirmed", act.url, page_fields(response))
