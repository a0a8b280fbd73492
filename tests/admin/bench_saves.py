"""Measures what is sent to a guide of 200 questions and 600 rules, by editors and by visitors.

Run it with `python -m tests.admin.bench_saves`, or with `largest` after it for the guide that is at
every limit. If `DATABASE_URL` names a server of PostgreSQL, the guide is in a new database there. The
columns are milliseconds, queries and the status of the answer.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from django.test import Client

    from rules.engine.content import GuideContent
    from rules.models import Guide

LINE = "{:<40} {:>8} {:>8} {:>8}"
BATCH_ROWS = 1_000


class Measure(NamedTuple):
    """What it took to send something."""

    sent: str
    milliseconds: int
    queries: int
    status: int


@dataclass
class Sender:
    """Sends fields or JSON, and measures that."""

    measures: list[Measure] = field(default_factory=list)
    report: Callable[[Measure], None] = lambda _: None
    """What is called with each measure."""

    def send_fields(
        self,
        sent: str,
        client: "Client",
        url: str,
        fields: object = None,
        verb: str = "post",
        content_type: str = "",
    ) -> "HttpResponseBase":
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        options = {"content_type": content_type} if content_type else {}
        with CaptureQueriesContext(connection) as queries:
            began = perf_counter()
            response: HttpResponseBase = getattr(client, verb)(url, fields or {}, **options)
            milliseconds = round((perf_counter() - began) * 1000)
        measure = Measure(sent, milliseconds, len(queries), response.status_code)
        self.measures.append(measure)
        self.report(measure)
        return response


def measure_large_guide() -> None:
    from tests.admin.large_guide import large_guide, largest_guide, publish_guide

    content = largest_guide() if "largest" in sys.argv else large_guide()
    sys.stdout.write(f"{LINE.format('what is sent', 'ms', 'queries', 'status')}\n")
    measure_saves(publish_guide(content), content, report=print_measure)


def print_measure(measure: Measure) -> None:
    sys.stdout.write(f"{LINE.format(*measure)}\n")
    sys.stdout.flush()


def measure_saves(
    guide: "Guide", content: "GuideContent", report: Callable[[Measure], None] = lambda _: None
) -> list[Measure]:
    """Measures all that visitors, programs and editors send to a published guide."""
    from django.contrib.auth.models import User
    from django.test import Client

    sender = Sender(report=report)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser(f"mesure-{guide.pk}"))
    measure_visits(sender, guide, content)
    measure_parts(sender, client, guide)
    measure_guide(sender, client, guide)
    measure_acts(sender, client, guide)
    measure_publications(sender, client, guide)
    return sender.measures


def measure_visits(sender: Sender, guide: "Guide", content: "GuideContent") -> None:
    """Measures what visitors and programs send."""
    from django.test import Client

    visitor = Client(HTTP_HOST="localhost")
    examples = [dict(example.answers) for example in content.examples]
    rows = [
        {"id": str(number), "answers": examples[number % len(examples)]}
        for number in range(BATCH_ROWS)
    ]
    api, longest = "/api/v1", max(examples, key=len)

    def call(name: str, url: str, body: object, verb: str = "post") -> "HttpResponseBase":
        text = json.dumps(body)
        return sender.send_fields(
            name, visitor, f"{api}{url}", text, verb, content_type="application/json"
        )

    call("evaluate", f"/guides/{guide.slug}/evaluate", {"answers": longest})
    call(
        f"evaluate-batch, {BATCH_ROWS} rows", f"/guides/{guide.slug}/evaluate-batch", {"rows": rows}
    )
    created = call("sessions", "/sessions", {"guide": guide.slug, "answers": longest})
    session = json.loads(created.getvalue())["id"]
    answer = f"/sessions/{session}/answers/q0"
    call("an answer by the API", answer, {"choice": longest["q0"]}, "put")
    call("an answer withdrawn by the API", answer, None, "delete")
    diagnostic = f"/diagnostics/{session}/"
    sender.send_fields("start of a diagnostic", visitor, f"/{guide.slug}/")
    sender.send_fields(
        "an answer", visitor, f"{diagnostic}questions/q0/", {"choice": longest["q0"]}
    )
    for page in ("resolu", "autre-eleve", "nouvelle-version"):
        sender.send_fields(page, visitor, f"{diagnostic}{page}/", {"solved": "yes"})
    sender.send_fields("reprendre", visitor, "/reprendre/", {"code": "ABCDEFGH"})


def measure_parts(sender: Sender, client: "Client", guide: "Guide") -> None:
    """Measures saves, moves, copies and deletions of parts of the draft."""
    from rules.admin.links import action_url, add_url, change_url
    from rules.models import Example, Outcome, Question, Rule
    from tests.admin.pages import page_fields

    long = guide.rules.filter(key__startswith="long-").first() or guide.rules.all()[1]
    rows = [guide.questions.all()[1], guide.outcomes.all()[0], guide.rules.all()[1], long]
    for row in [*rows, guide.examples.all()[0]]:
        name = {"rule": "note", "example": "name"}.get(str(row._meta.model_name), "title")
        fields = page_fields(client.get(change_url(row))) | {name: "Autre texte"}
        sender.send_fields(f"{row._meta.model_name}, saved", client, change_url(row), fields)
        sender.send_fields(
            f"{row._meta.model_name}, refused",
            client,
            change_url(row),
            fields | {"title": "", "name": "", "then": ""},
        )
    for row in (guide.rules.all()[20], guide.examples.all()[20]):
        url = f"{change_url(row).removesuffix('change/')}delete/"
        sender.send_fields(
            f"{row._meta.model_name}, deleted", client, url, page_fields(client.get(url))
        )
    for model in (Example, Outcome, Question, Rule):
        page = client.get(add_url(model, guide))
        fields = page_fields(page) | {"title": "Nouveau texte", "name": "Nouveau cas"}
        fields |= {"choices-0-label": "Oui", "choices-1-label": "Non"}
        if model is Rule:
            fields["then"] = f"give-{guide.outcomes.all()[0].pk}"
        sender.send_fields(
            f"{model._meta.model_name}, added", client, add_url(model, guide), fields
        )
    question, rule = guide.questions.all()[2], guide.rules.all()[9]
    for row in (question, rule):
        sender.send_fields(
            f"{row._meta.model_name}, moved", client, action_url(row, "move"), {"direction": "up"}
        )
    for row in (question, rule):
        sender.send_fields(f"{row._meta.model_name}, copied", client, action_url(row, "duplicate"))


def measure_guide(sender: Sender, client: "Client", guide: "Guide") -> None:
    """Measures what changes or reads the draft as a whole."""
    from django.urls import reverse

    from rules.admin.links import action_url
    from rules.document.serialising import canonical_json
    from rules.drafts.content import draft_read
    from rules.models import Guide
    from tests.admin.pages import page_fields

    fields = page_fields(client.get(action_url(guide, "texts"))) | {"title": "Autre titre"}
    sender.send_fields("guide, saved", client, action_url(guide, "texts"), fields)
    fields = page_fields(client.get(action_url(guide, "settings")))
    sender.send_fields("guide, settings", client, action_url(guide, "settings"), fields)
    text = canonical_json(draft_read(guide)).replace("Autre titre", "Titre importé")
    address = "/admin/rules/guide/import/"
    compared = sender.send_fields("import, compared", client, address, {"text": text})
    sender.send_fields("import, confirmed", client, address, page_fields(compared))
    imported = {"snapshot": str(guide.snapshots.count())}
    for done in ("undone", "done again"):
        sender.send_fields(f"import, {done}", client, action_url(guide, "undo"), imported)
        imported = {"snapshot": str(guide.snapshots.count())}
    export = client.get(f"{action_url(guide, 'export')}?format=yaml").getvalue().decode()
    changed = export.replace("Titre importé", "Un titre")
    sender.send_fields("import of YAML, compared", client, address, {"text": changed})
    sender.send_fields(
        "import, refused at its end", client, address, {"text": f"{export}\nautre: 1"}
    )
    sender.send_fields("guide, copied", client, action_url(guide, "duplicate"))
    Guide.objects.filter(slug=f"{guide.slug}-copie").delete()
    example = guide.examples.all()[5]
    answers = dict(draft_read(guide).examples[5].answers)
    example.delete()
    tried = reverse("admin:diagnostics_session_try", args=[guide.pk])
    sender.send_fields("try, an answer", client, f"{tried}?q0=a", {"choice": "b"})
    sender.send_fields("try, made an example", client, f"{tried}example/?{urlencode(answers)}")


def measure_acts(sender: Sender, client: "Client", guide: "Guide") -> None:
    """Measures acts on the draft, each undone after it."""
    from rules.admin.links import action_url
    from tests.admin.sent_acts import acts_to_send, send_act

    def send(name: str, url: str, fields: object) -> "HttpResponseBase":
        verb = "get" if fields is None else "post"
        return sender.send_fields(name, client, url, fields, verb)

    for act in acts_to_send(guide):
        before = guide.snapshots.count()
        send_act(act, send)
        if guide.snapshots.count() > before:
            send(
                f"{act.name}, undone",
                action_url(guide, "undo"),
                {"snapshot": str(guide.snapshots.count())},
            )


def measure_publications(sender: Sender, client: "Client", guide: "Guide") -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from rules.admin.links import action_url
    from rules.models import Guide
    from tests.admin.pages import page_fields

    sender.send_fields("guide, set back", client, action_url(guide, "reset"))
    Guide.objects.filter(pk=guide.pk).update(title="Un autre titre")
    reason = {"reason": "Essai", "unproved": "Essai", "note": "Essai", "confirmed": "on"}
    publish = action_url(guide, "publish")
    sender.send_fields("publish", client, publish, page_fields(client.get(publish)) | reason)
    restore = action_url(guide.versions.order_by("number")[0], "restore")
    sender.send_fields("restore", client, restore, page_fields(client.get(restore)) | reason)
    Guide.objects.filter(pk=guide.pk).update(title="Plus tard")
    later = {"when": "later", "date": "2100-01-02", "time": "08:00"}
    client.post(publish, page_fields(client.get(publish)) | reason | later)
    sender.send_fields("cancel", client, action_url(guide.versions.latest("number"), "cancel"))
    Guide.objects.filter(pk=guide.pk).update(needs_approval=True, title="Encore un titre")
    sender.send_fields(
        "publication request", client, publish, page_fields(client.get(publish)) | reason
    )
    other = Client(HTTP_HOST="localhost")
    other.force_login(User.objects.create_superuser(f"autre-{guide.pk}"))
    approve = action_url(guide, "approve")
    fields = page_fields(other.get(approve)) | {"decision": "approve"} | reason
    sender.send_fields("approve", other, approve, fields)


if __name__ == "__main__":
    run_on_new_database(measure_large_guide)
