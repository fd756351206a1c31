"""Criteria at their edges, and what the check never decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.awards.choices import AUTOMATIC, Answer, Measure
from campaign.awards.rules import (
    Claims,
    Criterion,
    Figures,
    check,
    figure_words,
    outcome,
    ranks,
)

SERVED = Criterion(1, "Hướng dẫn người dân", "SL 4.2.1.1", Measure.SERVED, 20)
TEAM = Criterion(2, "Đội tình nguyện", "SL 4.2.1.1", Measure.TEAM)
REPORT = Criterion(4, "Báo cáo thành tích", "SL 4.2.1.1", Measure.REPORT)
BIG_CLASS = Criterion(1, "Lớp từ 30 người", "SL 4.2.1.2", Measure.BIG_CLASS, 30)
WEAK = Criterion(2, "Lớp cho nhóm khó khăn", "SL 4.2.1.2", Measure.CLASS_FOR_WEAK, 1)
WHOLE = Claims(is_written=True, by_place=True, by_unit=True)
counts = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("served", "answer", "value"),
    [
        (0, Answer.NOT_MET, "0/20 lượt"),
        (19, Answer.NOT_MET, "19/20 lượt"),
        (20, Answer.MET, "20/20 lượt"),
        (21, Answer.MET, "21/20 lượt"),
        (1234, Answer.MET, "1.234/20 lượt"),
    ],
)
def test_times_served_at_the_edge(served, answer, value):
    found = check(SERVED, Figures(served=served), Claims())
    assert (found.answer, found.value) == (answer, value)


@pytest.mark.parametrize(
    ("declared", "has_proof", "answer", "note"),
    [
        (None, False, Answer.NOT_MET, ""),
        (3, False, Answer.NOT_MET, "Số tự khai cần có minh chứng."),
        (3, True, Answer.JUDGED, "Số tự khai có minh chứng: chờ thẩm tra."),
        (2, True, Answer.NOT_MET, ""),
        (900, False, Answer.NOT_MET, "Số tự khai cần có minh chứng."),
    ],
)
def test_what_one_declares_never_meets_a_criterion_by_itself(declared, has_proof, answer, note):
    found = check(SERVED, Figures(served=17), Claims(declared=declared, has_proof=has_proof))
    assert (found.answer, found.note) == (answer, note)
    assert found.value.startswith("17/20 lượt")


def test_activities_in_which_nobody_counted_are_named():
    found = check(SERVED, Figures(served=17, uncounted=2), Claims())
    assert found.note == "2 hoạt động chưa ghi số lượt riêng."


@pytest.mark.parametrize(
    ("biggest", "answer"),
    [(None, "not_met"), (0, "not_met"), (29, "not_met"), (30, "met"), (31, "met")],
)
def test_class_of_thirty_people(biggest, answer):
    assert check(BIG_CLASS, Figures(biggest_class=biggest), Claims()).answer == answer


@pytest.mark.parametrize(("classes", "answer"), [(0, "not_met"), (1, "met")])
def test_one_class_for_those_who_find_it_hard(classes, answer):
    assert check(WEAK, Figures(weak_classes=classes), Claims()).answer == answer


@pytest.mark.parametrize(
    ("claims", "answer", "value"),
    [
        (Claims(), "not_met", "0/2 xác nhận"),
        (Claims(is_written=True), "not_met", "0/2 xác nhận"),
        (Claims(is_written=True, by_unit=True), "not_met", "1/2 xác nhận"),
        (Claims(is_written=True, by_place=True), "not_met", "1/2 xác nhận"),
        (Claims(by_place=True, by_unit=True), "not_met", "2/2 xác nhận"),
        (WHOLE, "met", "2/2 xác nhận"),
        (Claims(is_written=True, by_place=True, is_before_signing=True), "met", "1/2 xác nhận"),
        (Claims(is_written=True, is_before_signing=True), "not_met", "0/2 xác nhận"),
    ],
)
def test_report_wants_both_confirmations(claims, answer, value):
    found = check(REPORT, Figures(), claims)
    assert (found.answer, found.value) == (answer, value)


@pytest.mark.parametrize("measure", sorted(set(Measure) - AUTOMATIC))
@given(served=counts, products=counts, views=counts, claimed=st.booleans())
def test_what_is_left_to_judgement_is_never_answered_yes(measure, served, products, views, claimed):
    criterion = Criterion(9, "Đạt kết quả cao", "SL 4.2.1.1", measure)
    told = Figures(served=served, products=products, views=views, activities=served)
    found = check(criterion, told, Claims(claimed=frozenset({9} if claimed else ())))
    assert found.answer == (Answer.JUDGED if claimed else Answer.NOT_MET)
    assert found.value == figure_words(measure, told)


def test_council_gets_figures_and_rank():
    told = Figures(served=1200, rank_served=2, out_of=5, products=3, views=None)
    assert figure_words(Measure.MOST_SERVED, told) == "1.200 lượt, thứ 2 trong 5"
    assert figure_words(Measure.MEDIA, told) == "3 sản phẩm, chưa khai lượt xem"


@pytest.mark.parametrize(
    ("served", "claims", "switches", "is_met"),
    [
        (20, WHOLE, {}, True),
        (20, Claims(), {}, False),
        (19, WHOLE, {}, False),
        (20, Claims(), {"needs_report": False}, True),
        (0, WHOLE, {"needs_more": False}, True),
        (0, Claims(), {"needs_report": False, "needs_more": False}, False),
        (0, Claims(True, False, frozenset({2}), True, True, True), {}, True),
    ],
)
def test_report_is_a_paper_or_a_criterion_as_the_round_says(served, claims, switches, is_met):
    found = outcome([SERVED, TEAM, REPORT], Figures(served=served), claims, **switches)
    assert found.is_met is is_met
    assert bool(found.problem) is not is_met


def test_outcome_counts_what_is_met_and_what_waits():
    claims = Claims(is_written=True, by_place=True, by_unit=True, claimed=frozenset({2}))
    found = outcome([SERVED, TEAM, REPORT], Figures(served=40), claims)
    assert (found.met, found.judged) == (2, 1)


@given(st.lists(st.none() | st.integers(0, 50)))
def test_ranks_follow_values_and_equals_share_one(values):
    found = ranks(values)
    for value, rank in zip(values, found, strict=True):
        if value is None:
            assert rank is None
        else:
            assert rank == 1 + sum(1 for other in values if other is not None and other > value)
