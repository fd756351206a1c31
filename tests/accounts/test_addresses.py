"""One's own e-mail address."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services import ask_address, confirm_address
from outbox.models import Letter
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(home, client):
    """Somebody signed in, without an address."""
    user = make_user()
    user.set_password("mot-cau-de-nho")
    user.email = ""
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def asked(client, email: str = "ten@example.vn", password: str = "mot-cau-de-nho"):
    """The form of the account's page."""
    words = {"viec": "thu", "thu-email": email, "thu-password": password}
    return client.post(reverse("accounts:account"), words, follow=True)


def link() -> str:
    """The link in the newest letter."""
    letter = Letter.objects.latest("pk")
    return re.search(r"/tai-khoan/thu/\S+", letter.body).group()


def test_the_address_counts_only_after_a_press(user, client):
    assert "Đã gửi thư" in asked(client).content.decode()
    user.refresh_from_db()
    assert user.email == ""
    page = client.get(link())
    assert page.headers["Referrer-Policy"] == "same-origin"
    user.refresh_from_db()
    assert user.email == ""
    client.post(link())
    user.refresh_from_db()
    assert user.email == "ten@example.vn"
    # The link is used up.
    assert client.get(link()).status_code == 410
    assert client.post(link()).status_code == 410


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("", "mot-cau-de-nho", "Hãy nhập địa chỉ thư."),
        ("khong-phai", "mot-cau-de-nho", "chưa đúng"),
        ("ten@example.vn", "sai", "Mật khẩu hiện nay chưa đúng."),
        ("co@example.vn", "mot-cau-de-nho", "đã dùng cho tài khoản khác"),
    ],
)
def test_refused_where_it_happened(user, client, email, password, said):
    other = make_user()
    other.email = "CO@example.vn"
    other.save()
    page = asked(client, email, password)
    assert said in page.content.decode()
    assert Letter.objects.count() == 0


def test_a_link_dies_with_another_password_and_a_forged_one_never_lived(user, client):
    asked(client)
    user.set_password("mot-cau-khac-han")
    user.save()
    assert client.get(link()).status_code == 410
    assert client.get(link()[:-3] + "xx/").status_code == 410


def test_an_address_taken_in_between_is_not_given_twice(user, client):
    asked(client)
    User.objects.filter(pk=make_user().pk).update(email="TEN@example.vn")
    page = client.post(link())
    assert "tài khoản khác" in page.content.decode()
    user.refresh_from_db()
    assert user.email == ""


def test_letters_are_limited(user, client):
    for number in range(3):
        asked(client, f"ten{number}@example.vn")
    page = asked(client, "ten9@example.vn")
    assert "thử lại sau một giờ" in page.content.decode()
    assert Letter.objects.count() == 3


def test_a_shared_account_has_none(home, django_user_model):
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    shared = make_user(is_shared=True)
    with pytest.raises(ValidationError):
        ask_address(shared, "ten@example.vn", now=timezone.now())
    assert confirm_address("rac") is None


def test_an_administrator_makes_a_user_without_address(home, client):
    client.force_login(
        make_user("administrator"), backend="django.contrib.auth.backends.ModelBackend"
    )
    words = {"username": "moi", "password1": "mot-cau-de-nho", "password2": "mot-cau-de-nho"}
    answer = client.post(reverse("wagtailusers_users:add"), words)
    assert answer.status_code == 302
    assert User.objects.get(username="moi").email == ""
