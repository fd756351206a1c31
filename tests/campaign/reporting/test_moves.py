"""From draft to accepted: each move, its reasons, what is frozen, what never counts twice."""

import hashlib
import json
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.activities import services as log
from campaign.reporting import services
from campaign.reporting.choices import ReportState
from campaign.reporting.models import Report, Value
from campaign.reporting.queries import activities_of, entries_of, offers_for, report_rows
from campaign.reporting.services import MoveRefused, Point, Typed
from campaign.units.choices import Role
from outbox.models import Letter
from tests.concurrency import at_once
from tests.factories.activities import make_confirmed, make_sent
from tests.factories.people import make_holder
from tests.factories.reports import fill, make_open_round, report_of, shifted
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school whose farming faculty owes a report that lacks nothing."""
    made = make_college()
    made["office_user"] = make_holder(made["school"], Role.STANDING_OFFICE, email="vp@thu.edu.vn")
    made["writer"] = make_holder(made["farming"], Role.REPORTER, email="viet@thu.edu.vn")
    made["head"] = make_holder(made["farming"], Role.UNIT_HEAD)
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["teacher"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["round"] = make_open_round(made["school"], made["office_user"])
    made["report"] = report_of(made["round"], made["farming"])
    return made


def class_on(college, ago=3, **words):
    """A class that counts."""
    return make_confirmed(college["farmers"], college["member"], college["teacher"],
                          starts_on=shifted(-ago), **words)  # fmt: skip


def handed_in(college, report=None):
    """The report, filled, signed off and handed in."""
    report = report or college["report"]
    fill(report, college["writer"])
    services.confirm_report(report, by=college["head"], now=timezone.now())
    return services.submit_report(report, by=college["writer"], now=timezone.now())


def test_report_goes_from_draft_to_accepted(college):
    class_on(college)
    report = handed_in(college)
    assert report.state == ReportState.SUBMITTED
    assert Letter.objects.filter(to_email="vp@thu.edu.vn").count() == 1
    services.open_received(report, by=college["office_user"], now=timezone.now())
    report = services.accept_report(report, by=college["office_user"], now=timezone.now())
    assert (report.state, report.accepted_at is None) == (ReportState.ACCEPTED, False)
    assert [event.move for event in report.events.all()] == ["confirm", "submit", "accept"]
    assert Letter.objects.filter(to_email="viet@thu.edu.vn").count() == 1


def test_nothing_goes_out_while_something_is_missing(college):
    report = college["report"]
    with pytest.raises(ValidationError) as refused:
        services.confirm_report(report, by=college["head"], now=timezone.now())
    # Three are required and have no source; what comes from the log is there.
    assert len(refused.value.messages) == 3
    report.refresh_from_db()
    assert (report.state, report.counted.count(), Value.objects.count()) == ("draft", 0, 0)


def test_a_correction_wants_a_reason(college):
    class_on(college)
    report, by, now = college["report"], college["writer"], timezone.now()
    fill(report, by)
    key = report.round.layout.indicators.get(key="so-lop")
    services.save_value(report, key, Typed(number="2"), version=0, by=by, now=now)
    with pytest.raises(ValidationError, match="khác số đã có"):
        services.confirm_report(report, by=college["head"], now=now)
    services.save_value(
        report, key, Typed(number="2", why="Một lớp ghi giấy"), version=1, by=by, now=now
    )
    services.confirm_report(report, by=college["head"], now=now)
    row = report.values.get(indicator=key)
    assert (row.number, row.offered, row.why) == (2, 1, "Một lớp ghi giấy")


def test_signing_off_freezes_figures_and_their_records(college):
    first = class_on(college)
    report = college["report"]
    fill(report, college["writer"])
    services.confirm_report(report, by=college["head"], now=timezone.now())
    class_on(college, 2)
    report = report_rows().get(pk=report.pk)
    told = {entry.indicator.key: entry for entry in entries_of(report)}
    assert (told["so-lop"].number, told["so-lop"].offered) == (1, 1)
    assert list(activities_of(report)) == [first]
    report = services.reopen_report(report, by=college["writer"], now=timezone.now())
    told = {entry.indicator.key: entry for entry in entries_of(report_rows().get(pk=report.pk))}
    assert told["so-lop"].number == 2
    assert told["gv-khoa-hoc"].words == "4/5 (80 %)"
    assert report.confirmed_by is None


def test_what_is_confirmed_late_counts_in_the_next_report_and_only_once(college):
    early = class_on(college, 10)
    late = make_sent(college["farmers"], college["member"], starts_on=shifted(-9))
    handed_in(college)
    log.confirm_activity(late, by=college["teacher"], now=timezone.now())
    after = make_open_round(
        college["school"], college["office_user"], window=(shifted(6), shifted(90))
    )
    following = report_of(after, college["farming"])
    assert list(activities_of(following)) == [late]
    # Taken back and confirmed again, what was told once is not told again.
    log.unconfirm_activity(early, reason="Xem lại", by=college["office_user"], now=timezone.now())
    early = log.send_activity(early, by=college["member"], now=timezone.now())
    log.confirm_activity(early, by=college["teacher"], now=timezone.now())
    assert list(activities_of(following)) == [late]
    left = make_open_round(college["school"], college["office_user"], window=(shifted(91), shifted(95)),
                           late_rule="leave")  # fmt: skip
    assert offers_for(report_of(left, college["farming"]))["lop"].number == 0


def test_what_is_asked_for_on_request_counts_what_a_quarter_has_counted(college):
    activity = class_on(college)
    handed_in(college)
    asked = make_open_round(college["school"], college["office_user"], kind="ad_hoc")
    assert list(activities_of(report_of(asked, college["farming"]))) == [activity]


def test_late_ones_stay_with_a_report_that_is_still_to_come(college):
    late = class_on(college)
    after = make_open_round(
        college["school"], college["office_user"], window=(shifted(6), shifted(90))
    )
    assert list(activities_of(report_of(after, college["farming"]))) == []
    assert list(activities_of(college["report"])) == [late]


def test_taken_back_until_the_receiver_has_opened_it(college):
    report = handed_in(college)
    first = report.first_submitted_at
    report = services.withdraw_report(report, by=college["writer"], now=timezone.now())
    assert report.state == ReportState.DRAFT
    services.confirm_report(report, by=college["head"], now=timezone.now())
    report = services.submit_report(report, by=college["writer"], now=timezone.now())
    assert report.first_submitted_at == first
    services.open_received(report, by=college["writer"], now=timezone.now())
    report.refresh_from_db()
    assert report.opened_at is None
    services.open_received(report, by=college["office_user"], now=timezone.now())
    with pytest.raises(MoveRefused, match="đã mở"):
        services.withdraw_report(report, by=college["writer"], now=timezone.now())


def test_given_back_with_a_reason_for_each_place(college):
    report = handed_in(college)
    now, by = timezone.now(), college["office_user"]
    with pytest.raises(ValidationError):
        services.return_report(report, reason=" ", points=[Point(" ")], by=by, now=now)
    key, line = report.round.layout.indicators.get(key="so-lop"), report.lines.first()
    points = [Point("Thiếu lớp tháng 10", indicator=key), Point("Chưa ghi kết quả", line=line)]
    report = services.return_report(report, reason="Bổ sung giúp", points=points, by=by, now=now)
    event = report.events.last()
    assert [(point.indicator, point.line) for point in event.points.all()] == [
        (key, None),
        (None, line),
    ]
    assert report.state == ReportState.RETURNED
    services.confirm_report(report, by=college["head"], now=now)
    services.submit_report(report, by=college["writer"], now=now)


def test_accepted_by_mistake_is_given_back(college):
    report = handed_in(college)
    services.accept_report(report, by=college["office_user"], now=timezone.now())
    report = services.return_report(
        report, reason="Nhầm", by=college["office_user"], now=timezone.now()
    )
    assert (report.state, report.accepted_at) == (ReportState.RETURNED, None)


def test_each_revision_is_frozen_with_its_checksum(college):
    report = handed_in(college)
    kept = list(report.revisions.all())
    assert [revision.event.move for revision in kept] == ["confirm", "submit"]
    for revision in kept:
        words = json.dumps(
            revision.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert revision.checksum == hashlib.sha256(words.encode()).hexdigest()
    labels = {row["key"]: row["words"] for row in kept[1].content["figures"]}
    assert labels["gv-khoa-hoc"] == "4/5 (80 %)"
    assert kept[1].content["unit"] == "Khoa Nông Lâm"


@pytest.mark.parametrize(
    ("after_lock", "is_taken"), [(timedelta(seconds=-1), True), (timedelta(seconds=0), False)]
)
def test_a_second_after_the_lock_nothing_is_taken(college, after_lock, is_taken):
    report = college["report"]
    fill(report, college["writer"])
    zone = timezone.get_default_timezone()
    lock = datetime.combine(report.locks_on + timedelta(days=1), time.min, zone)
    now = lock + after_lock
    if is_taken:
        services.confirm_report(report, by=college["head"], now=now)
        report = services.submit_report(report, by=college["writer"], now=now)
        assert report.state == ReportState.SUBMITTED
    else:
        with pytest.raises(MoveRefused, match="đã khóa"):
            services.confirm_report(report, by=college["head"], now=now)
        # What is typed is still kept.
        services.save_summary(report, "Vẫn ghi được", version=0, by=college["writer"], now=now)


def test_what_was_given_back_is_taken_after_the_lock(college):
    report = handed_in(college)
    report = services.return_report(
        report, reason="Sửa", by=college["office_user"], now=timezone.now()
    )
    late = timezone.now() + timedelta(days=90)
    services.confirm_report(report, by=college["head"], now=late)
    assert services.submit_report(report, by=college["writer"], now=late).state == "submitted"


def test_nobody_moves_what_is_not_his(college):
    report, now = college["report"], timezone.now()
    fill(report, college["writer"])
    for user in (college["writer"], college["teacher"], college["office_user"]):
        with pytest.raises(PermissionDenied):
            services.confirm_report(report, by=user, now=now)
    shared = make_holder(college["farming"], Role.REPORTER, is_shared=True)
    services.confirm_report(report, by=college["head"], now=now)
    with pytest.raises(ValidationError, match="tên người lập"):
        services.submit_report(report, by=shared, now=now)
    report = services.submit_report(report, by=shared, now=now, prepared_by="Mẫu Thị Lập")
    assert report.events.last().prepared_by == "Mẫu Thị Lập"
    other = make_holder(college["craft"], Role.UNIT_HEAD)
    for act in (services.accept_report, services.withdraw_report):
        with pytest.raises(PermissionDenied):
            act(report, by=other, now=now)
    with pytest.raises(MoveRefused):
        services.submit_report(report, by=college["writer"], now=now)


@pytest.mark.parametrize(
    "columns", [{"state": "submitted"}, {"state": "accepted"}, {"state": "passed_on"}]
)
def test_the_database_says_it_too(college, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=college["report"].pk).update(**columns)


@pytest.mark.django_db(transaction=True)
def test_handed_in_by_ten_presses_once(college):
    report = college["report"]
    fill(report, college["writer"])
    services.confirm_report(report, by=college["head"], now=timezone.now())

    def press():
        try:
            services.submit_report(report, by=college["writer"], now=timezone.now())
        except MoveRefused:
            return "refused"
        return "done"

    assert sorted(at_once(10, press)).count("done") == 1
    assert report.revisions.count() == 2
    assert report.events.filter(move="submit").count() == 1
