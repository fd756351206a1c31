"""Small figures and what they could be worked out from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.results.suppression import SMALLEST, Table, shown_table


def test_large_figures_and_noughts_are_shown():
    table = shown_table([[10, 0], [7, 5]])
    assert table == Table(((10, 0), (7, 5)), (10, 12), (17, 5), 22)


def test_a_small_one_takes_another_of_its_row_and_column_with_it():
    table = shown_table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    assert table.cells[0][0] is None
    hidden = {(r, c) for r in range(3) for c in range(3) if table.cells[r][c] is None}
    assert len([place for place in hidden if place[0] == 0]) >= 2
    assert len([place for place in hidden if place[1] == 0]) >= 2
    assert table.total == 443


def test_a_small_table_is_hidden_as_a_whole():
    assert shown_table([[1, 2]]) == Table(((None, None),), (None,), (None, None), None)


@pytest.mark.parametrize("cells", [[], [[0, 0]], [[0], [0]]])
def test_nothing_is_nought(cells):
    assert shown_table(cells).total == 0


@pytest.mark.parametrize("cells", [[[1], [1, 2]], [[-1]]])
def test_no_table_of_counts(cells):
    with pytest.raises(ValueError, match="counts"):
        shown_table(cells)


counts = st.one_of(st.integers(0, 12), st.integers(0, 400))
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=6)
)


def lines_of(table: Table):
    """Rows and columns with their sums, shown beside told."""
    rows = [[*row, s] for row, s in zip(table.cells, table.row_sums, strict=True)]
    whole = [*rows, [*table.column_sums, table.total]]
    return whole, [*whole, *map(list, zip(*whole, strict=True))]


@given(tables)
def test_nothing_small_is_shown_or_can_be_worked_out(cells):
    table = shown_table(cells)
    truth = [[*row, sum(row)] for row in cells]
    truth.append([sum(column) for column in zip(*truth, strict=True)])
    whole, lines = lines_of(table)
    for seen_row, true_row in zip(whole, truth, strict=True):
        for seen, true in zip(seen_row, true_row, strict=True):
            assert seen in (None, true)
            assert seen is None or seen == 0 or seen >= SMALLEST
    truths = [*truth, *map(list, zip(*truth, strict=True))]
    for seen_line, true_line in zip(lines, truths, strict=True):
        hidden = [t for s, t in zip(seen_line, true_line, strict=True) if s is None]
        assert len(hidden) != 1 or len(seen_line) == 1
        if hidden and seen_line[-1] is not None:
            assert sum(hidden) >= SMALLEST


@given(tables)
def test_without_small_figures_all_is_shown(cells):
    raised = [[n + SMALLEST if n else 0 for n in row] for row in cells]
    table = shown_table(raised)
    assert table.cells == tuple(tuple(row) for row in raised)
    assert table.total == sum(map(sum, raised))
