"""The world that the walk of rights goes through: everybody, and one record of each kind."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from campaign.activities.models import Activity, Evidence, Suspicion
from campaign.awards.models import (
    AwardRound,
    Dossier,
    Nominee,
    RecognitionEntry,
    RecognitionList,
)
from campaign.events.models import Event
from campaign.reporting.models import Report, Round
from campaign.units.choices import Role
from campaign.units.models import Membership, Person, ReportingLine, RosterImport, TeamMember, Unit
from campaign.units.services import add_line, add_team_member
from resources.models import Contribution, Survey
from tests.factories.activities import make_activity, make_confirmed, put_evidence
from tests.factories.awards import make_award_round, make_dossier, make_nominee
from tests.factories.contributions import make_contribution
from tests.factories.events import make_event
from tests.factories.people import SINCE, hold, make_holder, make_person, make_user
from tests.factories.recognition import make_list, make_sent_list
from tests.factories.reports import make_open_round
from tests.factories.surveys import make_asked
from tests.factories.units import make_unit


@dataclass
class World:
    """Two schools below a department, and somebody in every role."""

    department: Unit
    school: Unit
    faculty: Unit
    klass: Unit
    other: Unit
    users: dict[str, User]
    student: Person
    chief: Person
    role: Membership
    job: RosterImport
    team: Unit
    mate: TeamMember
    line: ReportingLine
    draft: Activity
    counted: Activity
    photo: Evidence
    paper: Evidence
    doubt: Suspicion
    day: Event
    # What the faculty owes, still a draft; the round that asks for it; what it has handed in.
    owed: Report
    asked: Round
    given: Report
    # A round of awards that is open, one that is not, the faculty's draft in it with one nominee.
    awards: AwardRound
    closed_awards: AwardRound
    proposal: Dossier
    nominee: Nominee
    # What the faculty drafts to have people praised, somebody in it; what it has sent to the leader.
    praise: RecognitionList
    praised: RecognitionEntry
    sent_praise: RecognitionList
    survey: Survey
    # What the faculty offers the library, still its own.
    offer: Contribution


def make_world() -> World:
    """A department, two schools, and one record of each kind."""
    department = make_unit(None, "department")
    school = make_unit(department, "institution")
    faculty = make_unit(school, "faculty")
    klass = make_unit(faculty, "student_class")
    elsewhere = make_unit(department, "institution")
    other = make_unit(elsewhere, "faculty")
    chief = make_person(faculty, kind="staff", account=True)
    hold(chief.user, faculty, Role.UNIT_HEAD)
    # Chosen long ago, or every page would lead to the choice.
    User.objects.filter(pk=chief.user.pk).update(must_choose_password=False)
    reporter = make_holder(faculty, Role.REPORTER)
    team = make_unit(faculty, "volunteer_team")
    now = timezone.now()
    shared = make_user(is_shared=True)
    hold(shared, faculty, Role.REPORTER)
    users = {
        "plain": make_user(),
        "shared": shared,
        "member": make_holder(faculty, Role.MEMBER),
        "reporter": reporter,
        "head": User.objects.get(pk=chief.user.pk),
        "deputy": make_holder(faculty, Role.DEPUTY),
        "office": make_holder(school, Role.STANDING_OFFICE),
        "leader": make_holder(school, Role.LEADER),
        "council": make_holder(school, Role.COUNCIL_MEMBER),
        "secretary": make_holder(school, Role.COUNCIL_SECRETARY),
        "foreign_head": make_holder(other, Role.UNIT_HEAD),
        "foreign_office": make_holder(elsewhere, Role.STANDING_OFFICE),
        "officer": make_holder(department, Role.DEPARTMENT_OFFICER),
        "department_office": make_holder(department, Role.STANDING_OFFICE),
        "administrator": make_user("administrator"),
    }
    draft = make_activity(faculty, reporter)
    counted = make_confirmed(faculty, reporter, users["head"])
    photo, paper = put_evidence(counted, reporter)
    doubt = Suspicion.objects.create(
        one=draft, other=counted, institution=school, why="class", seen_at=now
    )
    asked = make_open_round(school, users["office"])
    given = Report.objects.get(
        round=make_open_round(school, users["office"], kind="ad_hoc"), unit=faculty
    )
    Report.objects.filter(pk=given.pk).update(
        state="submitted", submitted_at=now, first_submitted_at=now, confirmed_at=now,
        confirmed_by=users["head"],
    )  # fmt: skip
    awards = make_award_round(school, users["office"])
    proposal = make_dossier(awards, faculty, reporter)
    student = make_person(klass)
    praise = make_list(faculty, reporter, student)
    return World(
        department, school, faculty, klass, other, users, student, chief,
        Membership.objects.get(user=reporter),
        RosterImport.objects.create(school=school, name="a.xlsx", given_at=now, moved_at=now),
        team,
        add_team_member(team, make_person(klass), task="", starts=SINCE, by=None, now=now),
        add_line(klass, school, purpose="report", starts=SINCE, by=None),
        draft, counted, photo, paper, doubt,
        make_event(unit=school, is_public=False, takes_classes=True),
        Report.objects.get(round=asked, unit=faculty), asked, given,
        awards, make_award_round(school, users["office"], is_open=False), proposal,
        make_nominee(proposal, reporter, unit=klass),
        praise, praise.entries.get(), make_sent_list(faculty, users["head"], student),
        make_asked(faculty),
        make_contribution(faculty, reporter),
    )  # fmt: skip
