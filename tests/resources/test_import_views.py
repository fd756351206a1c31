"""The staff's pages for bringing in many items."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import SiteRole
from resources.models import ItemImport, LibraryItemPage
from tests.factories.catalogues import book, cells, link_cells, packed, uploaded
from tests.factories.library import make_item, pdf_bytes
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/nhap-hoc-lieu/"
KEY = "0123456789abcdef" * 2


def sent(rows, files=None, key: str = KEY) -> dict:
    """An upload."""
    data = {"key": key, "viec": "sua", "table": SimpleUploadedFile("a.xlsx", book(rows))}
    if files is not None:
        data["archive"] = SimpleUploadedFile("b.zip", packed(files))
    return data


@pytest.fixture
def client_of(sign_in, django_capture_on_commit_callbacks):
    """A function that posts as a librarian, with what waits for the commit."""
    client = sign_in("librarian")

    def post(path: str, data: dict):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data)

    post.client = client
    return post


def test_an_import_from_upload_to_drafts(client_of, home):
    wrong = [cells(title="Một", files="a.pdf"), cells(title="Hai", files="a.pdf", kind="?")]
    answer = client_of(LIST, sent(wrong, {"a.pdf": pdf_bytes()}))
    job = ItemImport.objects.get()
    assert answer["Location"] == reverse("item-import", args=[job.pk])
    page = client_of.client.get(answer["Location"]).content.decode()
    assert "1 chỗ cần sửa, ở 1 dòng" in page
    assert "Không có “?” trong danh mục" in page
    assert "Một" not in page.split("<tbody>")[1]
    assert "Để trống thì dùng lại “b.zip”." in page
    assert 'value="nhap"' not in page
    rows = [cells(title="Một", files="a.pdf"), cells(title="Hai", files="a.pdf")]
    answer = client_of(answer["Location"], sent(rows, key=KEY[::-1]))
    page = client_of.client.get(answer["Location"]).content.decode()
    assert "Nhập 2 học liệu" in page
    for _ in range(2):
        client_of(answer["Location"], {"viec": "nhap"})
    page = client_of.client.get(answer["Location"]).content.decode()
    assert "Đã nhập 2 học liệu" in page
    assert LibraryItemPage.objects.filter(live=False).count() == 2
    new = ItemImport.objects.get(state="applied")
    listed = client_of.client.get(f"/quan-tri/hoc-lieu/?lan_nhap={new.pk}").content.decode()
    assert "Một" in listed
    assert client_of.client.get(LIST).content.decode().count("Đã bỏ") == 1


def test_the_same_press_twice_is_one_import(client_of, home):
    first, second = (client_of(LIST, sent([link_cells("Một")])) for _ in range(2))
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"key": KEY}, "Hãy chọn bảng."),
        ({"key": KEY, "table": SimpleUploadedFile("a.xlsx", b"")}, "Bảng rỗng"),
        ({"key": KEY, "table": SimpleUploadedFile("a.doc", b"x")}, "Bảng phải là .xlsx hoặc .csv."),
        ({"key": "x", "table": SimpleUploadedFile("a.xlsx", b"x")}, "Trang đã cũ"),
        (
            {"key": KEY, "table": SimpleUploadedFile("a.xlsx", b"x"),
             "archive": SimpleUploadedFile("a.rar", b"x")},
            "Tệp nén phải là .zip",
        ),
    ],
)  # fmt: skip
def test_what_can_not_be_taken_is_said_at_its_field(data, said, client_of, home):
    page = client_of(LIST, data)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not ItemImport.objects.exists()


def test_known_rows_are_asked_about(client_of, home):
    make_item("Một", kind="khoa-hoc")
    answer = client_of(LIST, sent([link_cells("Một"), link_cells("Hai")]))
    page = client_of.client.get(answer["Location"]).content.decode()
    assert "1 học liệu sẽ được thêm" in page
    assert "Bỏ qua các dòng đã có" in page
    assert "Vẫn thêm chúng thành học liệu riêng" in page
    client_of(answer["Location"], {"viec": "nhap", "known": "add"})
    assert LibraryItemPage.objects.count() == 3
    done = client_of.client.get(answer["Location"]).content.decode()
    assert "Đã nhập 2 học liệu" in done
    assert "Đã thêm: 2" in done
    assert "Đã có:" not in done


def test_nothing_new_leaves_nothing_to_press(client_of, home):
    make_item("Một", kind="tai-lieu")
    answer = client_of(LIST, sent([cells(title="Một", files="thieu.pdf")]))
    page = client_of.client.get(answer["Location"]).content.decode()
    assert "không có gì phải nhập" in page
    assert 'value="nhap"' not in page


def test_an_import_is_given_up(client_of, home):
    answer = client_of(LIST, sent([link_cells("Một")]))
    client_of(answer["Location"], {"viec": "bo"})
    page = client_of.client.get(answer["Location"]).content.decode()
    assert "Lần này đã bỏ" in page
    client_of(answer["Location"], {"viec": "nhap"})
    assert not LibraryItemPage.objects.exists()


def test_a_page_of_an_import_under_way_comes_again(client_of, home):
    answer = client_of(LIST, sent([link_cells("Một")]))
    ItemImport.objects.update(state="reading")
    page = client_of.client.get(answer["Location"])
    assert page["Refresh"] == "3"
    assert "Trang tự mở lại" in page.content.decode()


def test_who_reaches_what(home):
    job = uploaded([link_cells("Một")], by=make_user("librarian"))
    names = ("item-imports", "item-import-template", "item-catalogue")
    paths = [reverse(name) for name in names] + [reverse("item-import", args=[job.pk])]
    for role in [*SiteRole.values, ""]:
        client = Client()
        client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
        may = role in {"administrator", "librarian"}
        assert [client.get(path).status_code for path in paths] == [200 if may else 302] * 4, role
        if not may:
            client.post(paths[-1], {"viec": "nhap"})
    assert [Client().get(path).status_code for path in paths] == [302] * 4
    assert not LibraryItemPage.objects.exists()


def test_pages_cost_the_same_for_one_and_for_thirty(client_of, home):
    def queries(path: str) -> int:
        client_of.client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client_of.client.get(path).status_code == 200
        return len(seen)

    first = client_of(LIST, sent([link_cells("Một")]))["Location"]
    before = queries(LIST), queries(first)
    many = client_of(LIST, sent([link_cells(f"{n}") for n in range(30)], key=KEY[::-1]))["Location"]
    for n in range(9):
        client_of(LIST, sent([link_cells(f"{n}")], key=f"{n}" * 32))
    assert (queries(LIST), queries(many)) == before
