"""Measures what is sent to a guide of 200 questions and 600 rules, by editors and by visitors.

Run it with `python -m tests.admin.bench_saves`, or with `largest` after it for the guide that is at
every limit. If `DATABASE_URL` names a server of PostgreSQL, the guide is in a new database there. The
columns are milliseconds, queries and the status of the answer.
"""

import json
import sys
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.bench_database import run_on_new_database

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from django.test import Client

    from rules.engine.content import GuideContent
    from rules.models import Guide

LINE = "{:<40} {:>8} {:>8} {:>8}"
BATCH_ROWS = 1_000


def measure_saves() -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from tests.admin.large_guide import large_guide, largest_guide, publish_guide

    content = largest_guide() if "largest" in sys.argv else large_guide()
    guide = publish_guide(content)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("mesure"))
    sys.stdout.write(f"{LINE.format('what is sent', 'ms', 'queries', 'status')}\n")
    measure_visits(guide, content)
    measure_parts(client, guide)
    measure_guide(client, guide)
    measure_publications(client, guide)


def send_and_measure(
    name: str,
    client: "Client",
    url: str,
    fields: object = None,
    *,
    verb: str = "post",
    content_type: str = "",
) -> "HttpResponseBase":
    """Sends fields, or a JSON body, and prints what it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    options = {"content_type": content_type} if content_type else {}
    with CaptureQueriesContext(connection) as queries:
        began = perf_counter()
        response: HttpResponseBase = getattr(client, verb)(url, fields, **options)
        milliseconds = (perf_counter() - began) * 1000
    line = LINE.format(name, f"{milliseconds:.0f}", len(queries), response.status_code)
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    return response


def measure_visits(guide: "Guide", content: "GuideContent") -> None:
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
        return send_and_measure(
            name, visitor, f"{api}{url}", text, verb=verb, content_type="application/json"
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
    send_and_measure("start of a diagnostic", visitor, f"/{guide.slug}/")
    send_and_measure("an answer", visitor, f"{diagnostic}questions/q0/", {"choice": longest["q0"]})
    for page in ("resolu", "autre-eleve", "nouvelle-version"):
        send_and_measure(page, visitor, f"{diagnostic}{page}/", {"solved": "yes"})
    send_and_measure("reprendre", visitor, "/reprendre/", {"code": "ABCDEFGH"})


def measure_parts(client: "Client", guide: "Guide") -> None:
    """Measures saves, moves, copies and deletions of parts of the draft."""
    from rules.admin.links import action_url, add_url, change_url
    from rules.models import Example, Outcome, Question, Rule
    from tests.admin.pages import page_fields

    long = guide.rules.filter(key__startswith="long-").first() or guide.rules.all()[1]
    rows = [guide.questions.all()[1], guide.outcomes.all()[1], guide.rules.all()[1], long]
    for row in [*rows, guide.examples.all()[0]]:
        field = {"rule": "note", "example": "name"}.get(str(row._meta.model_name), "title")
        fields = page_fields(client.get(change_url(row))) | {field: "Autre texte"}
        send_and_measure(f"{row._meta.model_name}, saved", client, change_url(row), fields)
        send_and_measure(
            f"{row._meta.model_name}, refused",
            client,
            change_url(row),
            fields | {"title": "", "name": "", "then": ""},
        )
    for row in (guide.rules.all()[20], guide.examples.all()[20]):
        url = f"{change_url(row).removesuffix('change/')}delete/"
        send_and_measure(f"{row._meta.model_name}, deleted", client, url, {"post": "yes"})
    for model in (Example, Outcome, Question, Rule):
        page = client.get(add_url(model, guide))
        fields = page_fields(page) | {"title": "Nouveau texte", "name": "Nouveau cas"}
        if model is Rule:
            fields["then"] = f"give-{guide.outcomes.all()[1].pk}"
        send_and_measure(f"{model._meta.model_name}, added", client, add_url(model, guide), fields)
    question, rule = guide.questions.all()[9], guide.rules.all()[9]
    for row in (question, rule):
        send_and_measure(
            f"{row._meta.model_name}, moved", client, action_url(row, "move"), {"direction": "up"}
        )
    for row in (question, rule):
        send_and_measure(f"{row._meta.model_name}, copied", client, action_url(row, "duplicate"))


def measure_guide(client: "Client", guide: "Guide") -> None:
    """Measures what changes or reads the draft as a whole."""
    from django.urls import reverse

    from rules.admin.links import action_url, change_url
    from rules.document.serialising import canonical_json
    from rules.drafts.content import draft_read
    from rules.models import Guide
    from tests.admin.pages import page_fields

    fields = page_fields(client.get(change_url(guide))) | {"title": "Autre titre"}
    send_and_measure("guide, saved", client, change_url(guide), fields)
    fields = page_fields(client.get(action_url(guide, "settings")))
    send_and_measure("guide, settings", client, action_url(guide, "settings"), fields)
    text = canonical_json(draft_read(guide)).replace("Autre titre", "Titre importé")
    address = "/admin/rules/guide/import/"
    compared = send_and_measure("import, compared", client, address, {"text": text})
    send_and_measure("import, confirmed", client, address, page_fields(compared))
    export = client.get(f"{action_url(guide, 'export')}?format=yaml").getvalue().decode()
    changed = export.replace("Titre importé", "Un titre")
    send_and_measure("import of YAML, compared", client, address, {"text": changed})
    send_and_measure("import, refused at its end", client, address, {"text": f"{export}\nautre: 1"})
    send_and_measure("guide, copied", client, action_url(guide, "duplicate"))
    Guide.objects.exclude(pk=guide.pk).delete()
    example = guide.examples.all()[5]
    answers = dict(draft_read(guide).examples[5].answers)
    example.delete()
    tried = reverse("admin:diagnostics_session_try", args=[guide.pk])
    send_and_measure("try, an answer", client, f"{tried}?q0=a", {"choice": "b"})
    send_and_measure("try, made an example", client, f"{tried}example/?{urlencode(answers)}")


def measure_publications(client: "Client", guide: "Guide") -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from rules.admin.links import action_url
    from rules.models import Guide
    from tests.admin.pages import page_fields

    send_and_measure("guide, set back", client, action_url(guide, "reset"))
    Guide.objects.filter(pk=guide.pk).update(title="Un autre titre")
    reason = {"reason": "Essai", "unproved": "Essai", "note": "Essai", "confirmed": "on"}
    publish = action_url(guide, "publish")
    send_and_measure("publish", client, publish, page_fields(client.get(publish)) | reason)
    restore = action_url(guide.versions.order_by("number")[0], "restore")
    send_and_measure("restore", client, restore, page_fields(client.get(restore)) | reason)
    Guide.objects.filter(pk=guide.pk).update(needs_approval=True, title="Encore un titre")
    send_and_measure(
        "publication request", client, publish, page_fields(client.get(publish)) | reason
    )
    other = Client(HTTP_HOST="localhost")
    other.force_login(User.objects.create_superuser("autre"))
    approve = action_url(guide, "approve")
    fields = page_fields(other.get(approve)) | {"decision": "approve"} | reason
    send_and_measure("approve", other, approve, fields)


if __name__ == "__main__":
    run_on_new_database(measure_saves)
