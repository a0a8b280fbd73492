"""What Chrome 70 (2018) and Firefox 68 (2019) make of a style sheet: they pass over what they do not
know, a whole rule if it is in its selectors.
"""

import re
from collections.abc import Iterator
from pathlib import Path

SELECTORS = {
    *(":checked", ":empty", ":first-child", ":first-of-type", ":focus", ":hover", ":last-child"),
    *(":not", ":only-child", ":root", ":target", "::after", "::backdrop", "::before"),
}
FUNCTIONS = {
    *("attr", "calc", "counter", "inset", "linear-gradient", "minmax", "repeat", "rgb", "var"),
}
PROPERTIES = Path(__file__).with_name("old_properties.txt").read_text().split()
NEW_VALUES = {
    "overflow-wrap: anywhere": r"overflow-wrap: anywhere",
    "width: fit-content": r"width: fit-content",
    "content / content read aloud": r'content: "[^"]*" / ',
}
"""Patterns of new values of properties that are known, by the name of what is new."""
NEW_CONDITIONS = (
    r"(?:@media [^{]*\((?:scripting|forced-colors|prefers-color-scheme)|@supports (?!not))[^{]*"
    r"\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"
)
"""Matches all that stands under a condition that these browsers do not know."""
NOT_OF_SEVERAL = r":not\((?![.#:]?[\w-]+\)|\[[^\]]*\]\))"
"""Matches a `:not()` of more than one simple selector, such as `:not(.a, .b)`."""
RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")


def old_style(css: str) -> str:
    """Returns a style sheet without all that these browsers pass over."""

    def keep_known(rule: re.Match[str]) -> str:
        selectors, declarations = split_rule(rule)
        if new_in_selectors(selectors):
            return ""
        known = [text for text in declarations if not new_in_declaration(text, declarations)]
        return f"{selectors}{{{';'.join(known)}}}"

    return RULE.sub(keep_known, apply_old_conditions(css))


def new_features(css: str) -> Iterator[tuple[str, set[str]]]:
    """Gives the selectors of each rule with what is new in it to these browsers."""
    for rule in RULE.finditer(apply_old_conditions(css)):
        selectors, declarations = split_rule(rule)
        found = (new_in_declaration(text, declarations) for text in declarations)
        yield selectors, new_in_selectors(selectors).union(*found)


def apply_old_conditions(css: str) -> str:
    """Returns a style sheet in which no new condition holds, and where one is denied, the rest does."""
    old = re.sub(NEW_CONDITIONS, "", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return re.sub(r"@supports not[^{]*", "@media all ", old)


def split_rule(rule: re.Match[str]) -> tuple[str, list[str]]:
    return rule[1].strip(), [text.strip() for text in rule[2].split(";") if text.strip()]


def split_selectors(selectors: str) -> list[str]:
    """Splits at each comma that no parentheses surround."""
    return re.split(r",\s*(?![^(]*\))", selectors)


def new_in_selectors(selectors: str) -> set[str]:
    new = set(re.findall(r"::?[a-z-]+", selectors)) - SELECTORS
    return new | {":not() of several"} if re.search(NOT_OF_SEVERAL, selectors) else new


def new_in_declaration(declaration: str, beside: list[str]) -> set[str]:
    """Returns what is new in a declaration, which stands in a rule beside these."""
    name = declaration.split(":")[0].strip()
    new = {label for label, pattern in NEW_VALUES.items() if re.match(pattern, declaration)}
    new |= {
        f"{used}()" for used in re.findall(r"([a-z-]+)\(", declaration) if used not in FUNCTIONS
    }
    if name not in PROPERTIES and not name.startswith("--"):
        new.add(name)
    if name == "gap" and "display: flex" in beside:
        new.add("gap of display: flex")
    return new
