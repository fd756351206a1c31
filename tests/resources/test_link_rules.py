"""What answers say of an address."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.choices import LinkState
from resources.links.rules import (
    BROKEN_AFTER,
    Answer,
    Known,
    Outcome,
    Verdict,
    after,
    leads_to_sign_in,
    verdict,
    wait,
)

OK, BROKEN, UNKNOWN, NEW = LinkState.OK, LinkState.BROKEN, LinkState.UNKNOWN, LinkState.NEW
NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
DAY = date(2026, 11, 28)
URL = "https://a.vn/bai"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, OK), (204, OK), (206, OK), (304, OK), (416, OK),
        (404, BROKEN), (410, BROKEN),
        (400, UNKNOWN), (401, UNKNOWN), (403, UNKNOWN), (405, UNKNOWN), (429, UNKNOWN), (451, UNKNOWN),
        (500, UNKNOWN), (502, UNKNOWN), (503, UNKNOWN), (504, UNKNOWN), (999, UNKNOWN),
    ],
)  # fmt: skip
def test_status(status, state):
    said = verdict(URL, Answer(Outcome.ANSWERED, status, URL))
    assert said.state == state
    assert bool(said.reason) == (state != OK)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one != Outcome.ANSWERED])
def test_only_a_missing_name_and_a_wrong_address_are_broken(outcome):
    said = verdict(URL, Answer(outcome))
    assert said.state == (BROKEN if outcome in (Outcome.NO_NAME, Outcome.WRONG) else UNKNOWN)
    assert said.reason


def test_a_name_is_not_missing_while_we_are_cut_off():
    said = verdict(URL, Answer(Outcome.NO_NAME), is_online=False)
    assert said == verdict(URL, Answer(Outcome.NO_RESOLVER))
    gone = Answer(Outcome.ANSWERED, 404, URL)
    assert verdict(URL, gone, is_online=False).state == BROKEN


@pytest.mark.parametrize(
    ("ended", "is_sign_in"),
    [
        (URL, False),
        ("https://www.a.vn/bai", False),
        ("https://vneid.gov.vn/xac-thuc", True),
        ("https://sso.vneid.gov.vn/", True),
        ("https://khongphaivneid.gov.vn/", False),
        ("https://sso.a.vn/?back=x", True),
        ("https://dangnhap.b.gov.vn/", True),
        ("https://a.vn/login?next=/bai", True),
        ("https://a.vn/tai-khoan/dang-nhap/", True),
        ("https://a.vn/bai-ve-login", False),
    ],
)
def test_sign_in(ended, is_sign_in):
    assert leads_to_sign_in(URL, ended) is is_sign_in
    said = verdict(URL, Answer(Outcome.ANSWERED, 200, ended))
    assert said.state == (UNKNOWN if is_sign_in else OK)


def test_a_link_to_a_sign_in_page_itself_opens():
    url = "https://dichvucong.gov.vn/login"
    assert verdict(url, Answer(Outcome.ANSWERED, 200, url)).state == OK
    assert verdict(url, Answer(Outcome.ANSWERED, 200, url + "?lang=vi")).state == OK


FAILED, SILENT, FINE = Verdict(BROKEN, "404"), Verdict(UNKNOWN, "lâu"), Verdict(OK)


def on_days(*said, known=None):
    """What is known after one word a day."""
    known = known or Known()
    for n, word in enumerate(said):
        known = after(known, word, now=NOW + timedelta(days=n), today=DAY + timedelta(days=n))
    return known


@pytest.mark.parametrize(
    ("said", "state", "failures"),
    [
        ((FAILED,), NEW, 1),
        ((FAILED, FAILED), NEW, 2),
        ((FAILED, FAILED, FAILED), BROKEN, 3),
        ((FINE, FAILED, FAILED), OK, 2),
        ((FAILED, FAILED, FINE), OK, 0),
        ((FAILED, SILENT, FAILED, FAILED), BROKEN, 3),
        ((SILENT,), UNKNOWN, 0),
        ((FINE, SILENT), UNKNOWN, 0),
        ((FAILED, FAILED, FAILED, SILENT), BROKEN, 3),
        ((FAILED, FAILED, FAILED, FINE), OK, 0),
    ],
)
def test_over_days(said, state, failures):
    known = on_days(*said)
    assert (known.state, known.failures) == (state, failures)


def test_a_hundred_failures_of_one_day_are_one():
    known = Known()
    for _ in range(100):
        known = after(known, FAILED, now=NOW, today=DAY)
    assert (known.state, known.failures, known.first_failed_at) == (NEW, 1, NOW)


def test_broken_since_the_first_failure():
    known = on_days(FAILED, FAILED, FAILED)
    assert (known.first_failed_at, known.last_failed_on, known.reason) == (
        NOW, DAY + timedelta(days=2), "404",
    )  # fmt: skip


def test_when_to_ask_again():
    broken = on_days(FAILED, FAILED, FAILED)
    days = [
        wait(known, said, recheck_days=14).days
        for known, said in (
            (on_days(FINE), FINE), (on_days(FAILED), FAILED), (on_days(SILENT), SILENT), (broken, FAILED),
        )
    ]  # fmt: skip
    assert days == [14, 1, 7, 7]


WORDS = st.lists(st.tuples(st.sampled_from([FAILED, SILENT, FINE]), st.integers(0, 2)), max_size=12)


@given(WORDS)
def test_broken_needs_three_days_since_it_last_opened(said):
    known, days, today = Known(), set(), DAY
    for word, step in said:
        today += timedelta(days=step)
        known = after(known, word, now=NOW, today=today)
        if word == FINE:
            days = set()
        elif word == FAILED:
            days.add(today)
        assert (known.state == BROKEN) <= (len(days) >= BROKEN_AFTER)
        assert (known.failures == 0) == (known.first_failed_at is None)
        assert (known.failures == 0) == (known.last_failed_on is None)


def test_known_is_frozen():
    with pytest.raises(AttributeError):
        replace(Known()).state = OK
