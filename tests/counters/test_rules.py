"""Whose look counts."""

import pytest

from counters.choices import COUNTING_NOTE
from counters.rules import (
    PER_ADDRESS,
    Call,
    comes_from_own_page,
    is_asked_for,
    is_person,
    network,
)

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
)
OWN = {"truong.vn"}


def call(**said: str) -> Call:
    """A reader's call, unless told otherwise."""
    return Call(**{"method": "POST", "agent": PHONE, "language": "vi-VN,vi;q=0.9", **said})


@pytest.mark.parametrize(
    ("agent", "person"),
    [
        (PHONE, True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) Safari/604.1", True),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", True),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.12", True),
        (f"{PHONE} Zalo android/23", True),
        ("Mozilla/5.0 (iPhone) Mobile [FBAN/FBIOS;FBAV/440.0]", True),
        ("Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus) Chrome/120.0 Mobile", True),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/110.0 Chrome/104.0 Safari/537.36", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", False),
        ("Mozilla/5.0 (compatible; coccocbot-web/1.0)", False),
        ("facebookexternalhit/1.1", False),
        ("curl/8.0", False),
        ("python-requests/2.31", False),
        ("Mozilla/5.0 HeadlessChrome/120.0", False),
        ("", False),
        ("  ", False),
    ],
)
def test_programs_are_known_by_their_name(agent, person):
    assert is_person(call(agent=agent)) is person


def test_browser_always_names_its_languages():
    assert is_person(call(language="")) is False


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender", "preview", "Prefetch"])
def test_page_only_prepared_is_not_read(purpose):
    assert is_person(call(purpose=purpose)) is False


def test_looking_whether_something_is_there_is_not_reading():
    assert is_person(call(method="HEAD")) is False


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ({}, False),
        ({"site": "same-origin"}, True),
        ({"site": "cross-site"}, False),
        ({"site": "same-site"}, False),
        ({"site": "none"}, False),
        ({"site": "same-origin", "origin": "https://khac.vn"}, False),
        ({"site": "cross-site", "referer": "https://truong.vn/"}, False),
        ({"referer": "https://truong.vn/bai/"}, True),
        ({"referer": "https://khac.vn/bai/"}, False),
        ({"origin": "https://truong.vn", "referer": "https://khac.vn/"}, False),
        ({"origin": "null"}, False),
        ({"origin": "https://truong.vn.khac.vn"}, False),
        ({"referer": "https://[truong.vn"}, False),
    ],
)
def test_only_pages_of_this_site_tell_of_readers(said, own):
    assert comes_from_own_page(call(**said), OWN) is own


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, True),
        ({"site": "same-origin"}, True),
        ({"site": "none"}, True),
        ({"site": "cross-site", "mode": "navigate", "dest": "document"}, True),
        ({"site": "cross-site", "mode": "navigate", "dest": "iframe"}, False),
        ({"site": "cross-site", "mode": "no-cors", "dest": "image"}, False),
        ({"referer": "https://truong.vn/bai/"}, True),
        ({"referer": "https://khac.vn/bai/"}, False),
    ],
)
def test_file_shown_by_a_foreign_page_was_not_asked_for(said, asked):
    assert is_asked_for(call(method="GET", **said), OWN) is asked


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("203.113.131.7", "203.113.131.7"),
        (" 203.113.131.7:4711 ", "203.113.131.7"),
        ("::ffff:203.113.131.7", "203.113.131.7"),
        ("khong-phai-dia-chi", "khong-phai-dia-chi"),
        ("", ""),
    ],
)
def test_address_is_read_in_any_spelling(address, house):
    assert network(address) == house


def test_household_has_one_ipv6_network_whatever_machine():
    assert network("2402:800:1:2::1") == network("[2402:800:1:2:aaaa:bbbb:cccc:dddd]:443")
    assert network("2402:800:1:2::1") == network("2402:800:1:2::9%eth0")
    assert network("2402:800:1:2::1") != network("2402:800:1:3::1")


def test_public_is_told_the_number_that_is_used():
    assert f"nhiều nhất {PER_ADDRESS} lượt" in COUNTING_NOTE
