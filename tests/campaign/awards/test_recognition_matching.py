"""Whom the rows of a workbook mean, at the edges; and that no answer ever puts somebody in twice."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.awards.recognition_choices import EntryVerdict as V
from campaign.awards.recognition_matching import (
    TYPED,
    Known,
    KnownUnit,
    PraiseRow,
    Present,
    bare,
    name_key,
    place_fits,
    plan_people,
    plan_units,
    settle,
    unit_keys,
)

NONE = Present()


def known(pk, name, code, *places):
    """Somebody of the roster."""
    keys = unit_keys(*places) | {f"#{name_key(place).replace(' ', '')}" for place in places}
    return Known(pk, name, ", ".join(places), code.lower(), name_key(name), keys)


AN = known(1, "Mẫu Văn An", "SV01", "Lớp Tin K1", "Khoa Kỹ thuật")
AN_TOO = known(2, "Mẫu Vân Ân", "SV02", "Lớp Tin K2", "Khoa Kỹ thuật")
DUC = known(3, "Mẫu Đức", "SV03", "Lớp Tin K1", "Khoa Kỹ thuật")
ROSTER = [AN, AN_TOO, DUC]


def row(name, code="", place="", merit="", number=2):
    """A row of the file."""
    return PraiseRow("Cá nhân", number, name, code, place, merit)


def only(said, present=NONE):
    """The one line of a file of one row."""
    (line,) = plan_people([said], ROSTER, present)
    return line


@pytest.mark.parametrize(
    ("said", "verdict", "person"),
    [
        (row("Mẫu Văn An", "SV01"), V.ADD, 1),
        (row("mau van an", "sv 01"), V.ADD, 1),
        (row("Mẫu Đức", "SV01"), V.REFUSE, None),
        (row("Mẫu Đức", place="Tin K1"), V.ADD, 3),
        (row("MẪU ĐỨC", place="lớp tin k1"), V.ADD, 3),
        (row(unicodedata.normalize("NFD", "Mẫu Đức"), place="Khoa Kỹ thuật"), V.ADD, 3),
        (row("Mẫu Đức", place="Lớp Tin K1, Khoa Kỹ thuật"), V.ADD, 3),
        # One name in the school, but neither code nor class: asked all the same.
        (row("Mẫu Đức"), V.ASK, None),
        (row("Mẫu Đức", place="Lớp Tin K2"), V.ASK, None),
        # Two of the name in the faculty, one in the class.
        (row("Mau Van An", place="Khoa Kỹ thuật"), V.ASK, None),
        (row("Mau Van An", place="Lớp Tin K2"), V.ADD, 2),
        (row("Mẫu Đức", "SV99"), V.ASK, None),
        (row("Mẫu Xa Lạ", "SV99"), V.UNKNOWN, None),
        (row("Mẫu Xa Lạ", place="Lớp Tin K1"), V.UNKNOWN, None),
        (row("", "SV01"), V.REFUSE, None),
        (row("…", "SV01"), V.REFUSE, None),
        (row("Mẫu Đức", "SV03", merit="x" * 500), V.ADD, 3),
        (row("Mẫu Đức", "SV03", merit="x" * 501), V.REFUSE, None),
    ],
)
def test_a_row_means(said, verdict, person):
    line = only(said)
    assert (line.verdict, line.person) == (verdict, person)


def test_whoever_is_asked_sees_all_of_the_name():
    assert only(row("Mau Van An", place="Khoa Kỹ thuật")).meant == (AN, AN_TOO)
    assert only(row("Mẫu Đức", "SV99")).meant == (DUC,)


def test_the_second_row_of_somebody_is_refused_with_the_place_of_the_first():
    lines = plan_people(
        [row("Mẫu Đức", "SV03", number=4), row("mau duc", place="Tin K1", number=9)], ROSTER, NONE
    )
    assert [line.verdict for line in lines] == [V.ADD, V.REFUSE]
    assert "dòng 4" in lines[1].why


@pytest.mark.parametrize(
    ("merit", "verdict"), [("", V.SAME), ("Dạy bà con", V.SAME), ("Dạy ở chợ", V.CHANGE)]
)
def test_whoever_is_there_stays_unless_another_merit_is_told(merit, verdict):
    there = Present(people={3: "Dạy bà con"}, typed={("mau la", "lop ngoai"): "Dạy bà con"})
    assert only(row("Mẫu Đức", "SV03", merit=merit), there).verdict == verdict
    assert only(row("Mẫu Lạ", place="Lớp ngoài", merit=merit), there).verdict == verdict


def test_answers_pick_somebody_or_take_the_name_as_typed():
    lines = plan_people(
        [row("Mẫu Đức", number=2), row("Mẫu Lạ", number=3), row("Mẫu Lạ", place="x", number=4)],
        ROSTER, NONE,
    )  # fmt: skip
    settled = settle(lines, {"2": "p3", "3": TYPED}, NONE, all_typed=False)
    assert [(one.verdict, one.person) for one in settled] == [
        (V.ADD, 3), (V.ADD, None), (V.UNKNOWN, None),
    ]  # fmt: skip
    settled = settle(lines, {"2": TYPED}, NONE, all_typed=True)
    assert [one.verdict for one in settled] == [V.ADD] * 3
    # Nobody but those who were offered.
    assert settle(lines, {"2": "p1"}, NONE, all_typed=True)[0].verdict == V.ASK


def test_an_answer_that_doubles_another_row_is_refused():
    lines = plan_people([row("Mẫu Đức", "SV03", number=2), row("Mẫu Đức", number=3)], ROSTER, NONE)
    settled = settle(lines, {"3": "p3"}, NONE, all_typed=False)
    assert [one.verdict for one in settled] == [V.ADD, V.REFUSE]


NAMES = st.sampled_from(
    ["Mẫu Đức", "mau duc", "Mẫu Văn An", "Mẫu Vân Ân", "Mẫu Lạ", "", "Mẫu  Đức"]
)
CODES = st.sampled_from(["", "SV01", "sv-02", "SV03", "SV99"])
PLACES = st.sampled_from(["", "Tin K1", "Lớp Tin K2", "Khoa Kỹ thuật", "Lớp ngoài"])
FILES = st.lists(st.tuples(NAMES, CODES, PLACES), max_size=8)
ANSWERS = st.dictionaries(
    st.integers(2, 9).map(str), st.sampled_from(["", TYPED, "p1", "p2", "p3", "p99", "x"])
)


@given(FILES, ANSWERS, st.booleans())
def test_nobody_is_ever_written_twice(told, answers, all_typed):
    rows = [row(*cells, number=n) for n, cells in enumerate(told, start=2)]
    lines = settle(plan_people(rows, ROSTER, NONE), answers, NONE, all_typed=all_typed)
    assert len(lines) == len(rows)
    written = [line for line in lines if line.verdict == V.ADD]
    people = [line.person for line in written if line.person is not None]
    typed = [
        (name_key(line.told.name), name_key(line.told.place))
        for line in written if line.person is None
    ]  # fmt: skip
    assert len(people) == len(set(people))
    assert len(typed) == len(set(typed))


@example([("Mẫu Đức", "", "")] * 2, {"2": "p3", "3": TYPED})
@example([("Mẫu Đức", "", "")] * 2, {"3": TYPED})
@given(FILES, ANSWERS)
def test_what_was_written_changes_nothing_the_second_time(told, answers):
    rows = [row(*cells, number=n) for n, cells in enumerate(told, start=2)]
    draft = settle(plan_people(rows, ROSTER, NONE), answers, NONE, all_typed=True)
    # All rows are written or none: what would keep the file back is mended by leaving it out.
    rows = [line.told for line in draft if line.verdict == V.ADD]
    first = settle(plan_people(rows, ROSTER, NONE), answers, NONE, all_typed=True)
    assert {line.verdict for line in first} <= {V.ADD}
    there = Present(
        people={line.person: "" for line in first if line.person is not None},
        typed={(name_key(line.told.name), name_key(line.told.place)): ""
               for line in first if line.person is None},
    )  # fmt: skip
    again = settle(plan_people(rows, ROSTER, there), answers, there, all_typed=True)
    assert {line.verdict for line in again} <= {V.SAME}


UNITS = [
    KnownUnit(1, "Khoa Nông Lâm", "nl", unit_keys("Khoa Nông Lâm", "Khoa Nông nghiệp")),
    KnownUnit(2, "Lớp Tin K1", "tink1", unit_keys("Lớp Tin K1")),
    KnownUnit(3, "Đội Tin K1", "doi1", unit_keys("Đội Tin K1")),
]


@pytest.mark.parametrize(
    ("name", "code", "verdict", "unit"),
    [
        ("Khoa Nông Lâm", "", V.ADD, 1),
        ("nong lam", "", V.ADD, 1),
        # An old name is a name.
        ("Khoa Nông nghiệp", "", V.ADD, 1),
        ("Khoa Nông Lâm", "NL", V.ADD, 1),
        ("", "NL", V.ADD, 1),
        ("Lớp Tin K1", "NL", V.REFUSE, None),
        ("Lớp Tin K1", "", V.ADD, 2),
        # Without the word for its kind it may be either.
        ("Tin K1", "", V.REFUSE, None),
        ("Khoa Xa", "", V.REFUSE, None),
        ("Khoa Xa", "XX", V.REFUSE, None),
        ("", "", V.REFUSE, None),
    ],
)
def test_a_collective_is_a_unit_of_the_school(name, code, verdict, unit):
    (line,) = plan_units([PraiseRow("Tập thể", 2, name, code)], UNITS, NONE)
    assert (line.verdict, line.unit) == (verdict, unit)


@pytest.mark.parametrize(
    ("place", "fits"),
    [("Tin K1", True), ("LỚP TIN K1", True), ("Lớp Tin K11", False), ("", False), ("Lớp", False)],
)
def test_places_by_name(place, fits):
    assert place_fits(place, unit_keys("Lớp Tin K1")) is fits


def test_only_a_kind_before_a_name_is_left_out():
    assert [bare(name) for name in ("Lớp Tin", "Phòng", "Đội hình số")] == [
        "tin",
        "phong",
        "hinh so",
    ]
