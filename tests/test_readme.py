"""The README is right about commands, variables, addresses, groups, files and calls of the API."""

import json
import re
import runpy
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import get_commands, load_command_class
from django.urls import resolve
from pytest_django.live_server_helper import LiveServer

from diagnostics import environment
from rules.models import Guide

ROOT: Path = settings.BASE_DIR
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
SITE = "http://127.0.0.1:8000"


def first_cells(header: str) -> list[str]:
    """Returns the first cell of each row of the table whose first header is `header`."""
    found = re.search(rf"^\| {header} \|.*\n\|[-|]+\n((?:\|.*\n)+)", README, re.M)
    assert found
    return [row.split("|")[1].strip() for row in found[1].splitlines()]


def test_each_command_exists_and_has_the_options_that_are_listed() -> None:
    for usage in first_cells("command"):
        name, *_ = usage.strip("`").split()
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"--[a-z-]+", usage)) <= known


def test_each_command_of_the_project_is_listed() -> None:
    ours = {name for name, app in get_commands().items() if app in {"rules", "diagnostics"}}
    assert {usage.strip("`").split()[0] for usage in first_cells("command")} == ours


def test_the_table_of_settings_lists_every_variable_that_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: set[str] = set()

    def read_text(name: str, default: str = "") -> str:
        read.add(name)
        return "sqlite://:memory:" if name == "DATABASE_URL" else default

    monkeypatch.setattr(environment, "read_text", read_text)
    runpy.run_path(str(ROOT / "diagnostics/settings.py"))
    assert {cell.strip("`") for cell in first_cells("variable")} == read


def test_each_address_has_a_page() -> None:
    paths = set(re.findall(rf"<{SITE}(/[^>]*)>", README))
    assert {"/", "/admin/", "/api/v1/docs"} <= paths
    for path in paths:
        resolve(path.partition("?")[0])


@pytest.mark.parametrize(
    ("link_name", "view"),
    [
        ("La preuve", "admin:rules_guide_proof"),
        ("Essayer", "admin:diagnostics_session_try"),
        ("Comparer", "admin:rules_guide_compare"),
        ("Rejouer les derniers diagnostics", "admin:diagnostics_session_replay"),
        ("Imprimer l’affiche", "web:poster"),
        ("Traiter toute une classe", "web:school_class"),
        ("Télécharger pour l’utiliser sans connexion", "web:offline"),
        ("Intégrer", "web:integration"),
    ],
)
def test_the_tour_links_to_the_pages_that_it_names(link_name: str, view: str) -> None:
    found = re.search(rf"\*{link_name}\*,\s+<{SITE}(/[^>]*)>", README)
    assert found
    assert resolve(found[1]).view_name == view


@pytest.mark.django_db
def test_the_groups_are_named_as_in_the_database() -> None:
    found = re.search(r"^Two groups .*?(?=\n\n)", README, re.M | re.S)
    assert found
    named = {" ".join(name.split()) for name in re.findall(r"\*([^*]+)\*", found[0])}
    assert named - {"Statut équipe"} == set(Group.objects.values_list("name", flat=True))


def test_each_picture_path_and_module_exists() -> None:
    links = re.findall(r"\]\((?!https?://)([^)]+)\)", README)
    paths = re.findall(r"`((?:tests/|\.ci/|rules/|diagnostics/)[\w./]*)`", README)
    assert {".readme/form.png", ".readme/admin.png"} <= set(links)
    assert [path for path in (*links, *paths) if not (ROOT / path).exists()] == []
    modules = re.findall(r"python -m ([\w.]+)", README)
    assert "tests.words" in modules
    assert [module for module in modules if find_spec(module) is None] == []


def test_the_commands_that_ci_takes_from_the_readme_are_in_it_exactly_once() -> None:
    """`.ci/run` finds each command by the end of its line."""
    ends = re.findall(r'readme_command "(.+?)"', (ROOT / ".ci/run").read_text())
    assert len(ends) == 2
    for end in ends:
        lines = [line for block in BLOCKS for line in block.splitlines() if line.endswith(end)]
        assert len(lines) == 1
        assert lines[0].startswith(
            "python3 -m venv .venv && .venv/bin/pip install -q -r requirements"
        )


def test_the_javascript_checks_of_the_readme_exist_and_run_in_ci() -> None:
    scripts = json.loads((ROOT / ".javascript/package.json").read_text())["scripts"]
    named = set(re.findall(r"npm run --prefix .javascript (\w+)", README))
    assert named == {"check", "lock"}
    assert named <= scripts.keys()
    assert "`fix`" in README
    assert "fix" in scripts
    ci = (ROOT / ".ci/run").read_text()
    assert "npm run --prefix .javascript --silent check" in ci
    assert ".venv/bin/djlint --lint" in ci


@pytest.mark.usefixtures("shipped_guide")
def test_the_calls_of_the_api_work_as_they_are_written(live_server: LiveServer) -> None:
    (tour,) = [block for block in BLOCKS if "curl" in block]
    curl = f'curl() {{ "{sys.executable}" "{ROOT}/tests/curl.py" "$@"; }}'
    script = f"set -eu\n{curl}\n{tour.replace(SITE, live_server.url)}"
    finished = subprocess.run(
        ["/bin/sh", "-c", script], capture_output=True, text=True, check=False
    )
    assert finished.stderr == ""
    assert finished.returncode == 0
    answers = finished.stdout.splitlines()
    assert len(answers) == tour.count("curl -sw")
    assert Guide.objects.get().slug in answers[0]
    assert '"status":"in_progress"' in answers[-1]
