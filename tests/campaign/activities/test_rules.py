"""What an activity must and should say."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.activities.rules import (
    MANY_PEOPLE,
    Held,
    Share,
    Takes,
    Told,
    count_problem,
    day_problems,
    decider,
    judge,
    may_be_one,
    own_total,
    read_count,
    shares_problem,
)

TODAY = date(2026, 11, 23)
CAMPAIGN = (date(2026, 6, 2), date(2026, 12, 31))
GOOD = Told(
    title="Lớp kỹ năng số ở bản Mẫu",
    starts_on=date(2026, 11, 20),
    commune="Xã Mẫu",
    content="Cài VNeID",
    people=30,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        (None, None),
        ("  ", None),
        ("0", 0),
        (30, 30),
        ("30 người", 30),
        ("30 Người", 30),
        ("20 lượt", 20),
        ("20 lượt người", 20),
        ("1.200", 1200),
        ("1 200 người", 1200),
        ("999.999", 999_999),
    ],
)
def test_counts_as_people_type_them(typed, number):
    assert read_count(typed) == number


@pytest.mark.parametrize(
    "typed", ["-1", "ba mươi", "30,5", "1.20", "30-40", "khoảng 30", "1.000.000", "３０x"]
)
def test_counts_that_are_not_understood_are_explained(typed):
    with pytest.raises(ValueError, match=r"Số|Hãy ghi"):
        read_count(typed)


@given(st.integers(0, 999_999))
def test_a_count_is_read_back_however_it_is_written(number):
    assert read_count(str(number)) == number
    assert read_count(f"{number:,}".replace(",", ".")) == number
    assert read_count(f" {number} người ") == number


@given(st.text(max_size=12))
def test_any_text_is_a_count_or_explained(text):
    number, said = None, ""
    try:
        number = read_count(text)
    except ValueError as refused:
        said = str(refused)
    assert said or number is None or number >= 0
    # Nothing is lost in silence: what is no empty field is a number or explained.
    assert said or number is not None or not text.strip()


@pytest.mark.parametrize(
    ("number", "left_out", "needed", "wrong"),
    [
        (None, False, True, True),
        (None, False, False, False),
        (None, True, True, False),
        (0, False, True, False),
        (5, True, True, True),
        (0, True, False, True),
        (-1, False, False, True),
    ],
)
def test_empty_nought_and_not_applicable_are_three_things(number, left_out, needed, wrong):
    said = count_problem(number, not_applicable=left_out, needed=needed, noun="người")
    assert bool(said) is wrong


@pytest.mark.parametrize(
    ("starts", "ends", "fields"),
    [
        (None, None, {"starts_on"}),
        (TODAY, None, set()),
        (TODAY + timedelta(days=1), None, {"starts_on"}),
        (TODAY, TODAY + timedelta(days=1), {"ends_on"}),
        (TODAY, TODAY - timedelta(days=1), {"ends_on"}),
        (TODAY - timedelta(days=31), TODAY, set()),
        (TODAY - timedelta(days=32), TODAY, {"ends_on"}),
    ],
)
def test_days(starts, ends, fields):
    assert set(day_problems(starts, ends, today=TODAY)) == fields


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        (time(8), time(11), False),
        (time(8), time(8), True),
        (time(11), time(8), True),
        (time(8), None, False),
        (None, time(8), False),
    ],
)
def test_hours_of_one_day(begins, ends, wrong):
    assert bool(day_problems(TODAY, None, today=TODAY, starts_at=begins, ends_at=ends)) is wrong


def test_a_night_may_end_earlier_than_it_began():
    before = TODAY - timedelta(days=1)
    assert day_problems(before, TODAY, today=TODAY, starts_at=time(20), ends_at=time(6)) == {}


def test_a_good_one():
    verdict = judge(GOOD, today=TODAY, campaign=CAMPAIGN)
    assert verdict.problems == {}
    assert verdict.warnings == {}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": " "}, "title"),
        ({"commune": ""}, "commune"),
        ({"people": None}, "people"),
        ({"people": MANY_PEOPLE}, "why_many"),
        ({"people": 30, "served": 29}, "served"),
        ({"groups": (("Người cao tuổi", 31),)}, "groups"),
        ({"takes": Takes(subject=True)}, "subject"),
        ({"periods": 0}, "periods"),
        ({"takes": Takes(served=True)}, "served"),
    ],
)
def test_problems(change, where):
    assert where in judge(replace(GOOD, **change), today=TODAY, campaign=CAMPAIGN).problems


def test_many_people_with_a_reason():
    told = replace(GOOD, people=10_000, why_many="Chào cờ toàn tỉnh")
    assert judge(told, today=TODAY, campaign=CAMPAIGN).problems == {}


def test_groups_overlap_and_are_never_added_up():
    told = replace(GOOD, groups=(("Người cao tuổi", 30), ("Phụ nữ", 30), ("Chưa rõ", None)))
    assert judge(told, today=TODAY, campaign=CAMPAIGN).problems == {}


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (date(2026, 6, 1), True),
        (date(2026, 6, 2), False),
        (TODAY, False),
    ],
)
def test_outside_the_campaign_is_a_warning(day, warned):
    verdict = judge(replace(GOOD, starts_on=day), today=TODAY, campaign=CAMPAIGN)
    assert verdict.problems == {}
    assert ("starts_on" in verdict.warnings) is warned
    open_ended = judge(replace(GOOD, starts_on=day), today=TODAY, campaign=(None, None))
    assert open_ended.warnings == {}


@pytest.mark.parametrize(
    ("shares", "served", "said"),
    [
        ((), None, None),
        ((Share("1", "An", 12), Share("2", "Bền", 8)), 20, None),
        ((Share("1", "An", 12), Share("2", "Bền", 9)), 20, "nhiều hơn 20"),
        ((Share("1", "An"), Share("2", "Bền")), 0, None),
        ((Share("1", "An", 1), Share("1", "An", 1)), 20, "hai lần"),
        ((Share("1", "An", 50),), None, None),
    ],
)
def test_each_has_his_own_count(shares, served, said):
    found = shares_problem(shares, served)
    assert (said in found) if said else found is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), max_size=8))
def test_nobody_is_credited_with_the_total(counts):
    shares = [Share(str(i), "Mẫu", count) for i, count in enumerate(counts)]
    assert own_total(shares) == sum(count for count in counts if count is not None)
    assert shares_problem(shares, own_total(shares)) is None


MORNING = Held(TODAY, starts_at=time(8), ends_at=time(11), commune=1, place="nha van hoa")


@pytest.mark.parametrize(
    ("changes", "one"),
    [
        ({}, True),
        ({"starts_on": date(2026, 11, 18)}, False),
        ({"starts_on": date(2026, 11, 18), "ends_on": TODAY}, True),
        ({"commune": 2}, False),
        ({"commune": None}, True),
        ({"commune": None, "place": ""}, False),
        ({"place": ""}, True),
        ({"place": "truong hoc"}, False),
        ({"starts_at": time(11), "ends_at": time(12)}, False),
        ({"starts_at": time(10), "ends_at": time(12)}, True),
        ({"starts_at": time(7), "ends_at": time(8)}, False),
        ({"starts_at": None, "ends_at": None}, True),
        ({"starts_at": time(8), "ends_at": None}, True),
    ],
)
def test_two_records_may_be_one_activity(changes, one):
    other = replace(MORNING, **changes)
    assert may_be_one(MORNING, other) is one
    assert may_be_one(other, MORNING) is one


def test_without_a_place_nothing_is_alike():
    assert not may_be_one(Held(TODAY), Held(TODAY))


@pytest.mark.parametrize(
    ("deciding", "authors", "where"),
    [
        ({10: {1}}, {2}, 10),
        ({10: {1}}, {1}, None),
        ({10: {1}, 20: {3}}, {1}, 20),
        ({10: {1, 2}}, {1}, 10),
        ({10: {1, 2}, 20: {3}}, {1, 2}, 20),
        ({}, {1}, None),
        ({30: {5}}, {1}, 30),
    ],
)
def test_decider_is_the_nearest_who_is_no_author(deciding, authors, where):
    assert decider([10, 20, 30], deciding, authors) == where
