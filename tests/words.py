"""Finds docstrings, comments and names that break rules which a program can check.

    python -m tests.words [FILE OR FOLDER ...]

It prints a line for each docstring or comment that begins as a fragment of a sentence, each
docstring that does not end as a sentence, and each function whose name is a single word.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOP_FOLDERS = ("rules", "diagnostics", "tests")
Function = ast.FunctionDef | ast.AsyncFunctionDef

FRAGMENT = re.compile(
    r"(Of|Those|Idem|Ditto|By|Also|Which|With|Without|But|And|Or|As|At|In|On|From|To|Whatever|Where"
    r"|None (where|of|if|when|for|with)|Empty (where|of|when|for)|Apart|Else|Unlike|Beside|Not)\b"
)
"""First words of texts that have no subject."""

SHORT_API_DOCSTRINGS = {"L’état d’une ligne."}
"""Docstrings of three words or fewer that are allowed, because the OpenAPI document shows them."""

CALLED_BY_FRAMEWORKS = {
    "clean": "Django's forms",
    **dict.fromkeys(("commit", "connect"), "Django's connections to a database"),
    "dispatch": "Django's views",
    "close": "logging's handlers",
    "emit": "logging's handlers",
    "execute": "waitress's answers",
    "format": "logging's handlers",
    "getMessage": "logging's records",
    "handle": "Django's commands",
    "index": "the front page of Django's admin",
    "login": "the login page of Django's admin",
    "logout": "the logout page of Django's admin",
    "parse": "DRF's parsers",
    "readable": "waitress's connections",
    "ready": "Django's applications",
    "received": "waitress's connections",
    "render": "Django's widgets",
    "save": "Django's sets of forms",
    "write": "waitress's answers",
    "validateLink": "markdown-it's parsers",
    "wait": "psycopg's connections",
    **dict.fromkeys(("delete", "get", "initial", "options", "post", "put"), "DRF's views"),
}
"""Methods of one word in classes that have a base, each with what calls it by this name."""

PRODUCT_TERMS = {"resolve": "the meaning of an evaluation, named so by the product"}
"""Functions of one word that are named after a term of the product, each with its reason."""

METHOD_VERBS = {"add", "encode", "decode", "fire", "get", "run", "take"}
"""Methods that are one verb, because the instance is its object: `throttle.take()`."""

REFUSED_NAMES = re.compile(
    r"(?i)(^|_)(told|kept|idem|alike|desk|sightings?|shower|hub)(_|$)|^_?at$"
)
"""Words that had up to fourteen meanings, or none for a stranger; `at` is no name of an index."""

STORED_NAMES = {("rules/models/change.py", "at")}
"""Names of columns of the database, which stay, each with its file."""

SAME_NAME_ON_TWO_LEVELS = {
    **dict.fromkeys(
        ("admin", "apps", "commands", "management", "models", "templatetags"),
        "Django looks for them in each application",
    ),
    "acts": "acts as they are written to a draft, and their pages",
    "content": "the content of a guide as a value, and read from and written to its rows",
    "guide": "the row of a guide, and the pages about it",
    "guides": "the guide that comes with the program, and what is done to guides",
    "legal_page": "the row of a legal page, and its public page",
    "rules": "the application, and the page of a rule",
    "urls": "the addresses of the whole site, and those of each of its parts",
    "views": "the views of the API, and those of the pages",
}
"""Names that several modules may share, each with its reason."""


def begins_as_fragment(text: str) -> bool:
    """True if a docstring or comment begins without a subject or has no more than three words."""
    return bool(FRAGMENT.match(text)) or (
        len(text.split()) <= 3 and text not in SHORT_API_DOCSTRINGS
    )


def python_files(places: Iterable[Path]) -> list[Path]:
    """Returns the given files and the Python files in the given folders, without migrations."""
    found = [
        file for place in places for file in (place.glob("**/*.py") if place.is_dir() else [place])
    ]
    return sorted(file for file in found if "migrations" not in file.parts)


def find_docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields line and text of each docstring of a module, class, function, constant or field."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        if isinstance(node, ast.Module | ast.ClassDef | Function) and (
            doc := ast.get_docstring(node)
        ):
            yield body[0].lineno, doc
        for before, after in pairwise(body):
            if isinstance(before, ast.Assign | ast.AnnAssign) and text_of(after):
                yield after.lineno, text_of(after)


def text_of(node: ast.stmt) -> str:
    """Returns the string of a statement that is nothing but a string, or else an empty string."""
    value = node.value if isinstance(node, ast.Expr) else None
    return str(value.value) if isinstance(value, ast.Constant) else ""


def find_comments(source: str) -> Iterator[tuple[int, str]]:
    """Yields the line and text of the first line of each comment that is not after code."""
    last = -1
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
            text = token.string.lstrip("#").strip()
            if token.start[0] != last + 1 and not re.match(r"(type|fmt|noqa|!)", text):
                yield token.start[0], text
            last = token.start[0]


def one_word_functions(tree: ast.Module, file: Path) -> Iterator[tuple[int, str]]:
    """Yields the line and name of each function whose name is a single word and is not allowed.

    Allowed are special methods, properties, fixtures, views, `main`, local functions and methods in
    tests, and the names in the tables above.
    """
    in_tests = file.is_relative_to(ROOT / "tests")
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            if not isinstance(node, Function) or "_" in node.name.strip("_"):
                continue
            decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
            in_class = isinstance(parent, ast.ClassDef)
            allowed = (
                node.name.startswith("__")
                or re.search(r"property|fixture|admin\.display|register", decorators)
                or node.name in PRODUCT_TERMS
                or (in_class and node.name in METHOD_VERBS)
                or (
                    (isinstance(parent, ast.ClassDef) and parent.bases != [])
                    and node.name in CALLED_BY_FRAMEWORKS
                )
                or is_protocol(parent)
                or (in_tests and (in_class or not isinstance(parent, ast.Module)))
                or node.name == "main"
                or node.name in view_names(file)
            )
            if not allowed:
                yield node.lineno, node.name


def is_protocol(node: ast.AST) -> bool:
    """True for a class with a base whose name contains `Protocol`."""
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any("Protocol" in ast.unparse(base) for base in bases)


def view_names(file: Path) -> set[str]:
    """Returns the names of the views of a module, as `urls.py` beside it lists them."""
    urls = file.parent / "urls.py"
    if not urls.exists():
        return set()
    return set(re.findall(rf"\b{file.stem}\.(\w+),", urls.read_text()))


def word_problems(file: Path, code: str | None = None) -> list[str]:
    """Returns a message for each problem that this program finds in a file, or in its new code."""
    source = file.read_text() if code is None else code
    tree = ast.parse(source)
    name = file.relative_to(ROOT).as_posix()
    texts = [*find_docstrings(tree), *find_comments(source)]
    found = [
        f"{name}:{line}: begins as a fragment: {text.splitlines()[0]}"
        for line, text in texts
        if begins_as_fragment(text)
    ]
    found += [
        f"{name}:{line}: does not end as a sentence: {text.splitlines()[-1]}"
        for line, text in find_docstrings(tree)
        if not re.search(r"[.!?:»…)`*]$", text.strip())
    ]
    found += [
        f"{name}:{line}: a function of one word: {word}"
        for line, word in one_word_functions(tree, file)
    ]
    found += [
        f"{name}:{line}: a docstring of a function that does not begin with a verb: {text}"
        for line, text in questions_as_docstrings(tree)
    ]
    found += [
        f"{name}:{line}: a name with many meanings or none: {word}"
        for line, word in names_given(tree)
        if REFUSED_NAMES.search(word) and (name, word) not in STORED_NAMES
    ]
    return found


def questions_as_docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields docstrings of functions that open like "What…" or "Whether…"; properties are nouns."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and (text := ast.get_docstring(node)):
            decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
            if re.match(r"(What|Whether|How|Why|Who)\b", text) and "property" not in decorators:
                yield node.lineno, text.splitlines()[0]


def names_given(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields the names of variables, parameters, functions and classes; tests have sentences."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, Function | ast.ClassDef) and not node.name.startswith("test_"):
            yield node.lineno, node.name


def main(places: list[Path]) -> None:
    problems = [problem for file in python_files(places) for problem in word_problems(file)]
    sys.stdout.write("\n".join([*problems, f"{len(problems)} problems", ""]))


if __name__ == "__main__":
    main(
        [Path(name).resolve() for name in sys.argv[1:]] or [ROOT / folder for folder in TOP_FOLDERS]
    )
