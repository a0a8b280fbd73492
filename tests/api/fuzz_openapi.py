"""Sends the API what its OpenAPI document allows and what it forbids: `python -m tests.api.fuzz_openapi`.

schemathesis draws the requests, and follows the answer of one call to others. All its checks must
hold. `--cases N` is how many requests its random phase sends to each call at most; with 250, the
whole run sends some 3,500. `--database sqlite|postgres` is the database of the server, a new one;
without it, there are two runs.

The server serves a small guide, and the document that schemathesis reads has its slug and its keys
in place of any: otherwise nearly all requests would be refused for keys that no guide has.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from diagnostics.settings import BASE_DIR
from tests.faults.databases import DATABASES, Database, new_database
from tests.local_installation import LocalInstallation, fetch_page

SLUG = "corriger-comptes-pix"
"""The slug of the shipped guide, so that no other guide is live."""
QUESTIONS = ["q0", "q1", "q2"]
CHOICES = ["a", "b", "c"]
"""Every question has these choices, so that each is right in the address of every question."""
Schema = dict[str, Any]


def guide_document() -> dict[str, Any]:
    """Returns a guide whose questions are asked in order, with advice after the first one."""
    choices = [{"key": key, "label": f"Réponse {key}"} for key in CHOICES]
    asking = [
        {
            "key": f"pose-{key}",
            "when": [{"question": before, "answered": True} for before in QUESTIONS[:number]],
            "then": {"ask": key},
        }
        for number, key in enumerate(QUESTIONS)
    ]
    advice = {"question": QUESTIONS[0], "is": ["a"]}
    end = {"question": QUESTIONS[-1], "answered": True}
    link = {"label": "Aide", "url": "https://support.example.fr/"}
    return {
        "format": 1,
        "slug": SLUG,
        "title": "Essai",
        "questions": [{"key": key, "title": key, "choices": choices} for key in QUESTIONS],
        "outcomes": [
            {"key": "conseil", "title": "Conseil", "final": False, "link": link},
            {"key": "fin", "title": "Fin", "final": True, "body": "C’est **fini**."},
        ],
        "rules": [
            *asking,
            {"key": "conseil", "when": [advice], "then": {"advise": "conseil"}},
            {"key": "fin", "when": [end], "then": {"conclude": "fin"}},
        ],
        "examples": [],
    }


def narrow_to_guide(schema: Schema) -> Schema:
    """Returns the OpenAPI document with the keys of the guide where it has any key."""
    answers: Schema = {
        "type": "object",
        "properties": {key: {"enum": CHOICES} for key in QUESTIONS},
        "additionalProperties": False,
    }
    keys = {"answers": answers, "choice": {"enum": CHOICES}, "guide": {"enum": [SLUG]}}
    for name, component in schema["components"]["schemas"].items():
        if name.endswith("Body"):
            component["properties"] |= {
                field: known for field, known in keys.items() if field in component["properties"]
            }
    parts_of_addresses = {"slug": [SLUG], "question": QUESTIONS}
    for call in (call for calls in schema["paths"].values() for call in calls.values()):
        for parameter in call.get("parameters", []):
            if parameter["name"] in parts_of_addresses:
                parameter["schema"] = {"enum": parts_of_addresses[parameter["name"]]}
    return schema


def run_schemathesis(site: str, folder: Path, cases: int) -> int:
    """Returns the exit status of schemathesis, which is 0 if all checks hold."""
    _, served = fetch_page(f"{site}/api/v1/schema")
    file = folder / "schema.json"
    file.write_text(json.dumps(narrow_to_guide(json.loads(served))))
    program = Path(sys.executable).parent / "st"
    options = ["--url", site, "--checks", "all", "--continue-on-failure", "--max-examples"]
    command = [str(program), "run", str(file), *options, str(cases)]
    return subprocess.run(command, cwd=folder, check=False).returncode


def fuzz_database(database: Database, folder: Path, cases: int) -> int:
    """Returns the exit status of schemathesis for a server on this database."""
    variables = {"DATABASE_URL": database.url, "SECRET_KEY": "for tests only", "THROTTLING": "off"}
    installation = LocalInstallation(folder, variables=variables)
    site = installation.start_and_wait()
    try:
        file = folder / "guide.json"
        file.write_text(json.dumps(guide_document()))
        command = [sys.executable, "manage.py", "import_guide", str(file)]
        command += ["--publish", "--replace-draft"]
        subprocess.run(command, cwd=BASE_DIR, env=installation.environment, check=True)
        return run_schemathesis(site, folder, cases)
    finally:
        installation.terminate_gracefully()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.api.fuzz_openapi")
    parser.add_argument("--cases", type=int, default=250)
    parser.add_argument("--database", choices=DATABASES, action="append")
    options = parser.parse_args()
    statuses = []
    for name in options.database or DATABASES:
        with new_database(name) as (database, folder):
            statuses.append(fuzz_database(database, folder, options.cases))
    return max(statuses)


if __name__ == "__main__":
    raise SystemExit(main())
