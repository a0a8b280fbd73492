"""Rules about the project's files: which module may import which, how they are written and pinned.

A layer is a package or a module of `LAYERS` with everything in it that is not a layer of its own.
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from rules.document.limits import RESERVED_SLUGS

pytestmark = pytest.mark.no_cover  # these tests read the code and hardly run it

ROOT: Path = settings.BASE_DIR
TOP_FOLDERS = ("diagnostics", "rules", "tests")
PYTHON = sorted(
    [
        ROOT / "manage.py",
        *(file for folder in TOP_FOLDERS for file in ROOT.glob(f"{folder}/**/*.py")),
    ]
)
CODE = [file for file in PYTHON if not file.is_relative_to(ROOT / "tests")]
TEXTS = [
    *PYTHON,
    *(
        file
        for folder in TOP_FOLDERS
        for kind in ("html", "css", "js", "svg", "txt", "yaml", "csv")
        for file in ROOT.glob(f"{folder}/**/*.{kind}")
    ),
    *(ROOT / name for name in (".ci/run", "README.md", "pyproject.toml")),
]
MAPPED_PACKAGES = [
    file
    for file in CODE
    if file.name == "__init__.py"
    and not {*file.parts} & {"management", "migrations", "templatetags"}
]
"""The `__init__` files whose docstring lists the modules of the package."""
REQUIREMENTS_FILES = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]

FORBIDDEN_IMPORTS = {
    "rules": ("diagnostics", "rest_framework", "drf_spectacular"),
    "diagnostics": ("durable", "durable_rules_engine"),
    "diagnostics/web": ("rest_framework", "drf_spectacular"),
}
"""The packages that no module of a folder may import: of this project, or third-party ones."""

PURE_LAYERS = {
    "rules/counts": "",
    "rules/bounded_cache": "",
    "rules/engine": "",
    "rules/sentences": "rules/engine",
    "rules/document": "rules/counts rules/bounded_cache rules/engine rules/sentences",
    "rules/lookup": "rules/counts rules/engine rules/sentences",
    "rules/markdown": "rules/document",
    "rules/proof": "rules/counts rules/engine rules/sentences rules/document",
    "rules/comparison": "rules/engine rules/sentences rules/markdown",
    "rules/parcours": "rules/engine rules/sentences rules/proof",
    "rules/visitor_changes": "rules/counts rules/engine rules/sentences rules/proof rules/comparison",
    "rules/edits": "rules/engine rules/sentences rules/comparison rules/proof rules/parcours",
    "rules/edits/rewriting": (
        "rules/engine rules/sentences rules/document rules/proof rules/parcours rules/edits"
    ),
    "rules/edits/checking": (
        "rules/engine rules/sentences rules/proof rules/parcours rules/visitor_changes "
        "rules/edits rules/edits/rewriting"
    ),
    "rules/edits/acts": (
        "rules/counts rules/engine rules/sentences rules/document rules/proof rules/parcours "
        "rules/edits rules/edits/rewriting rules/edits/checking"
    ),
    "rules/picture": "rules/counts rules/engine rules/sentences rules/proof rules/parcours",
}
"""The layers that do not use Django, the lowest first, with the layers that each one imports."""

LAYERS = {layer: set(imported.split()) for layer, imported in PURE_LAYERS.items()} | {
    "rules/list_pages": set(),
    "rules/typed_text": set(),
    "rules/models": {"rules/engine", "rules/sentences", "rules/document"},
    "rules/legal": {"rules/models"},
    "rules/guides": set(),
    "rules/drafts": {
        *("rules/bounded_cache", "rules/engine", "rules/sentences", "rules/document"),
        *("rules/proof", "rules/comparison", "rules/parcours", "rules/visitor_changes"),
        *("rules/edits", "rules/edits/checking", "rules/models"),
    },
    "rules/publication": {
        *("rules/counts", "rules/list_pages"),
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof"),
        *("rules/parcours", "rules/comparison", "rules/visitor_changes", "rules/edits"),
        *("rules/models", "rules/drafts"),
    },
    "rules/management": {
        *("rules/counts", "rules/engine", "rules/document", "rules/proof"),
        *("rules/visitor_changes", "rules/models", "rules/drafts", "rules/publication"),
    },
    "rules/templatetags": {"rules/counts", "rules/markdown", "rules/picture", "rules/list_pages"},
    "rules/admin_site": {"rules/models", "rules/drafts", "rules/typed_text"},
    "rules/apps": set(),
    "rules/admin": {
        *("rules/counts", "rules/proof"),
        *("rules/engine", "rules/sentences", "rules/document", "rules/comparison"),
        *("rules/list_pages", "rules/models", "rules/drafts", "rules/publication"),
        *("rules/templatetags", "rules/typed_text"),
    },
    "rules/admin/conflicts": {
        *("rules/sentences", "rules/comparison", "rules/models", "rules/drafts", "rules/admin"),
        "rules/typed_text",
    },
    "rules/admin/acts": {
        *("rules/counts", "rules/engine", "rules/sentences", "rules/document", "rules/lookup"),
        *("rules/proof", "rules/comparison", "rules/parcours", "rules/edits"),
        *("rules/edits/rewriting", "rules/edits/checking", "rules/edits/acts", "rules/models"),
        *("rules/drafts", "rules/publication", "rules/admin", "rules/list_pages"),
        "rules/typed_text",
    },
    "rules/admin/parts": {
        *("rules/counts", "rules/engine", "rules/sentences", "rules/document", "rules/lookup"),
        *("rules/proof", "rules/parcours", "rules/list_pages", "rules/typed_text"),
        *("rules/models", "rules/drafts", "rules/publication"),
        *("rules/admin", "rules/admin/acts", "rules/admin/conflicts"),
    },
    "rules/admin/publishing": {
        *("rules/counts", "rules/engine", "rules/sentences", "rules/document", "rules/proof"),
        *("rules/comparison", "rules/visitor_changes"),
        *("rules/models", "rules/drafts", "rules/publication", "rules/admin"),
    },
    "rules/admin/guide": {
        *("rules/counts", "rules/engine", "rules/sentences", "rules/document", "rules/lookup"),
        *("rules/proof", "rules/comparison", "rules/parcours", "rules/edits", "rules/picture"),
        *("rules/list_pages", "rules/typed_text", "rules/models", "rules/drafts"),
        *("rules/guides", "rules/publication", "rules/admin_site"),
        *("rules/admin", "rules/admin/acts", "rules/admin/conflicts", "rules/admin/publishing"),
    },
    "diagnostics/throttles": set(),
    "diagnostics/databases": set(),
    "diagnostics/logs": set(),
    "diagnostics": {
        "rules/counts",
        *("rules/engine", "rules/sentences", "rules/document", "rules/proof", "rules/models"),
        *("rules/legal", "rules/guides", "rules/drafts", "rules/publication"),
        *("rules/apps", "diagnostics/throttles", "diagnostics/databases"),
        "diagnostics/logs",
    },
    "diagnostics/server": {"diagnostics"},
    "diagnostics/logins": {
        *("rules/counts", "rules/admin_site", "diagnostics/throttles", "diagnostics"),
        "diagnostics/databases",
    },
    "diagnostics/trials": {
        *("rules/engine", "rules/sentences", "rules/edits/acts", "rules/list_pages"),
        *("rules/models", "rules/drafts", "diagnostics"),
    },
    "diagnostics/replay": {
        *("rules/engine", "rules/sentences", "rules/models", "rules/publication"),
        *("diagnostics", "diagnostics/trials"),
    },
    "diagnostics/templatetags": {
        *("rules/engine", "rules/models", "rules/publication", "diagnostics", "diagnostics/trials"),
    },
    "diagnostics/management": {
        *("rules/document", "rules/drafts", "rules/publication", "diagnostics"),
        "diagnostics/logins",
    },
    "diagnostics/admin": {
        "rules/counts",
        *("rules/engine", "rules/proof", "rules/models", "rules/drafts"),
        *(
            "rules/publication",
            "rules/admin",
            "rules/admin/acts",
            "diagnostics",
            "diagnostics/trials",
            "diagnostics/replay",
        ),
    },
    "diagnostics/api": {
        *("rules/counts", "rules/engine", "rules/sentences", "rules/document", "rules/markdown"),
        *("rules/models", "rules/publication"),
        *("diagnostics/throttles", "diagnostics/databases", "diagnostics"),
    },
    "diagnostics/web": {
        *(
            "rules/bounded_cache",
            "rules/engine",
            "rules/sentences",
            "rules/document",
            "rules/proof",
        ),
        *(
            "rules/picture",
            "rules/list_pages",
            "rules/markdown",
            "rules/models",
            "rules/legal",
            "rules/publication",
        ),
        *("diagnostics/databases", "diagnostics/throttles", "diagnostics"),
    },
}
"""All layers, the lowest first, with the layers that the modules of each one import."""

UPWARD_IMPORTERS = {"diagnostics/urls.py", "diagnostics/errors.py", "rules/admin/__init__.py"}
"""Modules that import higher layers, because Django finds pages through them."""


def path_in_project(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported_names(file: Path) -> Iterator[str]:
    """Yields the full name of each module and each `module.name` that a file imports."""
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


def layer_of(module: str) -> str:
    """Returns the layer of a module of this project (or of a name in it), or "" if it has none."""
    path = module.replace(".", "/")
    return next(
        (
            layer
            for layer in sorted(LAYERS, key=len, reverse=True)
            if f"{path}/".startswith(f"{layer}/")
        ),
        "",
    )


def layers_imported_by(layer: str) -> set[str]:
    """Returns the other layers that the modules of a layer import."""
    return {
        layer_of(module)
        for file in CODE
        if layer_of(path_in_project(file).removesuffix(".py")) == layer
        and path_in_project(file) not in UPWARD_IMPORTERS
        for module in imported_names(file)
        if is_within(module, "rules", "diagnostics")
    } - {layer}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_exactly_the_layers_that_are_listed_for_it(layer: str) -> None:
    assert layers_imported_by(layer) == LAYERS[layer]


def test_a_layer_is_listed_after_those_that_it_imports() -> None:
    order = list(LAYERS)
    upwards = [
        (layer, imported)
        for layer, imported_layers in LAYERS.items()
        for imported in imported_layers
        if order.index(imported) >= order.index(layer)
    ]
    assert upwards == []


def test_every_module_is_in_a_layer() -> None:
    without_layer = {
        path_in_project(file)
        for file in CODE
        if not layer_of(path_in_project(file).removesuffix(".py"))
    }
    assert without_layer == {"manage.py", "rules/__init__.py"} | {
        path_in_project(file) for file in ROOT.glob("rules/migrations/*.py")
    }


@pytest.mark.parametrize("folder", FORBIDDEN_IMPORTS)
def test_no_file_imports_a_package_that_is_forbidden_in_its_folder(folder: str) -> None:
    files = [file for file in CODE if file.is_relative_to(ROOT / folder)]
    forbidden = [
        (path_in_project(file), module)
        for file in files
        for module in imported_names(file)
        if is_within(module, *FORBIDDEN_IMPORTS[folder])
    ]
    assert files
    assert forbidden == []


@pytest.mark.parametrize("layer", PURE_LAYERS)
def test_a_pure_layer_imports_only_the_third_party_packages_that_are_allowed(layer: str) -> None:
    third_party = {
        module.split(".")[0]
        for file in CODE
        if layer_of(path_in_project(file).removesuffix(".py")) == layer
        for module in imported_names(file)
        if module.split(".")[0] not in sys.stdlib_module_names and not is_within(module, "rules")
    }
    allowed = {
        "rules/engine": {"durable_rules_engine"},
        "rules/document": {"markdown_it", "nh3", "yaml"},
        "rules/markdown": {"markdown_it", "nh3"},
        "rules/picture": {"graphviz"},
    }
    assert third_party <= allowed.get(layer, set())


def test_only_one_module_imports_durable_rules_and_one_that_makes_it_fail() -> None:
    importers = {
        path_in_project(file)
        for file in PYTHON
        for module in imported_names(file)
        if is_within(module, "durable", "durable_rules_engine")
    }
    assert importers == {"rules/engine/durable.py", "tests/faults/in_server/sitecustomize.py"}


def test_the_program_never_imports_the_tests() -> None:
    assert [
        path_in_project(file)
        for file in CODE
        if any(is_within(module, "tests") for module in imported_names(file))
    ] == []


def test_only_one_module_reads_the_environment() -> None:
    """`manage.py` and `wsgi.py` only set the variable that names Django's settings module."""
    mentioning = {
        path_in_project(file)
        for file in CODE
        if re.search(r"\b(environ|getenv)\b", file.read_text())
    }
    assert mentioning == {"diagnostics/environment.py", "diagnostics/wsgi.py", "manage.py"}


def test_addresses_are_recognised_by_what_the_server_reads_in_the_request_line() -> None:
    """`request.path` begins with the prefix that a proxy may declare (SCRIPT_NAME)."""
    templates = [*ROOT.glob("rules/**/*.html"), *ROOT.glob("diagnostics/**/*.html")]
    assert [
        path_in_project(file)
        for file in (*CODE, *templates)
        if re.search(r"\brequest\.path\b", file.read_text())
    ] == []


def test_there_are_three_top_folders() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert {folder for folder in folders if not folder.startswith((".", "__"))} == set(TOP_FOLDERS)


@pytest.mark.parametrize("package", MAPPED_PACKAGES, ids=path_in_project)
def test_the_docstring_of_a_package_names_each_of_its_modules(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse(package.read_text())) or ""
    modules = {file.stem for file in package.parent.glob("*.py")} - {"__init__"}
    packages = {file.parent.name for file in package.parent.glob("*/__init__.py")}
    named = set(re.findall(r"`(?:rules\.)?(\w+)/?`", docstring))
    assert sorted((modules | packages) - named) == []


def test_no_file_is_too_long() -> None:
    def limit(file: Path) -> int:
        return 600 if file.is_relative_to(ROOT / "tests") else 400

    long = {
        path_in_project(file): lines
        for file in PYTHON
        if "migrations" not in file.parts
        and (lines := len(file.read_text().splitlines())) > limit(file)
    }
    assert long == {}


@pytest.mark.parametrize("file", REQUIREMENTS_FILES, ids=path_in_project)
def test_requirements_are_pinned_by_hash_and_name_no_package_server(file: Path) -> None:
    """Each entry is a pin, its hashes and the packages that require it, and nothing else."""
    pin = r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[\w.+]+( ; [\w.' !<>=()]+)? \\\n"
    hashes = r"    --hash=sha256:[0-9a-f]{64}( \\\n    --hash=sha256:[0-9a-f]{64})*\n"
    required_by = r"    # via( [\w.()\[\] -]+)?\n(    #   [\w.()\[\] -]+\n)*"
    assert re.fullmatch(f"({pin}{hashes}{required_by})+", file.read_text())


def test_runtime_pins_are_among_the_dev_pins() -> None:
    runtime, dev = (
        set(re.findall(r"^\S+==\S+", file.read_text(), re.M)) for file in REQUIREMENTS_FILES
    )
    assert runtime < dev


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for file, dependencies in zip(
        REQUIREMENTS_FILES,
        (project["dependencies"], project["optional-dependencies"]["dev"]),
        strict=True,
    ):
        names = {re.split(r"[\[<>=]", dependency)[0].lower() for dependency in dependencies}
        assert names <= set(re.findall(r"^([a-z0-9.-]+)(?:\[\S+\])?==", file.read_text(), re.M))


@pytest.mark.parametrize("table", ["dependencies", "dev", "select", "include", "ignore"])
def test_each_dependency_and_lint_rule_has_a_comment_with_its_reason(table: str) -> None:
    project = (ROOT / "pyproject.toml").read_text()
    found = re.findall(rf"^{table} = \[\n(.*?)^\]", project, re.M | re.S)
    assert found
    lines = [line for lines in found for line in lines.splitlines()]
    assert [line for line in lines if not re.search(r", # \S", line)] == []


def test_the_packages_that_check_scripts_are_pinned_and_name_no_package_server() -> None:
    folder = ROOT / ".javascript"
    text = (folder / "package-lock.json").read_text()
    assert not re.search(r'"resolved"|"funding"|://', text)
    packages = json.loads(text)["packages"]
    required = json.loads((folder / "package.json").read_text())["devDependencies"]
    assert required
    for name, version in required.items():
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in package for path, package in packages.items() if path)


def first_segments(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yields the fixed first segments of addresses, e.g. `admin` of `/admin/login/`.

    A segment with a dot, e.g. `robots.txt`, is left out, since no slug has one.
    """
    for pattern in patterns:
        segment = str(pattern.pattern).removeprefix("^").split("/")[0]
        if not segment and isinstance(pattern, URLResolver):
            yield from first_segments(pattern.url_patterns)
        elif segment and not segment.startswith("<") and "." not in segment:
            yield segment


def test_no_guide_can_have_the_address_of_another_page() -> None:
    segments = {*first_segments(get_resolver().url_patterns), settings.STATIC_URL.strip("/")}
    assert {"admin", "api", "static"} <= segments
    assert segments <= RESERVED_SLUGS


def test_no_file_has_a_todo_mark() -> None:
    marks = re.compile(r"\bTO[D]O\b|\bFI[X]ME\b|\bX[X]X\b|\bHA[C]K\b")
    assert [path_in_project(file) for file in TEXTS if marks.search(file.read_text())] == []


def test_only_tests_of_programs_that_may_be_missing_can_be_skipped() -> None:
    """They are skipped, with a message, on a machine without a browser, Graphviz or html-validate."""
    skip_names = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipUnless", "skipIf"}
    files_with_skips = {
        path_in_project(file)
        for file in PYTHON
        for node in ast.walk(ast.parse(file.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in skip_names)
        or (isinstance(node, ast.alias) and node.name in skip_names)
    }
    assert files_with_skips <= {"tests/browser/conftest.py", "tests/conftest.py"}


def test_each_file_of_tests_in_the_browser_is_marked_so() -> None:
    """The gate runs the tests without this mark first, quickly, and with no browser."""
    marked = re.compile(r"^pytestmark = \[?\s*pytest\.mark\.browser\b", re.MULTILINE)
    files = sorted(ROOT.glob("tests/browser/test_*.py"))
    assert [path_in_project(file) for file in files if not marked.search(file.read_text())] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {module_name(file): file for file in CODE}
    imported = {
        module: {
            target
            for name in imported_names(file)
            for target in (name, name.rpartition(".")[0])
            if target in modules and target != module
        }
        for module, file in modules.items()
    }
    circles = TopologicalSorter(imported)
    circles.prepare()  # raises CycleError, which names the modules


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
