"""Rules of the register: numbers in any spelling, doubles, dates, circles, how a document stands on a day."""

import itertools
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.documents.rules import (
    Dated,
    Later,
    chain_between,
    circle_made,
    circle_problem,
    current_version,
    date_problems,
    disclosure_problem,
    double_problem,
    leading_figure,
    number_key,
    number_problem,
    number_spellings,
    number_tokens,
    order_problem,
    state_on,
)

KEYS = [
    ("106/KH-TCKTNVCB", "106khtcktnvcb"),
    ("106 kh tcktnvcb", "106khtcktnvcb"),
    ("106/kh–tcktnvcb", "106khtcktnvcb"),
    ("106 / KH — TCKTNVCB", "106khtcktnvcb"),
    ("2407/BGDĐT-HSSV", "2407bgddthssv"),
    ("2407/BGDDT-HSSV", "2407bgddthssv"),
    ("2407/BGDÐT-HSSV", "2407bgddthssv"),
    ("2407/BGĐT-HSSV", "2407bgddthssv"),
    ("291/KH-SGDDĐT", "291khsgddt"),
    ("1605/SKH-CN-BCVT&CĐS", "1605skhcnbcvtcds"),
    ("1605/SKHCN-BCVT&CĐS", "1605skhcnbcvtcds"),
    ("05/TTr-ABC", "5ttrabc"),
    ("5/TTr-ABC", "5ttrabc"),
    ("02/2025/TT-BGDĐT", "22025ttbgddt"),
    ("368-KH/TU", "368khtu"),
    ("12/QĐ-TRƢỜNG", "12qdtruong"),
    ("", ""),
    ("…/", ""),
]


@pytest.mark.parametrize(("written", "key"), KEYS)
def test_number_has_one_key_in_all_its_spellings(written, key):
    assert number_key(written) == key


@given(st.text(max_size=60))
def test_key_is_plain_and_its_own_key(written):
    key = number_key(written)
    assert set(key) <= set(string.ascii_lowercase + string.digits)
    assert number_key(key) == key


@given(st.text(alphabet="0123456789aAdDđĐgGtTkK/-– ", max_size=30))
def test_key_is_blind_to_case_and_spaces(written):
    assert number_key(written.upper()) == number_key(f" {written.lower()} ") == number_key(written)


@given(
    st.lists(st.sampled_from(["106", "KH", "bgđt", "SGDDĐT", "hssv", "/", "-", " "]), max_size=8)
)
def test_every_part_of_a_number_is_in_its_key(parts):
    written = " ".join(parts)
    key = number_key("".join(parts))
    missing = [token for token in number_tokens(written) if token not in key]
    # Glued figures lose no digit but inner zeros never occur here.
    assert missing == []


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("kh 106", ["kh", "106"]),
        ("106kh", ["106", "kh"]),
        ("2407 bgđt", ["2407", "bgddt"]),
        ("106 106", ["106"]),
        ("///", []),
        ("0", []),
        ("02/2025", ["2", "2025"]),
    ],
)
def test_typed_number_falls_into_tokens(typed, tokens):
    assert number_tokens(typed) == tokens


@pytest.mark.parametrize(("typed", "figure"), [("kh 0106", "106"), ("bgddt", ""), ("5/106", "5")])
def test_leading_figure_is_the_first_one(typed, figure):
    assert leading_figure(typed) == figure


def test_spellings_hold_the_plans_own_ways_of_writing():
    words = number_spellings("02/2025/TT-BGDĐT").split()
    assert {"bgdt", "bgddt", "bgdddt", "2", "02", "2025", "22025ttbgddt", "ttbgddt"} <= set(words)
    assert number_spellings("") == ""


@pytest.mark.parametrize(
    ("number", "is_wrong"),
    [("", False), ("106/KH", False), ("…/KH-CĐSL", True), ("/", True), ("KH", True)],
)
def test_number_without_a_figure_is_refused(number, is_wrong):
    assert (number_problem(number) is not None) is is_wrong


@pytest.mark.parametrize(
    ("year", "others", "field", "said"),
    [
        (2026, [], None, ""),
        (None, [], None, ""),
        (2026, [2025], None, ""),
        (2026, [2026], "number", "năm 2026 đã có trong danh mục"),
        (None, [None], "number", "đã có trong danh mục"),
        (None, [2025, 2024], "issue_date", "(năm 2024, 2025). Hãy ghi ngày ban hành"),
        (2026, [None], "number", "Hãy ghi ngày cho văn bản đó trước"),
        (2026, [2026, None], "number", "năm 2026 đã có trong danh mục"),
    ],
)
def test_number_is_given_once_a_year(year, others, field, said):
    problem = double_problem(year, others)
    if field is None:
        assert problem is None
    else:
        assert problem is not None
        assert problem[0] == field
        assert said in problem[1]


D = date


@pytest.mark.parametrize(
    ("issued", "effective", "expired", "fields"),
    [
        (None, None, None, []),
        (D(2026, 5, 1), D(2026, 5, 1), D(2026, 5, 1), []),
        (D(2026, 5, 1), D(2026, 4, 30), None, ["effective_date"]),
        (D(1945, 9, 1), None, None, ["issue_date"]),
        (D(2026, 5, 1), None, D(2026, 4, 30), ["expired_on"]),
        (None, D(2026, 5, 1), D(2026, 4, 30), ["expired_on"]),
        (None, None, D(2026, 4, 30), []),
    ],
)
def test_dates_must_be_possible(issued, effective, expired, fields):
    assert list(date_problems(issued, effective, expired)) == fields


@pytest.mark.parametrize(
    ("is_public", "is_party", "note", "refused"),
    [
        (True, True, "", True),
        (True, True, "   ", True),
        (True, True, "Đã đăng báo", False),
        (False, True, "", False),
        (True, False, "", False),
    ],
)
def test_party_document_is_public_only_with_a_ground(is_public, is_party, note, refused):
    problem = disclosure_problem(is_public=is_public, is_party=is_party, note=note)
    assert (problem is not None) is refused


@pytest.mark.parametrize(
    ("edges", "step", "circle"),
    [
        ([], (1, 2), None),
        ([], (1, 1), [1, 1]),
        ([(2, 1)], (1, 2), [1, 2, 1]),
        ([(2, 3), (3, 1)], (1, 2), [1, 2, 3, 1]),
        ([(2, 3), (3, 4), (4, 5), (5, 1)], (1, 2), [1, 2, 3, 4, 5, 1]),
        ([(2, 3), (2, 1), (3, 1)], (1, 2), [1, 2, 1]),
        ([(1, 3), (3, 4)], (1, 2), None),
        # A circle elsewhere is none of ours, and does not hang the search.
        ([(2, 3), (3, 2)], (1, 2), None),
    ],
)
def test_circle_is_found_over_any_length(edges, step, circle):
    assert circle_made(edges, *step) == circle


@given(st.integers(2, 200))
def test_long_chain_closes_only_where_it_ends(length):
    edges = [(node, node + 1) for node in range(1, length)]
    assert circle_made(edges, length, 1) == [length, *range(1, length + 1)]
    assert circle_made(edges, 1, length) is None


nodes = st.integers(0, 7)


@given(st.lists(st.tuples(nodes, nodes), max_size=20), nodes, nodes)
def test_circle_is_a_real_way_back(edges, source, target):
    circle = circle_made(edges, source, target)
    if circle is None:
        assert source != target
        assert chain_between(edges, target, source) is None
    else:
        assert circle[0] == circle[-1] == source
        assert circle[1] == target
        assert all(step in edges for step in itertools.pairwise(circle[1:]))


def test_circle_names_the_chain():
    assert "1/KH → 2/KH → 1/KH" in circle_problem(["1/KH", "2/KH", "1/KH"])


@pytest.mark.parametrize(
    ("source", "target", "refused"),
    [
        (D(2026, 1, 1), D(2025, 1, 1), False),
        (D(2026, 1, 1), D(2026, 1, 1), False),
        (D(2025, 1, 1), D(2026, 1, 1), True),
        (None, D(2026, 1, 1), False),
        (D(2026, 1, 1), None, False),
    ],
)
def test_earlier_document_does_not_replace_a_later_one(source, target, refused):
    assert (order_problem(source, target) is not None) is refused


TODAY = D(2026, 11, 22)
OLD, NEW = D(2026, 1, 1), D(2027, 1, 1)
STATES = [
    ({"effective": None}, "unknown", "Chưa rõ ngày hiệu lực", ()),
    ({"effective": OLD}, "working", "Còn hiệu lực", ()),
    ({"effective": TODAY}, "working", "Còn hiệu lực", ()),
    ({"effective": NEW}, "coming", "Chưa có hiệu lực, có hiệu lực từ 01/01/2027", ()),
    ({"effective": OLD, "expired": TODAY}, "ended", "Hết hiệu lực từ 22/11/2026", ()),
    ({"effective": None, "expired": OLD}, "ended", "Hết hiệu lực từ 01/01/2026", ()),
    ({"effective": OLD, "expired": NEW}, "working", "Còn hiệu lực", ("Hết hiệu lực từ 01/01/2027",)),
    ({"effective": OLD, "replaced_by": [Later("2/KH", OLD)]}, "replaced",
     "Đã được thay thế bằng 2/KH", ()),
    ({"effective": OLD, "expired": OLD, "replaced_by": [Later("2/KH")]}, "replaced",
     "Đã được thay thế bằng 2/KH", ("Hết hiệu lực từ 01/01/2026",)),
    ({"effective": OLD, "replaced_by": [Later("")]}, "replaced", "Đã được thay thế", ()),
    ({"effective": OLD, "replaced_by": [Later("2/KH", NEW)]}, "working", "Còn hiệu lực",
     ("Sẽ được thay thế bằng 2/KH từ 01/01/2027",)),
    ({"effective": OLD, "amended_by": [Later("3/KH"), Later("4/KH")]}, "amended", "Còn hiệu lực",
     ("Được sửa đổi, bổ sung bởi 3/KH, 4/KH",)),
    ({"effective": None, "amended_by": [Later("")]}, "unknown", "Chưa rõ ngày hiệu lực",
     ("Đã được sửa đổi, bổ sung",)),
    ({"effective": OLD, "amended_by": [Later("3/KH", NEW)]}, "working", "Còn hiệu lực", ()),
    ({"effective": OLD, "expired": OLD, "ended_by": [Later("224")]}, "ended",
     "Hết hiệu lực từ 01/01/2026 theo 224", ()),
    ({"effective": OLD, "ended_by": [Later("224")]}, "ended", "Hết hiệu lực theo 224", ()),
    ({"effective": OLD, "ended_by": [Later("224", NEW)]}, "working", "Còn hiệu lực", ()),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "key", "text", "notes"), STATES)
def test_state_follows_from_dates_and_later_documents(facts, key, text, notes):
    state = state_on(TODAY, **facts)
    assert (state.key, state.text, state.notes) == (key, text, notes)


@pytest.mark.parametrize(
    ("days", "current"),
    [
        ([], None),
        ([NEW], None),
        ([OLD, NEW], 0),
        ([OLD, D(2026, 6, 1)], 1),
        ([D(2026, 6, 1), OLD], 0),
        ([TODAY, OLD], 0),
        ([OLD, OLD], 1),
    ],
)
def test_newest_version_that_has_begun_is_the_one_to_use(days, current):
    versions = [Dated(place, day) for place, day in enumerate(days)]
    assert current_version(versions, TODAY) == current
