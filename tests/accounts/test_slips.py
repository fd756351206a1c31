"""One-time codes: what they look like, and what is understood of what people type."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.slips import LENGTH, SIGNS, expires_at, make_code, read_code


def test_a_code_has_three_groups_of_four_signs():
    code = make_code()
    groups = code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(SIGNS)


def test_codes_differ():
    assert len({make_code() for _ in range(500)}) == 500


def test_no_sign_is_changed_by_a_vietnamese_keyboard_or_looks_like_another():
    assert set(SIGNS).isdisjoint("aeiouywdj01lo58bszuv")
    assert len(set(SIGNS)) == len(SIGNS)
    assert len(SIGNS) ** LENGTH > 2**50


@pytest.mark.parametrize(
    "typed",
    [
        "cfgh-kmnp-2346", "CFGH-KMNP-2346", " cfgh kmnp 2346 ", "cfghkmnp2346", "cfgh–kmnp–2346",
        "cfgh\tkmnp.2346", "Cfgh_kmnp-2346",
    ],
)  # fmt: skip
def test_a_code_is_read_in_any_dress(typed):
    assert read_code(typed) == "cfghkmnp2346"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "cfgh-kmnp-234",
        "cfgh-kmnp-23466",
        "afgh-kmnp-2346",
        "cfgh-kmnp-2340",
        "mat-khau-thu-1",
        "x" * 500,
    ],
)
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


@given(st.text(max_size=60))
def test_reading_never_fails_and_gives_a_bare_code_or_nothing(typed):
    bare = read_code(typed)
    assert bare is None or (len(bare) == LENGTH and set(bare) <= set(SIGNS))


def test_every_code_is_read_back():
    for code in (make_code() for _ in range(200)):
        assert read_code(code.upper().replace("-", " ")) == code.replace("-", "")


def test_a_slip_holds_for_thirty_days():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert expires_at(now) - now == timedelta(days=30)
