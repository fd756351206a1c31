"""Packs to take away: what goes in, who may have it, what is said when something is missing."""

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.rich_text import RichText

from core.models import SiteMedia
from core.templatetags.site_tags import absolute
from counters.choices import Act
from counters.queries import totals
from resources import packing
from resources.models import Licence
from resources.pack_rules import MOST_ITEMS
from resources.packs import pack_of_items
from tests.factories.library import course, make_file, make_item, make_path, pdf_bytes
from tests.factories.pages import make_picture
from tests.factories.questions import make_bank, matching, multiple, short, single

pytestmark = pytest.mark.django_db

CHOOSE = "/thu-vien/goi-mang-di/"
TAKE = "/thu-vien/goi-mang-di/tai/"
READER = {
    "user-agent": "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile",
    "accept-language": "vi-VN,vi;q=0.9",
}


def opened(response) -> zipfile.ZipFile:
    """The archive that was sent."""
    assert response.status_code == 200, response.content
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def open_licence() -> Licence:
    """A licence of its own that allows copying."""
    return Licence.objects.create(name="Tự do", slug="tu-do", terms="Chép.", may_copy=True)


def make_media() -> SiteMedia:
    """A sound with captions and its words."""
    media = SiteMedia(title="Nghe", type="audio", duration=3, transcript="Chào bà con.")
    media.file.save("nghe.mp3", ContentFile(b"ID3" + bytes(400)), save=False)
    media.captions.save("nghe.vtt", ContentFile(b"WEBVTT\n"), save=False)
    media.save()
    return media


def test_a_paths_pack_holds_its_files_first_page_terms_and_sums(client, home):
    item = make_item("Sổ tay: VNeID?", file=make_file(pdf_bytes(2)), minutes=20)
    sound = make_item("Bản tin thôn", kind="am-thanh", media=make_media())
    steps = [item, sound, course("Khóa quốc gia", needs_vneid=True)]
    path = make_path("Cho thôn bản", steps=steps)
    response = client.get(f"{path.url}goi-mang-di/")
    assert "Cho%20th%C3%B4n%20b%E1%BA%A3n.zip" in response.headers["Content-Disposition"]
    archive = opened(response)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "hoc-lieu/01 Sổ tay VNeID.pdf",
        "hoc-lieu/02 Bản tin thôn.mp3",
        "hoc-lieu/02 Bản tin thôn.vtt",
        "index.html",
        "GIAY-PHEP.txt",
        "SHA256SUMS",
    ]
    index = archive.read("index.html").decode()
    assert 'href="hoc-lieu/01%20S%E1%BB%95%20tay%20VNeID.pdf"' in index
    assert "https://example.gov.vn/khoa-hoc/" in index
    assert "Phải đăng nhập bằng tài khoản VNeID" in index
    assert "Chào bà con." in index
    assert "Có phụ đề: tệp cùng tên, đuôi .vtt." in index
    assert ".vtt" not in re.findall('href="([^"]*)"', index)
    assert item.licence.terms in index
    assert "<script" not in index
    terms = archive.read("GIAY-PHEP.txt").decode("utf-8-sig")
    assert f"Giấy phép: {item.licence.name}\r\n" in terms
    lines = archive.read("SHA256SUMS").decode().splitlines()
    told = {name: digest for digest, name in (line.split(" *") for line in lines)}
    assert set(told) == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(told[name] == hashlib.sha256(archive.read(name)).hexdigest() for name in told)


def test_a_bank_goes_along_as_a_page_with_its_answers(client, home):
    asked = (
        single("Thủ đô <b>nào</b>?", feedback="Từ năm 1010."),
        multiple(),
        matching(),
        short("Hà Nội"),
    )
    path = make_path("Cho thôn bản", steps=[make_bank(*asked, title="Tự kiểm tra: một")])
    assert "Tải gói mang đi (1 tệp)" in client.get(path.url).content.decode()
    archive = opened(client.get(f"{path.url}goi-mang-di/"))
    name = "hoc-lieu/01 Tự kiểm tra một.html"
    assert archive.namelist() == [name, "index.html", "GIAY-PHEP.txt", "SHA256SUMS"]
    index = archive.read("index.html").decode()
    assert 'href="hoc-lieu/01%20T%E1%BB%B1%20ki%E1%BB%83m%20tra%20m%E1%BB%99t.html"' in index
    assert "4 câu để tự kiểm tra" in index
    assert name in archive.read("GIAY-PHEP.txt").decode("utf-8-sig")
    assert name in archive.read("SHA256SUMS").decode()
    page = archive.read(name).decode()
    assert "Thủ đô &lt;b&gt;nào&lt;/b&gt;?" in page
    assert page.count("<details>") == 4
    assert (page.count('type="radio"'), page.count('type="checkbox"')) == (3, 3)
    assert page.count("<select>") == 2
    for said in (
        "<li><b>Hà Nội</b>. Đúng rồi.</li>",
        "Từ năm 1010.",
        "<li>VNeID: <b>định danh</b></li>",
    ):
        assert said in page
    assert "<script" not in page


def test_words_of_an_item_go_along_as_a_page(client, home):
    picture = make_picture("ban-do")
    item = make_item(
        "Đọc <b>trước</b>", summary="Năm bước.",
        body=[
            ("heading", {"text": "Bước <một>", "level": "h2"}),
            ("paragraph", RichText('<p>Mở <a href="/tin-tuc/">trang tin</a>.</p>')),
            ("picture", {"image": picture, "caption": "Bản đồ"}),
        ],
    )  # fmt: skip
    plain = make_item("Chỉ có liên kết", link="https://example.gov.vn/")
    response = client.get(f"{TAKE}?chon={item.pk}&chon={plain.pk}")
    archive = opened(response)
    name = "hoc-lieu/01 Đọc b trước b.html"
    assert archive.namelist() == [name, "index.html", "GIAY-PHEP.txt", "SHA256SUMS"]
    index = archive.read("index.html").decode()
    assert "Đọc: Đọc &lt;b&gt;trước&lt;/b&gt;" in index
    assert "Đọc trên trang của nhà trường" not in index
    page = archive.read(name).decode()
    assert "<h2>Bước &lt;một&gt;</h2>" in page
    assert f'href="{absolute("/tin-tuc/")}"' in page
    assert 'src="data:image/' in page
    assert '<a href="../index.html">' in page
    for outside in ("<script", "srcset", "/media/"):
        assert outside not in page
    assert name in archive.read("GIAY-PHEP.txt").decode("utf-8-sig")
    assert "Học ở nơi khác" not in archive.read("GIAY-PHEP.txt").decode("utf-8-sig")
    assert "default-src &#x27;none&#x27;" in page
    # What may not be copied stays a link.
    Licence.objects.filter(pk=item.licence.pk).update(may_copy=False)
    both = f"{TAKE}?chon={item.pk}&chon={make_item(file=make_file(), licence=open_licence()).pk}"
    index = opened(client.get(both)).read("index.html").decode()
    assert "Đọc trên trang của nhà trường" in index


def test_words_that_go_while_the_files_are_sent_are_named(client, home):
    item = make_item("Đọc trước", body=[("paragraph", RichText("<p>Chào.</p>"))])
    other = make_item("Một", file=make_file())
    response = client.get(f"{TAKE}?chon={other.pk}&chon={item.pk}")
    item.unpublish()
    archive = opened(response)
    assert "hoc-lieu/02 Đọc trước.html" not in archive.namelist()
    index = archive.read("index.html").decode()
    assert "Không có trong gói này: bài đọc" in index
    assert "Đọc: Đọc trước" not in index


def test_links_that_are_none_break_no_pack(client, home):
    text = '<p><a href="http://[ten-mien]/">Nháp</a> <a href="javascript:alert(1)">x</a></p>'
    item = make_item("Đọc", body=[("paragraph", RichText(text))])
    archive = opened(client.get(f"{TAKE}?chon={item.pk}"))
    page = archive.read("hoc-lieu/01 Đọc.html").decode()
    assert "Nháp" in page
    for gone in ("[ten-mien]", "javascript:"):
        assert gone not in page


def test_subtitles_without_their_video_are_told_as_subtitles(client, home):
    sound = make_item("Bản tin", kind="am-thanh", media=make_media())
    Path(sound.media.captions.path).unlink()
    index = opened(client.get(f"{TAKE}?chon={sound.pk}")).read("index.html").decode()
    assert "Mở: Bản tin" in index
    assert "Không có trong gói này: Bản tin (phụ đề)" in index
    assert "Không có trong gói này: Bản tin (tệp" not in index


def test_an_item_of_words_is_no_link_alone_where_packs_are_chosen(client, home):
    make_item("Có chữ", body=[("paragraph", RichText("<p>Chào.</p>"))])
    make_item("Chỉ liên kết", link="https://example.gov.vn/")
    page = client.get(CHOOSE).content.decode()
    assert page.count("chỉ có liên kết, cần mạng") == 1


def test_a_bank_that_may_not_be_copied_stays_a_link(client, home):
    closed = Licence.objects.create(name="Chỉ xem", slug="chi-xem", terms="Xem.", may_copy=False)
    bank = make_bank(single(), title="Của nơi khác", licence=closed)
    path = make_path(steps=[bank, make_item("Một", file=make_file())])
    archive = opened(client.get(f"{path.url}goi-mang-di/"))
    assert archive.namelist()[0] == "hoc-lieu/01 Một.pdf"
    assert "Đọc trên trang của nhà trường" in archive.read("index.html").decode()


def test_titles_can_do_no_harm_inside_the_first_page(client, home):
    evil = '<script>alert(1)</script>"><img src=x>'
    path = make_path(evil, steps=[make_item(evil, summary=evil, file=make_file())])
    index = opened(client.get(f"{path.url}goi-mang-di/")).read("index.html").decode()
    assert "<script" not in index
    assert "<img" not in index


def test_the_button_tells_the_true_number_and_size(client, home):
    data = pdf_bytes(2)
    item = make_item("Một", file=make_file(data))
    path = make_path(steps=[item, course()])
    page = client.get(path.url)
    assert page.context["pack"].size == len(data)
    assert "Tải gói mang đi (1 tệp," in page.content.decode()
    only_links = make_path(steps=[course()])
    assert "Tải gói mang đi" not in client.get(only_links.url).content.decode()
    assert client.get(f"{only_links.url}goi-mang-di/").status_code == 400


def test_a_reader_chooses_and_the_address_keeps_it(client, home):
    one, two = make_item("Một", file=make_file()), make_item("Hai", file=make_file())
    make_item("Ba", file=make_file())
    page = client.get(f"{CHOOSE}?chon={two.pk}&chon={one.pk}&chon={one.pk}&chon=999999&chon=x")
    assert page.status_code == 200
    assert page.context["chosen"] == {one.pk, two.pk}
    assert page.content.decode().count(" checked") == 2
    assert f"{TAKE}?chon={two.pk}&amp;chon={one.pk}" in page.content.decode()
    searched = client.get(f"{CHOOSE}?q=ba&chon={one.pk}")
    assert [item.pk for item in searched.context["elsewhere"]] == [one.pk]
    names = opened(client.get(f"{TAKE}?chon={two.pk}&chon={one.pk}")).namelist()
    assert names[:2] == ["hoc-lieu/01 Hai.pdf", "hoc-lieu/02 Một.pdf"]
    nothing = client.get(TAKE)
    assert nothing.status_code == 400
    assert "không có tệp nào" in nothing.content.decode()
    assert "Chưa chọn học liệu nào" in client.get(CHOOSE).content.decode()


def test_more_than_fit_are_told_and_not_lost_in_silence(client, home):
    items = [make_item(f"Mục {n}") for n in range(MOST_ITEMS + 2)]
    query = "&".join(f"chon={item.pk}" for item in items)
    page = client.get(f"{CHOOSE}?{query}")
    assert page.context["cut"] == 2
    assert "2 học liệu chọn sau cùng chưa được thêm" in page.content.decode()
    path = make_path(steps=items)
    assert "hãy chia thành nhiều gói" in client.get(f"{path.url}goi-mang-di/").content.decode()


def test_drafts_and_what_asks_for_a_password_stay_out(client, home):
    draft, closed = make_item("Nháp", file=make_file()), make_item("Kín", file=make_file())
    draft.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    kept = make_file()
    shut = Collection.get_first_root_node().add_child(name="Kho kín")
    kept.collection = shut
    kept.save()
    CollectionViewRestriction.objects.create(
        collection=shut, restriction_type="password", password="x"
    )
    link_only = make_item("Chỉ liên kết", file=make_file())
    link_only.licence = Licence.objects.get(may_copy=False)
    link_only.save()
    inside = make_item("Tệp kín", file=kept)
    seen = make_item("Mở", file=make_file())
    cache.clear()
    numbers = [item.pk for item in (draft, closed, inside, link_only, seen)]
    query = "&".join(f"chon={number}" for number in numbers)
    archive = opened(client.get(f"{TAKE}?{query}"))
    assert archive.namelist()[:2] == ["hoc-lieu/01 Mở.pdf", "index.html"]
    index = archive.read("index.html").decode()
    assert "Nháp" not in index
    assert "Kín" not in index


def test_files_that_are_gone_are_left_out_and_named(client, home):
    lost, broken, sound = (make_item(t, file=make_file()) for t in ("Mất", "Đứt", "Lành"))
    Path(lost.files.get().document.file.path).unlink()
    page = client.get(f"{CHOOSE}?chon={lost.pk}&chon={broken.pk}&chon={sound.pk}")
    assert len(page.context["pack"].files) == 2
    response = client.get(f"{TAKE}?chon={lost.pk}&chon={broken.pk}&chon={sound.pk}")
    # It breaks after the size was told and before its turn has come.
    Path(broken.files.get().document.file.path).write_bytes(b"%PDF")
    archive = opened(response)
    assert archive.testzip() is None
    index = archive.read("index.html").decode()
    assert "Không có trong gói này: Mất" in index
    assert "Không có trong gói này: Đứt" in index
    assert "Mở: Lành" in index
    sums = archive.read("SHA256SUMS").decode()
    assert "Lành.pdf" in sums
    assert "Đứt" not in sums


def test_files_taken_in_a_pack_are_counted_as_taken(client, home):
    item = make_item("Một", file=make_file())
    sound = make_item("Nghe", kind="am-thanh", media=make_media())
    opened(client.get(f"{TAKE}?chon={item.pk}&chon={sound.pk}", headers=READER))
    assert sum(totals([item.files.get().document], Act.DOWNLOAD).values()) == 1
    assert sum(totals([sound], Act.DOWNLOAD).values()) == 1


def test_asking_for_the_head_makes_nothing(client, home):
    item = make_item("Một", file=make_file())
    head = client.head(f"{TAKE}?chon={item.pk}")
    assert head.status_code == 200
    assert not head.streaming
    assert "attachment" in head.headers["Content-Disposition"]
    assert sum(totals([item.files.get().document], Act.DOWNLOAD).values()) == 0


def test_a_machine_that_keeps_asking_is_told_to_wait(client, home, monkeypatch):
    monkeypatch.setattr(packing, "MOST_TRIES", 2)
    item = make_item("Một", file=make_file())
    for _ in range(2):
        opened(client.get(f"{TAKE}?chon={item.pk}"))
    refused = client.get(f"{TAKE}?chon={item.pk}")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert "Hãy chờ khoảng mười phút" in refused.content.decode()


@pytest.fixture
def kept_connection():
    """The end of a request that a test makes by hand leaves the test's connection open."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def test_places_are_given_back_however_the_sending_ends(home, rf, kept_connection):
    pack = pack_of_items([make_item("Một", file=make_file()).pk])

    def ask():
        return packing.pack_response(pack, rf.get("/"))

    begun = [ask() for _ in range(packing.MOST_AT_ONCE)]
    assert ask().status_code == 503
    for number, response in enumerate(begun):
        if number:
            next(iter(response.streaming_content))
        response.close()
        response.close()
    last = ask()
    assert opened(last).testzip() is None
    last.close()


def test_choosing_costs_the_same_for_one_and_for_thirty(client, home):
    def queries(items) -> int:
        query = "&".join(f"chon={item.pk}" for item in items)
        client.get(CHOOSE)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{CHOOSE}?{query}").status_code == 200
        return len(seen)

    items = [make_item(file=make_file())]
    one = queries(items)
    items += [make_item() for _ in range(29)]
    assert queries(items) <= one
