"""Phases of the campaign; what a search query means; what comes near it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, words
from home.rules import (
    MAX_QUERY,
    MAX_READINGS,
    MAX_WORDS,
    closeness,
    phase_today,
    read_query,
    readings,
)


@dataclass(frozen=True)
class Phase:
    """A phase of the campaign."""

    starts: date
    ends: date


FIRST = Phase(date(2026, 3, 1), date(2026, 3, 31))
SECOND = Phase(date(2026, 5, 1), date(2026, 5, 1))


@pytest.mark.parametrize(
    ("today", "seen"),
    [
        (date(2026, 1, 1), (FIRST, "coming", 59)),
        (date(2026, 2, 28), (FIRST, "coming", 1)),
        (date(2026, 3, 1), (FIRST, "running", 30)),
        (date(2026, 3, 30), (FIRST, "running", 1)),
        (date(2026, 3, 31), (FIRST, "running", 0)),
        (date(2026, 4, 1), (SECOND, "coming", 30)),
        (date(2026, 5, 1), (SECOND, "running", 0)),
        (date(2026, 5, 2), None),
    ],
)
def test_phase_today_counts_both_days_in(today, seen):
    view = phase_today([SECOND, FIRST], today)
    assert (view and (view.phase, view.state, view.days)) == seen


def test_phase_today_without_phases_is_none():
    assert phase_today([], date(2026, 3, 1)) is None


def test_phase_today_of_two_that_overlap_is_the_earlier():
    later = Phase(date(2026, 3, 10), date(2026, 6, 1))
    assert phase_today([later, FIRST], date(2026, 3, 20)).phase == FIRST


DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))
PHASES = st.builds(
    lambda day, length: Phase(day, day + timedelta(length)), DAYS, st.integers(0, 400)
)


@given(st.lists(PHASES, max_size=5), DAYS)
def test_phase_today_never_shows_one_that_is_over(phases, today):
    view = phase_today(phases, today)
    if view is None:
        assert all(phase.ends < today for phase in phases)
    else:
        assert view.phase.ends >= today
        assert view.days >= 0
        assert (view.state == "running") == (view.phase.starts <= today)


@pytest.mark.parametrize(
    ("raw", "text", "found"),
    [
        ("  dịch   vụ\tcông ", "dịch vụ công", ("dịch", "vụ", "công")),
        ("khen thƣởng", "khen thưởng", ("khen", "thưởng")),
        ("a\u0302n", "ân", ("ân",)),
        ("\x00", "", ()),
        ("!?", "!?", ()),
        ("", "", ()),
        ("' OR 1=1 --", "' OR 1=1 --", ("OR", "1", "1")),
        ("x" * 4096, "x" * MAX_QUERY, ("x" * MAX_QUERY,)),
        ("😀", "😀", ()),
        ("50%_\\", "50%_\\", ("50", "_")),
    ],
)
def test_read_query_mends_what_was_typed(raw, text, found):
    query = read_query(raw)
    assert (query.text, query.words) == (text, found)
    assert query.is_empty is (found == ())


@given(st.text(max_size=5000))
def test_read_query_is_short_and_clean(raw):
    query = read_query(raw)
    assert len(query.text) <= MAX_QUERY
    assert len(query.words) <= MAX_WORDS
    assert "\x00" not in query.text
    assert query.text == " ".join(query.text.split())


GROUPS = [
    ["CĐS", "chuyển đổi số"],
    ["DVC", "dịch vụ công", "dịch vụ công trực tuyến"],
    ["quản lý", "quản lí"],
    ["ký", "kí"],
]


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("CĐS", ["cds", "chuyen doi so"]),
        ("chuyển đổi số", ["chuyen doi so", "cds"]),
        ("chuyển đổi", ["chuyen doi"]),
        ("dịch vụ công", ["dich vu cong", "dvc", "dich vu cong truc tuyen"]),
        ("dịch vụ công trực tuyến", ["dich vu cong truc tuyen", "dvc", "dich vu cong"]),
        ("quản lí", ["quan li", "quan ly"]),
        ("chữ ký số", ["chu ky so", "chu ki so"]),
        (
            "lớp CĐS ký",
            ["lop cds ky", "lop cds ki", "lop chuyen doi so ky", "lop chuyen doi so ki"],
        ),
        ("khác", ["khac"]),
    ],
)
def test_readings_put_synonyms_in_their_place(typed, ways):
    assert readings(read_query(typed), GROUPS) == ways


@given(st.text(max_size=60), st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=5))
def test_readings_begin_with_ones_own_words_and_are_few(typed, groups):
    query = read_query(typed)
    ways = readings(query, groups)
    assert ways[0] == " ".join(fold(word) for word in query.words)
    assert len(ways) == len(set(ways)) <= MAX_READINGS


def test_readings_of_many_synonyms_stay_few():
    assert len(readings(read_query("ký " * 12), GROUPS)) == MAX_READINGS


@pytest.mark.parametrize(
    ("typed", "title", "text", "near"),
    [
        ("bò", "Nuôi bò", "", 0),
        ("BÒ", "Nuôi bò", "", 0),
        ("bò", "Nuôi bơ", "", 2),
        ("bò", "Chuyện khác", "Nuôi bò", 1),
        ("bò", "Chuyện khác", "Theo bố", 3),
        ("bo", "Nuôi bò", "", 2),
        ("bo", "Khác", "Nuôi bo", 3),
        ("nuôi bò", "Nuôi", "bò", 1),
        ("thưởng", "Khen thƣởng", "", 0),
        ("dang ky", "Đăng ký", "", 2),
    ],
)
def test_closeness(typed, title, text, near):
    assert closeness(read_query(typed), title, text) == near


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_closeness_is_nearest_when_the_title_has_all_words(typed, before, after):
    query = read_query(typed)
    assert closeness(query, f"{before} {query.text} {after}", "") in range(4)
    if len(words(query.text)) <= MAX_WORDS:
        assert closeness(query, query.text, "") == 0
