"""Lines of reporting and confirming, tabled."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.units.lines import Line, recipient

DAY = date(2026, 11, 23)
START = date(2026, 9, 1)
# A class in a faculty in a school below a department; the Youth Union beside.
CLASS, FACULTY, SCHOOL, DEPARTMENT, UNION = 5, 4, 3, 1, 8
WAY = (CLASS, FACULTY, SCHOOL, DEPARTMENT)


def to(lines: list[Line], *, purpose: str = "report", round_kind: str = "quarter", day: date = DAY):
    """Whom the class sends to."""
    return recipient(WAY, "student_class", purpose, round_kind, lines, day)


def line(at: int, target: int, **more) -> Line:
    """A line of reporting from September on."""
    return Line(at, target, **{"purpose": "report", "starts": START, **more})


CLASSES_TO_UNION = line(SCHOOL, UNION, kind="student_class")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], FACULTY),
        ([CLASSES_TO_UNION], UNION),
        ([CLASSES_TO_UNION, line(CLASS, SCHOOL)], SCHOOL),
        ([CLASSES_TO_UNION, line(FACULTY, FACULTY, kind="student_class")], FACULTY),
        ([line(FACULTY, UNION)], FACULTY),
        ([line(SCHOOL, UNION, kind="office")], FACULTY),
        ([line(CLASS, UNION, round_kind="award")], FACULTY),
        ([line(CLASS, SCHOOL), line(CLASS, UNION, round_kind="quarter")], UNION),
        ([line(CLASS, SCHOOL), line(CLASS, UNION, starts=START + timedelta(9))], UNION),
        ([line(CLASS, UNION, starts=DAY + timedelta(1))], FACULTY),
        ([line(CLASS, UNION, ends=DAY - timedelta(1))], FACULTY),
        ([line(CLASS, UNION, ends=DAY)], UNION),
        ([line(CLASS, UNION, purpose="confirm")], FACULTY),
        ([line(99, UNION)], FACULTY),
    ],
)
def test_the_nearest_line_for_this_round_holds_else_the_parent(lines, expected):
    assert to(lines) == expected


def test_by_default_a_unit_confirms_itself_and_the_top_sends_to_nobody():
    assert to([], purpose="confirm") == CLASS
    assert recipient((DEPARTMENT,), "department", "report", "quarter", [], DAY) is None


def test_a_class_may_be_confirmed_by_the_union():
    lines = [line(SCHOOL, UNION, kind="student_class", purpose="confirm")]
    assert to(lines, purpose="confirm") == UNION


@given(
    st.lists(
        st.builds(
            Line,
            st.sampled_from(WAY),
            st.sampled_from([SCHOOL, UNION, FACULTY]),
            st.sampled_from(["report", "confirm"]),
            st.dates(START, DAY + timedelta(30)),
            st.sampled_from(["", "student_class", "office"]),
            st.sampled_from(["", "quarter", "award"]),
        ),
        max_size=6,
    )
)
def test_the_order_of_rows_never_matters_but_for_twins(lines):
    keys = {(one.at, one.kind, one.round_kind, one.starts, one.purpose) for one in lines}
    if len(keys) == len(lines):
        assert to(lines) == to(lines[::-1])
