"""Numbers, counts and long lists as French writes them.

There are spaces between thousands, and 0 takes the singular.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

MAX_LISTED = 100
"""How many items a message or a page lists of what anyone can make long, such as the problems of a file."""


def format_number(number: int) -> str:
    """Returns a number with spaces between thousands: « 10 000 »."""
    return f"{number:,}".replace(",", "\u00a0")


def plural_ending(count: int, singular: str = "", plural: str = "s") -> str:
    """Returns the ending of a word for a count. In French, 0 and 1 take the singular."""
    return plural if abs(count) >= 2 else singular


def count_label(count: int, noun: str) -> str:
    """Returns a count with its noun, such as « 2 cas types en rouge ».

    `{s}` in the noun stands for the « s » of its plural: « cas type{s} en rouge ».
    """
    return f"{format_number(count)} {noun.format(s=plural_ending(count))}"


def cap_list(
    items: Iterable[Item], noun: str, make_last: Callable[[str], Item], *, limit: int = MAX_LISTED
) -> list[Item]:
    """Returns the first items and, if there are more than `limit`, one that says how many others.

    `noun` is what they are, for `count_label`. `make_last` makes the last item from its text, such
    as « et 79 900 autres problèmes. »
    """
    rest: Iterator[Item] = iter(items)
    listed = list(islice(rest, limit))
    if others := sum(1 for _ in rest):
        listed.append(make_last(f"et {count_label(others, f'autre{{s}} {noun}')}."))
    return listed
