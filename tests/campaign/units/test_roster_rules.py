"""What a workbook would do, row by row."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.units.choices import Role, Verdict
from campaign.units.roster.rules import (
    Known,
    KnownPerson,
    KnownRole,
    KnownUnit,
    PersonRow,
    RoleRow,
    UnitRow,
    digest,
    ordered,
    plan,
)

TODAY = date(2026, 11, 23)
START = date(2026, 9, 7)
KNOWN = Known(
    top="cdt",
    units={
        "cdt": KnownUnit("CDT", "Trường", "institution", ""),
        "nl": KnownUnit("NL", "Khoa Nông Lâm", "faculty", "cdt", starts=START),
        "nn1": KnownUnit("NN1", "Lớp NN1", "student_class", "nl", count=30),
        "cu": KnownUnit("CU", "Khoa Cũ", "faculty", "cdt", running=False),
        "doi1": KnownUnit("DOI1", "Đội 1", "volunteer_team", "nl"),
    },
    people={
        "sv1": KnownPerson("SV1", "Mẫu An", "student", "nn1", has_account=True),
        "sv2": KnownPerson("SV2", "Mẫu Bình", "student", "nn1"),
        "sv9": KnownPerson("SV9", "Mẫu Chín", "student", "nn1", gone=True),
        "vp": KnownPerson("VP", "Văn phòng", "staff", "nl", has_account=True, shared=True),
    },
    roles=(KnownRole("sv1", Role.UNIT_HEAD, "nn1", START),),
    emails=frozenset({"co@example.vn"}),
)


def unit(**more: Any) -> UnitRow:
    """A new faculty."""
    return UnitRow(**{"row": 2, "code": "KT", "name": "Khoa Kỹ thuật", "kind": "faculty", **more})


def person(**more: Any) -> PersonRow:
    """A new student."""
    known = {"row": 2, "code": "SV7", "full_name": "Mẫu Bảy", "kind": "student", "unit": "NN1"}
    return PersonRow(**{**known, **more})


def role(**more: Any) -> RoleRow:
    """A role for a known student."""
    return RoleRow(**{"row": 2, "person": "SV2", "role": Role.REPORTER, "unit": "NN1", **more})


def judged(*, units=(), people=(), roles=()) -> list[tuple[str, str]]:
    """Verdict and reason of each row."""
    return [(x.verdict, x.why) for x in plan(units, people, roles, KNOWN, TODAY)]


@pytest.mark.parametrize(
    ("more", "verdict", "why"),
    [
        ({}, Verdict.ADD, ""),
        ({"parent": "cdt"}, Verdict.ADD, ""),
        ({"code": ""}, Verdict.REFUSE, "Chưa ghi mã"),
        ({"name": ""}, Verdict.REFUSE, "Chưa ghi tên"),
        ({"kind": "student_class", "parent": "N L"}, Verdict.ADD, "chưa ghi sĩ số"),
        ({"kind": "student_class", "parent": "NL", "count": 0}, Verdict.ADD, ""),
        ({"kind": "student_class", "parent": "NL", "count": 501}, Verdict.REFUSE, "500"),
        ({"kind": "student_class", "parent": "NL", "as_of": TODAY}, Verdict.REFUSE, "chưa ghi sĩ số"),
        ({"count": 5}, Verdict.REFUSE, "Chỉ lớp"),
        ({"parent": "KHONG"}, Verdict.REFUSE, "Không thấy đơn vị cấp trên"),
        ({"parent": "KT"}, Verdict.REFUSE, "nằm trong nhau"),
        ({"parent": "NN1"}, Verdict.REFUSE, "không"),
        ({"parent": "CU"}, Verdict.REFUSE, "không còn hoạt động"),
        ({"starts": TODAY + timedelta(1)}, Verdict.REFUSE, "chưa tới"),
        ({"code": "CU"}, Verdict.REFUSE, "đã kết thúc"),
        ({"code": "nl", "name": "Khoa Nông Lâm"}, Verdict.SAME, ""),
        ({"code": "NL", "name": "Khoa Nông nghiệp"}, Verdict.CHANGE, "Khoa Nông Lâm → Khoa Nông nghiệp"),
        ({"code": "NL", "kind": "office"}, Verdict.REFUSE, "không đổi loại"),
        ({"code": "NN1", "kind": "student_class", "name": "Lớp NN1"}, Verdict.REFUSE, "Chuyển chỗ"),
        (
            {"code": "NN1", "kind": "student_class", "name": "Lớp NN1", "parent": "NL", "count": 29},
            Verdict.CHANGE, "sĩ số: 30 → 29",
        ),
    ],
)  # fmt: skip
def test_units(more, verdict, why):
    [(said, reason)] = judged(units=[unit(**more)])
    assert said == verdict
    assert why in reason if why else reason == ""


def test_the_order_of_new_units_does_not_matter():
    rows = [
        unit(row=2, code="L1", name="Lớp 1", kind="student_class", parent="KT", count=9),
        unit(row=3),
    ]
    assert [verdict for verdict, _ in judged(units=rows)] == [Verdict.ADD, Verdict.ADD]
    assert [row.code for row in ordered(rows, KNOWN.units)] == ["KT", "L1"]


def test_units_within_each_other_are_refused():
    rows = [unit(row=2, code="A", parent="B"), unit(row=3, code="B", parent="A")]
    assert [verdict for verdict, _ in judged(units=rows)] == [Verdict.REFUSE, Verdict.REFUSE]


@pytest.mark.parametrize("other", ["KT", "kt", "K T", "Ḱ-t"])
def test_the_same_code_twice_in_a_file_is_refused(other):
    rows = judged(units=[unit(), unit(row=3, code=other)])
    assert rows[1] == (Verdict.REFUSE, f"“{other}” đã có ở dòng 2.")


@pytest.mark.parametrize(
    ("more", "verdict", "why"),
    [
        ({}, Verdict.ADD, ""),
        ({"account": True}, Verdict.ADD, "có tài khoản"),
        ({"code": " "}, Verdict.REFUSE, "Chưa ghi mã"),
        ({"full_name": ""}, Verdict.REFUSE, "Chưa ghi họ và tên"),
        ({"unit": "XX"}, Verdict.REFUSE, "Không có đơn vị"),
        ({"unit": "CU"}, Verdict.REFUSE, "Không có đơn vị"),
        ({"unit": "DOI1"}, Verdict.REFUSE, "Đội chọn thành viên"),
        ({"birth_year": 1899}, Verdict.REFUSE, "Năm sinh"),
        ({"birth_year": 2027}, Verdict.REFUSE, "Năm sinh"),
        ({"since": TODAY + timedelta(1)}, Verdict.REFUSE, "chưa tới"),
        ({"left_on": TODAY}, Verdict.REFUSE, "chưa có trong danh sách"),
        ({"email": "CO@example.vn"}, Verdict.REFUSE, "đã dùng"),
        ({"code": "sv-1", "full_name": "Mẫu An"}, Verdict.SAME, ""),
        ({"code": "SV1", "full_name": "Mẫu Ân"}, Verdict.CHANGE, "Mẫu An → Mẫu Ân"),
        ({"code": "SV1", "full_name": "Mẫu An", "unit": "NL"}, Verdict.CHANGE, "chuyển tới NL"),
        ({"code": "SV2", "full_name": "Mẫu Bình", "account": True}, Verdict.CHANGE, "mở tài khoản"),
        ({"code": "SV2", "full_name": "Mẫu Bình", "left_on": TODAY}, Verdict.CHANGE, "thôi"),
        ({"code": "SV9", "full_name": "Mẫu Chín"}, Verdict.REFUSE, "đã thôi"),
    ],
)  # fmt: skip
def test_people(more, verdict, why):
    [(said, reason)] = judged(people=[person(**more)])
    assert said == verdict
    assert why in reason if why else reason == ""


@pytest.mark.parametrize(
    ("more", "verdict", "why"),
    [
        ({}, Verdict.ADD, "từ 23/11/2026"),
        ({"person": "SV1", "role": Role.UNIT_HEAD}, Verdict.SAME, ""),
        ({"role": Role.UNIT_HEAD}, Verdict.REFUSE, "đã có trưởng"),
        ({"role": Role.LEADER}, Verdict.REFUSE, "chỉ có ở"),
        ({"role": Role.DEPUTY, "ends": TODAY}, Verdict.REFUSE, "Ủy quyền"),
        ({"person": "SV9"}, Verdict.REFUSE, "Không có người"),
        ({"person": "XX"}, Verdict.REFUSE, "Không có người"),
        ({"unit": "XX"}, Verdict.REFUSE, "Không có đơn vị"),
        ({"ends": TODAY - timedelta(1)}, Verdict.REFUSE, "Ngày cuối"),
        ({"unit": "NL", "starts": START - timedelta(1)}, Verdict.REFUSE, "Đơn vị có từ ngày"),
        (
            {"person": "VP", "role": Role.UNIT_HEAD, "unit": "NL"},
            Verdict.REFUSE,
            "Tài khoản dùng chung",
        ),
        ({"person": "VP", "unit": "NL"}, Verdict.ADD, "từ"),
    ],
)
def test_roles(more, verdict, why):
    [(said, reason)] = judged(roles=[role(**more)])
    assert said == verdict
    assert why in reason if why else reason == ""


def test_a_role_may_be_for_somebody_new_in_a_unit_that_is_new():
    lines = judged(
        units=[unit()],
        people=[person(unit="KT")],
        roles=[role(person="SV7", role=Role.UNIT_HEAD, unit="KT")],
    )
    assert [verdict for verdict, _ in lines] == [Verdict.ADD] * 3


def test_two_heads_in_one_file_are_refused():
    rows = [
        role(role=Role.UNIT_HEAD, unit="NL"),
        role(row=3, person="SV1", role=Role.UNIT_HEAD, unit="NL"),
    ]
    assert [verdict for verdict, _ in judged(roles=rows)] == [Verdict.ADD, Verdict.REFUSE]


def test_who_leaves_by_the_file_gets_no_role_by_it():
    lines = judged(people=[person(code="SV2", full_name="Mẫu Bình", left_on=TODAY)], roles=[role()])
    assert lines[1][0] == Verdict.REFUSE


@given(st.permutations([unit(row=n, code=f"K{n}", name=f"Khoa {n}") for n in range(2, 7)]))
def test_a_plan_is_the_same_for_the_same_file_and_tells_files_apart(rows):
    assert digest(plan(rows, [], [], KNOWN, TODAY)) == digest(plan(rows, [], [], KNOWN, TODAY))
    assert digest(plan(rows, [], [], KNOWN, TODAY)) != digest(plan(rows[1:], [], [], KNOWN, TODAY))
