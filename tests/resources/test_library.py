"""The library as its readers see it: found, opened, taken away, told to machines."""

import io
import json
import re
import zipfile
from datetime import datetime
from urllib.parse import unquote, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.choices import SiteRole
from core.models import SiteMedia
from counters.choices import Act
from counters.queries import totals
from resources.models import (
    Audience,
    Competence,
    CompetenceLevel,
    FileFacts,
    ItemCompetence,
    ItemFile,
    Language,
    LibraryItemPage,
    Licence,
    ShelfCard,
)
from resources.services import count_uses, ensure_framework, facts_of
from tests.factories.library import make_file, make_item, pdf_bytes
from tests.factories.pages import make_topic
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

LIST = "/thu-vien/"
READER = {
    "user-agent": "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile",
    "accept-language": "vi-VN,vi;q=0.9",
}


def titles(client, query: str = "") -> list[str]:
    """What the list shows."""
    page = client.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return [card.item.title for card in page.context["found"].cards]


def counts(client, key: str, query: str = "") -> dict[str, int]:
    """The counts beside the values of a filter."""
    found = client.get(f"{LIST}?{query}").context["found"]
    options = next((row.options for row in found.filters if row.key == key), [])
    return {option.value: option.count for option in options}


def told_to_machines(client, item):
    """What the page of an item tells search engines of it."""
    page = client.get(item.url).content.decode()
    raw = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S).group(1)
    data = json.loads(raw)
    return data[0] if isinstance(data, list) else data


def test_the_framework_is_filled_once_and_then_left_to_librarians(home):
    assert Competence.objects.count() == 24
    assert CompetenceLevel.objects.count() == 8
    assert str(Competence.objects.first()).startswith("1.1 ")
    Audience.objects.filter(name="Nông dân").delete()
    Licence.objects.filter(name="CC BY 4.0").update(terms="Sửa lại")
    ensure_framework()
    assert not Audience.objects.filter(name="Nông dân").exists()
    assert Licence.objects.get(name="CC BY 4.0").terms == "Sửa lại"


def test_a_component_belongs_to_the_domain_of_its_code(home):
    component = Competence.objects.get(code="4.2")
    component.code = "5.9"
    with pytest.raises(ValidationError, match="bắt đầu bằng 4"):
        component.clean()


def test_filters_combine_count_and_live_in_the_address(client, home):
    topic, other = make_topic("VNeID"), make_topic("Thanh toán")
    old = Audience.objects.get(name="Người cao tuổi")
    make_item("Một", topics=[topic], audiences=[old])
    make_item("Hai", topics=[topic], kind="video", link="https://example.vn/a")
    make_item("Ba", topics=[other], audiences=[old])
    assert sorted(titles(client)) == ["Ba", "Hai", "Một"]
    assert sorted(titles(client, f"chu-de={topic.slug}")) == ["Hai", "Một"]
    assert titles(client, f"chu-de={topic.slug}&doi-tuong={old.slug}") == ["Một"]
    assert counts(client, "loai", f"chu-de={topic.slug}") == {"tai-lieu": 1, "video": 1}
    assert sorted(titles(client, f"chu-de={topic.slug}&chu-de={other.slug}")) == [
        "Ba",
        "Hai",
        "Một",
    ]
    # Nonsense in an address is forgotten.
    assert len(titles(client, "chu-de=khong-co&sap-xep=xyz&trang=abc&nam=%00")) == 3
    page = client.get(f"{LIST}?chu-de={topic.slug}")
    assert [chip.label for chip in page.context["found"].chips] == ["VNeID"]


def test_words_are_found_without_marks_and_titles_come_first(client, home):
    make_item("Tờ rơi", summary="Nói về bảo hiểm y tế")
    make_item("Bảo hiểm y tế trên điện thoại")
    make_item("Khác")
    assert titles(client, "q=bao+hiem+y+te") == ["Bảo hiểm y tế trên điện thoại", "Tờ rơi"]
    assert titles(client, "q=BẢO+HIỂM") == ["Bảo hiểm y tế trên điện thoại", "Tờ rơi"]
    none = client.get(f"{LIST}?q=xyzxyz")
    assert none.status_code == 200
    assert list(none.context["found"].cards) == []
    # Signs without a word find nothing either, and stay in the field.
    signs = client.get(LIST, {"q": "😀 !"})
    assert list(signs.context["found"].cards) == []
    assert "😀" in signs.content.decode()


def test_orders(client, home):
    for title in ("Ăn", "An", "Đa", "Da"):
        make_item(title)
    assert titles(client, "sap-xep=ten") == ["An", "Ăn", "Da", "Đa"]
    ShelfCard.objects.filter(item__title="Da").update(uses=9)
    assert titles(client, "sap-xep=dung-nhieu")[0] == "Da"
    assert titles(client)[0] == "Da"


def test_drafts_and_pages_behind_a_password_are_in_no_list(client, home):
    make_item("Nháp").unpublish()
    hidden = make_item("Kín")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    make_item("Mở")
    assert titles(client) == ["Mở"]


def test_the_list_costs_the_same_for_one_and_for_thirty(client, home):
    topic = make_topic()

    def queries() -> int:
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"{LIST}?sap-xep=ten").status_code == 200
        return len(seen)

    make_item(topics=[topic], file=make_file())
    one = queries()
    for _ in range(29):
        make_item(topics=[topic], tags=["số"])
    assert queries() <= one


def test_an_items_page_costs_the_same_beside_one_and_many(client, home):
    topic = make_topic()
    item = make_item(topics=[topic], file=make_file())
    make_item(topics=[topic])
    client.get(item.url)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{item.url}?a=1")
    for _ in range(20):
        make_item(topics=[topic])
    client.get(item.url)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{item.url}?a=2")
    assert len(many) <= len(few)


def test_a_pdf_tells_its_pages_and_shows_its_first(client, home):
    item = make_item("Sổ tay: VNeID?", file=make_file(pdf_bytes(3)))
    facts = FileFacts.objects.get()
    assert (facts.extension, facts.pages, facts.problem) == ("pdf", 3, "")
    assert facts.cover
    page = client.get(item.url).content.decode()
    assert "3 trang" in page
    assert facts.cover.url in page
    assert ShelfCard.objects.get(item=item).pages == 3


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (pdf_bytes(1, password="bi-mat"), "a.pdf", "mật khẩu"),
        (b"%PDF-1.7 nothing behind it", "a.pdf", "hỏng"),
        (b"", "a.pdf", "rỗng"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "a.pdf", "đổi đuôi"),
        (b"PK\x03\x04 no archive", "a.docx", "hỏng"),
    ],
)
def test_a_file_that_nobody_could_open_is_refused_at_its_field(home, data, name, said):
    row = ItemFile(document=make_file(data, name))
    with pytest.raises(ValidationError, match=said) as refused:
        row.clean()
    assert "document" in refused.value.message_dict


@pytest.mark.parametrize(
    ("parts", "pages"),
    [
        ({"docProps/app.xml": "<Properties><Pages>7</Pages></Properties>"}, 7),
        ({}, None),
    ],
)
def test_a_word_file_tells_its_pages(home, parts, pages):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in {"word/document.xml": "<w:document/>", **parts}.items():
            archive.writestr(name, text)
    facts = facts_of(make_file(out.getvalue(), "a.docx"))
    assert (facts.pages, facts.problem) == (pages, "")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_word_file_whose_own_words_are_damaged_is_taken_without_pages(home, packing):
    out, words = io.BytesIO(), b"<Properties><Pages>7</Pages></Properties>" * 40
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("docProps/app.xml", words, packing)
        part = archive.getinfo("docProps/app.xml")
        begins = part.header_offset + 30 + len(part.filename)
        ends = begins + part.compress_size
    data = bytearray(out.getvalue())
    data[begins:ends] = b"\xff" * (ends - begins)
    facts = facts_of(make_file(bytes(data), "a.docx"))
    assert (facts.pages, facts.problem) == (None, "")


def test_slides_under_a_wrong_name_are_told_by_their_real_one(home):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("ppt/slides/slide1.xml", "")
    with pytest.raises(ValidationError, match=r"\.pptx"):
        ItemFile(document=make_file(out.getvalue(), "a.docx")).clean()


def test_a_replaced_file_is_read_anew(home):
    item = make_item(file=make_file(pdf_bytes(1)))
    document = item.files.get().document
    document.file.save("moi.pdf", ContentFile(pdf_bytes(5)), save=False)
    document.save()
    assert ShelfCard.objects.get(item=item).pages == 5


def test_a_file_is_taken_away_under_its_vietnamese_name_and_counted(client, home):
    item = make_item("Sổ tay: VNeID / mới?", file=make_file())
    document = item.files.get().document
    address = f"{item.url}tep/{item.files.get().pk}/"
    assert address in client.get(item.url).content.decode()
    opened = client.get(address)
    assert "inline" in opened.headers["Content-Disposition"]
    saved = client.get(f"{address}?tai=1", headers=READER)
    said = saved.headers["Content-Disposition"]
    assert said.startswith("attachment")
    assert "S%E1%BB%95%20tay%20VNeID%20m%E1%BB%9Bi.pdf" in said
    assert b"".join(saved.streaming_content).startswith(b"%PDF")
    assert client.get(f"{make_item().url}tep/{item.files.get().pk}/").status_code == 404
    assert sum(totals([document], Act.DOWNLOAD).values()) >= 1
    assert count_uses() == 1
    assert count_uses() == 0
    assert ShelfCard.objects.get(item=item).uses >= 1


def test_a_video_elsewhere_is_loaded_only_when_asked_for(client, home):
    item = make_item(kind="video", link="https://youtu.be/abcdefghi_-")
    page = client.get(item.url)
    assert b"<iframe" not in page.content
    assert "youtube" not in page.headers["Content-Security-Policy"]
    asked = client.get(f"{item.url}xem/")
    assert b"https://www.youtube-nocookie.com/embed/abcdefghi_-" in asked.content
    assert "frame-src https://www.youtube-nocookie.com" in asked.headers["Content-Security-Policy"]
    plain = make_item(kind="video", link="https://example.vn/video")
    assert client.get(f"{plain.url}xem/").status_code == 404


def test_own_sound_with_words_and_its_file(client, home):
    media = SiteMedia(title="Nghe", type="audio", duration=3, transcript="Chào bà con.")
    media.file.save("nghe.mp3", ContentFile(b"ID3" + bytes(400)), save=False)
    media.save()
    item = make_item("Bản tin thôn", kind="am-thanh", media=media)
    page = client.get(item.url).content.decode()
    assert "<audio" in page
    assert "Chào bà con." in page
    taken = client.get(f"{item.url}tai-ve/")
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{make_item().url}tai-ve/").status_code == 404


def test_machines_are_told_what_is_known(client, home):
    level = CompetenceLevel.objects.get(code="CB1")
    taught = [
        ItemCompetence(competence=Competence.objects.get(code=code), level=level)
        for code in ("4.2", "4.3")
    ]
    item = make_item(
        "Mật khẩu",
        file=make_file(),
        competences=taught,
        minutes=5,
        year=2026,
        first_published_at=timezone.now(),
    )
    data = told_to_machines(client, item)
    assert data["@type"] == "LearningResource"
    assert data["educationalLevel"] == [str(level)]
    assert datetime.fromisoformat(data["datePublished"]) == item.first_published_at
    assert "T" in data["datePublished"]
    # The address under which the file has its Vietnamese name.
    address = urlsplit(data["encoding"][0]["contentUrl"]).path
    assert "Mật khẩu.pdf" in unquote(client.get(address)["Content-Disposition"])
    assert data["thumbnailUrl"].startswith("http")
    assert data["timeRequired"] == "PT5M"
    assert data["teaches"][0]["termCode"] == "4.2"
    assert data["inLanguage"] == "vi"


def test_machines_are_told_of_own_video_and_what_helps_to_follow_it(client, home):
    media = SiteMedia(title="Xem", type="video", duration=61.2, transcript="Chào bà con.")
    media.file.save("xem.mp4", ContentFile(bytes(400)), save=False)
    media.captions.save("xem.vtt", ContentFile(b"WEBVTT\n"), save=False)
    media.save()
    data = told_to_machines(client, make_item("Một video", kind="video", media=media))
    told = data["encoding"][0]
    assert (told["@type"], told["duration"], told["encodingFormat"]) == (
        "VideoObject",
        "PT61S",
        "video/mp4",
    )
    assert data["accessibilityFeature"] == ["captions", "transcript"]
    assert "educationalLevel" not in data


def test_feed_print_sheet_and_code(client, home):
    item = make_item("Tờ rơi", summary="Một tờ.")
    feed = client.get(f"{LIST}rss/")
    assert feed.headers["Content-Type"].startswith("application/rss+xml")
    assert "Tờ rơi" in feed.content.decode()
    sheet = client.get(f"{item.url}in/").content.decode()
    assert f"{item.url}ma-qr/" in sheet
    code = client.get(f"{item.url}ma-qr/")
    assert code.headers["Content-Type"] == "image/svg+xml"


def test_related_items_are_of_the_same_topic(client, home):
    topic, other = make_topic("VNeID"), make_topic("Thanh toán")
    item = make_item("Một", topics=[topic])
    make_item("Gần", topics=[topic])
    make_item("Xa", topics=[other])
    shown = [card.item.title for card in client.get(item.url).context["related"]]
    assert shown == ["Gần"]


def test_the_home_page_and_the_search_know_the_library(client, home):
    make_item("Sổ tay VssID")
    assert "Sổ tay VssID" in client.get("/").content.decode()
    finds = client.get("/tim-kiem/?q=so+tay+vssid").context["finds"]
    assert [find.title for find in finds] == ["Sổ tay VssID"]


@pytest.fixture
def librarian(client):
    """A librarian signed in."""
    client.force_login(
        make_user(SiteRole.LIBRARIAN), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.mark.parametrize(
    "model",
    ["audience", "competencedomain", "competence", "competencelevel", "language", "licence"],
)
def test_librarians_keep_the_lists(librarian, home, model):
    base = f"wagtailsnippets_resources_{model}"
    assert librarian.get(reverse(f"{base}:list")).status_code == 200
    assert librarian.get(reverse(f"{base}:add")).status_code == 200


def test_lists_in_use_are_not_lost(librarian, home):
    make_item()
    language = Language.objects.get(code="vi")
    librarian.post(reverse("wagtailsnippets_resources_language:delete", args=[language.pk]))
    assert Language.objects.filter(code="vi").exists()


def test_an_item_without_what_its_kind_promises_is_not_published(librarian, home):
    from resources.models import LibraryIndexPage

    parent = LibraryIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["resources", "libraryitempage", parent.pk])
    words = {
        "title": "Thiếu tệp", "slug": "thieu-tep", "kind": "tai-lieu", "summary": "Tóm tắt",
        "language": Language.objects.get(code="vi").pk, "licence": Licence.objects.first().pk,
        "glyph": "A", "colour": "teal", "body-count": "0", "tags": "",
        "files-TOTAL_FORMS": "0", "files-INITIAL_FORMS": "0", "files-MIN_NUM_FORMS": "0",
        "files-MAX_NUM_FORMS": "1000", "competences-TOTAL_FORMS": "0",
        "competences-INITIAL_FORMS": "0", "competences-MIN_NUM_FORMS": "0",
        "competences-MAX_NUM_FORMS": "1000", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    refused = librarian.post(address, words | {"action-publish": "1"})
    assert refused.status_code == 200
    assert "cần tệp" in refused.content.decode()
    assert not LibraryItemPage.objects.filter(slug="thieu-tep").exists()
    kept = librarian.post(address, words)
    assert kept.status_code == 302
    assert LibraryItemPage.objects.get(slug="thieu-tep").live is False
