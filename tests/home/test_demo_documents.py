"""The demo's documents: real ones, as metadata only, told honestly, loaded once however often."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from campaign.documents.models import (
    DocumentFile,
    DocumentRelation,
    FormTemplate,
    FormVersion,
    Issuer,
    OfficialDocument,
    Platform,
    PlatformAudience,
)
from campaign.documents.queries import relation_groups
from core.models import Banner
from home.demo.documents import load_documents

pytestmark = pytest.mark.django_db

LOADED = [OfficialDocument, Issuer, DocumentRelation, FormTemplate, FormVersion, Platform, PlatformAudience,
          Banner]  # fmt: skip
# Number, day of issue and whether anybody may read it, as the domain's own sources give them.
KNOWN = [
    ("2407/BGDĐT-HSSV", date(2025, 5, 16), True),
    ("1026/VPUB-KGVX", date(2025, 5, 20), True),
    ("899/QĐ-BGĐT", None, True),
    ("57-NQ/TW", date(2024, 12, 22), False),
    ("291/KH-SGDĐT", date(2025, 10, 13), True),
    ("368-KH/TU", date(2025, 5, 24), False),
    ("15-KH/ĐU", date(2025, 6, 3), False),
    ("125/KH-UBND", date(2025, 6, 2), True),
    ("02/2025/TT-BGDĐT", date(2025, 1, 24), True),
    ("1605/SKHCN-BCVT&CĐS", date(2026, 4, 13), True),
    ("522/QĐ-BGDĐT", date(2026, 3, 10), True),
    ("2642/KH-SGDĐT", date(2025, 7, 10), True),
    ("4531/SGDĐT-GDTXNNĐH", date(2025, 10, 30), True),
    ("138/QĐ-CĐSL", date(2025, 2, 17), True),
    ("106/KH-TCKTNVCB", date(2025, 10, 17), True),
    ("757/QĐ-BKHCN", date(2025, 4, 29), True),
    ("01-KH/BCĐTW", date(2025, 3, 21), True),
    ("356/2025/NĐ-CP", date(2025, 12, 31), True),
]


@pytest.fixture
def demo(home):
    """The demo's documents, loaded."""
    load_documents()


def counts() -> list[int]:
    """How many of each there are."""
    return [model.objects.count() for model in LOADED]


def test_demo_documents_are_valid_and_loaded_once(demo):
    before = counts()
    assert before[0] >= 16
    for model in LOADED:
        for record in model.objects.all():
            record.full_clean()
    load_documents()
    assert counts() == before


@pytest.mark.parametrize(("number", "day", "is_public"), KNOWN, ids=[row[0] for row in KNOWN])
def test_true_number_has_its_true_day(demo, number, day, is_public):
    document = OfficialDocument.objects.get(number=number)
    assert (document.issue_date, document.is_public) == (day, is_public)


def test_nothing_is_made_up(demo):
    assert not DocumentFile.objects.exists()
    assert not FormVersion.objects.filter(file__isnull=False).exists()
    assert set(OfficialDocument.objects.filter(number="").values_list("issuer__name", flat=True)) == {
        "Trường Cao đẳng Hoa Ban", "Trường Cao đẳng Sơn La", "Sở Giáo dục và Đào tạo Quảng Ngãi",
    }  # fmt: skip
    party = OfficialDocument.objects.filter(issuer__is_party=True, visibility="public")
    assert [document.number for document in party] == ["01-KH/BCĐTW"]
    assert "không đăng lại tệp" in party.get().disclosure_note


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("13/2023/NĐ-CP", "Đã được thay thế bằng 356/2025/NĐ-CP"),
        ("42/2022/NĐ-CP", "Hết hiệu lực từ 01/07/2026 theo 224/2026/NĐ-CP"),
        ("64/2007/NĐ-CP", "Hết hiệu lực từ 01/07/2026 theo 224/2026/NĐ-CP"),
        ("02/2025/TT-BGDĐT", "Còn hiệu lực"),
        ("224/2026/NĐ-CP", "Chưa rõ ngày hiệu lực"),
    ],
)
def test_lapsed_law_is_not_shown_as_in_force(demo, number, state):
    document = OfficialDocument.objects.get(number=number)
    _, found = relation_groups(document, AnonymousUser(), date(2026, 11, 22))
    assert found.text == state


def test_what_an_editor_changed_stays(demo):
    document = OfficialDocument.objects.get(number="224/2026/NĐ-CP")
    document.relations.all().delete()
    document.abstract = "Đã sửa"
    document.save()
    load_documents()
    document.refresh_from_db()
    assert (document.abstract, document.relations.count()) == ("Đã sửa", 0)


def test_national_banner_belongs_to_its_platform(demo):
    banner = Banner.objects.get(url="https://binhdanhocvuso.gov.vn/")
    assert banner.platform.name == banner.title == "Nền tảng quốc gia Bình dân học vụ số"
