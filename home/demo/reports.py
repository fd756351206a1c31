"""The demo's reports: a quarter that was reported, the one under way.

And what the department asks of its schools.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_accounts
from campaign.reporting import services
from campaign.reporting.choices import LateRule
from campaign.reporting.deadlines import Limit, Quarter, quarter_to_report
from campaign.reporting.models import LayoutVersion, Report, Round
from campaign.units.choices import Role
from campaign.units.models import Unit
from campaign.units.services import grant_role, open_account
from home.demo.people import role_accounts, unit_at
from home.demo.reading import read

SPACE = UUID("6f2c5f0e-3a57-4c59-9a60-8e6b1f6f4a11")
SCHOOL = "SO-HB/CDHB"
KINDS = ("office", "faculty", "centre", "youth_union")


def load_reports() -> None:
    """Rounds and reports, where nobody has asked for any."""
    if Round.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    ensure_demo_accounts()
    role_accounts()
    content = read("reports")
    heads = {row["unit"]: head_of(unit_at(f"{SCHOOL}/{row['unit']}")) for row in content["head"]}
    now_due = quarter_to_report(timezone.localdate())
    office = User.objects.get(username="demo.standing_office")
    past = _quarter(now_due.before, office)
    for row in content["handed_in"]:
        _hand_in(past, row, heads, office)
    _quarter(now_due, office)
    _department(now_due)


def head_of(unit: Unit) -> User:
    """The head of a unit that has no account of the demo yet."""
    today = timezone.localdate()
    held = unit.memberships.active(today).filter(role=Role.UNIT_HEAD).select_related("user").first()
    if held is not None:
        return held.user  # type: ignore[no-any-return]
    user = open_account(unit.people.filter(user=None).first(), by=None, today=today)
    grant_role(user, unit, Role.UNIT_HEAD, starts=today, by=None, today=today)
    return user


def _quarter(quarter: Quarter, by: User) -> Round:
    asked = services.Asked(
        kind="quarter", title=f"Báo cáo {quarter.name}",
        layout=LayoutVersion.objects.get(form__name__startswith="Báo cáo quý"),
        period=quarter.days, window=quarter.window,
        opens_on=quarter.limit.day.replace(month=quarter.limit.day.month - 1, day=1),
        limit=quarter.limit, locks_on=quarter.days[1], late_rule=LateRule.NEXT,
        steps=dict.fromkeys(KINDS),
    )  # fmt: skip
    return _opened(unit_at(SCHOOL), asked, by)


def _department(quarter: Quarter) -> Round:
    """What the department asks of its schools by a fixed day, as in plan QN26."""
    asked = services.Asked(
        kind="fixed", title=f"Báo cáo kết quả phong trào năm {quarter.year}",
        layout=LayoutVersion.objects.get(form__name__startswith="Báo cáo kết quả đợt"),
        period=(date(quarter.year, 1, 1), date(quarter.year, 12, 31)),
        window=(date(quarter.year, 1, 1), date(quarter.year, 11, 30)),
        opens_on=date(quarter.year, 11, 1), limit=Limit(date(quarter.year, 12, 15), inclusive=False),
        steps={"institution": None},
    )  # fmt: skip
    return _opened(unit_at("SO-HB"), asked, User.objects.get(username="demo.administrator"))


def _opened(owner: Unit, asked: services.Asked, by: User) -> Round:
    now = timezone.now()
    made = services.make_round(owner, asked, key=uuid5(SPACE, asked.title), by=by, now=now)
    services.make_reports(made.pk, now=now)
    return made


def _hand_in(asked: Round, row: dict[str, Any], heads: dict[str, User], office: User) -> None:
    unit = unit_at(f"{SCHOOL}/{row['unit']}")
    head = heads[row["unit"]]
    report = Report.objects.get(round=asked, unit=unit)
    at = datetime.combine(asked.due_on, time(15, 30), timezone.get_default_timezone())
    at = at.replace(day=at.day + row.get("late", 0))
    services.begin_filling(report, by=head, now=at)
    for indicator in asked.layout.indicators.filter(source=""):
        told = row["told"].get(indicator.key, {})
        services.save_value(report, indicator, services.Typed(**told), version=0, by=head, now=at)
    columns = {column.role: column for column in asked.layout.columns.all()}
    for line in report.lines.select_related("task"):
        for role, words in row["lines"].get(line.task.key if line.task else "", {}).items():
            if role == "open":
                services.set_open(line, is_open=True, by=head, now=at)
            else:
                services.save_cell(line, columns[role], words, version=0, by=head, now=at)
    services.save_summary(report, row["summary"], version=0, by=head, now=at)
    services.confirm_report(report, by=head, now=at)
    services.submit_report(report, by=head, now=at)
    if row.get("accepted"):
        services.accept_report(report, by=office, now=at)
