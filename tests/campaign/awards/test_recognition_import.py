"""A list from a workbook: rows judged, questions answered, all or nothing, there and back without a change."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from campaign.awards.recognition_books import (
    NAMES,
    PEOPLE,
    SHEETS,
    UNITS,
    lines_of,
    names_book,
    template_book,
    working_book,
)
from campaign.awards.recognition_choices import EntryVerdict
from campaign.units.choices import Role
from office.books import Column, Sheet, write_book
from tests.factories.people import make_holder, make_person
from tests.factories.recognition import make_list
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home, client):
    """A school with a writer who is signed in."""
    made = make_college()
    writer = make_holder(made["farming"], Role.REPORTER)
    client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
    return made | {
        "writer": writer,
        "person": make_person(made["farmers"], full_name="Mẫu Thị Đức", code="SV-D1"),
        "alike": make_person(made["smiths"], full_name="Mẫu Thị Đức", code="SV-D2"),
        "listing": make_list(made["farming"], writer),
    }


def book(people=(), units=()):
    """A workbook as somebody fills it in."""
    return write_book([(PEOPLE, people), (UNITS, units)])


def upload(client, listing, data, name="a.xlsx"):
    """Handed in on the page."""
    return client.post(
        reverse("recognition:import", args=[listing.pk]), {"tep": SimpleUploadedFile(name, data)}
    )


def confirm(client, listing, page, **answers):
    """The preview's form, with answers."""
    packed = re.search(r'name="dong" value="([^"]+)"', page.content.decode())[1]
    return client.post(
        reverse("recognition:import", args=[listing.pk]), {"dong": packed, **answers}
    )


def test_a_file_is_shown_then_written_and_the_same_form_again_writes_nothing(client, college):
    listing = college["listing"]
    data = book(
        [["SV-D1", "Mẫu Thị Đức", "", "Dạy VNeID"], ["", "Mẫu Xa Lạ", "Lớp ngoài", "=1+1"]],
        [["CK1", "", "Lớp chăm"]],
    )
    page = upload(client, listing, data)
    assert page.status_code == 200
    assert not listing.entries.exists()
    for _ in range(2):
        assert confirm(client, listing, page, **{"ai-3": "typed"}).status_code == 302
    rows = [(row.full_name, row.merit, row.is_typed) for row in listing.entries.order_by("pk")]
    assert rows == [
        ("Mẫu Thị Đức", "Dạy VNeID", False), ("Mẫu Xa Lạ", "=1+1", True),
        ("Lớp Cơ khí 1", "Lớp chăm", False),
    ]  # fmt: skip


def test_questions_are_asked_and_what_was_answered_stays(client, college):
    listing = college["listing"]
    page = upload(
        client, listing, book([["", "mau thi duc", "", ""], ["", "Mẫu Xa Lạ", "Lớp ngoài", ""]])
    )
    said = page.content.decode()
    assert "Lớp Nông nghiệp 1, Khoa Nông Lâm" in said
    assert "Lớp Cơ khí 1, Khoa Kỹ thuật" in said
    # Whom a row means is asked by name and class, never by code.
    assert "SV-D2" not in said
    answer = f"p{college['alike'].pk}"
    half = confirm(client, listing, page, **{"ai-2": answer})
    assert half.status_code == 422
    assert "Còn 1 dòng chưa trả lời." in half.content.decode()
    assert f'value="{answer}" checked' in half.content.decode()
    assert not listing.entries.exists()
    done = confirm(client, listing, half, **{"ai-2": answer, "nhu-da-go": "1"})
    assert done.status_code == 302
    assert listing.entries.filter(person=college["alike"]).exists()
    assert listing.entries.filter(person=None).count() == 1


def test_an_answer_that_doubles_another_row_is_told_at_its_place(client, college):
    listing = college["listing"]
    page = upload(
        client, listing, book([["SV-D1", "Mẫu Thị Đức", "", ""], ["", "mau thi duc", "", ""]])
    )
    twice = confirm(client, listing, page, **{"ai-3": f"p{college['person'].pk}"})
    assert twice.status_code == 422
    assert "Trùng với dòng 2" in twice.content.decode()
    assert confirm(client, listing, twice, **{"ai-3": f"p{college['alike'].pk}"}).status_code == 302
    assert listing.entries.count() == 2


@pytest.mark.parametrize(
    ("people", "units", "said"),
    [
        ([["SV-D1", "Mẫu Văn Khác", "", ""]], [], "Mã SV-D1 là của Mẫu Thị Đức"),
        ([["", "", "Lớp 1", ""]], [], "Chưa ghi họ và tên."),
        ([["SV-D1", "Mẫu Thị Đức", "", ""]] * 2, [], "Trùng với dòng 2"),
        ([], [["", "Khoa Xa", ""]], "Trường không có phòng, khoa, lớp hay đội nào"),
        ([["SV-D1", "Mẫu Thị Đức", "", "x" * 501]], [], "dài 501 ký tự"),
    ],
)
def test_one_wrong_row_stops_the_whole_file(client, college, people, units, said):
    listing = college["listing"]
    good = ["SV-D2", "Mẫu Thị Đức", "", ""]
    page = upload(client, listing, book([*people, good], units))
    assert said in page.content.decode()
    assert "Ghi vào danh sách" not in page.content.decode()
    assert confirm(client, listing, page).status_code == 422
    assert not listing.entries.exists()


def test_columns_that_nobody_knows_are_named_by_their_place(client, college):
    odd = Sheet("Cá nhân", (*PEOPLE.columns, Column("x", "Thành tíck"), Column("y", "Số CCCD")))
    page = upload(
        client, college["listing"], write_book([(odd, [["SV-D1", "Mẫu Thị Đức"] + [""] * 4])])
    )
    said = page.content.decode()
    assert "Không có cột “Thành tíck” trong mẫu. Có phải “Thành tích”?" in said
    assert "Không có cột “Số CCCD” trong mẫu. Hãy xóa cột này." in said
    assert "Cá nhân, dòng 1" in said


def test_files_that_are_none_are_refused_in_words(client, college):
    listing = college["listing"]
    assert "không phải tệp .xlsx" in upload(client, listing, b"a;b").content.decode()
    assert "không có dòng nào" in upload(client, listing, template_book()).content.decode()
    foreign = write_book([(NAMES, [])])
    assert "Tệp không có trang tính nào" in upload(client, listing, foreign).content.decode()
    address = reverse("recognition:import", args=[listing.pk])
    assert "Hãy chọn tệp .xlsx." in client.post(address, {}).content.decode()
    old = client.post(address, {"dong": "xyz"}, follow=True)
    assert "Bản xem trước đã cũ" in old.content.decode()


def test_a_preview_of_another_list_is_not_taken(client, college):
    page = upload(client, college["listing"], book([["SV-D1", "Mẫu Thị Đức", "", ""]]))
    other = make_list(college["farming"], college["writer"])
    assert confirm(client, other, page).status_code == 403
    assert not other.entries.exists()


def test_a_file_of_more_rows_than_a_list_holds(client, college, monkeypatch):
    monkeypatch.setattr("campaign.awards.recognition_import_views.MOST_PRAISED", 1)
    rows = [["SV-D1", "Mẫu Thị Đức", "", ""], ["SV-D2", "Mẫu Thị Đức", "", ""]]
    assert "nhiều nhất 1" in upload(client, college["listing"], book(rows)).content.decode()


def test_the_template_has_the_columns_that_are_read(client, college):
    page = client.get(reverse("recognition:template"))
    read = load_workbook(io.BytesIO(page.content))
    for sheet in SHEETS:
        assert [cell.value for cell in read[sheet.title][1]] == [c.heading for c in sheet.columns]


TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Co"]), min_size=0, max_size=40
)
NAME = st.one_of(st.sampled_from(["Mẫu Thị Đức", "mau thi duc", "Mẫu Lạ", "=Mẫu Lạ"]), TEXT)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(["", "SV-D1", "SV-D2"]), NAME, TEXT, TEXT), max_size=5))
def test_what_was_imported_comes_back_and_changes_nothing(client, college, told):
    from uuid import uuid4

    from campaign.awards import services
    from campaign.awards.recognition_matching import TYPED, settle
    from campaign.awards.recognition_queries import present_in

    today, given_by = timezone.localdate(), {"by": college["writer"], "now": timezone.now()}
    listing = make_list(college["farming"], college["writer"])
    units = [["NN1", "", "Lớp giỏi"], ["", "Khoa Kỹ thuật", ""]]
    lines = lines_of(listing, book(told, units), today)
    answers = {line.place: TYPED for line in lines}
    settled = settle(lines, answers, present_in(listing), all_typed=True)
    fine = [line for line in settled if not line.is_refused]
    count = services.import_entries(listing, fine, key=uuid4(), **given_by)
    assert count == len(fine) == listing.entries.count()
    back = lines_of(listing, working_book(listing), today)
    assert [line.verdict for line in back] == [EntryVerdict.SAME] * count
    assert load_workbook(io.BytesIO(names_book(listing)))["Danh sách"].max_row == count + 1
