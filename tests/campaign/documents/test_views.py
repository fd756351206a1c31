"""The public register: what a reader finds, opens, prints; what is said to be missing; who sees what."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import SiteRole
from campaign.documents.choices import DocumentKind, RelationKind, Visibility
from campaign.documents.models import FormVersion, OfficialDocument
from tests.factories.pages import (
    make_document,
    make_file,
    make_form_template,
    make_issuer,
    make_relation,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": Visibility.PUBLIC}
LIST = "/van-ban/"
ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN, ""]


def listed(client, **query) -> list[str]:
    """The numbers the list shows."""
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [document.number for document in response.context["documents"]]


def text_of(client, address: str) -> str:
    """The page's HTML."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def stock(home):
    """Five public documents of several years, kinds and issuers."""
    for number, kind, issuer, day in (
        ("1/KH", DocumentKind.PLAN, "Trường A", date(2025, 5, 1)),
        ("2/KH", DocumentKind.PLAN, "Sở B", date(2026, 5, 1)),
        ("3/QĐ", DocumentKind.DECISION, "Sở B", date(2026, 6, 1)),
        ("4/CV", DocumentKind.LETTER, "Trường A", None),
    ):
        make_document(
            number=number, kind=kind, issuer=issuer, issue_date=day, abstract="Việc chung", **PUBLIC
        )
    make_document(number="9/NB", issue_date=date(2024, 1, 1))


def test_list_is_newest_first_and_public(client, stock):
    assert listed(client) == ["3/QĐ", "2/KH", "1/KH", "4/CV"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"nam": "2026"}, ["3/QĐ", "2/KH"]),
        ({"nam": "chua-ro"}, ["4/CV"]),
        ({"nam": "1999"}, []),
        ({"loai": "ke-hoach"}, ["2/KH", "1/KH"]),
        ({"loai": "ke-hoach", "nam": "2026"}, ["2/KH"]),
        ({"q": "3 qd"}, ["3/QĐ"]),
        ({"q": "kh", "nam": "2025"}, ["1/KH"]),
        ({"q": "///"}, ["3/QĐ", "2/KH", "1/KH", "4/CV"]),
        ({"nam": "hai nghìn", "loai": "x", "co-quan": "y", "la": "z"}, ["3/QĐ", "2/KH", "1/KH", "4/CV"]),
        ({"q": "9/NB"}, []),
    ],
)  # fmt: skip
def test_list_is_filtered_and_unknown_values_are_forgotten(client, stock, query, numbers):
    assert listed(client, **query) == numbers


def test_list_is_filtered_by_issuer(client, stock):
    assert listed(client, **{"co-quan": make_issuer("Sở B").pk}) == ["3/QĐ", "2/KH"]


def test_filters_show_counts_under_the_other_filters_and_keep_what_was_chosen(client, stock):
    response = client.get(LIST, {"loai": "ke-hoach", "q": "kh"})
    options = response.context["options"]
    assert [(o.label, o.count, o.chosen) for o in options["years"]] == [
        ("2026", 1, False),
        ("2025", 1, False),
    ]
    assert [(o.value, o.count, o.chosen) for o in options["kinds"]] == [("ke-hoach", 2, True)]
    assert [(o.label, o.count) for o in options["issuers"]] == [("Sở B", 1), ("Trường A", 1)]
    content = response.content.decode()
    assert '<option value="ke-hoach" selected>Kế hoạch (2)</option>' in content
    assert 'name="q" value="kh"' in content
    assert "Kế hoạch (2)" in content


def test_internal_documents_leave_no_trace_in_the_filters(client, stock):
    options = client.get(LIST).context["options"]
    assert [o.label for o in options["years"]] == ["2026", "2025", "Chưa rõ năm"]
    assert "Trường thử" not in [o.label for o in options["issuers"]]


def test_list_goes_page_by_page_with_its_filters(client, home):
    for number in range(1, 24):
        make_document(number=f"{number}/KH", issue_date=date(2026, 1, number), **PUBLIC)
    first = client.get(LIST, {"loai": "ke-hoach", "q": "kh"})
    assert len(first.context["documents"]) == 20
    assert 'href="?loai=ke-hoach&amp;q=kh&amp;trang=2"' in first.content.decode()
    assert listed(client, loai="ke-hoach", trang="2") == ["3/KH", "2/KH", "1/KH"]
    assert listed(client, trang="x")[0] == "23/KH"


def test_nothing_found_says_so_and_leads_back(client, stock):
    content = text_of(client, "/van-ban/?q=khongcogi")
    assert "Không có văn bản nào khớp." in content
    assert '<a href="/van-ban/">Xem tất cả văn bản</a>' in content
    assert 'href="/tim-kiem/?q=khongcogi"' in content


def test_nothing_found_offers_the_number_with_other_letters(client, stock):
    content = text_of(client, "/van-ban/?q=3/KH-sai")
    assert "Có phải bạn tìm văn bản này?" in content
    assert "3/QĐ" in content


def test_empty_register_says_so(client, home):
    make_document()
    assert "Chưa có văn bản công khai nào trong danh mục." in text_of(client, LIST)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"><b>', "\x00", "%", "a" * 3000])
def test_list_bears_anything(client, stock, typed):
    response = client.get(LIST, {"q": typed, "nam": typed, "loai": typed, "co-quan": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert '"><b>' not in response.content.decode()


@pytest.fixture
def full(home):
    """A document of which everything is known."""
    return make_document(
        number="106/KH-TCKTNVCB", abstract="Triển khai phong trào", issuer="Trường Cái Bè",
        issue_date=date(2025, 10, 17), effective_date=date(2025, 10, 18), signer="Lê Hiển Vinh",
        signer_title="Q. Hiệu trưởng", recipients="ĐTN\nLưu: VT", basis_text="Luật Giáo dục",
        file=make_file(), **PUBLIC,
    )  # fmt: skip


def test_detail_shows_all_that_is_known(client, full):
    content = text_of(client, full.url)
    for said in (
        "106/KH-TCKTNVCB", "Kế hoạch", "Trường Cái Bè", "17/10/2025", "18/10/2025",
        "Lê Hiển Vinh, Q. Hiệu trưởng",
        "ĐTN<br>Lưu: VT", "Luật Giáo dục", "Công khai", "Còn hiệu lực", "(PDF, ", "data-print",
        f'href="{full.files.get().file.url}"',
    ):  # fmt: skip
        assert said in content, said
    assert f'<link rel="canonical" href="http://localhost:8000{full.url}">' in content
    assert f'data-count="van-ban:{full.pk}"' in content
    assert '<li><a href="/van-ban/">Văn bản</a></li>' in content
    assert "chưa" not in content.split("<main")[1].split("</main>")[0].lower()


def test_detail_says_what_is_missing(client, home):
    bare = make_document(number="", **PUBLIC)
    content = text_of(client, bare.url).split("<main")[1]
    for said in (
        "chưa có số", "chưa rõ ngày", "Chưa rõ ngày hiệu lực", "Chưa có tệp đính kèm.", "chưa ghi",
        "Chưa ghi căn cứ hay văn bản liên quan.",
    ):  # fmt: skip
        assert said in content, said
    assert "<dt>Người ký</dt><dd>chưa rõ</dd>" in content
    assert "None" not in content


def test_detail_links_relations_from_both_ends(client, full):
    later = make_document(number="200/KH", **PUBLIC)
    make_relation(later, RelationKind.REPLACES, full)
    make_relation(later, RelationKind.BASED_ON, make_document(number="291/KH", **PUBLIC))
    here, there = text_of(client, full.url), text_of(client, later.url)
    assert "Đã được thay thế bằng 200/KH" in here
    assert "<h3>Được thay thế bằng</h3>" in here
    assert f'href="{later.url}"' in here
    assert "<h3>Thay thế</h3>" in there
    assert "<h3>Căn cứ vào</h3>" in there
    assert f'href="{full.url}"' in there
    assert "Đã được thay thế bằng 200/KH" in text_of(client, LIST)


def test_internal_relation_bears_on_the_state_unnamed(client, full, sign_in):
    secret = make_document(number="77/NB")
    make_relation(secret, RelationKind.REPLACES, full)
    for address in (full.url, LIST, "/van-ban/?q=106"):
        content = text_of(client, address)
        assert "Đã được thay thế" in content
        assert "77/NB" not in content
    assert "Đã được thay thế bằng 77/NB" in text_of(sign_in("editor"), full.url)


@pytest.mark.parametrize("slug", ["", "sai/", "106kh/"])
def test_old_address_leads_on_for_good(client, full, slug):
    response = client.get(f"/van-ban/{full.pk}/{slug}")
    assert (response.status_code, response["Location"]) == (301, full.url)


@pytest.mark.parametrize(
    "path", ["/van-ban/99999/", "/van-ban/99999999999999999999999/x/", "/van-ban/x/"]
)
def test_unknown_document_is_not_there(client, home, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("role", [None, *ROLES])
def test_role_sees_exactly_what_it_may(client, sign_in, home, role):
    inner, form = (
        make_document(number="77/NB"),
        make_form_template("Mẫu kín", visibility="internal"),
    )
    keeps = role in (SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER)
    reader = client if role is None else sign_in(role)
    response = reader.get(inner.url)
    assert response.status_code == (200 if keeps else 404)
    # The address with a wrong slug must not give the document's name away.
    assert reader.get(f"/van-ban/{inner.pk}/").status_code == (301 if keeps else 404)
    for path in (LIST, "/van-ban/?q=77"):
        content = text_of(reader, path)
        assert ('class="mark-internal">Nội bộ' in content) is keeps
        assert ("77/NB" in content.split("<main")[1].replace("77/NB kh", "")) is keeps
    assert (form.name in text_of(reader, "/van-ban/bieu-mau/")) is keeps
    if keeps:
        assert "Nội bộ" in response.content.decode()
        assert response["Cache-Control"] == "private, no-store"
        assert response.content.decode().count("data-print") == 1


def test_kept_pages_are_the_public_ones_and_are_renewed(
    client, full, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 600
    paths = (LIST, full.url, "/van-ban/bieu-mau/", "/nen-tang/")
    assert [client.get(path)["X-Page-Cache"] for path in paths] == ["miss"] * 4
    assert [client.get(path)["X-Page-Cache"] for path in paths] == ["hit"] * 4
    with django_capture_on_commit_callbacks(execute=True):
        full.visibility = Visibility.INTERNAL
        full.save()
    assert client.get(full.url).status_code == 404
    assert "106/KH" not in text_of(client, LIST)


def test_staff_pages_are_never_kept(sign_in, client, home, settings):
    settings.PAGE_CACHE_SECONDS = 600
    inner = make_document(number="77/NB")
    staff = sign_in("editor")
    for path in (LIST, inner.url):
        assert not staff.get(path).has_header("X-Page-Cache")
    client.logout()
    assert "77/NB" not in text_of(client, LIST)


def test_machines_get_what_is_known(client, home):
    law = make_document(kind=DocumentKind.LAW, number="91/2025/QH15", **PUBLIC)
    assert '"@type": "Legislation"' in text_of(client, law.url)
    assert "legislationDate" not in text_of(client, law.url)
    plan = make_document(number="", **PUBLIC)
    assert '"@type": "DigitalDocument"' in text_of(client, plan.url)
    assert '"identifier"' not in text_of(client, plan.url)
    sitemap = text_of(client, "/sitemap.xml")
    assert law.url in sitemap
    for path in (LIST, "/van-ban/bieu-mau/", "/nen-tang/"):
        assert f"{path}</loc>" in sitemap
        assert f'href="{path}"' in text_of(client, "/so-do-trang/")


def test_home_page_shows_five_public_documents_with_their_pages(client, home):
    make_document(abstract="Văn bản nội bộ")
    for day in range(1, 8):
        make_document(abstract=f"Văn bản {day}", issue_date=date(2026, 5, day), **PUBLIC)
    content = text_of(client, "/")
    assert "Văn bản nội bộ" not in content
    assert [day for day in range(1, 8) if f"Văn bản {day}<" in content] == [3, 4, 5, 6, 7]
    assert f'href="{OfficialDocument.objects.get(abstract="Văn bản 7").url}"' in content
    assert '<a class="section-head__more" href="/van-ban/">Tất cả văn bản</a>' in content


def test_home_page_shows_what_is_missing(client, home):
    make_document(number="", abstract="Thiếu đủ thứ", **PUBLIC)
    content = text_of(client, "/")
    for said in ("Thiếu đủ thứ", "(chưa có số)", "Chưa có tệp đính kèm", "chưa rõ ngày"):
        assert said in content


def test_forms_show_the_version_in_use_and_fold_the_others(client, full):
    file = make_file("Mẫu mới")
    form = make_form_template(
        "Báo cáo quý", file=file, document=full, annex="Phụ lục III", audience="Trưởng phòng, khoa",
        purpose="Báo cáo chỉ tiêu",
    )  # fmt: skip
    FormVersion.objects.create(form=form, version="0.9", since=date(2025, 1, 1))
    for address in ("/van-ban/bieu-mau/", full.url):
        content = text_of(client, address)
        for said in ("Báo cáo quý", "Báo cáo chỉ tiêu", "Trưởng phòng, khoa", "Phụ lục III", "Phiên bản 1.0",
                     f'href="{file.url}"', "<details", "Phiên bản 0.9", "chưa có tệp"):  # fmt: skip
            assert said in content, said
    assert f'href="{full.url}"' in text_of(client, "/van-ban/bieu-mau/")


def test_form_without_a_file_says_so_and_names_no_internal_document(client, home):
    secret = make_document(number="77/NB")
    make_form_template("Mẫu trống", document=secret, annex="Phụ lục I")
    content = text_of(client, "/van-ban/bieu-mau/")
    assert "Chưa có tệp" in content
    assert "Phụ lục I" in content
    assert "77/NB" not in content


def test_empty_list_of_forms_says_so(client, home):
    assert "Chưa có biểu mẫu công khai nào." in text_of(client, "/van-ban/bieu-mau/")


def searched(client, typed: str) -> list[str]:
    """The titles the site search finds."""
    return [find.title for find in client.get("/tim-kiem/", {"q": typed}).context["finds"]]


@pytest.mark.parametrize(
    "typed",
    ["106 kh tcktnvcb", "106/KH-TCKTNVCB", "106/kh–tcktnvcb", "106khtcktnvcb", "106kh", "tcktnvcb 106",
     "Trường Cái Bè", "truong cai be", "ke hoach"],
)  # fmt: skip
def test_site_search_finds_a_document_in_the_same_spellings(client, full, typed):
    response = client.get("/tim-kiem/", {"q": typed})
    assert [find.title for find in response.context["finds"]] == [full.title]
    assert f'href="{full.url}"' in response.content.decode()
    assert (
        "106khtcktnvcb"
        not in response.content.decode().replace(f'value="{typed}"', "").split("<ol")[1]
    )


@pytest.mark.parametrize(
    "typed", ["2407 bgddt", "2407/BGDDT", "2407 BGĐT", "2407 SGDDĐT", "2/2407 hssv"]
)
def test_site_search_knows_the_ministrys_abbreviations(client, home, typed):
    made = make_document(number="02/2407/BGDĐT-SGDĐT-HSSV", **PUBLIC)
    assert searched(client, typed) == [made.title]


def test_site_search_finds_forms_and_no_internal_one(client, home):
    make_form_template("Tờ trình khen thưởng")
    make_form_template("Tờ trình kín", visibility=Visibility.INTERNAL)
    assert searched(client, "to trinh") == ["Tờ trình khen thưởng"]
    assert "/van-ban/bieu-mau/#bieu-mau-" in text_of(client, "/tim-kiem/?q=to+trinh")


def queries(client, address: str) -> int:
    """Queries of a request when the frame is warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_lists_cost_the_same_with_one_row_and_with_thirty(client, sign_in, full, settings):
    settings.PAGE_CACHE_SECONDS = 600
    paths = [
        "/van-ban/?q=phong+trao",
        "/van-ban/?loai=ke-hoach",
        "/van-ban/bieu-mau/?x=1",
        f"{full.url}?x=1",
    ]

    def fill(count: int) -> None:
        for _ in range(count):
            other = make_document(file=make_file(), **PUBLIC)
            make_relation(other, RelationKind.AMENDS, full)
            make_relation(full, RelationKind.BASED_ON, other)
            make_form_template(file=make_file(), document=full)
        cache.clear()

    fill(1)
    few = {path: queries(client, path) for path in paths}
    fill(29)
    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) <= 20
