"""Quotas at their edges: by class size, by office, by school."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.awards.choices import Scope, Subject
from campaign.awards.quotas import Band, Stand, allowance, bands_problem, places

BY_CLASS = [
    Band(Subject.STUDENT, Scope.STUDENT_CLASS, 1, "QĐ 138", 1, 9),
    Band(Subject.STUDENT, Scope.STUDENT_CLASS, 2, "QĐ 138", 10, 19),
    Band(Subject.STUDENT, Scope.STUDENT_CLASS, 3, "QĐ 138", 20, 29),
    Band(Subject.STUDENT, Scope.STUDENT_CLASS, 4, "QĐ 138", 30, None),
]
REST = [
    Band(Subject.STAFF, Scope.PART, 2, "SL 4.3.1"),
    Band(Subject.OFFICE, Scope.SCHOOL, 2, "SL 4.3.2"),
    Band(Subject.STUDENT_CLASS, Scope.FACULTY, 2, "SL 4.3.2"),
    Band(Subject.TEAM, Scope.FACULTY, 2, "SL 4.3.2"),
]
BANDS = BY_CLASS + REST


@pytest.mark.parametrize(
    ("size", "most"),
    [(0, 0), (1, 1), (9, 1), (10, 2), (19, 2), (20, 3), (29, 3), (30, 4), (31, 4), (300, 4)],
)
def test_students_by_class_size(size, most):
    found = allowance(BANDS, Subject.STUDENT, size)
    assert (found.most, found.clause, found.is_known) == (most, "QĐ 138", True)
    assert str(size) in found.said


def test_unknown_size_is_said_and_is_not_nought():
    found = allowance(BANDS, Subject.STUDENT, None)
    assert (found.most, found.is_known, found.said) == (None, False, "chưa biết sĩ số lớp")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (Subject.STAFF, "tối đa 2 mỗi phòng, khoa"),
        (Subject.OFFICE, "tối đa 2 toàn trường"),
        (Subject.STUDENT_CLASS, "tối đa 2 mỗi khoa"),
        (Subject.TEAM, "tối đa 2 mỗi khoa"),
    ],
)
def test_others_go_by_their_scope(subject, said):
    assert allowance(BANDS, subject, None).said == said


def test_without_a_rule_there_is_no_limit():
    assert allowance(REST, Subject.STUDENT, 5).most is None


@given(st.integers(1, 500), st.integers(1, 500))
def test_bigger_class_never_gets_less(one, other):
    small, great = sorted((one, other))
    least, most = (allowance(BANDS, Subject.STUDENT, size).most for size in (small, great))
    assert least <= most


def stand(nominee: int, subject: str = Subject.STAFF, home: int | None = 1) -> Stand:
    """One nominee."""
    return Stand(nominee, subject, home, f"Người {nominee}", "Khoa Mẫu")


@pytest.mark.parametrize(("number", "is_over"), [(1, False), (2, False), (3, True)])
def test_third_of_an_office_is_over(number, is_over):
    (place,) = places(BANDS, [stand(n) for n in range(number)], {})
    assert place.is_over is is_over


def test_counted_by_home_across_proposals():
    rows = [stand(1), stand(2, home=2), stand(3), stand(4, Subject.TEAM)]
    found = places(BANDS, rows, {})
    assert [(place.subject, place.home, len(place.stands)) for place in found] == [
        (Subject.STAFF, 1, 2),
        (Subject.STAFF, 2, 1),
        (Subject.TEAM, 1, 1),
    ]


def test_offices_are_counted_over_the_whole_school():
    rows = [stand(n, Subject.OFFICE, home=n) for n in (1, 2, 3)]
    (place,) = places(BANDS, rows, {})
    assert place.is_over
    assert [other.nominee for other in place.others(2)] == [1, 3]
    assert place.said == "tối đa 2 toàn trường, đang đề nghị 3"


def test_who_is_proposed_by_two_counts_once():
    rows = [replace(stand(n), who="c1" if n < 2 else "") for n in range(3)]
    (place,) = places(BANDS, rows, {})
    assert (place.count, place.is_over, len(place.stands)) == (2, False, 3)


def test_class_of_unknown_size_is_never_over():
    (place,) = places(BANDS, [stand(n, Subject.STUDENT) for n in range(9)], {1: None})
    assert not place.is_over


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        (BANDS, None),
        ([*REST, REST[0]], "không ghi sĩ số"),
        ([BY_CLASS[0], Band(Subject.STUDENT, Scope.STUDENT_CLASS, 2, "", 9, 19)], "hai mức"),
        ([BY_CLASS[0], Band(Subject.STUDENT, Scope.STUDENT_CLASS, 2, "", 11, 19)], "10 không thuộc"),
        ([BY_CLASS[3], Band(Subject.STUDENT, Scope.STUDENT_CLASS, 2, "", 40, None)], "hai mức"),
        ([BY_CLASS[0], Band(Subject.STUDENT, Scope.FACULTY, 2, "", 10, 19)], "một phạm vi"),
    ],
)  # fmt: skip
def test_bands_that_contradict_themselves_are_refused(bands, words):
    problem = bands_problem(bands)
    assert problem is None if words is None else words in problem
