"""The national banner, periods, colours that can be read, files that are what they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.choices import BannerPlace
from core.rules import (
    MAX_MESSAGE,
    NATIONAL_BANNER,
    NATIONAL_PORTAL,
    BannerCard,
    colour_problem,
    contrast,
    is_running,
    leads_to_national_portal,
    looks_like,
    luminance,
    message_problem,
    shown_banners,
)

DAY = date(2026, 11, 20)
BEFORE, AFTER = date(2026, 11, 19), date(2026, 11, 21)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("starts", "ends", "running"),
    [
        (None, None, True), (DAY, DAY, True), (DAY, None, True), (None, DAY, True), (BEFORE, AFTER, True),
        (AFTER, None, False), (None, BEFORE, False), (AFTER, BEFORE, False),
    ],
)  # fmt: skip
def test_both_ends_belong_to_a_period(starts, ends, running):
    assert is_running(starts, ends, DAY) is running


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        (NATIONAL_PORTAL, True),
        ("http://binhdanhocvuso.gov.vn", True),
        ("https://www.binhdanhocvuso.gov.vn/khoa-hoc?x=1", True),
        ("https://BINHDANHOCVUSO.gov.vn/", True),
        ("https://binhdanhocvuso.gov.vn:443/", True),
        ("https://binhdanhocvuso.gov.vn.xau.example/", False),
        ("https://xbinhdanhocvuso.gov.vn/", False),
        ("https://xau.example/binhdanhocvuso.gov.vn", False),
        ("https://binhdanhocvuso.gov.vn@xau.example/", False),
        ("binhdanhocvuso.gov.vn", False),
        ("", False),
    ],
)
def test_only_the_portals_own_host_leads_there(url, leads):
    assert leads_to_national_portal(url) is leads


def card(url: str = "https://a.example/", place: str = BannerPlace.EVERYWHERE) -> BannerCard:
    """A banner."""
    return BannerCard("Tên", "Chữ", url, "Mở", place)


HOME_ONLY, INNER_ONLY = card(place=BannerPlace.HOME), card(place=BannerPlace.INNER)
OWN_NATIONAL = card(NATIONAL_PORTAL + "khoa-hoc")
URLS = ["https://a.example/", NATIONAL_PORTAL, ""]
NATIONAL_AT_HOME = card(NATIONAL_PORTAL, BannerPlace.HOME)


@pytest.mark.parametrize(
    ("banners", "at_home", "inside"),
    [
        ([], [NATIONAL_BANNER], [NATIONAL_BANNER]),
        ([card()], [NATIONAL_BANNER, card()], [NATIONAL_BANNER, card()]),
        ([card(), OWN_NATIONAL], [card(), OWN_NATIONAL], [card(), OWN_NATIONAL]),
        ([HOME_ONLY], [NATIONAL_BANNER, HOME_ONLY], [NATIONAL_BANNER]),
        ([INNER_ONLY], [NATIONAL_BANNER], [NATIONAL_BANNER, INNER_ONLY]),
        ([NATIONAL_AT_HOME], [NATIONAL_AT_HOME], [NATIONAL_BANNER]),
    ],
)
def test_national_banner_is_never_lost(banners, at_home, inside):
    assert shown_banners(banners, on_home=True) == at_home
    assert shown_banners(banners, on_home=False) == inside


@given(
    st.lists(st.builds(card, st.sampled_from(URLS), st.sampled_from(BannerPlace))), st.booleans()
)
def test_some_banner_always_leads_to_the_portal(banners, on_home):
    shown = shown_banners(banners, on_home=on_home)
    assert any(leads_to_national_portal(banner.url) for banner in shown)


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert (luminance("#000000"), luminance("#ffffff")) == (0, pytest.approx(1))


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize(
    ("colour", "allowed"),
    [
        ("#B3141D", True), ("#b3141d", True), ("#0B5D66", True), ("#000000", True), ("#737373", True),
        ("#767676", False), ("#777777", False), ("#FF0000", False), ("#FFFFFF", False), ("#FFCC00", False),
    ],
)  # fmt: skip
def test_primary_colour_must_carry_words(colour, allowed):
    assert (colour_problem(colour) is None) is allowed


def test_colour_problem_says_how_far_it_is():
    assert "chỉ đạt 1,0, cần ít nhất 4,5" in colour_problem("#FFFFFF")


@given(COLOURS)
def test_colour_is_allowed_exactly_when_it_can_be_read_on_paper_and_white(colour):
    readable = min(contrast(colour, "#FFFFFF"), contrast(colour, "#FFFBF5")) >= 4.5
    assert (colour_problem(colour) is None) is readable


EXE, ELF, PDF, ZIP = b"MZ\x90\x00", b"\x7fELF\x02", b"%PDF-1.7", b"PK\x03\x04"
OLE, JPEG, PNG = b"\xd0\xcf\x11\xe0\xa1\xb1", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("extension", "guessed", "head", "fits"),
    [
        ("pdf", "pdf", PDF, True),
        ("pdf", "exe", EXE, False),
        ("pdf", "elf", ELF, False),
        ("pdf", None, b"abc", False),
        ("pdf", "jpg", JPEG, False),
        ("pdf", None, b"<html><body>", False),
        ("jpg", "exe", EXE, False),
        ("jpg", "jpg", JPEG, True),
        ("jpeg", "jpg", JPEG, True),
        ("jpg", "png", PNG, False),
        ("png", "png", PNG, True),
        ("png", None, b"<svg xmlns=", False),
        ("svg", None, b"<svg xmlns=", False),
        ("svg", None, b'<?xml version="1.0"?><svg>', False),
        ("docx", "docx", ZIP, True),
        ("docx", "zip", ZIP, True),
        ("docx", "pdf", PDF, False),
        ("docx", None, b"", False),
        ("zip", "zip", ZIP, True),
        ("zip", "exe", EXE, False),
        ("xlsx", "doc", OLE, False),
        ("doc", "doc", OLE, True),
        ("xls", None, OLE, True),
        ("doc", "zip", ZIP, False),
        ("txt", None, "Chữ thường".encode(), True),
        ("txt", "exe", EXE, False),
        ("txt", None, b"#!/bin/sh\n", False),
        ("txt", None, b"  \n<SCRIPT>alert(1)", False),
        ("txt", None, b"<!doctype html>", False),
        ("csv", None, b"a;b\n1;2\n", True),
        ("csv", None, b"a\x00b", False),
        ("csv", "pdf", PDF, False),
        ("mp4", "mp4", b"\x00\x00\x00\x18ftypmp42", True),
        ("m4a", "mp4", b"\x00\x00\x00\x18ftypM4A ", True),
        ("mp3", "mp3", b"ID3\x04", True),
        ("mp3", "exe", EXE, False),
        ("mp4", None, b"abc", False),
        ("exe", "exe", EXE, False),
        ("html", None, b"<html>", False),
        ("", None, b"abc", False),
    ],
)
def test_looks_like(extension, guessed, head, fits):
    assert looks_like(extension, guessed, head) is fits


@pytest.mark.parametrize(
    ("message", "accepted"),
    [
        ("", False),
        ("         ", False),
        ("x" * 9, False),
        ("x" * 10, True),
        ("x" * MAX_MESSAGE, True),
        ("x" * (MAX_MESSAGE + 1), False),
        ("x" * 5_000_000, False),
    ],
)
def test_message_has_limits(message, accepted):
    assert (message_problem(message) is None) is accepted


def test_too_long_message_is_told_by_how_much():
    assert "5.000.000" in (message_problem("x" * 5_000_000) or "")
