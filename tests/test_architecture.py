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
    *(ROOT / path_in_house for path_in_house in (".ci/run", "README.md", "pyproject.toml")),
]
MAPS = [
    file
    for file in CODE
    if file.name == "__init__.py"
    and not {*file.parts} & {"management", "migrations", "templatetags"}
]
"""The docstrings of packages, but those that Django prescribes."""
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]

FOREIGN = {
    "rules": ("diagnostics", "rest_framework", "drf_spectacular"),
    "diagnostics": ("durable", "durable_rules_engine"),
    "diagnostics/web": ("rest_framework", "drf_spectacular"),
}
"""What no module of a room may import from outside of the house."""

PURE = {
    "rules/engine": "",
    "rules/sentences": "rules/engine",
    "rules/document": "rules/engine rules/sentences",
    "rules/markdown": "rules/document",
    "rules/proof": "rules/engine rules/sentences",
    "rules/comparison": "rules/engine rules/sentences rules/markdown",
    "rules/picture": "rules/engine rules/proof",
}
"""The rooms that know nothing of Django, from the ground up, with the rooms that each may import."""

ARROWS = {room: set(below.split()) for room, below in PURE.items()} | {
    "rules/models": {"rules/engine", "rules/sentences", "rules/document"},
    "rules/legal": {"rules/models"},
    "rules/guides": set(),
    "rules/drafts": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof", "rules/comparison"),
        "rules/models",
    },
    "rules/publication": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof"),
        *("rules/models", "rules/drafts"),
    },
    "rules/management": {
        *("rules/engine", "rules/document", "rules/proof"),
        *("rules/models", "rules/drafts", "rules/publication"),
    },
    "rules/templatetags": {"rules/markdown", "rules/picture"},
    "rules/admin_site": {"rules/models", "rules/drafts"},
    "rules/apps": set(),
    "rules/admin": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/comparison"),
        *("rules/models", "rules/drafts", "rules/publication", "rules/templatetags"),
    },
    "rules/admin/conflicts": {
        *("rules/sentences", "rules/comparison", "rules/models", "rules/drafts", "rules/admin"),
    },
    "rules/admin/parts": {
        *("rules/engine", "rules/sentences", "rules/document"),
        *("rules/models", "rules/drafts", "rules/publication"),
        *("rules/admin", "rules/admin/conflicts"),
    },
    "rules/admin/publishing": {
        *("rules/engine", "rules/document", "rules/proof", "rules/comparison"),
        *("rules/models", "rules/drafts", "rules/publication", "rules/admin"),
    },
    "rules/admin/guide": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof"),
        *("rules/comparison", "rules/picture", "rules/models", "rules/drafts"),
        *("rules/publication", "rules/admin", "rules/admin/conflicts", "rules/admin/publishing"),
    },
    "diagnostics": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof", "rules/models"),
        *("rules/legal", "rules/guides", "rules/drafts", "rules/publication"),
    },
    "diagnostics/trials": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof", "rules/models"),
        *("rules/drafts", "diagnostics"),
    },
    "diagnostics/replay": {
        *("rules/engine", "rules/sentences", "rules/models", "rules/publication"),
        *("diagnostics", "diagnostics/trials"),
    },
    "diagnostics/templatetags": {"rules/models", "rules/publication", "diagnostics"},
    "diagnostics/management": {"diagnostics"},
    "diagnostics/admin": {
        *("rules/engine", "rules/document", "rules/models", "rules/drafts", "rules/publication"),
        *("rules/admin", "diagnostics", "diagnostics/trials", "diagnostics/replay"),
    },
    "diagnostics/api": {
        *("rules/engine", "rules/document", "rules/markdown", "rules/models", "rules/publication"),
        "diagnostics",
    },
    "diagnostics/web": {
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof", "rules/picture"),
        *("rules/models", "rules/legal", "rules/publication", "diagnostics"),
    },
}
"""The rooms from the ground up, with the rooms that the modules of each may import."""

OPENS_THE_DOORS = {"diagnostics/urls.py", "diagnostics/errors.py", "rules/admin/__init__.py"}
"""Modules that name the rooms above them, so that Django finds the pages there."""


def path_in_house(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported_names(file: Path) -> Iterator[str]:
    """Every module that a file imports, and every `module.name`, by their full names."""
    package = file.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join([*parents, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def room_of(module: str) -> str:
    """The room that a module of the house, or a name in it, belongs to."""
    path = module.replace(".", "/")
    return next(
        (
            room
            for room in sorted(ARROWS, key=len, reverse=True)
            if f"{path}/".startswith(f"{room}/")
        ),
        "",
    )


def arrows_from(room: str) -> set[str]:
    """The other rooms that the modules of a room import."""
    return {
        room_of(module)
        for file in CODE
        if room_of(path_in_house(file).removesuffix(".py")) == room
        and path_in_house(file) not in OPENS_THE_DOORS
        for module in imported_names(file)
        if is_within(module, "rules", "diagnostics")
    } - {room}


@pytest.mark.parametrize("room", ARROWS)
def test_a_room_imports_only_the_rooms_that_it_may(room: str) -> None:
    assert arrows_from(room) == ARROWS[room]


def test_arrows_point_downwards() -> None:
    rooms = list(ARROWS)
    upwards = [
        (room, target)
        for room, targets in ARROWS.items()
        for target in targets
        if rooms.index(target) >= rooms.index(room)
    ]
    assert upwards == []


def test_every_module_is_in_a_room() -> None:
    loose = {
        path_in_house(file) for file in CODE if not room_of(path_in_house(file).removesuffix(".py"))
    }
    assert loose == {"manage.py", "rules/__init__.py"} | {
        path_in_house(file) for file in ROOT.glob("rules/migrations/*.py")
    }


@pytest.mark.parametrize("room", FOREIGN)
def test_a_room_imports_nothing_foreign_that_it_may_not(room: str) -> None:
    files = [file for file in CODE if file.is_relative_to(ROOT / room)]
    against = [
        (path_in_house(file), module)
        for file in files
        for module in imported_names(file)
        if is_within(module, *FOREIGN[room])
    ]
    assert files
    assert against == []


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_imports_the_standard_library_and_the_rooms_below(room: str) -> None:
    foreign = {
        module.split(".")[0]
        for file in CODE
        if room_of(path_in_house(file).removesuffix(".py")) == room
        for module in imported_names(file)
        if module.split(".")[0] not in sys.stdlib_module_names and not is_within(module, "rules")
    }
    allowed = {
        "rules/engine": {"durable_rules_engine"},
        "rules/document": {"yaml"},
        "rules/markdown": {"markdown_it", "nh3"},
        "rules/picture": {"graphviz"},
    }
    assert foreign <= allowed.get(room, set())


def test_one_module_talks_to_durable_rules() -> None:
    talking = {
        path_in_house(file)
        for file in PYTHON
        for module in imported_names(file)
        if is_within(module, "durable", "durable_rules_engine")
    }
    assert talking == {"rules/engine/durable.py"}


def test_the_code_never_imports_the_tests() -> None:
    assert [
        path_in_house(file)
        for file in CODE
        if any(is_within(m, "tests") for m in imported_names(file))
    ] == []


def test_the_environment_is_read_in_one_place() -> None:
    """`manage.py` and `wsgi.py` only name the settings module."""
    reading = {
        path_in_house(file) for file in CODE if re.search(r"\b(environ|getenv)\b", file.read_text())
    }
    assert reading == {"diagnostics/environment.py", "diagnostics/wsgi.py", "manage.py"}


def test_the_house_has_three_rooms() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert {folder for folder in folders if not folder.startswith((".", "__"))} == set(ROOMS)


@pytest.mark.parametrize("package", MAPS, ids=path_in_house)
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
        path_in_house(file): lines
        for file in PYTHON
        if "migrations" not in file.parts
        and (lines := len(file.read_text().splitlines())) > limit(file)
    }
    assert long == {}


@pytest.mark.parametrize("lock", LOCKS, ids=path_in_house)
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
    assert [path_in_house(file) for file in TEXTS if marks.search(file.read_text())] == []


def test_no_test_is_passed_over() -> None:
    """But those of the browser and of Graphviz on a machine without, which then say so."""
    words = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipUnless", "skipIf"}
    passing_over = {
        path_in_house(file)
        for file in PYTHON
        for node in ast.walk(ast.parse(file.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in words)
        or (isinstance(node, ast.alias) and node.name in words)
    }
    assert passing_over <= {"tests/browser/conftest.py", "tests/conftest.py"}
