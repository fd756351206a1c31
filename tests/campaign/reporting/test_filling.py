"""What is filled in: understood, kept row by row, never lost to another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from campaign.reporting import services
from campaign.reporting.models import LayoutVersion, Value
from campaign.reporting.queries import entries_of, lines_of, offers_for, report_rows
from campaign.reporting.services import Stale, Typed
from campaign.units.choices import Role
from tests.concurrency import at_once
from tests.factories.activities import make_confirmed, make_sent
from tests.factories.people import make_holder, make_user
from tests.factories.reports import fill, make_open_round, report_of, shifted
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school whose farming faculty owes a report."""
    made = make_college()
    made["office_user"] = make_holder(made["school"], Role.STANDING_OFFICE)
    made["writer"] = make_holder(made["farming"], Role.REPORTER)
    made["head"] = make_holder(made["farming"], Role.UNIT_HEAD)
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["teacher"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["round"] = make_open_round(made["school"], made["office_user"])
    made["report"] = report_of(made["round"], made["farming"])
    return made


def indicator(report, key):
    """The indicator with this key."""
    return report.round.layout.indicators.get(key=key)


def entry(report, key):
    """The entry of an indicator as it stands now."""
    report = report_rows().get(pk=report.pk)
    return next(one for one in entries_of(report) if one.indicator.key == key)


def test_figures_come_from_confirmed_activities_of_the_window(college):
    def class_of(people, served, ago):
        make_confirmed(college["farmers"], college["member"], college["teacher"], people_count=people,
                       served_count=served, starts_on=shifted(-ago))  # fmt: skip

    class_of(30, 40, 3)
    class_of(12, None, 60)
    class_of(99, 99, 61)
    make_sent(college["farmers"], college["member"], people_count=50)
    report = college["report"]
    told = {key: (offer.number, offer.records) for key, offer in offers_for(report).items()}
    assert told["lop"] == (2, 2)
    assert told["nguoi-lop"] == (42, 2)
    assert told["luot"] == (40, 2)
    assert told["tap-huan"] == (0, 0)
    assert entry(report, "so-lop").words == "2"
    assert entry(report, "so-lop").is_from_source


def test_empty_nought_and_not_applicable_are_three_things(college):
    report, by, now = college["report"], college["writer"], timezone.now()
    key = indicator(report, "gv-khoa-hoc")
    assert entry(report, "gv-khoa-hoc").words == ""
    row = services.save_value(
        report, key, Typed(numerator="0", denominator="5"), version=0, by=by, now=now
    )
    assert (row.numerator, row.denominator, row.not_applicable) == (0, 5, False)
    assert entry(report, "gv-khoa-hoc").words == "0/5 (0 %)"
    row = services.save_value(
        report, key, Typed(numerator="3", not_applicable=True), version=1, by=by, now=now
    )
    assert (row.numerator, row.denominator, row.not_applicable) == (None, None, True)
    assert services.save_value(report, key, Typed(), version=2, by=by, now=now) is None
    assert not Value.objects.exists()


def test_what_another_saved_meanwhile_is_told_and_kept(college):
    report, now = college["report"], timezone.now()
    key = indicator(report, "mo-hinh")
    services.save_value(report, key, Typed(text="Chợ số"), version=0, by=college["writer"], now=now)
    with pytest.raises(Stale) as stale:
        services.save_value(
            report, key, Typed(text="Gia đình số"), version=0, by=college["head"], now=now
        )
    assert stale.value.now.text == "Chợ số"
    row = services.save_value(
        report, key, Typed(text="Gia đình số"), version=1, by=college["head"], now=now
    )
    assert (row.text, row.version, row.changed_by) == ("Gia đình số", 2, college["head"])


def test_what_is_no_number_is_told_at_its_field(college):
    report = college["report"]
    with pytest.raises(ValidationError) as refused:
        services.save_value(report, indicator(report, "gv-khoa-hoc"), Typed(numerator="ba", denominator="-1"),
                            version=0, by=college["writer"], now=timezone.now())  # fmt: skip
    assert set(refused.value.message_dict) == {"numerator", "denominator"}
    with pytest.raises(ValidationError):
        services.save_value(report, indicator(report, "tu-danh-gia"), Typed(choice="Rất tốt"), version=0,
                            by=college["writer"], now=timezone.now())  # fmt: skip


def test_who_writes_and_who_does_not(college):
    report, now = college["report"], timezone.now()
    key = indicator(report, "mo-hinh")
    for user in (college["member"], college["teacher"], make_user(),
                 make_holder(college["craft"], Role.UNIT_HEAD)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            services.save_value(report, key, Typed(text="x"), version=0, by=user, now=now)


def test_lines_of_the_form_stand_there_and_own_ones_are_added(college):
    report, by, now = college["report"], college["writer"], timezone.now()
    for _ in range(2):
        services.begin_filling(report, by=by, now=now)
    lines = lines_of(report)
    assert len(lines) == report.round.layout.tasks.count()
    assert [cell.text for cell in lines[0].cells][:2] == ["1", lines[0].task.name]
    press = uuid4()
    own = [services.add_line(report, key=press, by=by, now=now) for _ in range(2)]
    assert own[0] == own[1]
    columns = {column.role: column for column in report.round.layout.columns.all()}
    cell = services.save_cell(
        own[0], columns["task"], "Chợ số ở chợ phiên", version=0, by=by, now=now
    )
    assert cell.version == 1
    with pytest.raises(Stale):
        services.save_cell(own[0], columns["task"], "Khác", version=0, by=by, now=now)
    with pytest.raises(PermissionDenied):
        services.save_cell(lines[0].row, columns["task"], "Khác", version=0, by=by, now=now)
    with pytest.raises(ValidationError, match=r"20\.001"):
        services.save_cell(own[0], columns["result"], "a" * 20_001, version=0, by=by, now=now)
    services.drop_line(lines[0].row, by=by, now=now)
    services.drop_line(own[0], by=by, now=now)
    assert len(lines_of(report)) == report.round.layout.tasks.count()


def test_words_on_the_whole_have_a_version_too(college):
    report, by, now = college["report"], college["writer"], timezone.now()
    assert services.save_summary(report, "Tốt", version=0, by=by, now=now).summary_version == 1
    with pytest.raises(Stale):
        services.save_summary(report, "Khá", version=0, by=by, now=now)


def test_open_lines_come_again_in_the_next_period(college):
    report, by, now = college["report"], college["writer"], timezone.now()
    services.begin_filling(report, by=by, now=now)
    columns = {column.role: column for column in report.round.layout.columns.all()}
    own = services.add_line(report, key=uuid4(), by=by, now=now)
    services.save_cell(own, columns["task"], "Điểm hỗ trợ ở bản Mẫu", version=0, by=by, now=now)
    services.save_cell(own, columns["result"], "Đã có máy", version=0, by=by, now=now)
    first = report.lines.first()
    for line in (own, first):
        services.set_open(line, is_open=True, by=by, now=now)
    fill(report, by)
    services.confirm_report(report, by=college["head"], now=now)
    services.submit_report(report, by=by, now=now)
    after = make_open_round(
        college["school"], college["office_user"], window=(shifted(6), shifted(90))
    )
    following = report_of(after, college["farming"])
    services.begin_filling(following, by=by, now=now)
    lines = lines_of(following)
    carried = [(line.name, line.row.carried_from) for line in lines if line.row.carried_from]
    assert carried == [(first.task.name, first), ("Điểm hỗ trợ ở bản Mẫu", own)]
    assert {cell.column.role: cell.text for cell in lines[-1].cells}["result"] == ""


def test_a_published_form_never_changes(college):
    version = LayoutVersion.objects.first()
    key = version.indicators.first()
    for act in (version.save, version.delete, key.save, key.delete, version.full_clean):
        with pytest.raises(ValidationError, match="phiên bản mới"):
            act()
    draft = services.new_version(version)
    assert services.new_version(version) == draft
    assert draft.number == 2
    assert list(draft.indicators.values_list("key")) == list(version.indicators.values_list("key"))
    draft.indicators.first().delete()
    services.publish_version(draft, now=timezone.now())
    assert draft.indicators.count() == version.indicators.count() - 1


@pytest.mark.django_db(transaction=True)
def test_three_tabs_at_once_one_saves_the_others_are_told(college):
    report = college["report"]
    key = indicator(report, "mo-hinh")

    def save():
        try:
            services.save_value(report, key, Typed(text=str(uuid4())), version=0, by=college["writer"],
                                now=timezone.now() + timedelta(0))  # fmt: skip
        except Stale:
            return "stale"
        return "saved"

    assert sorted(at_once(3, save)) == ["saved", "stale", "stale"]
    assert Value.objects.get().version == 1
