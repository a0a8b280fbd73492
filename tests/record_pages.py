"""Records the responses of the site to many requests, so that two commits can be compared.

    python -m tests.record_pages FOLDER

On a new database with the shipped guide, it follows all links, answers as visitors do, calls the
API and changes the guide as editors do. Each response is written to FOLDER as a numbered text file.
Everything that differs between two runs (ids, codes, tokens, dates, durations) is masked.

Run it on two commits with two folders, then compare these with `diff -r`: there is no difference if
no page has changed. It uses addresses and forms only, so it also runs on commits in which modules
have other names.
"""

import os
import re
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from tests.paths import DecisionPath, decision_paths

MASKS = [
    (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "UUID"),
    (r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1TOKEN"),
    (r"\b[A-HJ-NP-Z2-9]{4}(?:&nbsp;|[\s\u00a0-]|</?span[^>]*>)*[A-HJ-NP-Z2-9]{4}\b", "CODE"),
    (r"\b[A-HJ-NP-Z2-9]( [A-HJ-NP-Z2-9]){7}\b", "SPELLED"),
    (r'"made": \d+', '"made": TIME'),
    (r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|\+\d{2}:\d{2})", "TIME"),
    (r"20\d{2}-\d{2}-\d{2}", "DAY"),
    (r"\d{1,2}(?:er)? \w+ 20\d{2}(?: (?:à )?\d{1,2}[:h]\d{2})?", "DATE"),
    (r"\d+,\d\d\u00a0s\b", "SECONDS"),
    (r'(?s)(<svg[^>]*class="qr".*?</svg>)', "QR"),
    (r'\bd="[^"]*"', "PATH"),
]
"""Patterns of texts that differ between two runs, each with the mask that replaces them."""
IGNORED_LINKS = re.compile(
    r"^(mailto:|tel:|https?://(?!testserver)|#|javascript:)|/logout/|/static/|/jsi18n/|/admin/auth/|updated_at__|[?&]o=|%3D0"
)
"""Links that are not followed: to other sites, to files, out of the session, to sorted lists."""


class Recorder:
    """Sends requests and writes each response to a file, numbered in the order of the requests."""

    def __init__(self, client: Any, folder: Path) -> None:  # noqa: ANN401 (Django is not set up when this is imported)
        self.client = client
        self.folder = folder
        self.count = 0

    def get(self, address: str) -> Any:  # noqa: ANN401 (the test client's response has no public type)
        return self.record("GET", address, self.client.get(address))

    def post(self, address: str, fields: dict[str, Any]) -> Any:  # noqa: ANN401
        return self.record("POST", address, self.client.post(address, fields))

    def record(self, method: str, address: str, answer: Any) -> Any:  # noqa: ANN401
        self.count += 1
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = [f"{key}: {answer[key]}" for key in ("Location", "Content-Type") if key in answer]
        text = "\n".join([f"{method} {address} {answer.status_code}", *headers, body.decode()])
        slug = re.sub(r"[^\w=.-]+", "_", mask_differences(f"{method}_{address}"))[:120]
        (self.folder / f"{self.count:04}_{slug}.txt").write_text(mask_differences(text))
        return answer

    def crawl(self, *starts: str) -> None:
        """Opens the pages at `starts` and, by links and redirects, all pages that follow."""
        waiting, known = deque(starts), set(starts)
        while waiting:
            address = waiting.popleft()
            answer = self.get(address)
            targets = [answer["Location"]] if "Location" in answer else links_of_page(answer)
            for target in targets:
                full = urlsplit(urljoin(f"http://testserver{address}", target))
                found = full.path + (f"?{full.query}" if full.query else "")
                shape = mask_differences(re.sub(r"(UUID|=[^&]*)", "", found))
                if IGNORED_LINKS.search(target) or found in known:
                    continue
                if full.query and self._is_frequent(shape):
                    continue
                known.add(found)
                waiting.append(found)

    def _is_frequent(self, shape: str) -> bool:
        """Counts an address by its shape, i.e. without ids and values of parameters.

        Returns True if 8 addresses of this shape were counted before.
        """
        self._shapes = getattr(self, "_shapes", {})
        self._shapes[shape] = self._shapes.get(shape, 0) + 1
        return bool(self._shapes[shape] > 8)


def mask_differences(text: str) -> str:
    for pattern, mask in MASKS:
        text = re.sub(pattern, mask, text)
    return text


def parse_html(answer: Any) -> Any:  # noqa: ANN401
    from bs4 import BeautifulSoup

    return BeautifulSoup(answer.content, "html.parser")


def links_of_page(answer: Any) -> list[str]:  # noqa: ANN401
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return []
    return [str(link["href"]) for link in parse_html(answer).select("a[href]")]


def form_fields(
    answer: Any,  # noqa: ANN401
    selector: str = "form#content-main form, main form, form",
) -> dict[str, Any]:
    """Returns the fields that a browser sends if the form with the most fields is not changed."""
    fields: dict[str, Any] = {}
    forms = [
        f for f in parse_html(answer).select(selector) if f.get("method", "").lower() == "post"
    ]
    forms = [f for f in forms if "logout" not in str(f.get("action", ""))] or forms
    form = max(forms, key=lambda found: len(found.select("[name]")))
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type", "")
        if field.name == "select":
            chosen = [str(o.get("value", o.text)) for o in field.select("option[selected]")]
            if field.has_attr("multiple"):
                fields[name] = chosen
            else:
                first = field.select_one("option")
                fields[name] = chosen[0] if chosen else str(first.get("value", "")) if first else ""
        elif field.name == "textarea":
            fields[name] = field.text.removeprefix("\n")
        elif kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                fields[name] = str(field.get("value", "on"))
        elif kind not in ("submit", "file", "button", "image"):
            fields[name] = str(field.get("value", ""))
    return fields


def record_visitors(recorder: Recorder) -> None:
    """Plays visitors: one path for each different result, then the other pages for visitors."""
    results: set[tuple[str, ...]] = set()
    for path in decision_paths():
        if (key := (*path.outcomes, *path.advice)) not in results:
            results.add(key)
            follow_path(recorder, path)
    start = "/corriger-comptes-pix/"
    recorder.get(f"{start}?liste-a-jour=oui&methode-pix-orga=mail&inconnue=oui")
    recorder.get(f"{start}affiche/")
    recorder.get(f"{start}hors-ligne/")
    recorder.get("/nulle-part/")
    record_class_mode(recorder, f"{start}classe/")
    recorder.post("/reprendre/", {"code": "AAAA AAAA"})
    recorder.post("/reprendre/", {"code": "court"})


def follow_path(recorder: Recorder, path: DecisionPath) -> None:
    """Answers the questions of a path, then changes an answer and sends the forms of the result."""
    address = recorder.post("/corriger-comptes-pix/", {})["Location"]
    first = address
    for question, choice in path.answers.items():
        page = recorder.get(address)
        if page.status_code == 302:
            address = page["Location"]
            page = recorder.get(address)
        action = str(parse_html(page).select_one("main form")["action"])
        recorder.post(action, {})
        recorder.post(action, {"choice": "inconnue"})
        address = recorder.post(action, {"choice": choice})["Location"]
        assert question
    result = recorder.get(address)
    changed = re.sub(r"questions/.*", "", first) + "questions/liste-a-jour/"
    recorder.get(changed)
    recorder.post(changed, {"choice": "non"})
    for form in parse_html(result).select("main form"):
        recorder.post(str(form["action"]), {"solved": "yes", "resolu": "oui", "comment": "Merci"})
    recorder.get(address)


def record_class_mode(recorder: Recorder, address: str) -> None:
    recorder.get(address)
    recorder.post(address, {"combien": "abc"})
    page = recorder.post(address, {"combien": "3", "ecole-liste-a-jour": "oui"})
    for _ in range(4):
        fields = form_fields(page, "main form")
        for field in parse_html(page).select("main form select[name]"):
            fields[str(field["name"])] = str(field.select("option")[-1].get("value", ""))
        for field in parse_html(page).select("main form input[type=radio][name]"):
            fields[str(field["name"])] = str(field["value"])
        page = recorder.post(address, fields)


def record_api(recorder: Recorder) -> None:
    for address in ("guides", "guides/corriger-comptes-pix", "schema", "docs", "nulle-part"):
        recorder.get(f"/api/v1/{address}")
    for path in decision_paths():
        call_api(
            recorder, "POST", "guides/corriger-comptes-pix/evaluate", {"answers": path.answers}
        )
    rows = [{"id": str(path), "answers": path.answers} for path in decision_paths()[:5]]
    rows.append({"id": "faux", "answers": {"inconnue": "oui"}})
    call_api(recorder, "POST", "guides/corriger-comptes-pix/evaluate-batch", {"rows": rows})
    begun = {"guide": "corriger-comptes-pix", "answers": {"liste-a-jour": "non"}}
    session = call_api(recorder, "POST", "sessions", begun).json()
    answers = f"sessions/{session['id']}/answers"
    call_api(recorder, "PUT", f"{answers}/attribution-gar", {"choice": "oui"})
    call_api(recorder, "PUT", f"{answers}/identifiants-connus", {"choice": "oui"})
    call_api(recorder, "PUT", f"{answers}/attribution-gar", {"choice": "jamais"})
    call_api(recorder, "PUT", f"{answers}/attribution-gar", {"choice": None})
    call_api(recorder, "DELETE", f"{answers}/liste-a-jour", None)
    recorder.get(f"/api/v1/sessions/{session['id']}")
    for body in ({}, {"guide": "inconnu"}, {"guide": 3, "answers": []}, {"answers": {"a": "b"}}):
        call_api(recorder, "POST", "sessions", body)


def call_api(recorder: Recorder, method: str, path: str, body: object) -> Any:  # noqa: ANN401
    import json

    address = f"/api/v1/{path}"
    answer = recorder.client.generic(method, address, json.dumps(body), "application/json")
    return recorder.record(method, address, answer)


def save_form(recorder: Recorder, address: str, **changes: str) -> Any:  # noqa: ANN401
    """Opens a page, changes fields of its form and sends it, without the fields changed to "-"."""
    fields = form_fields(recorder.get(address)) | changes
    return recorder.post(address, {key: value for key, value in fields.items() if value != "-"})


def record_editors(recorder: Recorder) -> None:
    """Plays editors: changes the draft, breaks it, publishes, approves, duplicates and imports."""
    admin, guide = "/admin/rules", "/admin/rules/guide/1"
    save_form(
        recorder,
        f"{guide}/texts/",
        title="Un autre titre",
        introduction="Une *autre* introduction.",
    )
    save_form(recorder, f"{admin}/question/1/change/", title="Une autre question\u00a0?")
    save_form(recorder, f"{admin}/question/1/change/", **{"choices-0-label": ""})
    save_form(
        recorder, f"{admin}/outcome/1/change/", body="Un **autre** texte.", link_url="ftp://x"
    )
    save_form(recorder, f"{admin}/outcome/1/change/", body="Un **autre** texte.")
    save_form(recorder, f"{admin}/rule/5/change/", match="any")
    save_form(recorder, f"{admin}/example/1/change/", name="Un autre nom")
    for model in ("question", "outcome", "rule", "example"):
        save_form(recorder, f"{admin}/{model}/add/?guide=1")
        recorder.post(f"{admin}/{model}/2/delete/", {})
        recorder.get(f"{admin}/{model}/2/delete/")
        recorder.get(f"{admin}/{model}/2/history/")
        recorder.get(f"{admin}/{model}/?guide=1")
    for model in ("question", "rule"):
        recorder.post(f"{admin}/{model}/3/move/", {"direction": "up"})
        recorder.post(f"{admin}/{model}/3/duplicate/", {})
    recorder.crawl(f"{guide}/change/")
    try_to_publish(recorder, guide)
    for pk in (14, 15, 16, 17):
        save_form(recorder, f"{admin}/rule/{pk}/delete/")
    recorder.crawl(f"{guide}/proof/", f"{guide}/graph/", f"{guide}/read/", f"{guide}/compare/")
    try_to_publish(recorder, guide)
    save_form(recorder, f"{guide}/settings/", needs_approval="on")
    save_form(recorder, f"{guide}/settings/", closed="on", closing_message="")
    save_form(recorder, f"{guide}/settings/", closed="on", closing_message="Revenez demain.")
    recorder.get("/corriger-comptes-pix/")
    recorder.get("/")
    save_form(recorder, f"{guide}/reset/")
    save_form(recorder, f"{guide}/texts/", title="Encore un autre titre")
    try_to_publish(recorder, guide)
    save_form(recorder, f"{guide}/approve/", decision="refuse", message="Pas encore.")
    try_to_publish(recorder, guide)
    save_form(recorder, f"{guide}/approve/", decision="approve")
    save_form(recorder, f"{guide}/approve/", decision="withdraw")
    save_form(recorder, f"{guide}/duplicate/")
    recorder.crawl(f"{guide}/history/", "/admin/rules/guide/")
    record_imports(recorder)


def try_to_publish(recorder: Recorder, guide: str) -> None:
    recorder.get(f"{guide}/publish/")
    save_form(recorder, f"{guide}/publish/", when="later", date="2020-01-01", time="10:00")
    save_form(recorder, f"{guide}/publish/", when="now", reason="")
    save_form(
        recorder, f"{guide}/publish/", when="now", reason="Vu ensemble.", note="Des changements."
    )
    recorder.get(f"{guide}/change/")


def record_imports(recorder: Recorder) -> None:
    document = recorder.get("/admin/rules/guide/1/export/?format=yaml").content.decode()
    recorder.get("/admin/rules/guide/1/export/?format=json")
    recorder.get("/admin/rules/guide/1/export/?version=1")
    importing = "/admin/rules/guide/import/"
    for text in ("", "[", "format: 2", document.replace("is:", "est:"), document):
        recorder.post(importing, {"text": text})
    changed = document.replace("Encore un autre titre", "Un titre importé")
    page = recorder.post(importing, {"text": changed})
    recorder.post(importing, form_fields(page))
    recorder.get("/admin/rules/guide/1/change/")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    assert not list(folder.iterdir()), f"{folder} is not empty"
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{data}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "diagnostics.settings",
            "ALLOWED_HOSTS": "testserver",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("import_guide", "rules/guides/corriger-comptes-pix.yaml", publish=True)
        record_site(folder)


def record_site(folder: Path) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    visitor = Recorder(Client(raise_request_exception=False), folder)
    visitor.crawl("/", "/integration/", "/reprendre/")
    record_visitors(visitor)
    record_api(visitor)
    editor = Recorder(Client(raise_request_exception=False), folder)
    editor.count = visitor.count
    editor.client.force_login(User.objects.create_superuser("admin"))
    editor.crawl("/admin/")
    trials = "/admin/diagnostics/session/try/1/"
    for path in decision_paths()[::5]:
        editor.get(
            trials + "?" + "&".join(f"{key}={choice}" for key, choice in path.answers.items())
        )
    record_editors(editor)
    editor.crawl("/admin/diagnostics/session/")
    visitor.count = editor.count
    visitor.crawl("/corriger-comptes-pix/")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
