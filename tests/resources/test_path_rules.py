"""Rules of programmes and collections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.path_rules import (
    doubled,
    is_web_address,
    span_of,
    step_key,
    step_problem,
    time_words,
)


@pytest.mark.parametrize(
    ("has_item", "title", "url", "field"),
    [
        (True, "", "", None),
        (False, "Khóa học", "https://a.vn/", None),
        (False, "Khóa học", "http://a.vn", None),
        (False, "", "", "item"),
        (False, "Khóa học", "", "url"),
        (False, "", "https://a.vn/", "title"),
        (True, "Khóa học", "", "title"),
        (True, "", "https://a.vn/", "url"),
        (True, "Khóa học", "https://a.vn/", "url"),
        (False, "Khóa học", "javascript:alert(1)", "url"),
        (False, "Khóa học", "https://", "url"),
        (False, "Khóa học", "http://[", "url"),
    ],
)
def test_a_step_is_one_thing(has_item, title, url, field):
    problem = step_problem(has_item=has_item, title=title, url=url)
    assert (problem[0] if problem else None) == field


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ([], ""),
        ([None], ""),
        ([20], "khoảng 20 phút"),
        ([20, 25, 15], "khoảng 1 giờ"),
        ([60, 31], "khoảng 1 giờ 31 phút"),
        ([20, None], "ít nhất 20 phút"),
        ([None, 120], "ít nhất 2 giờ"),
    ],
)
def test_the_time_of_a_path_promises_nothing_it_does_not_know(minutes, words):
    assert span_of(minutes).words == words


@given(st.integers(min_value=0, max_value=100_000))
def test_time_in_words_says_all_minutes(minutes):
    words = time_words(minutes).split()
    told = dict(zip(words[1::2], words[::2], strict=True))
    assert int(told.get("giờ", 0)) * 60 + int(told.get("phút", 0)) == minutes
    assert int(told.get("phút", 0)) < 60


def test_a_step_keeps_its_name_and_differs_from_others():
    assert step_key(7, "") == "h7"
    assert step_key(None, "https://a.vn/1") == step_key(None, "https://a.vn/1")
    assert step_key(None, "https://a.vn/1") != step_key(None, "https://a.vn/2")


@given(st.lists(st.sampled_from("abcd")))
def test_doubled_steps_are_all_but_the_first(keys):
    places = doubled(keys)
    kept = [key for place, key in enumerate(keys) if place not in places]
    assert len(kept) == len(set(kept))
    assert set(kept) == set(keys)


@given(st.text(max_size=40))
def test_any_address_is_judged_without_falling_over(url):
    assert is_web_address(url) in (True, False)
