"""Geometry of the charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.results.charts import HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart, round_up


@pytest.mark.parametrize(
    ("number", "top"), [(0, 10), (1, 10), (10, 10), (11, 20), (21, 50), (51, 100), (161, 200), (5001, 10000)]
)  # fmt: skip
def test_top_line(number, top):
    assert round_up(number) == top


def test_columns_stand_on_the_floor():
    drawn = chart(["8", "9", "10"], [93, None, 0])
    assert [bar.y + bar.height for bar in drawn.bars] == [drawn.floor] * 3
    told, held, nothing = drawn.bars
    assert told.says_number
    assert held.height > 0
    assert not held.says_number
    assert nothing.height == 0
    assert [tick.number for tick in drawn.ticks] == [0, 50, 100]


def test_large_numbers_are_left_to_the_table():
    assert not any(bar.says_number for bar in chart(["8", "9"], [12_000, 40]).bars)


@pytest.mark.parametrize(("labels", "numbers"), [(["8"], []), (["8"], [-1])])
def test_what_can_not_be_drawn(labels, numbers):
    with pytest.raises(ValueError, match="nought"):
        chart(labels, numbers)


@given(st.lists(st.none() | st.integers(0, 10**7), min_size=1, max_size=12))
def test_nothing_leaves_the_drawing(numbers):
    drawn = chart([str(n) for n in range(len(numbers))], numbers)
    assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH - RIGHT + 1 for bar in drawn.bars)
    assert all(TOP - 0.1 <= bar.y <= HEIGHT for bar in drawn.bars)
