"""Slips, links, and the choice of a password: what opens an account, and what does not."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Slip, User
from accounts.services import (
    PasswordChosenElsewhere,
    choose_password,
    forget_password,
    invite,
    issue_slips,
    link_parts,
)
from outbox.models import Letter
from tests.concurrency import at_once
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

NEW = "ruộng bậc thang 26"
CHOOSE = "/mat-khau/chon/"
SIGN_IN = "/dang-nhap/"


@pytest.fixture
def hoa(home):
    """A student with an account and no password yet."""
    return make_user(username="nn1-07", last_name="Mẫu Thị", first_name="Hoa")


def slip_for(user: User, *, now=None) -> str:
    """The code on a new slip."""
    return issue_slips([user], by=None, now=now or timezone.now())[0].code


def sign_in(client: Client, password: str, username: str = "nn1-07"):
    """The answer to the form."""
    return client.post(SIGN_IN, {"username": username, "password": password})


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


def choose(client: Client, new: str = NEW, again: str | None = None, **more: str):
    """The answer to the choice."""
    return client.post(CHOOSE, {"new": new, "again": new if again is None else again, **more})


def test_the_code_is_nowhere_in_the_database(hoa):
    code = slip_for(hoa)
    slip = Slip.objects.get(user=hoa)
    assert code not in slip.digest
    assert code.replace("-", "") not in slip.digest
    assert len(slip.digest) == 64


@pytest.mark.parametrize("dress", [str, str.upper, lambda code: code.replace("-", " ")])
def test_a_slip_opens_the_account_and_leads_to_the_choice(client, hoa, dress):
    sign_in(client, dress(slip_for(hoa)))
    assert is_in(client)
    for address in ("/", "/don-vi/", "/quan-tri/", "/tai-khoan/"):
        assert client.get(address)["Location"].startswith(CHOOSE)
    assert client.get(CHOOSE).status_code == 200


def test_choosing_uses_the_slip_up_and_keeps_one_inside(client, hoa):
    code = slip_for(hoa)
    sign_in(client, code)
    assert choose(client, next="/tai-khoan/")["Location"] == "/tai-khoan/"
    assert client.get("/tai-khoan/").status_code == 200
    hoa.refresh_from_db()
    assert hoa.check_password(NEW)
    assert not hoa.must_choose_password
    assert Slip.objects.get(user=hoa).used_at is not None
    other = Client()
    sign_in(other, code)
    assert not is_in(other)
    sign_in(other, NEW)
    assert is_in(other)


def test_a_slip_still_opens_after_a_lost_line(client, hoa):
    code = slip_for(hoa)
    sign_in(client, code)
    second = Client()
    sign_in(second, code)
    assert is_in(second)


def test_a_new_slip_makes_the_old_one_void_and_ends_what_was_open(client, hoa):
    sign_in(client, "mat-khau-thu-1")
    assert is_in(client)
    first = slip_for(hoa)
    second = slip_for(hoa)
    assert "/dang-nhap/" in client.get("/tai-khoan/")["Location"]
    fresh = Client()
    sign_in(fresh, first)
    sign_in(fresh, "mat-khau-thu-1")
    assert not is_in(fresh)
    sign_in(fresh, second)
    assert is_in(fresh)
    assert Slip.objects.filter(user=hoa, used_at=None).count() == 1


def test_an_old_slip_is_refused_with_a_word_on_slips(client, hoa):
    code = slip_for(hoa, now=timezone.now() - timedelta(days=30, seconds=1))
    said = sign_in(client, code).content.decode()
    assert not is_in(client)
    assert "xin phiếu mới" in said


def test_a_wrong_code_says_the_same_for_unknown_names(client, hoa):
    slip_for(hoa)
    known = sign_in(client, "cfgh-kmnp-2346").context["form"].non_field_errors()
    unknown = sign_in(client, "cfgh-kmnp-2346", "khong.co").context["form"].non_field_errors()
    assert known == unknown


def test_one_persons_slip_opens_no_other_account(client, hoa):
    make_user(username="nn1-08")
    sign_in(client, slip_for(hoa), "nn1-08")
    assert not is_in(client)


def test_a_closed_account_is_shut_at_once(client, hoa):
    code = slip_for(hoa)
    sign_in(client, code)
    User.objects.update(is_active=False)
    assert "/dang-nhap/" in client.get(CHOOSE)["Location"]
    fresh = Client()
    sign_in(fresh, code)
    assert not is_in(fresh)
    with pytest.raises(ValidationError):
        issue_slips([User.objects.get(pk=hoa.pk)], by=None, now=timezone.now())


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("", "", "Hãy nhập mật khẩu mới."),
        (NEW, NEW + "x", "Hai lần gõ chưa giống nhau."),
        ("ngan", "ngan", "8"),
        ("1928374650", "1928374650", "số"),
        ("password", "password", "quá thông dụng"),
        ("cfgh-kmnp-2346", "cfgh-kmnp-2346", "Đừng dùng lại mã trên phiếu"),
        ("x" * 129, "x" * 129, "128"),
    ],
)
def test_a_weak_choice_is_refused_at_its_field(client, hoa, new, again, said):
    sign_in(client, slip_for(hoa))
    answer = choose(client, new, again)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    hoa.refresh_from_db()
    assert hoa.must_choose_password


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_choice_leads_nowhere_else(client, hoa, away):
    sign_in(client, slip_for(hoa))
    assert choose(client, next=away)["Location"] == "/"


def test_thirty_slips_cost_as_many_queries_as_one(home):
    users = [make_user() for _ in range(30)]
    issue_slips(users, by=None, now=timezone.now())
    with CaptureQueriesContext(connection) as one:
        issue_slips(users[:1], by=None, now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        printed = issue_slips(users, by=None, now=timezone.now())
    assert len(many) == len(one)
    assert [slip.user for slip in printed] == [user.pk for user in users]


def test_a_stale_choice_is_refused(hoa):
    slip_for(hoa)
    first, second = User.objects.get(pk=hoa.pk), User.objects.get(pk=hoa.pk)
    choose_password(first, NEW, now=timezone.now())
    with pytest.raises(PasswordChosenElsewhere):
        choose_password(second, "một câu khác 27", now=timezone.now())
    assert User.objects.get(pk=hoa.pk).check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_two_choices_at_once_make_one_password(transactional_db):
    hoa = make_user(username="nn1-07")
    slip_for(hoa)
    known = User.objects.get(pk=hoa.pk)
    words = iter(["câu thứ nhất 1", "câu thứ hai 22"])

    def one() -> str:
        mine = next(words)
        try:
            choose_password(User(pk=known.pk, password=known.password), mine, now=timezone.now())
        except PasswordChosenElsewhere:
            return ""
        return mine

    chosen = [word for word in at_once(2, one) if word]
    assert len(chosen) == 1
    assert User.objects.get(pk=hoa.pk).check_password(chosen[0])


def link_of(letter: Letter) -> str:
    """The path of the link in a letter."""
    line = next(line for line in letter.body.splitlines() if "/mat-khau/dat/" in line)
    return line[line.index("/mat-khau/dat/") :]


def test_an_invitation_opens_the_account_once(client, hoa):
    hoa.email = "hoa@example.edu.vn"
    hoa.save()
    invite(hoa, by=None, now=timezone.now())
    path = link_of(Letter.objects.get())
    page = client.get(path)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
    assert client.post(path, {"new": NEW, "again": NEW})["Location"] == SIGN_IN
    assert client.get(path).status_code == 410
    sign_in(client, NEW)
    assert is_in(client)


def test_without_an_address_there_is_no_invitation(hoa):
    with pytest.raises(ValidationError):
        invite(hoa, by=None, now=timezone.now())


@pytest.mark.parametrize("path", ["x/y", "MQ/abc-def", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x", "4pyT/x"])
def test_a_forged_link_is_refused(client, hoa, path):
    assert client.get(f"/mat-khau/dat/{path}/").status_code == 410


def test_a_link_dies_after_three_days(client, hoa, settings):
    uid, token = link_parts(hoa)
    assert client.get(f"/mat-khau/dat/{uid}/{token}/").status_code == 200
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(f"/mat-khau/dat/{uid}/{token}/").status_code == 410


@pytest.mark.parametrize("name", ["NN1-07", "hoa@example.edu.vn", " Hoa@Example.edu.vn "])
def test_forgotten_sends_a_letter_to_the_accounts_address(client, hoa, name):
    User.objects.filter(pk=hoa.pk).update(email="hoa@example.edu.vn")
    answer = client.post("/mat-khau/quen/", {"name": name})
    assert answer["Location"] == "/mat-khau/quen/da-gui/"
    assert [letter.to_email for letter in Letter.objects.all()] == ["hoa@example.edu.vn"]


@pytest.mark.parametrize("name", ["khong.co", "khong@co.vn", "nn1-07"])
def test_forgotten_says_the_same_without_such_an_address(client, hoa, name):
    assert client.post("/mat-khau/quen/", {"name": name})["Location"] == "/mat-khau/quen/da-gui/"
    assert not Letter.objects.exists()
    assert "xin phiếu mới" in client.get("/mat-khau/quen/da-gui/").content.decode()


def test_a_post_box_is_not_flooded(client, hoa):
    User.objects.filter(pk=hoa.pk).update(email="hoa@example.edu.vn")
    # In the middle of an hour, so that the six stand in one.
    now = timezone.now().replace(minute=30)
    for second in range(6):
        with time_machine.travel(now + timedelta(seconds=second), tick=False):
            client.post("/mat-khau/quen/", {"name": "nn1-07"})
    assert Letter.objects.count() == 3


def test_forgotten_is_silent_for_closed_accounts(hoa):
    User.objects.update(email="hoa@example.edu.vn", is_active=False)
    forget_password("nn1-07", now=timezone.now())
    assert not Letter.objects.exists()


def test_changing_asks_for_the_old_and_ends_other_sessions(client, hoa):
    other = Client()
    for browser in (client, other):
        sign_in(browser, "mat-khau-thu-1")
    refused = client.post("/tai-khoan/", {"old": "sai", "new": NEW, "again": NEW})
    assert "Mật khẩu hiện nay chưa đúng." in refused.content.decode()
    client.post("/tai-khoan/", {"old": "mat-khau-thu-1", "new": NEW, "again": NEW})
    assert client.get("/tai-khoan/").status_code == 200
    assert "/dang-nhap/" in other.get("/tai-khoan/")["Location"]


@pytest.mark.parametrize("address", ["/tai-khoan/", CHOOSE])
def test_nobody_signed_out_sees_an_account(client, home, address):
    assert client.get(address)["Location"].startswith(SIGN_IN)
