"""Signing in and out."""

import pytest
from django.urls import reverse

from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/dang-nhap/"
PASSWORD = "mat-khau-thu-1"


@pytest.fixture
def lan(home):
    """Somebody with an account and no role."""
    return make_user(username="lan.nguyen", password=PASSWORD)


def sign_in(client, username: str = "lan.nguyen", password: str = PASSWORD, **more):
    """The answer to the sign-in form."""
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def is_signed_in(client) -> bool:
    """Whether the client has a user."""
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("username", ["lan.nguyen", "LAN.Nguyen", "  lan.nguyen ", "lan.nguyen\t"])
def test_sign_in_takes_the_name_in_any_case_and_with_spaces(client, lan, username):
    response = sign_in(client, username)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


@pytest.mark.parametrize("role", ["administrator", "editor", "publisher", "librarian"])
def test_sign_in_leads_staff_to_their_desk(client, home, role):
    make_user(role, username="can.bo")
    assert sign_in(client, "can.bo")["Location"] == "/quan-tri/"


@pytest.mark.parametrize("password", ["sai", PASSWORD.upper(), PASSWORD + " "])
def test_sign_in_with_a_wrong_password_says_what_to_check(client, lan, password):
    response = sign_in(client, password=password)
    assert response.status_code == 200
    content = response.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in content
    assert 'value="lan.nguyen"' in content
    assert not is_signed_in(client)


def test_sign_in_says_the_same_of_an_unknown_name(client, lan):
    known = sign_in(client, password="sai").context["form"].non_field_errors()
    unknown = sign_in(client, "khong.co", "sai").context["form"].non_field_errors()
    assert known == unknown


def test_sign_in_of_a_stopped_account_is_refused(client, lan):
    lan.is_active = False
    lan.save()
    assert sign_in(client).status_code == 200
    assert not is_signed_in(client)


def test_sign_in_without_name_and_password_says_so_at_each_field(client, home):
    errors = sign_in(client, "", "").context["form"].errors
    assert errors == {"username": ["Hãy nhập tên đăng nhập."], "password": ["Hãy nhập mật khẩu."]}


def test_five_wrong_passwords_close_the_door(client, lan):
    answers = [sign_in(client, password="sai").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    response = sign_in(client)
    assert response.status_code == 429
    content = response.content.decode()
    assert "Tạm khóa đăng nhập" in content
    assert "Hãy đợi 15 phút" in content
    assert "lan.nguyen" in content
    assert not is_signed_in(client)


@pytest.mark.parametrize("username", ["LAN.NGUYEN", " lan.nguyen"])
def test_closed_door_is_not_opened_by_another_spelling(client, lan, username):
    for _ in range(5):
        sign_in(client, password="sai")
    assert sign_in(client, username).status_code == 429


def test_spellings_of_one_name_count_together(client, lan):
    for username in ("lan.nguyen", "LAN.nguyen", "Lan.Nguyen", "lAN.nguyen", "LAN.NGUYEN"):
        sign_in(client, username, "sai")
    assert sign_in(client).status_code == 429


def test_closed_door_lets_others_of_the_same_room_in(client, lan):
    make_user(username="minh.vang", password=PASSWORD)
    for _ in range(5):
        sign_in(client, password="sai")
    assert sign_in(client, "minh.vang").status_code == 302


def test_closed_door_opens_after_a_quarter_of_an_hour(client, lan):
    import time_machine

    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False):
        for _ in range(5):
            sign_in(client, password="sai")
        assert sign_in(client).status_code == 429
    with time_machine.travel("2026-11-20 08:16:00+07:00", tick=False):
        assert sign_in(client).status_code == 302


def test_right_password_forgets_wrong_ones(client, lan):
    for _ in range(4):
        sign_in(client, password="sai")
    assert sign_in(client).status_code == 302
    client.logout()
    assert [sign_in(client, password="sai").status_code for _ in range(4)] == [200] * 4


@pytest.mark.parametrize(
    "wanted",
    ["https://xau.example/", "//xau.example/", "javascript:alert(1)", "http:///xau.example", "\\\\xau.example",
     "https:xau.example", "/\\xau.example"],
)  # fmt: skip
def test_sign_in_never_leads_to_a_foreign_host(client, lan, wanted):
    assert sign_in(client, next=wanted)["Location"] == "/"
    client.logout()
    response = client.post(
        f"{SIGN_IN}?next={wanted}", {"username": "lan.nguyen", "password": PASSWORD}
    )
    assert response["Location"] == "/"


def test_sign_in_leads_back_to_where_one_wanted_to_go(client, lan):
    assert sign_in(client, next="/tin-tuc/?trang=2")["Location"] == "/tin-tuc/?trang=2"


def test_sign_in_page_sends_the_signed_in_on(client, lan):
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(SIGN_IN)["Location"] == "/"


def test_sign_in_page_is_stored_nowhere(client, home):
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


def test_sign_out_is_by_post_alone(client, lan):
    sign_in(client)
    assert client.get("/dang-xuat/").status_code == 405
    assert is_signed_in(client)
    response = client.post("/dang-xuat/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/quan-tri/login/", "/quan-tri/password_reset/", "/_util/login/"])
def test_other_doors_lead_to_the_one(client, home, path):
    assert client.get(path)["Location"] == SIGN_IN
    assert (
        client.get(path, {"next": "/quan-tri/pages/"})["Location"]
        == f"{SIGN_IN}?next=/quan-tri/pages/"
    )
    assert client.get(path, {"next": "https://xau.example/"})["Location"] == SIGN_IN
    assert client.post(path, {"username": "a", "password": "b"})["Location"] == SIGN_IN


def test_admin_sends_a_passer_by_to_the_sign_in(client, home):
    response = client.get("/quan-tri/pages/")
    assert response.status_code == 302
    assert response["Location"] == f"{SIGN_IN}?next=/quan-tri/pages/"
    assert reverse("accounts:sign-in") == SIGN_IN


def test_password_reset_is_closed(client, home):
    for path in ("/quan-tri/password_reset/done/", "/quan-tri/password_reset/confirm/a/b/"):
        assert client.get(path).status_code in (302, 404)
