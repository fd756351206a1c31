"""Lists cost the same number of queries with one row and with thirty."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.documents.choices import Visibility
from core.models import SiteImage
from tests.factories.events import make_event
from tests.factories.pages import (
    make_article,
    make_document,
    make_file,
    make_form_template,
    make_guide,
    make_picture,
    make_section,
    make_topic,
)
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

# What a reader's request may cost at most, frame warm: more needs a reason.
MOST = {"/": 11, "/tin-tuc/hoat-dong/bai-do/": 10}


@pytest.fixture
def fill(home, settings):
    """A function that adds articles, guides and documents, each with all that a list shows."""
    settings.PAGE_CACHE_SECONDS = 600
    section, topic = make_section(), make_topic()
    unit = make_unit(name="Trường Cao đẳng Đo")

    def filled(count: int) -> None:
        for _ in range(count):
            picture = (
                make_picture() if SiteImage.objects.count() < 14 else SiteImage.objects.first()
            )
            article = make_article(
                section, picture=picture, picture_alt="Lớp học", text="Chợ phiên."
            )
            article.tags.add("Đoàn viên", "Chuyển đổi số")
            article.save()
            make_guide(topic, text="Chợ phiên.")
            make_document(visibility=Visibility.PUBLIC, abstract="Chợ phiên", file=make_file())
            make_form_template("Mẫu phiên chợ", file=make_file())
            make_event(unit=unit)
        cache.clear()

    return filled


def uncached(path: str) -> str:
    """The address with a free parameter, which leads past the page cache."""
    return f"{path}{'&' if '?' in path else '?'}khong-giu=1"


def queries(client, address: str) -> int:
    """Queries of a request when the frame is warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


LISTS = ["/", "/tin-tuc/", "/tin-tuc/hoat-dong/", "/tin-tuc/?tu-khoa=doan-vien", "/tin-tuc/rss/", "/huong-dan/",
         "/tim-kiem/?q=cho+phien", "/tim-kiem/goi-y/?q=bai", "/so-do-trang/", "/tin-tuc/hoat-dong/bai-do/",
         "/huong-dan/huong-dan-do/", "/van-ban/", "/van-ban/?q=cho+phien", "/van-ban/bieu-mau/",
         "/nen-tang/", "/ngay-hoi/", "/ngay-hoi/?loai=lop-hoc"]  # fmt: skip


def test_lists_cost_the_same_with_one_row_and_with_thirty(client, fill):
    from campaign.news.models import SectionPage
    from resources.models import Topic

    fill(1)
    make_article(SectionPage.objects.get(), "Bài đo", picture=make_picture(), picture_alt="Lớp")
    make_guide(Topic.objects.get(), "Hướng dẫn đo")
    few = {path: queries(client, uncached(path)) for path in LISTS}
    fill(29)
    many = {path: queries(client, uncached(path)) for path in LISTS}
    assert many == few
    assert [path for path, most in MOST.items() if few[path] > most] == []


def test_register_in_the_admin_costs_the_same_with_one_row_and_with_thirty(sign_in):
    client = sign_in("editor")
    make_document(file=make_file())
    path = "/quan-tri/documents/officialdocument/"
    few = queries(client, path)
    for _ in range(29):
        make_document(file=make_file())
    assert queries(client, path) == few


def test_lists_of_praise_cost_the_same_with_one_row_and_with_thirty(client, home):
    from campaign.activities.services import ShareRow
    from campaign.awards.recognition_books import PEOPLE
    from campaign.units.choices import Role
    from office.books import write_book
    from tests.factories.activities import make_confirmed
    from tests.factories.people import make_holder, make_person
    from tests.factories.recognition import make_list, praise

    school = make_unit(None, "institution")
    faculty = make_unit(school, "faculty")
    klass = make_unit(faculty, "student_class")
    head, author = make_holder(faculty, Role.UNIT_HEAD), make_holder(klass, Role.REPORTER)
    confirms = make_holder(klass, Role.UNIT_HEAD)
    listing = make_list(faculty, head)

    def fill(count: int) -> None:
        people = [make_person(make_unit(faculty, "student_class")) for _ in range(count)]
        praise(listing, head, *people)
        shares = [ShareRow(person=one, name="", task="", served=3) for one in people]
        make_confirmed(klass, author, confirms, shares=shares)
        for one in people:
            make_list(faculty, head, one)

    def cost() -> dict[str, int]:
        own = f"/don-vi/khen-thuong/bieu-duong/{listing.pk}/"
        paths = ["", "chon/", "tu-nhat-ky/", "tap-the/", "to-trinh.docx", "danh-sach-co-ma.xlsx"]
        found = {path: queries(client, own + path) for path in paths}
        found["lists"] = queries(client, "/don-vi/khen-thuong/bieu-duong/")
        rows = [["", entry.full_name, entry.place_name, ""] for entry in listing.entries.all()]
        rows += [["", entry.full_name, "Lớp ngoài", ""] for entry in listing.entries.all()]
        for name in ("warm", "import"):
            file = SimpleUploadedFile("a.xlsx", write_book([(PEOPLE, rows)]))
            with CaptureQueriesContext(connection) as counted:
                assert client.post(own + "nhap/", {"tep": file}).status_code == 200
            found[name] = len(counted)
        return {name: number for name, number in found.items() if name != "warm"}

    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
    fill(1)
    few = cost()
    fill(29)
    assert cost() == few
    assert max(few.values()) < 40


def test_surveys_cost_the_same_with_one_class_and_with_thirty(home, client):
    from campaign.units.choices import Role
    from tests.factories.people import make_holder
    from tests.factories.surveys import make_asked, over, pile_up

    school = make_unit()
    client.force_login(
        make_holder(school, Role.STANDING_OFFICE),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    def costs() -> dict[str, int]:
        survey = make_asked(school, split="classes")
        for row in survey.units.select_related("unit"):
            pile_up(survey, 12, 6, unit=row.unit)
        at = survey.get_absolute_url()
        found = {
            path: queries(client, path) for path in (at, "/don-vi/tu-danh-gia/", survey.public_url)
        }
        over(survey)
        found |= {path: queries(client, path) for path in (f"{at}so-sanh/", f"{at}so-sanh.csv")}
        return {
            path.replace(f"/{survey.pk}/", "/").replace(survey.code, ""): n
            for path, n in found.items()
        }

    make_unit(school, "student_class")
    few = costs()
    for _ in range(29):
        make_unit(school, "student_class")
        make_asked(school)
    assert costs() == few
