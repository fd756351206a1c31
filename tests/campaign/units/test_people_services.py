"""Verbs on people and roles: what they change, whom they refuse, and two at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from campaign.units import services
from campaign.units.choices import PersonKind, Role
from campaign.units.models import Membership, Person, TeamMember, Unit
from campaign.units.reach import forget_posts, posts_of
from tests.concurrency import at_once
from tests.factories.people import SINCE, hold, make_holder, make_person, make_user
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(db):
    """A school with its parts."""
    return make_college()


@pytest.fixture
def office(college):
    """Who keeps the whole school."""
    return make_holder(college["school"], Role.STANDING_OFFICE)


def now():
    """The moment, in local time as views have it."""
    return timezone.localtime()


def today():
    """The day."""
    return timezone.localdate()


def roles_of(user: User) -> set[tuple[str, str]]:
    """Roles and units as they hold now."""
    forget_posts(user)
    return {(post.role, post.name) for post in posts_of(user)}


def test_adding_mends_text_and_finds_by_any_part_without_marks(college, office):
    person = services.add_person(
        college["farmers"], kind=PersonKind.STUDENT, code=" NN1-07 ", full_name="Mẫu  Thị  Đường",
        since=SINCE, by=office,
    )  # fmt: skip
    assert (person.code, person.full_name) == ("NN1-07", "Mẫu Thị Đường")
    assert person.institution == college["school"]
    for query in ("duong mau", "NN1-07", "thi d", "Đường"):
        assert list(Person.objects.found(query)) == [person]
    for query in ("uong", "khac"):
        assert not Person.objects.found(query).exists()


@pytest.mark.parametrize("code", ["nn1-07", "NN1.07", "Nn1–07 ", "ńN1-07"])
def test_the_same_code_in_other_letters_is_refused_by_name(college, office, code):
    make_person(college["farmers"], code="NN1-07", full_name="Mẫu Văn Một")
    with pytest.raises(ValidationError) as refused:
        services.add_person(
            college["smiths"], kind="student", code=code, full_name="Khác", since=SINCE, by=office
        )
    assert "Mẫu Văn Một" in refused.value.message_dict["code"][0]


def test_another_school_may_use_the_same_code(college):
    make_person(college["farmers"], code="NN1-07")
    elsewhere = make_unit(make_unit(None, "institution"), "student_class")
    assert make_person(elsewhere, code="NN1-07").pk


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "  "}, "code"),
        ({"code": "--"}, "code"),
        ({"full_name": " "}, "full_name"),
        ({"birth_year": 1850}, "birth_year"),
        ({"birth_year": 2090}, "birth_year"),
        ({"kind": "teacher"}, "kind"),
    ],
)
def test_bad_input_is_told_at_its_field(college, office, fields, field):
    known = {"kind": "student", "code": "A1", "full_name": "Mẫu An", "since": SINCE}
    with pytest.raises(ValidationError) as refused:
        services.add_person(college["farmers"], by=office, **{**known, **fields})
    assert field in refused.value.message_dict


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REPORTER, Role.LEADER, Role.COUNCIL_MEMBER])
def test_who_does_not_keep_people_adds_nobody(college, role):
    where = college["school"] if role in (Role.LEADER, Role.COUNCIL_MEMBER) else college["farming"]
    user = make_holder(where, role)
    with pytest.raises(PermissionDenied):
        services.add_person(
            college["farmers"], kind="student", code="A1", full_name="Mẫu An", since=SINCE, by=user
        )


def test_a_head_keeps_his_units_and_no_others(college):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    services.add_person(
        college["farmers"], kind="student", code="A1", full_name="Mẫu An", since=SINCE, by=head
    )
    with pytest.raises(PermissionDenied):
        services.add_person(
            college["smiths"], kind="student", code="A2", full_name="Mẫu Ba", since=SINCE, by=head
        )


def test_moving_takes_membership_along_and_leaves_roles_behind(college, office):
    person = make_person(college["farmers"], account=True)
    hold(person.user, college["farmers"], Role.REPORTER)
    services.move_person(person, to=college["smiths"], since=today(), by=office, now=now())
    assert roles_of(person.user) == {(Role.MEMBER, "Lớp Cơ khí 1")}
    assert Membership.objects.filter(user=person.user).count() == 3


def test_nobody_is_moved_to_another_school(college, office):
    elsewhere = make_unit(make_unit(None, "institution"), "student_class")
    person = make_person(college["farmers"])
    with pytest.raises((ValidationError, PermissionDenied)):
        services.move_person(person, to=elsewhere, since=today(), by=office, now=now())
    with pytest.raises(ValidationError):
        services.move_person(person, to=elsewhere, since=today(), by=None, now=now())


def test_leaving_ends_roles_teams_and_access_at_once(college, office, client):
    person = make_person(college["farmers"], account=True)
    team = make_unit(college["farming"], "volunteer_team")
    services.add_team_member(team, person, task="Cài VNeID", starts=SINCE, by=office, now=now())
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    services.let_go(person, last_day=today(), by=office, now=now())
    person.user.refresh_from_db()
    assert roles_of(person.user) == set()
    assert not person.user.is_active
    assert TeamMember.objects.get().ends == today()
    assert "/dang-nhap/" in client.get("/don-vi/")["Location"]
    services.take_back(Person.objects.get(pk=person.pk), by=office, now=now())
    assert roles_of(User.objects.get(pk=person.user.pk)) == {(Role.MEMBER, "Lớp Nông nghiệp 1")}


def test_nobody_lets_himself_go_nor_his_chief(college, office):
    boss = make_person(college["farming"], account=True, kind="staff")
    hold(boss.user, college["farming"], Role.UNIT_HEAD)
    with pytest.raises(PermissionDenied):
        services.let_go(boss, last_day=today(), by=boss.user, now=now())
    clerk = make_person(college["farming"], account=True, kind="staff")
    hold(clerk.user, college["farming"], Role.DEPUTY)
    with pytest.raises(PermissionDenied):
        services.let_go(boss, last_day=today(), by=clerk.user, now=now())


def test_an_account_is_named_by_the_code_and_never_twice(college, office):
    first = make_person(college["farmers"], code="NN1-07")
    elsewhere = make_unit(make_unit(None, "institution", code="KHAC"), "student_class")
    second = make_person(elsewhere, code="nn1-07")
    one = services.open_account(first, by=office, today=today())
    two = services.open_account(second, by=None, today=today())
    assert one.username == "nn1-07"
    assert two.username != one.username
    assert services.open_account(first, by=office, today=today()) == one
    assert not one.has_usable_password()
    assert one.must_choose_password


def test_slips_are_for_all_or_for_none(college, office):
    people = [make_person(college["farmers"]) for _ in range(3)]
    boss = make_person(college["farming"], account=True, kind="staff")
    hold(boss.user, college["school"], Role.LEADER)
    User.objects.filter(pk=boss.user.pk).update(last_login=now())
    boss = Person.objects.get(pk=boss.pk)
    with pytest.raises(ValidationError) as refused:
        services.print_slips([*people, boss], by=office, now=now())
    assert boss.full_name in refused.value.messages[0]
    assert not Person.objects.filter(pk__in=[p.pk for p in people], user__isnull=False).exists()
    printed = services.print_slips(people, by=office, now=now())
    assert [slip.full_name for slip in printed] == [person.full_name for person in people]


def test_an_invitation_does_not_take_over_an_account(college, office):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    reporter = make_person(college["farming"], account=True, kind="staff")
    hold(reporter.user, college["craft"], Role.UNIT_HEAD)
    with pytest.raises(ValidationError):
        services.invite_person(reporter, email="minh@example.vn", by=head, now=now())
    other = make_person(college["farmers"])
    services.invite_person(other, email="minh@example.vn", by=head, now=now())
    third = make_person(college["farmers"])
    with pytest.raises(ValidationError):
        services.invite_person(third, email="MINH@example.vn", by=head, now=now())


def test_a_shared_account_gets_no_weight(college, office):
    shared = make_user(is_shared=True)
    services.grant_role(
        shared, college["office"], Role.REPORTER, starts=today(), by=office, today=today()
    )
    for role in (Role.UNIT_HEAD, Role.DEPUTY):
        with pytest.raises(ValidationError):
            services.grant_role(
                shared,
                college["office"],
                role,
                starts=today(),
                ends=today(),
                by=None,
                today=today(),
            )


def test_a_second_head_is_refused_until_the_first_has_a_last_day(college, office):
    first = hold(make_user(), college["farming"], Role.UNIT_HEAD)
    second = make_user()
    with pytest.raises(ValidationError) as refused:
        hold(second, college["farming"], Role.UNIT_HEAD)
    assert "Đơn vị đã có trưởng" in refused.value.messages[0]
    services.end_role(first, by=office, now=now(), last_day=today() + timedelta(days=3))
    hold(second, college["farming"], Role.UNIT_HEAD, starts=today() + timedelta(days=4))
    assert roles_of(second) == set()


def test_a_delegation_needs_an_end_and_holds_only_in_its_days(college):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    deputy = make_user()
    with pytest.raises(ValidationError):
        services.grant_role(
            deputy, college["farming"], Role.DEPUTY, starts=today(), by=head, today=today()
        )
    services.grant_role(
        deputy, college["farming"], Role.DEPUTY, starts=today() + timedelta(days=1),
        ends=today() + timedelta(days=2), by=head, today=today(),
    )  # fmt: skip
    assert [len(posts_of(deputy, today() + timedelta(days=n))) for n in range(4)] == [0, 1, 1, 0]


def test_groups_follow_roles_and_carry_no_scope(college, client):
    user = make_user(username="van.phong")
    role = hold(user, college["school"], Role.STANDING_OFFICE)
    assert user.groups.filter(name="standing_office").exists()
    # Ended by the calendar, with nobody there to change the groups.
    Membership.objects.filter(pk=role.pk).update(
        starts=today() - timedelta(days=9), ends=today() - timedelta(days=1)
    )
    client.post("/dang-nhap/", {"username": "van.phong", "password": "mat-khau-thu-1"})
    assert not user.groups.filter(name="standing_office").exists()


@pytest.mark.django_db(transaction=True)
def test_two_heads_named_at_once_are_one(transactional_db):
    college = make_college()
    users = iter([make_user(), make_user()])

    def name_one() -> bool:
        user = next(users)
        try:
            hold(user, Unit.objects.get(pk=college["farming"].pk), Role.UNIT_HEAD)
        except ValidationError:
            return False
        return True

    assert sorted(at_once(2, name_one)) == [False, True]
    assert Membership.objects.filter(role=Role.UNIT_HEAD).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_person_added_twice_at_once_is_one(transactional_db):
    college = make_college()

    def add() -> str:
        try:
            make_person(college["farmers"], code="NN1-07")
        except ValidationError as refused:
            return str(refused.messages[0])
        return ""

    said = at_once(2, add)
    assert sorted(bool(word) for word in said) == [False, True]
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_account_opened_twice_at_once_is_one(transactional_db):
    college = make_college()
    person = make_person(college["farmers"])
    users = at_once(2, lambda: services.open_account(person, by=None, today=today()).pk)
    assert len(set(users)) == 1
    assert User.objects.count() == 1
