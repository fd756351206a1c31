"""What every page shares: mended text, Vietnamese addresses; banners, synonyms, settings, keywords."""

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from core.models import Banner, Keyword, SearchSynonym, SiteSettings, StandardPage
from tests.factories.pages import make_article, make_file, make_section

pytestmark = pytest.mark.django_db


def refused_fields(obj) -> list[str]:
    """The fields at which `obj` is refused."""
    with pytest.raises(ValidationError) as refused:
        obj.full_clean()
    return list(refused.value.message_dict)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_page_is_stored_mended_with_a_vietnamese_address(home, form):
    page = StandardPage(
        title=unicodedata.normalize(form, "Đội hình khen thƣởng"),
        summary=unicodedata.normalize(form, "Tóm tắt\x00 thƣởng"),
    )
    home.add_child(instance=page)
    page.refresh_from_db()
    assert page.title == "Đội hình khen thưởng"
    assert page.summary == "Tóm tắt thưởng"
    assert page.slug == "doi-hinh-khen-thuong"


def test_page_of_the_same_title_gets_a_free_address(home):
    slugs = []
    for title in ("Bò", "Bơ", "Bố", "Bò"):
        page = home.add_child(instance=StandardPage(title=title))
        slugs.append(page.slug)
    assert slugs == ["bo", "bo-2", "bo-3", "bo-4"]


def test_same_address_in_another_section_is_free(home):
    first, second = make_section("Một"), make_section("Hai")
    slugs = [make_article(section, "Bài hay").slug for section in (first, second)]
    assert slugs == ["bai-hay", "bai-hay"]


@pytest.mark.parametrize("title", ["!!!", "中文", "😀"])
def test_page_whose_title_has_no_letter_gets_some_address(home, title):
    assert home.add_child(instance=StandardPage(title=title)).slug == "trang"


def test_pages_address_stays_when_its_title_changes(home):
    page = home.add_child(instance=StandardPage(title="Tên cũ"))
    page.title = "Tên mới"
    page.save()
    assert page.slug == "ten-cu"


def test_page_without_a_title_is_refused(home):
    with pytest.raises(ValidationError) as refused:
        home.add_child(instance=StandardPage(title="", slug="x"))
    assert list(refused.value.message_dict) == ["title"]


def test_description_of_a_page_is_what_was_written_for_it():
    assert StandardPage(summary="Tóm tắt").description == "Tóm tắt"
    assert StandardPage(summary="Tóm tắt", search_description="Khác").description == "Khác"


@pytest.mark.parametrize(
    ("starts", "ends", "on", "runs"),
    [
        (None, None, True, True), (date(2026, 11, 20), date(2026, 11, 20), True, True),
        (None, date(2026, 11, 19), True, False), (date(2026, 11, 21), None, True, False),
        (None, None, False, False),
    ],
)  # fmt: skip
def test_running_banners_are_on_and_within_their_period(home, starts, ends, on, runs):
    Banner.objects.all().delete()
    banner = Banner.objects.create(
        title="A", url="https://a.example/", starts=starts, ends=ends, is_active=on
    )
    assert list(Banner.objects.running(date(2026, 11, 20))) == ([banner] if runs else [])


def test_banners_stand_in_their_order(home):
    Banner.objects.all().delete()
    for title, order in (("ba", 30), ("một", 10), ("hai", 20)):
        Banner.objects.create(title=title, url="https://a.example/", order=order)
    assert [banner.title for banner in Banner.objects.all()] == ["một", "hai", "ba"]


def test_banner_that_ends_before_it_begins_is_refused_twice(home):
    banner = Banner(
        title="A", url="https://a.example/", starts=date(2026, 2, 2), ends=date(2026, 2, 1)
    )
    assert "ends" in refused_fields(banner)
    with pytest.raises(IntegrityError):
        banner.save()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "a", ""])
def test_banner_that_leads_nowhere_is_refused(home, url):
    assert refused_fields(Banner(title="A", url=url)) == ["url"]


@pytest.mark.parametrize("colour", ["red", "#12345", "#GGGGGG", "B3141D", "#ffffff", "#FFCC00"])
def test_primary_colour_that_cannot_be_used_is_refused_at_its_field(home, colour):
    school = SiteSettings.load()
    school.primary_colour = colour
    assert refused_fields(school) == ["primary_colour"]


@pytest.mark.parametrize("colour", ["", "#B3141D", "#0b5d66"])
def test_primary_colour_is_kept(home, colour):
    school = SiteSettings.load()
    school.primary_colour = colour
    school.full_clean()
    school.save()
    assert SiteSettings.load().primary_colour == colour


@pytest.mark.parametrize(
    ("raw", "stored"),
    [("NVH ,nhà văn hóa,, ", "NVH, nhà văn hóa"), ("khen thƣởng, KT", "khen thưởng, KT")],
)
def test_synonyms_are_stored_tidy(home, raw, stored):
    synonym = SearchSynonym(terms=raw)
    synonym.full_clean()
    assert synonym.terms == stored


@pytest.mark.parametrize("terms", ["NVH", "NVH,", " , ", ""])
def test_synonyms_need_two_spellings(home, terms):
    assert refused_fields(SearchSynonym(terms=terms)) == ["terms"]


@pytest.mark.parametrize(
    ("name", "slug"), [("Đoàn viên", "doan-vien"), ("VNeID", "vneid"), ("😀", "tu-khoa")]
)
def test_keywords_address_survives_vietnamese(name, slug):
    assert Keyword.objects.create(name=name).slug == slug


def test_keywords_of_one_address_are_told_apart():
    slugs = [Keyword.objects.create(name=name).slug for name in ("Bò", "Bơ", "Bố")]
    assert slugs == ["bo", "bo_1", "bo_2"]


def test_file_is_found_without_marks(home):
    from core.models import SiteDocument

    make_file("Kế hoạch năm học")
    assert [file.title for file in SiteDocument.objects.all().search("ke hoach")] == [
        "Kế hoạch năm học"
    ]
