"""The command that prints one demo account for each role."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import SiteRole
from accounts.models import User

pytestmark = pytest.mark.django_db


def printed(*options: str) -> str:
    """What `demo_accounts` prints."""
    out = io.StringIO()
    call_command("demo_accounts", *options, stdout=out)
    return out.getvalue()


def test_json_names_each_role_with_name_and_password(home):
    rows = json.loads(printed("--json"))
    assert [row["role"] for row in rows] == [role.value for role in SiteRole]
    assert [row["username"] for row in rows] == [f"demo.{role.value}" for role in SiteRole]
    assert {tuple(row) for row in rows} == {("role", "username", "password", "unit")}
    assert len({row["password"] for row in rows}) == len(rows)


def test_each_account_signs_in_and_enters_the_admin(client, home):
    for row in json.loads(printed("--json")):
        answer = client.post(
            "/dang-nhap/", {"username": row["username"], "password": row["password"]}
        )
        assert answer["Location"] == "/quan-tri/"
        assert client.get("/quan-tri/").status_code == 200
        client.logout()


def test_each_account_has_its_role_alone(home):
    printed()
    for role in SiteRole:
        user = User.objects.get(username=f"demo.{role.value}")
        assert list(user.groups.values_list("name", flat=True)) == [role.value]
        assert (user.is_superuser, user.is_staff) == (False, False)


def test_second_run_prints_the_same_and_makes_nobody(home):
    first = printed("--json")
    count = User.objects.count()
    assert printed("--json") == first
    assert User.objects.count() == count


def test_changed_role_and_password_are_put_right(home):
    rows = json.loads(printed("--json"))
    user = User.objects.get(username="demo.editor")
    user.set_password("khac-han-9")
    user.save()
    user.groups.clear()
    printed()
    user = User.objects.get(username="demo.editor")
    assert user.check_password(rows[1]["password"])
    assert list(user.groups.values_list("name", flat=True)) == ["editor"]


def test_plain_output_has_a_line_for_each_role(home):
    assert [line.split()[0] for line in printed().splitlines()] == [role.value for role in SiteRole]


def test_demo_accounts_are_refused_where_demo_is_not_allowed(home, settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError):
        printed("--json")
    assert list(User.objects.filter(username__startswith="demo.")) == []
