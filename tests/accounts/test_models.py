"""Users: who sees whom, names in any case, Vietnamese order of names."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.choices import SiteRole
from accounts.models import User
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_administrator_sees_everybody(home):
    administrator, other = make_user(SiteRole.ADMINISTRATOR), make_user()
    assert set(User.objects.all().visible_to(administrator)) == {administrator, other}


@pytest.mark.parametrize("role", ["", SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN])
def test_others_see_only_themselves(home, role):
    me = make_user(role)
    make_user()
    assert list(User.objects.all().visible_to(me)) == [me]


def test_nobody_is_visible_to_a_passer_by(home):
    make_user()
    assert list(User.objects.all().visible_to(AnonymousUser())) == []


@pytest.mark.parametrize("typed", ["lan.nguyen", "LAN.NGUYEN", "Lan.Nguyen"])
def test_user_is_found_in_whatever_case(typed):
    user = make_user(username="Lan.Nguyen")
    assert User.objects.get_by_natural_key(typed) == user


def test_second_user_of_the_same_name_in_another_case_is_refused():
    make_user(username="lan")
    with pytest.raises(ValidationError) as refused:
        User(username="LAN", password="x").full_clean()
    assert "Tên đăng nhập này đã có người dùng." in str(refused.value)
    with pytest.raises(IntegrityError):
        User.objects.create(username="Lan")


@pytest.mark.parametrize(
    ("last", "first", "shown"),
    [
        ("Nguyễn Thị", "Lan", "Nguyễn Thị Lan"),
        ("", "Lan", "Lan"),
        ("Vàng", "", "Vàng"),
        ("", "", "u1"),
    ],
)
def test_full_name_is_family_name_first(last, first, shown):
    assert User(username="u1", last_name=last, first_name=first).get_full_name() == shown
