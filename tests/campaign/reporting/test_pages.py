"""Pages of reports: filled with and without a script, nothing typed lost, papers, following up."""

import io
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from campaign.reporting import services
from campaign.reporting.models import (
    Digest,
    LayoutVersion,
    Reminder,
    Report,
    ReportPiece,
    Round,
    SignedCopy,
    Value,
)
from campaign.units.choices import Role
from outbox.models import Letter
from tests.factories.activities import make_confirmed, picture
from tests.factories.people import hold, make_holder, make_user
from tests.factories.reports import fill, make_open_round, make_round, report_of, shifted
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def college(home):
    """A school whose farming faculty owes a report."""
    made = make_college()
    made["office_user"] = make_holder(made["school"], Role.STANDING_OFFICE, email="vp@thu.edu.vn")
    made["writer"] = make_holder(made["farming"], Role.REPORTER, email="viet@thu.edu.vn")
    made["head"] = make_holder(made["farming"], Role.UNIT_HEAD, email="truong@thu.edu.vn")
    made["round"] = make_open_round(made["school"], made["office_user"])
    made["report"] = report_of(made["round"], made["farming"])
    return made


def page(client, user, name, *args):
    """What `user` sees there."""
    client.force_login(user)
    return client.get(reverse(f"reporting:{name}", args=args))


def key_of(report, key):
    """The name of an indicator's row on the screen."""
    return f"v{report.round.layout.indicators.get(key=key).pk}"


def test_one_row_is_saved_by_a_script(college, client):
    report, name = college["report"], key_of(college["report"], "gv-khoa-hoc")
    client.force_login(college["writer"])
    address = reverse("reporting:autosave", args=[report.pk])
    body = {
        "row": name,
        f"{name}-version": "0",
        f"{name}-numerator": "3",
        f"{name}-denominator": "4 người",
    }
    told = client.post(address, body).json()
    assert (told["version"], told["problems"]) == (1, {})
    other = client.post(address, body | {f"{name}-numerator": "2"}).json()
    assert other["stale"]["fields"]["numerator"] == "3"
    assert other["stale"]["version"] == 1
    wrong = client.post(address, body | {f"{name}-version": "1", f"{name}-numerator": "ba"}).json()
    assert list(wrong["problems"]) == ["numerator"]
    assert Value.objects.get().numerator == 3
    assert client.post(address, {"row": "v999999"}).status_code == 404
    assert client.post(address, {"row": "zz"}).status_code == 404
    client.force_login(make_user())
    assert client.post(address, body).status_code == 403


def test_the_whole_form_without_a_script_keeps_what_is_right(college, client):
    report = college["report"]
    assert page(client, college["writer"], "fill", report.pk).status_code == 200
    ratio, text = key_of(report, "gv-khoa-hoc"), key_of(report, "mo-hinh")
    column = report.round.layout.columns.get(role="result")
    cell = f"c{report.lines.first().pk}-{column.pk}"
    body = {
        f"{ratio}-version": "0", f"{ratio}-numerator": "ba", f"{ratio}-denominator": "5",
        f"{text}-version": "0", f"{text}-text": "Chợ số",
        f"{cell}-version": "0", f"{cell}-text": "Xong", "summary-version": "0", "summary-text": "Tốt",
    }  # fmt: skip
    answer = client.post(reverse("reporting:fill", args=[report.pk]), body)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ba"' in html
    assert "Hãy ghi một số nguyên" in html
    report.refresh_from_db()
    assert (report.summary, Value.objects.get().text) == ("Tốt", "Chợ số")
    good = client.post(reverse("reporting:fill", args=[report.pk]), {
        f"{ratio}-version": "0", f"{ratio}-numerator": "3", f"{ratio}-denominator": "5", "viec": "xem",
    })  # fmt: skip
    assert good.status_code == 302


def test_a_conflict_without_a_script_shows_both(college, client):
    report, name = college["report"], key_of(college["report"], "mo-hinh")
    indicator = report.round.layout.indicators.get(key="mo-hinh")
    services.save_value(report, indicator, services.Typed(text="Của trưởng"), version=0, by=college["head"],
                        now=timezone.now())  # fmt: skip
    client.force_login(college["writer"])
    answer = client.post(reverse("reporting:fill", args=[report.pk]),
                         {f"{name}-version": "0", f"{name}-text": "Của tôi"})  # fmt: skip
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Của trưởng" in html
    assert "Của tôi" in html
    again = re.search(rf'name="{name}-version" value="(\d+)"', html)
    assert again.group(1) == "1"


def test_figures_show_their_source_and_open_it(college, client):
    member = make_holder(college["farmers"], Role.MEMBER)
    teacher = make_holder(college["farmers"], Role.UNIT_HEAD)
    activity = make_confirmed(college["farmers"], member, teacher)
    html = page(client, college["writer"], "fill", college["report"].pk).content.decode()
    assert "Xem 1 hoạt động" in html
    listed = page(client, college["writer"], "records", college["report"].pk, "lop")
    assert list(listed.context["items"]) == [activity]
    assert page(client, college["writer"], "records", college["report"].pk, "la").status_code == 404


def test_lines_are_added_and_taken_away_without_a_script(college, client):
    report = college["report"]
    client.force_login(college["writer"])
    address = reverse("reporting:fill", args=[report.pk])
    client.get(address)
    count = report.lines.count()
    press = {"key": str(uuid4()), "viec": "them-dong"}
    for _ in range(2):
        client.post(address, press)
    assert report.lines.count() == count + 1
    client.post(address, {"viec": f"bo-dong:{report.lines.last().pk}"})
    assert report.lines.count() == count


def test_from_signing_to_acceptance_on_the_pages(college, client):
    report = college["report"]
    here = reverse("reporting:report", args=[report.pk])
    fill(report, college["writer"])
    client.force_login(college["head"])
    assert client.post(here, {"viec": "confirm"}).status_code == 302
    client.post(here, {"viec": "submit"})
    client.force_login(college["office_user"])
    assert "Nhận báo cáo" in client.get(here).content.decode()
    name = f"can-{key_of(report, 'so-lop')}"
    client.post(here, {"viec": "return", "return-reason": "", name: "Thiếu một lớp"})
    report.refresh_from_db()
    assert report.state == "returned"
    client.force_login(college["writer"])
    assert (
        "Thiếu một lớp" in client.get(reverse("reporting:fill", args=[report.pk])).content.decode()
    )
    client.force_login(college["head"])
    for act in ("confirm", "submit"):
        client.post(here, {"viec": act})
    client.force_login(college["office_user"])
    client.post(here, {"viec": "accept"})
    report.refresh_from_db()
    assert report.state == "accepted"
    compared = client.get(reverse("reporting:compare", args=[report.pk]), {"a": "2", "b": "4"})
    assert compared.status_code == 200
    assert compared.context["rows"] == []


def test_two_revisions_mark_what_differs(college, client):
    report, now = college["report"], timezone.now()
    fill(report, college["writer"])
    services.save_summary(report, "Khoa làm <b>tốt</b>", version=0, by=college["writer"], now=now)
    services.confirm_report(report, by=college["head"], now=now)
    report = services.reopen_report(report, by=college["writer"], now=now)
    services.save_summary(report, "Khoa làm <b>khá</b>", version=1, by=college["writer"], now=now)
    services.confirm_report(report, by=college["head"], now=now)
    client.force_login(college["writer"])
    answer = client.get(reverse("reporting:compare", args=[report.pk]), {"a": "1", "b": "2"})
    html = answer.content.decode()
    assert "<del>&lt;b&gt;tốt&lt;/b&gt;</del>" in html
    assert "<ins>&lt;b&gt;khá&lt;/b&gt;</ins>" in html


def test_the_word_file_says_what_the_report_says(college, client):
    report = college["report"]
    fill(report, college["writer"])
    answer = page(client, college["writer"], "document", report.pk)
    document = Document(io.BytesIO(answer.content))
    heads = [cell.text for cell in document.tables[-1].rows[0].cells]
    assert heads == [column.heading for column in report.round.layout.columns.all()]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "4/5 (80 %)" in cells
    assert "filename*=" in answer["Content-Disposition"]


def test_signed_copy_is_tied_to_its_revision(college, client):
    report = college["report"]
    here = reverse("reporting:report", args=[report.pk])
    fill(report, college["writer"])
    client.force_login(college["head"])
    client.post(here, {"viec": "confirm"})

    def send(data, name="a.pdf", on=None):
        return client.post(here, {
            "viec": "signed", "signed-upload": SimpleUploadedFile(name, data), "signed-number": "05/BC-NL",
            "signed-signed_on": f"{on or shifted(0):%Y-%m-%d}",
        })  # fmt: skip

    assert send(b"GIF89a", "a.pdf").status_code == 422
    assert send(PDF, on=shifted(2)).status_code == 422
    assert send(PDF).status_code == 302
    send(PDF)
    copy = SignedCopy.objects.get()
    assert (copy.revision.number, copy.number) == (1, "05/BC-NL")
    address = reverse("reporting:signed", args=[copy.pk])
    assert client.get(address)["X-Content-Type-Options"] == "nosniff"
    client.force_login(make_holder(college["craft"], Role.UNIT_HEAD))
    assert client.get(address).status_code == 404


def test_evidence_by_reference_file_or_link(college, client):
    report = college["report"]
    member = make_holder(college["farmers"], Role.MEMBER)
    activity = make_confirmed(
        college["farmers"], member, make_holder(college["farmers"], Role.UNIT_HEAD)
    )
    name = key_of(report, "so-lop")
    client.force_login(college["writer"])
    address = reverse("reporting:pieces", args=[report.pk, name])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"url": "javascript:alert(1)"}).status_code == 422
    assert (
        client.post(address, {"upload": SimpleUploadedFile("a.pdf", b"<html>")}).status_code == 422
    )
    press = {"key": str(uuid4()), "activity": activity.pk}
    for _ in range(2):
        client.post(address, press)
    client.post(address, {"url": "https://thu.edu.vn/bai", "title": "Bài"})
    client.post(address, {"upload": SimpleUploadedFile("a.jpg", picture(1, (240, 180)))})
    pieces = list(report.pieces.order_by("pk"))
    assert [bool(one.activity) for one in pieces] == [True, False, False]
    own = reverse("reporting:piece", args=[pieces[2].pk])
    assert client.get(own).status_code == 200
    stranger = make_holder(college["craft"], Role.UNIT_HEAD)
    client.force_login(stranger)
    assert client.get(own).status_code == 404
    assert client.post(reverse("reporting:remove-piece", args=[pieces[2].pk])).status_code == 404
    client.force_login(college["writer"])
    client.post(reverse("reporting:remove-piece", args=[pieces[2].pk]))
    assert ReportPiece.objects.get(pk=pieces[2].pk).removed_at is not None
    assert client.get(own).status_code == 404


def test_a_round_is_asked_for_on_the_page(college, client):
    client.force_login(college["office_user"])
    address = reverse("reporting:new-round") + "?loai=school_year"
    shown = client.get(address)
    layout = LayoutVersion.objects.exclude(annex="").get()
    assert shown.context["form"].initial["layout"] == layout
    body = {
        "key": str(uuid4()), "title": "Báo cáo năm học", "layout": layout.pk, "kinds": ["faculty"],
        "period_from": "2026-08-01", "period_to": "2027-05-31", "data_from": "2026-08-01",
        "data_to": "2027-05-31", "late_rule": "next", "opens_on": "2026-11-01",
        "year_ends_on": "2027-05-31", "limit_on": "", "limit_kind": "on", "locks_on": "2027-06-01",
    }  # fmt: skip
    wrong = client.post(address, body)
    assert wrong.status_code == 422
    assert "Ngày khóa trước hạn nộp." in wrong.content.decode()
    assert client.post(address, body | {"locks_on": ""}).status_code == 302
    made = Round.objects.latest("pk")
    assert (made.due_on.isoformat(), made.limit.inclusive) == ("2027-06-10", True)
    here = reverse("reporting:round", args=[made.pk])
    assert (
        "2 đơn vị" in client.get(here).content.decode()
        or "1 đơn vị" in client.get(here).content.decode()
    )


def test_the_round_tells_who_is_missing_and_reminds_once_a_day(college, client):
    here = reverse("reporting:round", args=[college["round"].pk])
    html = page(client, college["office_user"], "round", college["round"].pk).content.decode()
    assert "Còn 2 đơn vị chưa nộp: Khoa Nông Lâm; Khoa Kỹ thuật." in html
    remind = reverse("reporting:remind", args=[college["round"].pk])
    for _ in range(2):
        client.post(remind, {"viec": "thu"})
    told = Letter.objects.filter(subject__startswith="Nhắc nộp").values_list("to_email", flat=True)
    assert sorted(told) == ["truong@thu.edu.vn", "viet@thu.edu.vn"]
    # Nobody has an account in the other faculty: the row is there all the same.
    assert Reminder.objects.filter(report__unit=college["craft"], user=None).count() == 1
    client.post(remind, {"viec": "tay", "bao-cao": college["report"].pk})
    assert Reminder.objects.filter(stage="hand").count() == 1
    client.force_login(college["writer"])
    assert client.post(remind, {"viec": "thu"}).status_code == 403
    assert client.get(here).status_code == 403


def test_the_whole_round_gets_more_time_and_an_unopened_one_is_thrown_away(college, client):
    asked = college["round"]
    here = reverse("reporting:round", args=[asked.pk])
    client.force_login(college["office_user"])
    body = {"viec": "extend", "extend-why": "Mưa lũ", "extend-until": f"{shifted(10):%Y-%m-%d}"}
    assert client.post(here, body).status_code == 422
    assert client.post(here, body | {"extend-until": f"{shifted(20):%Y-%m-%d}"}).status_code == 302
    told = asked.reports.values_list("due_on", "locks_on", "extensions__why")
    assert list(told) == [(shifted(20), shifted(20), "Mưa lũ")] * 2
    asked.refresh_from_db()
    assert (asked.due_on, asked.locks_on) == (shifted(20), shifted(20))
    assert client.post(here, {"viec": "discard"}).status_code == 422
    new = make_round(college["school"], college["office_user"], kind="ad_hoc")
    there = reverse("reporting:round", args=[new.pk])
    assert "Bỏ kỳ này" in client.get(there).content.decode()
    client.post(there, {"viec": "discard"})
    assert not Round.objects.filter(pk=new.pk).exists()


def test_the_standing_of_a_round_is_a_workbook(college, client):
    answer = page(client, college["office_user"], "standing", college["round"].pk)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        "Khoa Nông Lâm",
        "Khoa Kỹ thuật",
    ]


def digest_at(due_in: int, hour: int = 8) -> int:
    """The day's letters, `due_in` days before the report is due."""
    zone = timezone.get_default_timezone()
    day = Report.objects.first().due_on - timedelta(days=due_in)
    return services.send_digests(datetime(day.year, day.month, day.day, hour, tzinfo=zone))


@pytest.mark.parametrize(
    ("due_in", "told"),
    [(8, []), (7, ["viet@thu.edu.vn"]), (3, ["viet@thu.edu.vn"]),
     (1, ["truong@thu.edu.vn", "viet@thu.edu.vn"]), (0, []), (-1, ["truong@thu.edu.vn", "viet@thu.edu.vn"]),
     (-2, [])],
)  # fmt: skip
def test_the_days_letter_goes_to_writers_then_to_the_head(college, due_in, told):
    assert digest_at(due_in, hour=6) == 0
    for _ in range(2):
        digest_at(due_in)
    assert sorted(Letter.objects.values_list("to_email", flat=True)) == told
    assert Digest.objects.count() == len(told)


def test_one_letter_a_person_and_day_for_all_his_reports(college):
    hold(college["writer"], college["craft"], Role.REPORTER)
    assert digest_at(7) == 1
    letter = Letter.objects.get()
    assert "Khoa Nông Lâm" in letter.body
    assert "Khoa Kỹ thuật" in letter.body


def test_what_is_handed_in_is_not_reminded_of(college):
    fill(college["report"], college["writer"])
    services.confirm_report(college["report"], by=college["head"], now=timezone.now())
    services.submit_report(college["report"], by=college["writer"], now=timezone.now())
    Letter.objects.all().delete()
    assert digest_at(3) == 0


def test_the_timer_can_be_run_again(college):
    call_command("follow_reports", verbosity=0)
    call_command("follow_reports", verbosity=0)
    assert Digest.objects.count() <= 2


def test_due_days_are_in_ones_own_calendar(college, client):
    html = page(client, college["writer"], "reports").content.decode()
    address = re.search(r'href="([^"]+lich\.ics[^"]+)"', html).group(1).replace("&amp;", "&")
    client.logout()
    feed = client.get(address).content.decode()
    assert f"DTSTART;VALUE=DATE:{college['report'].due_on:%Y%m%d}" in feed
    assert feed.count("BEGIN:VEVENT") == 1
    assert client.get(address[:-3] + "xyz").status_code == 404
    college["writer"].set_password("mat-khau-moi-9")
    college["writer"].save()
    assert client.get(address).status_code == 404


def test_desk_says_what_is_owed_by_when(college, client):
    client.force_login(college["head"])
    html = client.get("/don-vi/").content.decode()
    assert college["round"].title in html
    assert "Hạn " in html or "Còn " in html
    # What waits for the faculty is not a task of the office that receives it.
    client.force_login(college["office_user"])
    assert college["round"].title not in client.get("/don-vi/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_the_same_however_many(home, client, django_assert_max_num_queries, count):
    school = make_unit(None, "institution")
    office = make_holder(school, Role.STANDING_OFFICE)
    for _ in range(count):
        make_unit(school, "faculty")
    asked = make_open_round(school, office)
    client.force_login(office)
    for name, args, most in (
        ("round", [asked.pk], 20),
        ("grid", [], 14),
        ("rounds", [], 16),
        ("reports", [], 16),
    ):
        address = reverse(f"reporting:{name}", args=args)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_the_form_maker_publishes_and_copies(home, client):
    client.force_login(make_user("administrator"))
    version = LayoutVersion.objects.first()
    address = reverse("reporting-version", args=[version.pk])
    assert "Đã ban hành" in client.get(address).content.decode()
    edit = reverse("wagtailsnippets_reporting_layoutversion:edit", args=[version.pk])
    assert client.get(edit).status_code == 302
    client.post(address, {"viec": "moi"})
    draft = LayoutVersion.objects.get(form=version.form, number=2)
    assert client.get(
        reverse("wagtailsnippets_reporting_layoutversion:edit", args=[draft.pk])
    ).status_code == 200  # fmt: skip
    client.post(reverse("reporting-version", args=[draft.pk]), {"viec": "ban-hanh"})
    draft.refresh_from_db()
    assert draft.is_published
    assert client.get(reverse("wagtailsnippets_reporting_layoutversion:list")).status_code == 200
