"""The order of rows of which some have a typed place."""

from hypothesis import given
from hypothesis import strategies as st

from rules.drafts.rows import rows_at_places

ROWS = list("abcdefg")
places_of_some_rows = st.dictionaries(st.sampled_from(ROWS), st.integers(-2, 10))


@given(places_of_some_rows)
def test_all_rows_are_there_and_the_others_keep_their_order(places: dict[str, int]) -> None:
    ordered = rows_at_places(ROWS, places)
    assert sorted(ordered) == ROWS
    others = [row for row in ordered if row not in places]
    assert others == sorted(others)


@given(st.permutations(range(1, len(ROWS) + 1)), st.sets(st.sampled_from(ROWS)))
def test_each_row_with_a_place_of_its_own_obtains_it(numbers: list[int], typed: set[str]) -> None:
    places = {row: place for row, place in zip(ROWS, numbers, strict=True) if row in typed}
    ordered = rows_at_places(ROWS, places)
    assert {row: ordered.index(row) + 1 for row in places} == places


@given(places_of_some_rows)
def test_rows_are_in_the_order_of_their_numbers(places: dict[str, int]) -> None:
    numbers = [places[row] for row in rows_at_places(ROWS, places) if row in places]
    assert numbers == sorted(numbers)
