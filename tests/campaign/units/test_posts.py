"""Who may do what by posts: reach, granting, confirming, slips."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.units.choices import DRAFTS_ONLY, WEIGHTY, Role, UnitKind
from campaign.units.posts import (
    Post,
    Spot,
    confirm_problem,
    holds_any,
    holds_on,
    letting_go_problem,
    may_grant,
    may_hold,
    overlap,
    place_problem,
    reaches,
    reaches_sent,
    reset_problem,
    shared_problem,
)

DAY = date(2026, 11, 23)
DEPARTMENT = Spot(1, "0001", UnitKind.DEPARTMENT, None)
BUREAU = Spot(2, "00010001", UnitKind.OFFICE, None)
SCHOOL = Spot(3, "00010002", UnitKind.INSTITUTION, 3)
FACULTY = Spot(4, "000100020001", UnitKind.FACULTY, 3)
CLASS = Spot(5, "0001000200010001", UnitKind.STUDENT_CLASS, 3)
SISTER = Spot(6, "000100020002", UnitKind.FACULTY, 3)
OTHER = Spot(7, "00010003", UnitKind.INSTITUTION, 7)
ALL = [DEPARTMENT, BUREAU, SCHOOL, FACULTY, CLASS, SISTER, OTHER]


def post(role: str, at: Spot, key: int = 1) -> Post:
    """A post."""
    return Post(key, role, at)


@pytest.mark.parametrize(
    ("starts", "ends", "revoked", "expected"),
    [
        (DAY, None, False, True),
        (DAY, DAY, False, True),
        (DAY + timedelta(1), None, False, False),
        (DAY - timedelta(9), DAY - timedelta(1), False, False),
        (DAY - timedelta(9), DAY, False, True),
        (DAY, None, True, False),
    ],
)
def test_both_days_of_a_membership_are_included(starts, ends, revoked, expected):
    assert holds_on(starts, ends, DAY, revoked=revoked) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((1, 5), (5, 9), True),
        ((1, 5), (6, 9), False),
        ((1, None), (30, None), True),
        ((6, 9), (1, 5), False),
        ((3, 3), (3, 3), True),
        ((10, None), (1, 9), False),
    ],
)
def test_overlap_counts_both_ends(one, other, expected):
    def days(pair):
        return tuple(n and date(2026, 1, n) for n in pair)

    assert overlap(days(one), days(other)) is expected
    assert overlap(days(other), days(one)) is expected


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (CLASS, [CLASS]),
        (FACULTY, [FACULTY, CLASS]),
        (SCHOOL, [SCHOOL, FACULTY, CLASS, SISTER]),
        (DEPARTMENT, [DEPARTMENT, BUREAU]),
        (OTHER, [OTHER]),
    ],
)
def test_a_role_reaches_its_unit_and_below_and_stops_at_school_gates(at, inside):
    held = post(Role.STANDING_OFFICE, at)
    assert [spot for spot in ALL if reaches(held, spot)] == inside


def test_a_department_reaches_what_schools_have_sent():
    officer = post(Role.DEPARTMENT_OFFICER, DEPARTMENT)
    assert all(reaches_sent(officer, spot) for spot in ALL)
    member = post(Role.MEMBER, DEPARTMENT)
    assert not reaches_sent(member, SCHOOL)


def test_sent_work_of_another_school_stays_out_of_reach():
    assert not reaches_sent(post(Role.LEADER, SCHOOL), OTHER)


@pytest.mark.parametrize("role", Role.values)
def test_roles_of_the_whole_school_are_not_held_in_a_class(role):
    allowed = role in {Role.MEMBER, Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY}
    assert may_hold(role, UnitKind.STUDENT_CLASS) is allowed
    assert (place_problem(role, UnitKind.STUDENT_CLASS) is None) is allowed


@pytest.mark.parametrize(
    ("giver", "role", "where", "expected"),
    [
        (post(Role.STANDING_OFFICE, SCHOOL), Role.UNIT_HEAD, FACULTY, True),
        (post(Role.STANDING_OFFICE, SCHOOL), Role.COUNCIL_SECRETARY, SCHOOL, True),
        (post(Role.STANDING_OFFICE, SCHOOL), Role.UNIT_HEAD, OTHER, False),
        (post(Role.STANDING_OFFICE, DEPARTMENT), Role.STANDING_OFFICE, SCHOOL, True),
        (post(Role.STANDING_OFFICE, DEPARTMENT), Role.LEADER, SCHOOL, True),
        (post(Role.STANDING_OFFICE, DEPARTMENT), Role.UNIT_HEAD, FACULTY, False),
        (post(Role.STANDING_OFFICE, DEPARTMENT), Role.COUNCIL_MEMBER, SCHOOL, False),
        (post(Role.UNIT_HEAD, FACULTY), Role.DEPUTY, FACULTY, True),
        (post(Role.UNIT_HEAD, FACULTY), Role.DEPUTY, CLASS, False),
        (post(Role.UNIT_HEAD, FACULTY), Role.REPORTER, CLASS, True),
        (post(Role.UNIT_HEAD, FACULTY), Role.UNIT_HEAD, CLASS, False),
        (post(Role.DEPUTY, FACULTY), Role.DEPUTY, FACULTY, False),
        (post(Role.DEPUTY, FACULTY), Role.MEMBER, FACULTY, True),
        (post(Role.REPORTER, FACULTY), Role.MEMBER, FACULTY, False),
        (post(Role.LEADER, SCHOOL), Role.MEMBER, FACULTY, False),
        (post(Role.DEPARTMENT_OFFICER, DEPARTMENT), Role.MEMBER, SCHOOL, False),
    ],
)
def test_who_gives_which_role(giver, role, where, expected):
    assert may_grant([giver], role, where) is expected


@pytest.mark.parametrize("role", Role.values)
def test_a_shared_account_only_drafts(role):
    assert (shared_problem(role) is None) is (role in DRAFTS_ONLY)


HEAD = [post(Role.UNIT_HEAD, FACULTY)]


@pytest.mark.parametrize(
    ("posts", "author", "shared", "said"),
    [
        (HEAD, 2, False, None),
        (HEAD, None, False, None),
        ([post(Role.DEPUTY, FACULTY)], 2, False, None),
        (HEAD, 1, False, "chính mình"),
        (HEAD, 2, True, "dùng chung"),
        ([post(Role.REPORTER, FACULTY)], 2, False, "trưởng đơn vị"),
        ([post(Role.UNIT_HEAD, SCHOOL)], 2, False, "trưởng đơn vị"),
        ([post(Role.STANDING_OFFICE, SCHOOL)], 2, False, "trưởng đơn vị"),
        ([], 2, False, "trưởng đơn vị"),
    ],
)
def test_who_confirms(posts, author, shared, said):
    problem = confirm_problem(posts, FACULTY, user=1, author=author, shared=shared)
    assert problem is None if said is None else said in (problem or "")


@pytest.mark.parametrize("role", sorted(Role.values))
def test_nobody_confirms_his_own_entry_whatever_his_role(role):
    held = [post(role, FACULTY)]
    assert confirm_problem(held, FACULTY, user=1, author=1, shared=False) is not None


def reset(giver: Post, held: list[Post], **more) -> str | None:
    """Why `giver` can't give a slip to somebody of FACULTY."""
    known = {"is_staff": False, "used": True, "oneself": False}
    return reset_problem([giver], FACULTY, held=held, **{**known, **more})


OFFICE = post(Role.STANDING_OFFICE, SCHOOL)


@pytest.mark.parametrize(
    ("giver", "held", "more", "refused"),
    [
        (OFFICE, [], {}, False),
        (OFFICE, HEAD, {}, False),
        (HEAD[0], [post(Role.MEMBER, FACULTY)], {}, False),
        (HEAD[0], [post(Role.REPORTER, FACULTY)], {}, False),
        (HEAD[0], HEAD, {}, True),
        (post(Role.DEPUTY, FACULTY), HEAD, {}, True),
        (HEAD[0], [post(Role.MEMBER, FACULTY), post(Role.REPORTER, SISTER)], {}, True),
        (HEAD[0], [post(Role.UNIT_HEAD, CLASS)], {}, False),
        (OFFICE, [post(Role.LEADER, SCHOOL)], {}, True),
        (OFFICE, [post(Role.LEADER, SCHOOL)], {"used": False}, False),
        (OFFICE, [], {"is_staff": True}, True),
        (OFFICE, [], {"oneself": True}, True),
        (post(Role.REPORTER, FACULTY), [], {}, True),
        (post(Role.STANDING_OFFICE, OTHER), [], {}, True),
        (post(Role.STANDING_OFFICE, DEPARTMENT), [], {}, True),
    ],
)
def test_a_slip_opens_no_more_than_its_giver_has(giver, held, more, refused):
    assert (reset(giver, held, **more) is not None) is refused


@given(
    role=st.sampled_from(sorted(Role.values)),
    at=st.sampled_from(ALL),
    held=st.lists(
        st.builds(post, st.sampled_from(sorted(Role.values)), st.sampled_from(ALL)), max_size=3
    ),
    used=st.booleans(),
)
def test_no_slip_reaches_a_role_outside_the_givers_units(role, at, held, used):
    giver = post(role, at)
    if reset(giver, held, used=used) is None:
        assert all(reaches(giver, one.at) for one in held)
        assert not (used and any(one.role in WEIGHTY for one in held))


@given(
    role=st.sampled_from(sorted(Role.values)),
    at=st.sampled_from(ALL),
    spot=st.sampled_from(ALL),
)
def test_granting_and_holding_stay_within_reach_or_found_a_school(role, at, spot):
    giver = post(role, at)
    for given_role in Role.values:
        if may_grant([giver], given_role, spot):
            founded = spot.kind == UnitKind.INSTITUTION and role == Role.STANDING_OFFICE
            assert reaches(giver, spot) or founded
    assert holds_any([giver], {role}, spot) is reaches(giver, spot)


@pytest.mark.parametrize(
    ("keeper", "held", "refused"),
    [
        (OFFICE, HEAD, False),
        (HEAD[0], [post(Role.MEMBER, FACULTY)], False),
        (HEAD[0], [post(Role.STANDING_OFFICE, SCHOOL)], True),
        (post(Role.MEMBER, FACULTY), [], True),
        (post(Role.STANDING_OFFICE, OTHER), [], True),
    ],
)
def test_who_lets_somebody_go(keeper, held, refused):
    problem = letting_go_problem([keeper], FACULTY, held=held, is_staff=False)
    assert (problem is not None) is refused
    assert letting_go_problem([keeper], FACULTY, held=held, is_staff=True) is not None
