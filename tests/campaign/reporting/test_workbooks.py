"""The workbook there and back: what changes is shown, what is stale, foreign or broken is refused."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from campaign.reporting import services
from campaign.reporting.models import LineCell, Value
from campaign.reporting.queries import report_rows
from campaign.reporting.services import Typed
from campaign.reporting.workbooks import Refused, changes_in, workbook_of
from campaign.units.choices import Role
from tests.factories.people import make_holder
from tests.factories.reports import make_open_round, report_of
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db
FORMULA = "=cmd|'/c calc'!A0"


@pytest.fixture
def world(home):
    """A report that is being written."""
    college = make_college()
    asked = make_open_round(college["school"])
    writer = make_holder(college["farming"], Role.REPORTER)
    report = report_rows().get(pk=report_of(asked, college["farming"]).pk)
    services.begin_filling(report, by=writer, now=timezone.now())
    return {
        "report": report,
        "writer": writer,
        "other": report_of(asked, college["craft"]),
        **college,
    }


def edited(report, change):
    """The workbook of a report, changed by `change(book)`."""
    book = load_workbook(io.BytesIO(workbook_of(report)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def at(sheet, key):
    """The row of a key."""
    return next(row for row in sheet.iter_rows(min_row=2) if str(row[0].value) == str(key))


def test_untouched_it_changes_nothing(world):
    report, by = world["report"], world["writer"]
    key = report.round.layout.indicators.get(key="mo-hinh")
    typed = Typed(text=f"{FORMULA}\ndòng hai 🎉")
    services.save_value(report, key, typed, version=0, by=by, now=timezone.now())
    assert changes_in(report, workbook_of(report)) == []


def test_formulas_never_reach_the_workbook(world):
    report, by = world["report"], world["writer"]
    column = report.round.layout.columns.get(role="result")
    services.save_cell(report.lines.first(), column, FORMULA, version=0, by=by, now=timezone.now())
    book = load_workbook(io.BytesIO(workbook_of(report)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert f"'{FORMULA}" in [cell.value for cell in cells]


def test_changes_are_shown_and_kept(world, client):
    report = world["report"]
    line = report.lines.first()

    def change(book):
        row = at(book["Số liệu"], "gv-khoa-hoc")
        row[5].value, row[6].value = 14, "18"
        at(book["Bảng nhiệm vụ"], line.pk)[5].value = "Đã đăng ba bài"

    data = edited(report, change)
    told = [(one.before, one.after) for one in changes_in(report, data)]
    assert told == [("", "14/18"), ("", "Đã đăng ba bài")]
    client.force_login(world["writer"])
    address = reverse("reporting:book-back", args=[report.pk])
    shown = client.post(address, {"tep": SimpleUploadedFile("a.xlsx", data)})
    assert shown.status_code == 200
    assert not Value.objects.exists()
    client.post(address, {"thay-doi": shown.context["packed"]})
    row = Value.objects.get()
    assert (row.numerator, row.denominator) == (14, 18)
    assert LineCell.objects.get().text == "Đã đăng ba bài"
    again = client.post(address, {"thay-doi": shown.context["packed"]}, follow=True)
    assert "người khác vừa sửa" in again.content.decode()


def test_a_wrong_number_is_told_with_its_place(world, client):
    report = world["report"]
    data = edited(report, lambda book: setattr(at(book["Số liệu"], "so-lop")[4], "value", "ba"))
    client.force_login(world["writer"])
    address = reverse("reporting:book-back", args=[report.pk])
    shown = client.post(address, {"tep": SimpleUploadedFile("a.xlsx", data)})
    said = client.post(address, {"thay-doi": shown.context["packed"]}, follow=True).content.decode()
    assert "Số lớp kỹ năng số cho người dân: Hãy ghi một số nguyên" in said
    assert not Value.objects.exists()


def test_a_stale_file_is_refused(world):
    report = world["report"]
    data = edited(report, lambda book: setattr(at(book["Số liệu"], "so-lop")[4], "value", 3))
    column = report.round.layout.columns.get(role="result")
    services.save_cell(
        report.lines.first(), column, "x", version=0, by=world["writer"], now=timezone.now()
    )
    with pytest.raises(Refused, match="đã được sửa trên trang"):
        changes_in(report, data)


def test_a_file_of_another_report_is_refused(world):
    head = make_holder(world["craft"], Role.UNIT_HEAD)
    services.begin_filling(world["other"], by=head, now=timezone.now())
    other = report_rows().get(pk=world["other"].pk)
    with pytest.raises(Refused, match="báo cáo khác"):
        changes_in(world["report"], workbook_of(other))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book.remove(book["Dấu tệp"]), "dấu tệp"),
        (lambda book: setattr(book["Dấu tệp"]["A2"], "value", "x"), "dấu tệp"),
        (lambda book: book["Số liệu"].delete_rows(2), "thiếu chỉ tiêu"),
        (lambda book: setattr(book["Số liệu"]["A2"], "value", "la"), "không có mã"),
        (lambda book: setattr(book["Số liệu"]["E2"], "value", "=1+1"), "công thức"),
        (lambda book: setattr(book["Số liệu"]["I2"], "value", "hả"), "Không áp dụng"),
        (lambda book: setattr(book["Bảng nhiệm vụ"]["A2"], "value", "999999"), "không có mã dòng"),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(world, change, said):
    with pytest.raises(Refused, match=said):
        changes_in(world["report"], edited(world["report"], change))


def test_what_is_no_workbook_is_refused(world, client):
    client.force_login(world["writer"])
    address = reverse("reporting:book-back", args=[world["report"].pk])
    for data in (b"", b"a;b", str(uuid4()).encode() * 10):
        answer = client.post(address, {"tep": SimpleUploadedFile("a.xlsx", data)})
        assert answer.status_code == 422
    assert client.post(address, {}).status_code == 422
