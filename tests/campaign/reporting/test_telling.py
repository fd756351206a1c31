"""What people type, and what Word pastes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.reporting.telling import LONGEST, read_number, tidy


@pytest.mark.parametrize(
    ("text", "number"),
    [("", None), ("  ", None), ("0", 0), ("30", 30), ("1.200", 1200), ("1 200", 1200), ("12.345.678", 12345678),
     ("30 người", 30), ("20 lượt", 20), ("3 lớp", 3), ("1\u00a0200", 1200), ("007", 7)],
)  # fmt: skip
def test_counts_are_understood(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["-3", "3,5", "1.5", "ba", "=1+1", "1e5", "1234567890", "12.34", "3/4", "3 lớp, 4 buổi"]
)
def test_what_is_no_count_is_refused(text):
    with pytest.raises(ValueError, match=r"[Ss]ố"):
        read_number(text)


def test_pasted_words_lose_what_nobody_sees():
    assert (
        tidy("\ufeffDòng một\x0bdòng\u00a0hai\r\n\r\n\r\n\r\nba\u200b \x07")
        == "Dòng một\ndòng hai\n\nba"
    )
    assert tidy("Cột\tcột 🎉 =cmd|x") == "Cột\tcột 🎉 =cmd|x"
    assert tidy("e\u0302\u0301") == "ế"


def test_too_long_says_how_long():
    assert len(tidy("a" * LONGEST)) == LONGEST
    with pytest.raises(ValueError, match=r"20\.001"):
        tidy("a" * (LONGEST + 1))


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing_more(text):
    once = tidy(text)
    assert tidy(once) == once
    once.encode()
