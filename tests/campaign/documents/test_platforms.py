"""The directory of platforms: by kind and audience; the same entries on home, banners and in the library."""

import pytest

from campaign.documents.choices import AudienceGroup, PlatformKind
from campaign.documents.models import Platform, PlatformAudience
from campaign.documents.services import set_banner
from core.models import Banner
from core.rules import NATIONAL_PORTAL

pytestmark = pytest.mark.django_db

PATH = "/nen-tang/"


def make_platform(name: str, kind: str = PlatformKind.NATIONAL, *groups: str, **fields) -> Platform:
    """A platform for the named groups."""
    fields.setdefault("url", f"https://{len(name)}-{Platform.objects.count()}.example/")
    platform = Platform.objects.create(name=name, kind=kind, **fields)
    for group in groups:
        PlatformAudience.objects.create(platform=platform, group=group)
    return platform


@pytest.fixture
def directory(home):
    """A platform for everybody, one for citizens and students, one for nobody in particular."""
    make_platform("Nền chung", PlatformKind.NATIONAL, AudienceGroup.EVERYBODY, owner="Bộ Công an",
                  purpose="Học miễn phí")  # fmt: skip
    make_platform("Khóa mở", PlatformKind.MOOC, AudienceGroup.CITIZENS, AudienceGroup.STUDENTS)
    make_platform("Cổng tỉnh", PlatformKind.PROVINCIAL)


def shown(client, **query) -> dict[str, list[str]]:
    """The names the directory shows, by kind."""
    response = client.get(PATH, query)
    assert response.status_code == 200
    return {
        key: [one.name for one in platforms] for key, _, platforms in response.context["groups"]
    }


def test_directory_is_grouped_by_kind(client, directory):
    assert shown(client) == {
        "national": ["Nền chung"], "provincial": ["Cổng tỉnh"], "mooc": ["Khóa mở"],
    }  # fmt: skip
    content = client.get(PATH).content.decode()
    for said in ('id="national"', 'id="mooc"', "Cơ quan quản lý: Bộ Công an", "Dành cho: Mọi người",
                 "Dành cho: Người dân, Học sinh, sinh viên", "Học miễn phí", "Chưa rõ cơ quan quản lý",
                 "Chưa ghi dành cho ai"):  # fmt: skip
        assert said in content, said


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        ("nguoi-dan", ["Nền chung", "Khóa mở"]),
        ("nha-giao", ["Nền chung"]),
        ("moi-nguoi", ["Nền chung"]),
        ("khong-co", ["Nền chung", "Cổng tỉnh", "Khóa mở"]),
        ("\x00", ["Nền chung", "Cổng tỉnh", "Khóa mở"]),
    ],
)
def test_directory_is_filtered_by_audience(client, directory, audience, names):
    groups = shown(client, **{"doi-tuong": audience})
    assert [name for group in groups.values() for name in group] == names


def test_empty_directory_says_so(client, home):
    assert "Chưa có liên kết nào" in client.get(PATH).content.decode()
    make_platform("Cổng tỉnh", PlatformKind.PROVINCIAL)
    empty = client.get(PATH, {"doi-tuong": "nha-giao"}).content.decode()
    assert "Chưa có nền tảng nào dành cho nhóm này." in empty
    assert "Xem tất cả nền tảng" in empty


def test_platforms_stand_on_the_home_page_in_their_order(client, home):
    make_platform("Nền Hai", order=20, url="https://20.example/")
    make_platform("Nền Một", order=10, url="https://10.example/", purpose="Học miễn phí")
    content = client.get("/").content.decode()
    assert content.index("Nền Một") < content.index("Nền Hai")
    assert 'href="https://10.example/" rel="noopener"' in content
    assert '<a class="section-head__more" href="/nen-tang/">' in content


def test_library_offers_courses_and_no_partner(client, directory):
    make_platform("Đối tác", PlatformKind.PARTNER)
    content = client.get("/huong-dan/").content.decode()
    assert "Khóa học và chương trình quốc gia" in content
    for name in ("Nền chung", "Khóa mở", "Cổng tỉnh"):
        assert name in content
    assert "Đối tác" not in content


def test_library_without_courses_is_silent(client, home):
    assert "Khóa học và chương trình quốc gia" not in client.get("/huong-dan/").content.decode()


def test_banner_that_leads_there_already_becomes_the_platforms_own(home):
    platform = make_platform("Nền tảng quốc gia", url=NATIONAL_PORTAL)
    banner = set_banner(platform, shown=True)
    assert list(Banner.objects.filter(url=NATIONAL_PORTAL)) == [banner]
    platform = Platform.objects.get()
    platform.name = "Tên dài " * 19
    platform.save()
    banner.refresh_from_db()
    assert banner.title.startswith("Tên dài Tên dài")
    assert len(banner.title) <= 120


def test_platform_without_a_banner_stays_without(home):
    platform = make_platform("Cổng")
    assert set_banner(platform, shown=False) is None
    set_banner(platform, shown=True)
    Banner.objects.get(platform=platform).delete()
    platform.refresh_from_db()
    platform.save()
    assert platform.banner is None
