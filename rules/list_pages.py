"""Shows a long list a page at a time. A list that is short enough for one page stays whole.

The address of a page says with which row of which list it begins, such as `?rule_from=241`. Templates
use it through the tag `list_page` and the template `rules/list_page_links.html`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil, log10
from typing import Any, Generic, TypeVar, overload

from django.http import HttpRequest

Row = TypeVar("Row")
Value = TypeVar("Value")

MAX_PAGE_WEIGHT = 300_000
"""The weight of the rows of one list on one page: about the number of bytes of their HTML."""
MAX_STARTS = 20
"""How many rows with which a page can begin are offered as links."""
START_SUFFIX = "_from"
"""The end of the query parameters of this module. No key of a question contains `_`."""


class LazyRows(Sequence[Row]):
    """The rows that a function makes of some values, each made when it is read.

    A page makes the rows that it shows, and hardly any others.
    """

    def __init__(self, values: Sequence[Value], make_row: Callable[[Value], Row]) -> None:
        self._values: Sequence[Any] = values
        self._make_row: Callable[[Any], Row] = make_row

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self._make_row(value) for value in self._values[index]]
        return self._make_row(self._values[index])


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """The rows of a list that a page shows, and the addresses of the pages with the other rows.

    The page of a form that was sent has no such addresses, since a link does not send it again.
    """

    rows: Sequence[Row]
    anchor: str
    """The id of the links to these addresses, which all lead to it."""
    first: int
    """The number of the first row in the whole list, from 1."""
    total: int
    previous_url: str
    next_url: str
    starts: Sequence[tuple[int, str]]
    """Numbers of rows with which a page can begin, at equal distances, each with its address."""

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def is_whole(self) -> bool:
        """True if the page shows all rows."""
        return len(self.rows) == self.total


def find_list_page(
    request: HttpRequest,
    name: str,
    rows: Sequence[Row],
    first: int = 1,
    max_rows: int | None = None,
) -> ListPage[Row]:
    """Returns the page of a list that the address of a request asks for.

    By default it begins with the row whose number is `first`. `name` tells the lists of the page
    apart. A number beyond the end of the list gives the last page. `max_rows` is for rows that are
    higher than a line: a page has no more of them.
    """

    def fill_page(indexes: Iterable[int]) -> list[Row]:
        return _fill_page(rows, islice(indexes, max_rows))

    count, anchor = len(rows), f"{name}-page"
    start = _asked_index(request.GET.get(f"{name}{START_SUFFIX}", str(first)))
    if start >= count:
        start = count - len(fill_page(reversed(range(count))))
    shown = fill_page(range(start, count))
    if len(shown) == count or request.method == "POST":
        return ListPage(shown, anchor, start + 1, count, "", "", [])

    def url_of_row(index: int) -> str:
        query = request.GET.copy()
        query[f"{name}{START_SUFFIX}"] = str(index + 1)
        return f"?{query.urlencode()}#{anchor}"

    end, before = start + len(shown), len(fill_page(reversed(range(start))))
    step = int(10 ** max(ceil(log10(count / MAX_STARTS)), 0))
    return ListPage(
        shown,
        anchor,
        start + 1,
        count,
        url_of_row(start - before) if start else "",
        url_of_row(end) if end < count else "",
        [(index + 1, url_of_row(index)) for index in range(0, count, step)],
    )


def _asked_index(number: str) -> int:
    """Returns the index of the row with a number, from 1, which may be any text; 0 by default."""
    try:
        return max(int(number) - 1, 0)
    except ValueError:
        return 0


def _fill_page(rows: Sequence[Row], indexes: Iterable[int]) -> list[Row]:
    """Returns as many rows as a page may show, in the order of these indexes; one row at least.

    The weight of a row is the length of its `repr`, which contains its texts.
    """
    shown: list[Row] = []
    weight = 0
    for index in indexes:
        row = rows[index]
        weight += len(repr(row))
        if shown and weight > MAX_PAGE_WEIGHT:
            break
        shown.append(row)
    return shown
