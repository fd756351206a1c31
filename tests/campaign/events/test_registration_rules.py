"""Until when one registers, and which addresses are one: tables at their edges."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.events.registration_rules import (
    capacity_problem,
    closing_moment,
    heads_problem,
    mail_key,
    registration_problem,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2026, 12, 20)


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    """A moment of that December."""
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("An@Example.VN", "an@example.vn", True),
        (" an@example.vn ", "an@example.vn.", True),
        ("an+hoi@example.vn", "an@example.vn", True),
        ("a.n@gmail.com", "an@googlemail.com", True),
        ("a.n@example.vn", "an@example.vn", False),
        ("an@example.vn", "an@example.com", False),
        ("an@ví-dụ.vn", "an@xn--v-d-rma6749a.vn", True),
        ("ａｎ@example.vn", "an@example.vn", True),
        ("+an@example.vn", "+an@example.vn", True),
    ],
)
def test_one_box_however_it_is_spelt(one, other, is_same):
    assert (mail_key(one) == mail_key(other)) is is_same
    assert mail_key(one)


@pytest.mark.parametrize("text", ["", "an", "@example.vn", "an@", "   "])
def test_no_address_has_no_key(text):
    assert mail_key(text) == ""


@given(st.text(max_size=80))
def test_any_text_is_borne_and_a_key_keeps_itself(text):
    key = mail_key(text)
    assert mail_key(key) in (key, "") or "+" in key


@pytest.mark.parametrize(
    ("closes_at", "starts_at", "moment"),
    [
        (None, time(8), at(8)),
        (None, None, at(0)),
        (at(17, day=18), time(8), at(17, day=18)),
        (at(9), time(8), at(8)),
    ],
)
def test_closes_as_told_and_never_after_it_began(closes_at, starts_at, moment):
    assert closing_moment(closes_at, DAY, starts_at, ZONE) == moment


def test_without_a_day_nothing_closes():
    assert closing_moment(at(8), None, None, ZONE) is None


@pytest.mark.parametrize(
    ("state", "closes", "now", "is_open", "words"),
    [
        ("planned", at(8), at(7, 59), True, None),
        ("planned", at(8), at(8), True, "hết hạn"),
        ("postponed", at(8), at(7), True, None),
        ("postponed", None, at(7), True, "chưa định ngày"),
        ("cancelled", at(8), at(7), True, "hủy"),
        ("held", at(8), at(7), True, "không nhận"),
        ("planned", at(8), at(7), False, "dừng"),
    ],
)
def test_when_nobody_registers(state, closes, now, is_open, words):
    found = registration_problem(state, closes, now, is_open=is_open)
    assert found is None if words is None else words in found


@pytest.mark.parametrize(
    ("heads", "most", "free", "words"),
    [
        (1, 1, None, None), (1, 1, 1, None), (0, 5, 9, "Ít nhất"), (6, 5, 9, "nhiều nhất 5"),
        (5, 5, 5, None), (5, 5, 4, "Chỉ còn 4"), (1, 5, 0, "hết chỗ"), (5, 5, None, None),
    ],
)  # fmt: skip
def test_how_many_one_registration_brings(heads, most, free, words):
    found = heads_problem(heads, most, free)
    assert found is None if words is None else words in found


@pytest.mark.parametrize(
    ("capacity", "taken", "words"),
    [(None, 90, None), (100, 100, None), (99, 100, "Đã có 100"), (0, 0, "từ 1"), (1, 0, None)],
)
def test_places_are_never_fewer_than_taken(capacity, taken, words):
    found = capacity_problem(capacity, taken)
    assert found is None if words is None else words in found
