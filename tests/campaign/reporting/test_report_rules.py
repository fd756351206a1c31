"""What keeps a report from being handed in, and what only wants a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.reporting.rules import Figure, added_up, percent, problems_of

COUNT = {"key": "v1", "label": "Số lớp", "kind": "count"}
RATIO = {"key": "v1", "label": "Tỷ lệ", "kind": "ratio"}


def told(**fields):
    """Hard and soft words on a figure."""
    found = problems_of(Figure(**fields))
    return [p.said for p in found if p.is_hard], [p.said for p in found if not p.is_hard]


@pytest.mark.parametrize(
    ("fields", "hard", "soft"),
    [
        (COUNT | {"required": True}, 1, 0),
        (COUNT, 0, 0),
        (COUNT | {"required": True, "number": 0}, 0, 0),
        (COUNT | {"required": True, "not_applicable": True}, 0, 0),
        (COUNT | {"number": 3, "offered": 3}, 0, 0),
        (COUNT | {"number": 4, "offered": 3}, 1, 0),
        (COUNT | {"number": 4, "offered": 3, "why": "một lớp chưa ghi"}, 0, 0),
        (COUNT | {"number": 0, "records": 2}, 0, 1),
        (COUNT | {"number": 50, "before": 5}, 0, 1),
        (COUNT | {"number": 49, "before": 5}, 0, 0),
        (COUNT | {"number": 40, "before": 4}, 0, 0),
        (COUNT | {"number": 50, "before": 5, "why": "chiến dịch hè"}, 0, 0),
        (COUNT | {"number": 100_000_001}, 1, 0),
        (RATIO | {"numerator": 3}, 1, 0),
        (RATIO | {"numerator": 0, "denominator": 0}, 0, 0),
        (RATIO | {"numerator": 1, "denominator": 0}, 1, 0),
        (RATIO | {"numerator": 5, "denominator": 4}, 0, 1),
        (RATIO | {"numerator": 4, "denominator": 4, "required": True}, 0, 0),
        ({"key": "v1", "label": "Mô hình", "kind": "text", "required": True, "text": "  "}, 1, 0),
        ({"key": "v1", "label": "Mức", "kind": "choice", "required": True, "choice": "Tốt"}, 0, 0),
    ],
)
def test_figures_are_judged(fields, hard, soft):
    found = told(**fields)
    assert (len(found[0]), len(found[1])) == (hard, soft), found


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [(1, 3, "33,3 %"), (1, 1, "100 %"), (0, 5, "0 %"), (5, 4, "125 %"), (1, 0, "chưa có dữ liệu"),
     (None, 5, "chưa có dữ liệu"), (1, 8, "12,5 %"), (9, 16, "56,3 %")],
)  # fmt: skip
def test_a_share_is_written_in_vietnamese(numerator, denominator, words):
    assert percent(numerator, denominator) == words


def test_values_add_up_as_their_indicator_says():
    values = [3, None, 5, 2]
    assert [added_up(values, how) for how in ("sum", "last", "most", "none")] == [10, 2, 5, None]
    assert added_up([None, None], "sum") is None
    assert added_up([0], "sum") == 0


@given(st.lists(st.none() | st.integers(0, 10**6), max_size=30))
def test_a_sum_ignores_what_was_not_told_and_keeps_nought(values):
    given_ = [value for value in values if value is not None]
    assert added_up(values, "sum") == (sum(given_) if given_ else None)
