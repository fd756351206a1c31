"""What every request passes through: content security policy, control characters."""

import pytest

from tests.factories.pages import make_article, make_section

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/tin-tuc/", "/huong-dan/", "/tim-kiem/?q=a", "/dang-nhap/", "/banner/",
          "/so-do-trang/", "/khong-co/", "/healthz"]  # fmt: skip


def policy(response) -> dict[str, str]:
    """The response's content security policy, by directive."""
    header = response["Content-Security-Policy"]
    return {
        name: value
        for name, _, value in (part.strip().partition(" ") for part in header.split(";"))
    }


@pytest.mark.parametrize("path", PUBLIC)
def test_policy_is_strict_for_readers(client, home, path):
    response = client.get(path)
    assert policy(response) == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", PUBLIC)
def test_no_page_may_be_framed(client, home, path):
    client.get(path)
    assert client.get(path)["X-Frame-Options"] == "DENY"


def test_policy_is_wider_for_the_admin_alone(sign_in):
    client = sign_in("administrator")
    inside = policy(client.get("/quan-tri/"))
    assert inside["script-src"] == "'self' 'unsafe-inline'"
    assert inside["style-src"] == "'self' 'unsafe-inline'"
    assert inside["frame-ancestors"] == "'self'"
    assert inside["object-src"] == "'none'"
    assert policy(client.get("/"))["script-src"] == "'self'"
    assert policy(client.get("/quan-tri"))["script-src"] == "'self'"


def test_admin_pages_are_stored_nowhere(sign_in):
    assert "no-store" in sign_in("editor").get("/quan-tri/")["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/%00", "/tin-tuc/%00/", "/tin-tuc/a%00b/", "/quan-tri/%00", "/tep/%00"]
)
def test_nul_in_a_path_is_not_found(client, home, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Không tìm thấy trang này" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/?x=%00", "/tin-tuc/?trang=%00", "/tin-tuc/?tu-khoa=%00a", "/tim-kiem/?q=%00", "/tim-kiem/?q=a%07%1b",
     "/tim-kiem/?q=a&loai=%00", "/dang-nhap/?next=%00", "/tin-tuc/?%00=1"],
)  # fmt: skip
def test_nul_in_a_query_gets_a_normal_page(client, home, path):
    assert client.get(path).status_code == 200


def test_control_characters_are_taken_out_of_the_query(client, home):
    response = client.get("/tim-kiem/?q=kho%00a%07%20h%E1%BB%8Dc")
    assert response.context["query"].text == "khoa học"


def test_decomposed_letters_of_the_query_are_mended(client, home):
    response = client.get("/tim-kiem/", {"q": "đa\u0302ng"})
    assert response.context["query"].text == "đâng"


@pytest.mark.parametrize("data", [{"username": "\x00", "password": "a\x00"}, {"username": "a\x07"}])
def test_control_characters_in_a_form_get_a_normal_page(client, home, data):
    assert client.post("/dang-nhap/", data).status_code == 200


@pytest.mark.parametrize("rest", ["", "in/", "ma-qr/"])
def test_policy_holds_for_all_views_of_an_article(client, home, rest):
    article = make_article(make_section())
    response = client.get(article.url + rest)
    assert response.status_code == 200
    assert policy(response)["script-src"] == "'self'"
