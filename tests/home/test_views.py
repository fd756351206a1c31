"""The search page and its suggestions, on whichever engine the tests run."""

import unicodedata
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.documents.choices import Visibility
from core.models import SearchSynonym
from tests.factories.pages import (
    make_article,
    make_document,
    make_guide,
    make_section,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home):
    """A section to write in."""
    return make_section()


def search(client, q: str = "", **params):
    """The answer of the search page to `q`."""
    return client.get("/tim-kiem/", {"q": q, **params})


def found(client, q: str, **params) -> list[str]:
    """The titles found for `q`, in their order."""
    return [find.title for find in search(client, q, **params).context["finds"]]


def suggested(client, q: str) -> list[str]:
    """The titles suggested for `q`."""
    return client.get("/tim-kiem/goi-y/", {"q": q}).json()["titles"]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Bình dân học vụ số về bản", "binh dan hoc vu so"),
        ("Bình dân học vụ số về bản", "Bình dân học vụ số"),
        ("Bình dân học vụ số về bản", "BÌNH DÂN HỌC VỤ SỐ"),
        ("Bình dân học vụ số về bản", "bình dan hoc vụ so"),
        ("Hướng dẫn đăng ký tài khoản", "dang ky"),
        ("Hướng dẫn đăng ký tài khoản", "ĐĂNG KÝ"),
        ("Hướng dẫn đăng ký tài khoản", "Ðăng ký"),
        ("Trao đổi với thầy Đức", "duc"),
        ("Trao đổi với thầy Đức", "ĐỨC"),
        ("Quyết định khen thưởng tập thể", "KHEN THUONG"),
        ("Quyết định khen thưởng tập thể", "khen thƣởng"),
        ("Quyết định khen thưởng tập thể", "khen thưởng"),
        ("Quyết định khen thưởng tập thể", "quyet dinh"),
        ("Ứng dụng VNeID mức 2", "vneid"),
        ("Ứng dụng VNeID mức 2", "ung dung"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_search_finds_a_title_however_it_is_typed(client, section, title, query, form):
    make_article(section, title)
    make_article(section, "Chuyện khác hẳn")
    assert found(client, unicodedata.normalize(form, query)) == [title]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("query", ["khen thưởng", "khen thuong", "KHEN THƯỞNG", "khen thƣởng"])
def test_search_finds_a_title_stored_from_a_scanned_page(client, section, query, form):
    make_article(section, unicodedata.normalize(form, "Lễ khen thƣởng năm học"))
    assert found(client, query) == ["Lễ khen thưởng năm học"]


@pytest.mark.parametrize("query", ["thiết bị đầu cuối", "thiet bi dau cuoi", "THIET BI"])
def test_search_finds_words_of_the_body(client, section, query):
    make_article(section, "Bài có thân", text="Mang <b>thiết bị</b> đầu cuối về bản.")
    make_article(section, "Bài khác")
    assert found(client, query) == ["Bài có thân"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Vào binhdanhocvuso.gov.vn để học.", "binhdanhocvuso.gov.vn"),
        ("Vào binhdanhocvuso.gov.vn để học.", "binhdanhocvuso"),
        ("Theo 757/QĐ-BKHCN về kỹ năng.", "757/QĐ-BKHCN"),
        ("Theo 757/QĐ-BKHCN về kỹ năng.", "757 qd bkhcn"),
        ("Từ 18/11/2024 đến nay.", "18/11/2024"),
        ("Gửi về hoi.dap@truong.edu.vn nhé.", "hoi.dap@truong.edu.vn"),
    ],
)
def test_search_finds_numbers_and_addresses(client, section, text, query):
    make_article(section, "Bài có số hiệu", text=text)
    make_article(section, "Bài khác")
    assert found(client, query) == ["Bài có số hiệu"]


@pytest.mark.parametrize("query", ["ra quân", "ra quan"])
def test_search_finds_words_of_the_summary(client, section, query):
    make_article(section, "Bài có tóm tắt", summary="Ngày ra quân đầu tiên.")
    assert found(client, query) == ["Bài có tóm tắt"]


@pytest.mark.parametrize("query", ["Tô Hiệu", "to hieu"])
def test_search_finds_an_author(client, section, query):
    make_article(section, "Bài có người viết", author="Phòng Tô Hiệu")
    assert found(client, query) == ["Bài có người viết"]


@pytest.mark.parametrize("query", ["đoàn viên", "doan vien"])
def test_search_finds_a_keyword(client, section, query):
    article = make_article(section, "Bài có từ khóa")
    article.tags.add("Đoàn viên")
    article.save()
    assert found(client, query) == ["Bài có từ khóa"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("bò", "Chuyện bò"), ("bơ", "Chuyện bơ"), ("bố", "Chuyện bố"), ("BỐ", "Chuyện bố")],
)
def test_search_puts_exact_marks_in_titles_first(client, section, query, first):
    for title in ("Chuyện bơ", "Chuyện bố", "Chuyện bò"):
        make_article(section, title)
    titles = found(client, query)
    assert titles[0] == first
    assert sorted(titles) == ["Chuyện bò", "Chuyện bơ", "Chuyện bố"]


@pytest.mark.parametrize(
    ("query", "first"), [("bò", "Bài thứ nhất"), ("bơ", "Bài thứ hai"), ("bố", "Bài thứ ba")]
)
def test_search_puts_exact_marks_in_bodies_first(client, section, query, first):
    make_article(section, "Bài thứ hai", text="Trồng bơ trên đồi.")
    make_article(section, "Bài thứ ba", text="Theo bố ra chợ phiên.")
    make_article(section, "Bài thứ nhất", text="Nuôi bò theo nhóm hộ.")
    titles = found(client, query)
    assert titles[0] == first
    assert sorted(titles) == ["Bài thứ ba", "Bài thứ hai", "Bài thứ nhất"]


def test_search_without_marks_finds_all_three(client, section):
    for title in ("Chuyện bơ", "Chuyện bố", "Chuyện bò"):
        make_article(section, title)
    assert sorted(found(client, "bo")) == ["Chuyện bò", "Chuyện bơ", "Chuyện bố"]


def test_search_puts_a_title_before_a_body(client, section):
    make_article(section, "Bài khác", text="Nhắc tới căn cứ cách mạng.")
    make_article(section, "Căn cứ cách mạng")
    assert found(client, "căn cứ") == ["Căn cứ cách mạng", "Bài khác"]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Ngày hội chuyển đổi số", "CĐS"),
        ("Ngày hội chuyển đổi số", "cds"),
        ("Tổ CĐS cộng đồng", "chuyển đổi số"),
        ("Tổ CĐS cộng đồng", "chuyen doi so"),
        ("Quản lí tài khoản", "quản lý tài khoản"),
        ("Quản lý tài khoản", "quản lí tài khoản"),
        ("Quản lý tài khoản", "quan li tai khoan"),
        ("Quản lí tài khoản", "quan ly"),
        ("Học sinh sinh viên tình nguyện", "HSSV"),
        ("Học sinh sinh viên tình nguyện", "hssv tình nguyện"),
        ("HSSV tình nguyện", "học sinh sinh viên"),
        ("Nộp hồ sơ dịch vụ công", "DVC"),
        ("Nộp hồ sơ DVC", "dịch vụ công"),
        ("Nộp hồ sơ DVCTT", "dịch vụ công trực tuyến"),
        ("Đăng kí lớp học", "đăng ký"),
        ("Đăng ký lớp học", "dang ki"),
    ],
)
def test_search_finds_synonyms_both_ways(client, section, title, query):
    make_article(section, title)
    make_article(section, "Chuyện không liên quan")
    assert found(client, query) == [title]


def test_search_uses_a_synonym_that_an_editor_adds(
    client, section, django_capture_on_commit_callbacks
):
    make_article(section, "Nhà văn hóa bản")
    assert found(client, "nvh") == []
    with django_capture_on_commit_callbacks(execute=True):
        SearchSynonym.objects.create(terms="NVH, nhà văn hóa")
    assert found(client, "nvh") == ["Nhà văn hóa bản"]


@pytest.fixture
def one_of_each(section):
    """An article, a guide and a public document about the same thing."""
    make_article(section, "Chữ ký số là gì")
    make_guide(make_topic(), "Tạo chữ ký số")
    make_document(number="9/CK", abstract="Về chữ ký số", visibility=Visibility.PUBLIC)


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        ("tin-bai", ["Chữ ký số là gì"]),
        ("huong-dan", ["Tạo chữ ký số"]),
        ("van-ban", ["9/CK: Về chữ ký số"]),
    ],
)
def test_search_filters_by_kind(client, one_of_each, kind, titles):
    assert found(client, "chữ ký số", loai=kind) == titles


@pytest.mark.parametrize("kind", ["", "khong-co", "\x00", "tin-bai' --", "TIN-BAI"])
def test_search_takes_an_unknown_kind_for_all(client, one_of_each, kind):
    response = search(client, "chữ ký số", loai=kind)
    assert response.status_code == 200
    assert response.context["kind"] == ""
    assert sorted(find.title for find in response.context["finds"]) == [
        "9/CK: Về chữ ký số",
        "Chữ ký số là gì",
        "Tạo chữ ký số",
    ]


def test_search_counts_each_kind(client, one_of_each):
    response = search(client, "chữ ký số", loai="tin-bai")
    assert response.context["total"] == 3
    assert {key: count for key, _, count in response.context["kinds"] if count} == {
        "huong-dan": 1, "tin-bai": 1, "van-ban": 1,
    }  # fmt: skip


@pytest.mark.parametrize("query", ["kế hoạch nội bộ", "ke hoach", "77/NB", "Đảng ủy"])
def test_search_never_finds_an_internal_document(client, home, query):
    make_document(number="77/NB", abstract="Kế hoạch nội bộ", issuer="Đảng ủy")
    assert found(client, query) == []
    assert suggested(client, query) == []


@pytest.mark.parametrize("query", ["2407", "bgddt hssv", "2407/BGDĐT-HSSV"])
def test_search_finds_a_public_document_by_its_number(client, home, query):
    make_document(
        number="2407/BGDĐT-HSSV", abstract="Công văn mẫu", visibility=Visibility.PUBLIC
    )  # fmt: skip
    assert found(client, query) == ["2407/BGDĐT-HSSV: Công văn mẫu"]


def test_search_does_not_find_a_draft(client, section):
    make_article(section, "Bài còn nháp", live=False)
    assert found(client, "nháp") == []
    assert suggested(client, "bài còn") == []


def test_search_does_not_find_what_was_taken_down(client, section):
    article = make_article(section, "Bài bị gỡ")
    article.unpublish()
    assert found(client, "bị gỡ") == []


def test_search_marks_the_words_it_found(client, section):
    make_article(section, "Chợ phiên số")
    content = search(client, "cho phien").content.decode()
    assert "<mark>Chợ</mark> <mark>phiên</mark> số" in content


def test_search_escapes_what_was_typed(client, section):
    content = search(client, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;" in content


def test_search_without_a_query_shows_only_the_form(client, home):
    response = client.get("/tim-kiem/")
    assert response.status_code == 200
    assert list(response.context["finds"]) == []
    assert 'name="q"' in response.content.decode()


def test_search_says_so_when_nothing_is_found(client, home):
    content = search(client, "khôngcógìhết").content.decode()
    assert "Không tìm thấy nội dung nào." in content


def test_search_gives_a_page_for_any_page_number(client, section):
    for place in range(12):
        make_article(section, f"Chợ phiên {place}")
    asked = ["1", "2", "99", "0", "-1", "x", "1e3", "²", "9" * 40, ""]
    got = [search(client, "chợ phiên", trang=number).context["finds"] for number in asked]
    assert [page.number for page in got] == [1, 2, 2, 2, 1, 1, 1, 1, 1, 1]
    assert [len(page) for page in got] == [10, 2, 2, 2, 10, 10, 10, 10, 10, 10]


ABSURD = [
    "a" * 4096, "đ" * 4096, "lorem ipsum " * 400, "\x00", "a\x00b", "\x07\x1b", "!!!???", ".", "-", "_", "%",
    "%%%", "%_", '"', "'", "''", '"unclosed', "\\", "abc\\", "\\'", "' OR 1=1 --", "'; DROP TABLE x; --",
    "😀", "😀 dich vu", "👨‍👩‍👧‍👦", "x" * 199, "(", ")", "a & b", "a | b", "!a", "a:*", "a <-> b", "NEAR(a b)",
    "a AND", "OR", "NOT", "AND OR NOT", "NEAR", "*", "^a", "-a", "title:a", "{a b}", "a + b", "+", "<b>",
    "{{ 7 }}",
    "\u202e\u200b", "\ufeff", "中文 ไทย العربية", "ﬁ", "İ", "ß", "½", "١٢٣", "a\nb\tc", "\r\n",
    "CĐS " * 30, "kỹ ký lý do quý hy vọng hỷ Mỹ quản lý xử lý",
]  # fmt: skip


@pytest.mark.parametrize("query", ABSURD, ids=range(len(ABSURD)))
def test_search_answers_any_query_with_a_normal_page(client, section, query):
    make_article(section, "Dịch vụ công")
    response = search(client, query)
    assert response.status_code == 200
    assert "<h1>Tìm kiếm</h1>" in response.content.decode()
    suggestions = client.get("/tim-kiem/goi-y/", {"q": query})
    assert suggestions.status_code == 200
    assert list(suggestions.json()) == ["titles"]


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%ED%A0%80", "q=%C3", "q=%u0111", "q", "q=a&q=b"])
def test_search_answers_a_badly_encoded_query(client, home, raw):
    assert client.get(f"/tim-kiem/?{raw}").status_code == 200
    assert client.get(f"/tim-kiem/goi-y/?{raw}").status_code == 200


SIGNS = "\"'\\%_()*:&|!<>-+^~{}[]., aăđ\x00"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60))
def test_search_property_never_breaks(client, home, query):
    address = "?" + urlencode({"q": query}, errors="replace")
    assert client.get("/tim-kiem/" + address).status_code == 200
    assert client.get("/tim-kiem/goi-y/" + address).status_code == 200


def test_search_refuses_to_be_posted_to(client, home):
    assert client.post("/tim-kiem/", {"q": "a"}).status_code == 405


@pytest.mark.parametrize("query", ["dich", "dịch", "DICH V", "dich vu co", "DỊCH VỤ CÔNG"])
def test_suggestions_go_on_from_what_was_typed(client, section, query):
    make_article(section, "Dịch vụ công là gì")
    make_article(section, "Chợ phiên")
    response = client.get("/tim-kiem/goi-y/", {"q": query})
    assert response["Content-Type"] == "application/json"
    assert response.json() == {"titles": ["Dịch vụ công là gì"]}


@pytest.mark.parametrize("query", ["", " ", "d", "?", "!!"])
def test_suggestions_wait_for_two_letters(client, section, query):
    make_article(section, "Dịch vụ công là gì")
    assert suggested(client, query) == []


def test_suggestions_are_at_most_eight_and_each_once(client, section):
    for place in range(12):
        make_article(section, f"Chợ phiên {place}")
    titles = suggested(client, "chợ")
    assert len(titles) == len(set(titles)) == 8


def test_suggestions_put_exact_marks_first(client, section):
    for title in ("Bơ sáp", "Bố mẹ", "Bò vàng"):
        make_article(section, title)
    assert suggested(client, "bò ")[0] == "Bò vàng"
