"""What a department's workbook does, row by row."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.units.choices import Verdict
from campaign.units.roster.schools import KnownSchool, SchoolRow, plan_schools

TODAY = date(2026, 11, 23)
THERE = KnownSchool("Trường A", "", running=True, here=True)
LED = KnownSchool("Trường A", "", True, True, frozenset({"cb1"}), frozenset({"cb1", "cb2"}))


def judged(row: SchoolRow, known: KnownSchool | None = None, emails: frozenset = frozenset()):
    """The one line of one row; a known school has the code A."""
    (line,) = plan_schools([row], {"a": known} if known else {}, emails, TODAY)
    return line


@pytest.mark.parametrize(
    ("row", "known", "said"),
    [
        (SchoolRow(2, "", "Trường A"), None, "Chưa ghi mã"),
        (SchoolRow(2, "A", ""), None, "Chưa ghi tên"),
        (SchoolRow(2, "A", "Trường A", starts=date(2026, 11, 24)), None, "chưa tới"),
        (SchoolRow(2, "A", "B"), KnownSchool("A", "", True, here=False), "ở nơi khác"),
        (SchoolRow(2, "A", "B"), KnownSchool("A", "", running=False, here=True), "đã kết thúc"),
        (SchoolRow(2, "A", "B", full_name="Mẫu"), None, "phải có mã"),
        (SchoolRow(2, "A", "B", email="x@example.vn"), None, "phải có mã"),
        (SchoolRow(2, "A", "B", person="CB1"), None, "Chưa ghi họ và tên"),
        (SchoolRow(2, "A", "B", person="CB9", full_name="Mẫu"), LED, "để trống ba cột"),
        (
            SchoolRow(2, "A", "B", person="CB2", full_name="Mẫu"),
            KnownSchool("A", "", True, True, people=frozenset({"cb2"})),
            "đã có trong danh sách",
        ),
        (
            SchoolRow(2, "A", "B", person="CB3", full_name="Mẫu", email="Có@example.vn"),
            None,
            "tài khoản khác",
        ),
    ],
)
def test_refused(row, known, said):
    line = judged(row, known, frozenset({"có@example.vn"}))
    assert line.verdict == Verdict.REFUSE
    assert said in line.why


def test_a_new_school_with_and_without_somebody():
    assert judged(SchoolRow(2, "A", "Trường A")).why == "chưa có người phụ trách"
    by_letter = judged(SchoolRow(2, "A", "T", person="1", full_name="Mẫu An", email="a@b.vn"))
    assert (by_letter.verdict, by_letter.why) == (
        Verdict.ADD,
        "người phụ trách: Mẫu An, gửi thư mời",
    )
    on_paper = judged(SchoolRow(2, "A", "T", person="1", full_name="Mẫu An"))
    assert on_paper.why.endswith("in phiếu tài khoản")


def test_a_school_that_is_there():
    assert judged(SchoolRow(2, "a", "Trường A"), THERE).verdict == Verdict.SAME
    assert judged(SchoolRow(2, "a", "Trường B"), THERE).why == "tên: Trường A → Trường B"
    same = judged(SchoolRow(2, "a", "Trường A", person="cb1", full_name="Mẫu"), LED)
    assert same.verdict == Verdict.SAME


def test_codes_and_addresses_twice_in_the_file():
    rows = [
        SchoolRow(2, "A", "Trường A", person="1", full_name="Mẫu", email="a@b.vn"),
        SchoolRow(3, " a ", "Trường B"),
        SchoolRow(4, "C", "Trường C", person="1", full_name="Mẫu", email="A@b.vn"),
    ]
    lines = plan_schools(rows, {}, frozenset(), TODAY)
    assert [line.verdict for line in lines] == [Verdict.ADD, Verdict.REFUSE, Verdict.REFUSE]
    assert "dòng 2" in lines[1].why
    assert "dòng 2" in lines[2].why


@given(
    st.lists(
        st.builds(
            SchoolRow,
            st.just(0),
            st.sampled_from(["A", "a", "B", ""]),
            st.sampled_from(["T", ""]),
            person=st.sampled_from(["", "1"]),
            full_name=st.sampled_from(["", "Mẫu"]),
        ),
        max_size=6,
    )
)
def test_one_line_for_each_row_and_at_most_one_new_school_for_a_code(rows):
    rows = [replace(row, row=number) for number, row in enumerate(rows, 2)]
    lines = plan_schools(rows, {}, frozenset(), TODAY)
    assert len(lines) == len(rows)
    added = [line.data.code.casefold() for line in lines if line.verdict == Verdict.ADD]
    assert len(added) == len(set(added))
