"""Marking: right is right, whatever is sent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.choices import QuestionKind
from resources.questions.marking import is_same, mark
from resources.questions.rules import matches, pairs
from tests.factories.questions import FAST, matching, multiple, questions, short, single


def right_answer(question) -> list[str]:
    """What to send to be right."""
    if question.kind == QuestionKind.SHORT:
        return [question.answers[0].text]
    if question.kind == QuestionKind.MATCHING:
        options = matches(question)
        return [str(options.index(pair.match)) for pair in pairs(question)]
    return [str(n) for n, answer in enumerate(question.answers) if answer.is_right]


@settings(max_examples=60, deadline=None, phases=FAST)
@given(questions())
def test_the_right_answer_is_right_and_silence_is_not(question):
    assert mark(question, right_answer(question)).is_right
    nothing = mark(question, [])
    assert (nothing.is_answered, nothing.is_right) == (False, False)


@settings(max_examples=80, deadline=None, phases=FAST)
@given(
    questions(), st.lists(st.one_of(st.text(max_size=6), st.integers(-2, 9).map(str)), max_size=9)
)
def test_whatever_is_sent_is_marked_the_same_each_time(question, sent):
    first = mark(question, sent)
    assert first == mark(question, sent)
    assert first.is_answered or not first.is_right
    assert all(place < len(question.answers) for place in first.chosen)


@settings(max_examples=60, deadline=None, phases=FAST)
@given(questions(), st.data())
def test_ticking_is_right_only_when_all_is_right(question, data):
    if question.kind != QuestionKind.MULTIPLE:
        question = multiple()
    sent = data.draw(st.sets(st.integers(0, len(question.answers) - 1)))
    wanted = {n for n, answer in enumerate(question.answers) if answer.is_right}
    assert mark(question, [str(n) for n in sent]).is_right is (sent == wanted)


@pytest.mark.parametrize(
    ("typed", "accepted", "same"),
    [
        ("Hà Nội", "Hà Nội", True),
        ("ha noi", "Hà Nội", True),
        ("  HÀ   NỘI. ", "Hà Nội", True),
        ("Hạ Nổi", "Hà Nội", False),
        ("Hà Nôi", "Hà Nội", True),
        ("hoà bình", "hòa bình", True),
        ("thuý", "thúy", True),
        ("đường", "dương", False),
        ("duong", "đường", True),
        ("má", "mã", False),
        ("ma", "mã", True),
        ("hanoi", "Hà Nội", False),
        ("", "Hà Nội", False),
        ("@", "@", True),
        ("#", "@", False),
        ("dichvucong gov vn", "dichvucong.gov.vn", True),
        ("1.5", "15", False),
    ],
)
def test_missing_marks_count_and_other_marks_do_not(typed, accepted, same):
    assert is_same(typed, accepted) is same


def test_what_was_chosen_gets_its_own_remark():
    assert mark(single(), ["1"]).remarks == ("Huế là cố đô.",)
    assert mark(single(), ["1", "0"]).chosen == (0,)
    assert mark(single(), ["9", "x", "-1"]).is_answered is False
    assert mark(short("Hà Nội", "HN"), ["hn"]).is_right


def test_matching_in_part_is_shown_and_not_right():
    half = mark(matching(), ["0", "2"])
    assert (half.is_answered, half.is_right, half.matched) == (True, False, ("định danh", "thừa"))
    assert mark(matching(), ["0"]).matched == ("định danh", "")
