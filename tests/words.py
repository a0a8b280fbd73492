"""What a program can refuse in the words of the code: `python -m tests.words [FILE OR FOLDER ...]`.

It prints a line for each docstring or comment that begins as a fragment, each function named by a
single word, and each module that shares its name with another. `tests/test_words.py` holds that
there is none.
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
"""Openings of a sentence whose subject has to be guessed."""

PUBLISHED = {"L’état d’une ligne."}
"""Short docstrings that are part of the OpenAPI document."""

CALLED_BY_FRAMEWORKS = {
    "clean", "delete", "filter", "format", "get", "getMessage", "handle", "has", "index", "initial",
    "live", "options", "parse", "post", "prepare", "put", "ready", "render", "request", "save",
}  # fmt: skip
"""Methods that Django, DRF, logging and Django's test client call by these names."""

CONTRACT = {"resolve": "the meaning of an evaluation, named so by the product"}
"""Names that the product's documents use."""

VERBS_OF_AN_OBJECT = {"add", "encode", "decode", "fire", "get", "run", "take"}
"""Methods whose object is the instance itself: `shard.add(rule)`, `throttle.take()`."""

SAME_NAME_ON_TWO_LEVELS = {
    "apps": "Django reads the configuration of each application there",
    "content": "the content of a guide as a value, and read from and written to its rows",
    "legal_page": "the row of a legal page, and its public page",
    "urls": "the addresses of the site, and of each door",
    "views": "the pages of one door, the calls of the other",
}
"""Module names that stand for one thing on two levels, each with its reason."""


def begins_as_fragment(text: str) -> bool:
    """True if a docstring or comment opens without its subject, or has no more than three words."""
    return bool(FRAGMENT.match(text)) or (len(text.split()) <= 3 and text not in PUBLISHED)


def python_files(places: Iterable[Path]) -> list[Path]:
    """The Python files of some files and folders, without migrations."""
    found = [
        file for place in places for file in (place.glob("**/*.py") if place.is_dir() else [place])
    ]
    return sorted(file for file in found if "migrations" not in file.parts)


def find_docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each docstring with its line: of modules, classes, functions, constants and fields."""
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
    """The string that a statement consists of; empty for any other statement."""
    value = node.value if isinstance(node, ast.Expr) else None
    return str(value.value) if isinstance(value, ast.Constant) else ""


def find_comments(source: str) -> Iterator[tuple[int, str]]:
    """The first line of each comment that stands on lines of its own."""
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
            text = token.string.lstrip("#").strip()
            if token.start[0] != last + 1 and not re.match(r"(type|fmt|noqa|!)", text):
                yield token.start[0], text
            last = token.start[0]


def one_word_functions(tree: ast.Module, file: Path) -> Iterator[tuple[int, str]]:
    """Functions named by one word, but those that others name, properties, views and fixtures."""
    in_tests = file.is_relative_to(ROOT / "tests")
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            if not isinstance(node, Function) or "_" in node.name.strip("_"):
                continue
            decorators = " ".join(ast.unparse(each) for each in node.decorator_list)
            in_class = isinstance(parent, ast.ClassDef)
            allowed = (
                node.name.startswith("__")
                or re.search(r"property|fixture|admin\.display|register", decorators)
                or node.name in CONTRACT
                or (in_class and node.name in CALLED_BY_FRAMEWORKS | VERBS_OF_AN_OBJECT)
                or is_protocol(parent)
                or (in_tests and (in_class or not isinstance(parent, ast.Module)))
                or node.name == "main"
                or node.name in view_names(file)
            )
            if not allowed:
                yield node.lineno, node.name


def is_protocol(node: ast.AST) -> bool:
    """True if a class says that its base is a protocol."""
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any("Protocol" in ast.unparse(base) for base in bases)


def view_names(file: Path) -> set[str]:
    """The views of a module of pages: an address has the name of its view."""
    urls = file.parent / "urls.py"
    if not urls.exists():
        return set()
    return set(re.findall(rf"\b{file.stem}\.(\w+),", urls.read_text()))


def word_problems(file: Path) -> list[str]:
    """What the words of one file would be refused for, each with its line."""
    source = file.read_text()
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
    return found


def main(places: list[Path]) -> None:
    problems = [problem for file in python_files(places) for problem in word_problems(file)]
    sys.stdout.write("\n".join([*problems, f"{len(problems)} problems", ""]))


if __name__ == "__main__":
    main(
        [Path(name).resolve() for name in sys.argv[1:]] or [ROOT / folder for folder in TOP_FOLDERS]
    )
