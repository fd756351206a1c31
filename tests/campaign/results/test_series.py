"""What may be shown of the figures, at its edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.plan.rules import SchoolYear, school_year_named, school_year_of
from campaign.results.series import MEASURES, Counted, series


def rows(*figures):
    return [Counted(str(n), f"Dòng {n}", tuple(row)) for n, row in enumerate(figures)]


def test_a_small_figure_is_held_back_with_one_that_would_give_it_away():
    table = series(rows((9, 0, 3, 40), (12, 0, 30, 7), (5, 0, 60, 6)))
    assert table.of("activities") == [9, 12, 5]
    assert table.of("people") == [None, None, 60]
    assert table.of("classes") == [0, 0, 0]
    assert table.total("people") == 93
    assert table.holds_back


def test_a_sum_below_five_is_not_shown():
    table = series(rows((1, 1, 0, 0), (2, 0, 0, 0)))
    assert table.total("activities") is None
    assert table.total("classes") is None
    assert table.total("people") == 0
    assert not table.is_empty


def test_nothing_counted_is_empty():
    assert series(rows((0, 0, 0, 0))).is_empty
    assert series([]).is_empty


def test_lines_are_sorted_by_what_is_shown_alone():
    found = series(rows((5, 5, 5, 1), (5, 5, 5, 70), (5, 5, 5, 80)), by=lambda line: line.rank)
    # 1 is small and 70 would give it away: both rank as nought, whatever they are.
    assert [line.figures[3] for line in found.lines] == [80, None, None]
    assert [line.key for line in found.lines] == ["2", "0", "1"]


@given(st.lists(st.tuples(*[st.integers(0, 40)] * len(MEASURES)), max_size=8))
def test_no_shown_figure_is_below_five_and_the_rest_cannot_be_worked_out(figures):
    table = series(rows(*figures))
    for measure in MEASURES:
        shown = table.of(measure.key)
        total = table.total(measure.key)
        assert all(number is None or number == 0 or number >= 5 for number in [*shown, total])
        if total is not None and None in shown:
            rest = total - sum(number for number in shown if number)
            assert shown.count(None) >= 2
            assert rest >= 5


@pytest.mark.parametrize(
    ("day", "begins"),
    [("2026-07-31", 2025), ("2026-08-01", 2026), ("2026-12-31", 2026), ("2027-01-01", 2026)],
)
def test_school_year_of_a_day(day, begins):
    assert school_year_of(date.fromisoformat(day)) == SchoolYear(begins)


def test_school_year_has_twelve_months_and_comes_back_from_its_key():
    year = SchoolYear(2026)
    assert len(year.months) == 12
    assert (year.months[0], year.months[-1]) == (year.days[0], year.days[1].replace(day=1))
    assert school_year_named(year.key) == year
    assert year.name == "2026–2027"


@pytest.mark.parametrize("key", ["", "2026", "2026-2028", "26-27", "²026-2027", "1999-2000", "a-b"])
def test_no_school_year_in_nonsense(key):
    assert school_year_named(key) is None
