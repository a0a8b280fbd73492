"""Rules about the code: the arrows between the rooms, and a house in order."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from rules.document.limits import RESERVED_SLUGS

ROOT: Path = settings.BASE_DIR
ROOMS = ("diagnostics", "rules", "tests")
PYTHON = sorted(
    [ROOT / "manage.py", *(file for room in ROOMS for file in ROOT.glob(f"{room}/**/*.py"))]
)
CODE = [file for file in PYTHON if not file.is_relative_to(ROOT / "tests")]
TEXTS = [
    *PYTHON,
    *(
        file
        for room in ROOMS
        for kind in ("html", "css", "js", "svg", "txt", "yaml", "csv")
        for file in ROOT.glob(f"{room}/**/*.{kind}")
    ),
    *(ROOT / name for name in (".ci/run", "README.md", "pyproject.toml")),
]
MAPS = [
    file
    for file in CODE
    if file.name == "__init__.py"
    and not {*file.parts} & {"management", "migrations", "templatetags"}
]
"""The docstrings of packages, but those that Django prescribes."""
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]

ARROWS = {
    "rules": ("diagnostics", "rest_framework", "drf_spectacular"),
    "diagnostics": ("durable", "durable_rules_engine"),
    "diagnostics/api": ("diagnostics.web",),
    "diagnostics/web": ("diagnostics.api", "rest_framework", "drf_spectacular"),
}
"""What no module of a room may import."""


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, and every `module.name`, by their full names."""
    package = file.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join([*parents, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def under(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("room", ARROWS)
def test_a_room_imports_nothing_against_the_arrows(room: str) -> None:
    files = [file for file in CODE if file.is_relative_to(ROOT / room)]
    against = [
        (name(file), module)
        for file in files
        for module in imports(file)
        if under(module, *ARROWS[room])
    ]
    assert files
    assert against == []


def test_only_the_addresses_of_the_site_and_its_errors_know_the_two_doors() -> None:
    """Services, selectors and models never reach up to the API or to the pages."""
    knowing = {
        name(file)
        for file in CODE
        if file.parent == ROOT / "diagnostics"
        for module in imports(file)
        if under(module, "diagnostics.api", "diagnostics.web")
    }
    assert knowing <= {"diagnostics/urls.py", "diagnostics/errors.py"}


def test_the_engine_imports_the_standard_library_and_itself() -> None:
    foreign = {
        module
        for file in ROOT.glob("rules/engine/**/*.py")
        for module in imports(file)
        if module.split(".")[0] not in sys.stdlib_module_names and not under(module, "rules.engine")
    }
    assert foreign == {"durable_rules_engine"}


def test_one_module_talks_to_durable_rules() -> None:
    talking = {
        name(file)
        for file in PYTHON
        for module in imports(file)
        if under(module, "durable", "durable_rules_engine")
    }
    assert talking == {"rules/engine/durable.py"}


def test_the_code_never_imports_the_tests() -> None:
    assert [name(file) for file in CODE if any(under(m, "tests") for m in imports(file))] == []


def test_the_environment_is_read_in_one_place() -> None:
    """`manage.py` and `wsgi.py` only name the settings module."""
    reading = {name(file) for file in CODE if re.search(r"\b(environ|getenv)\b", file.read_text())}
    assert reading == {"diagnostics/environment.py", "diagnostics/wsgi.py", "manage.py"}


def test_the_house_has_three_rooms() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert {folder for folder in folders if not folder.startswith((".", "__"))} == set(ROOMS)


@pytest.mark.parametrize("package", MAPS, ids=name)
def test_the_map_of_a_room_names_all_that_is_in_it(package: Path) -> None:
    drawn = ast.get_docstring(ast.parse(package.read_text())) or ""
    modules = {file.stem for file in package.parent.glob("*.py")} - {"__init__"}
    packages = {file.parent.name for file in package.parent.glob("*/__init__.py")}
    named = set(re.findall(r"`(?:rules\.)?(\w+)/?`", drawn))
    assert sorted((modules | packages) - named) == []


def test_a_file_holds_one_concept() -> None:
    def limit(file: Path) -> int:
        return 600 if file.is_relative_to(ROOT / "tests") else 400

    long = {
        name(file): lines
        for file in PYTHON
        if "migrations" not in file.parts
        and (lines := len(file.read_text().splitlines())) > limit(file)
    }
    assert long == {}


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_pins_everything_by_hash_and_names_no_host(lock: Path) -> None:
    """A pin, its hashes, and who asks for it: no line has room for an address."""
    pin = r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[\w.+]+( ; [\w.' !<>=()]+)? \\\n"
    hashes = r"    --hash=sha256:[0-9a-f]{64}( \\\n    --hash=sha256:[0-9a-f]{64})*\n"
    asked = r"    # via( [\w.()\[\] -]+)?\n(    #   [\w.()\[\] -]+\n)*"
    assert re.fullmatch(f"({pin}{hashes}{asked})+", lock.read_text())


def test_what_is_served_is_what_was_tested() -> None:
    served, tested = (set(re.findall(r"^\S+==\S+", file.read_text(), re.M)) for file in LOCKS)
    assert served < tested


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for lock, asked in zip(
        LOCKS, (project["dependencies"], project["optional-dependencies"]["dev"]), strict=True
    ):
        wanted = {re.split(r"[\[<>=]", line)[0].lower() for line in asked}
        assert wanted <= set(re.findall(r"^([a-z0-9.-]+)(?:\[\S+\])?==", lock.read_text(), re.M))


@pytest.mark.parametrize("table", ["dependencies", "dev", "select", "ignore"])
def test_each_dependency_and_lint_rule_has_its_reason_beside_it(table: str) -> None:
    found = re.search(
        rf"^{table} = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.M | re.S
    )
    assert found
    assert [line for line in found[1].splitlines() if not re.search(r", # \S", line)] == []


def first_segments(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        segment = str(pattern.pattern).removeprefix("^").split("/")[0]
        if not segment and isinstance(pattern, URLResolver):
            yield from first_segments(pattern.url_patterns)
        elif segment and not segment.startswith("<"):
            yield segment


def test_no_guide_can_take_an_address_of_the_site() -> None:
    segments = {*first_segments(get_resolver().url_patterns), settings.STATIC_URL.strip("/")}
    assert {"admin", "api", "static"} <= segments
    assert segments <= RESERVED_SLUGS


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\bTO[D]O\b|\bFI[X]ME\b|\bX[X]X\b|\bHA[C]K\b")
    assert [name(file) for file in TEXTS if marks.search(file.read_text())] == []


def test_no_test_is_passed_over() -> None:
    """But those of the browser and of Graphviz on a machine without, which then say so."""
    words = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipUnless", "skipIf"}
    passing_over = {
        name(file)
        for file in PYTHON
        for node in ast.walk(ast.parse(file.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in words)
        or (isinstance(node, ast.alias) and node.name in words)
    }
    assert passing_over <= {"tests/browser/conftest.py", "tests/conftest.py"}
