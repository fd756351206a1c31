"""The demo college: whole, valid, loaded once however often, refused in production."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from campaign.documents.models import OfficialDocument, Platform
from campaign.feedback.choices import FeedbackKind, FeedbackState
from campaign.feedback.models import ContactPoint, FaqEntry, Feedback
from campaign.news.models import ArticlePage, SectionPage
from core.blocks import link_problems
from core.models import Keyword, SiteImage, SiteRendition, SiteSettings, StandardPage
from core.rules import message_problem
from home.demo.contributions import load_contributions
from home.demo.loader import load_demo, warm_pictures
from home.demo.reading import FOLDER, read
from home.models import CampaignPhase, HomePage
from resources.choices import Fault
from resources.health import fault_counts
from resources.models import Contribution, GuidePage, LibraryItemPage, Topic

pytestmark = pytest.mark.django_db

LOADED = [Page, Revision, ArticlePage, SectionPage, GuidePage, Topic, OfficialDocument, Platform, Keyword,
          SiteImage, CampaignPhase, FaqEntry, ContactPoint, Feedback]  # fmt: skip
OWN_PAGES = {
    "gioi-thieu",
    "huong-dan-doc-trang",
    "chinh-sach-noi-dung",
    "huong-dan-tinh-nguyen-vien",
    "tro-nang",
}
ALLOWED = re.compile(r'</?(?:p|ul|ol|li|b|i)>|<a href="(?:/|https://)[^"]+">|</a>')
PHONE = re.compile(r"(?:\+84|0)\d(?:[\s.-]?\d){8,9}")
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")


@pytest.fixture(scope="module")
def college(load_once):
    """The demo, its files in a folder of its own; loaded once for all that read it."""
    load_once(load_demo)


@pytest.fixture
def demo(college, db):
    """The demo; what a test changes is undone."""


def counts() -> dict[str, int]:
    """How many of each there are."""
    return {model.__name__: model.objects.count() for model in LOADED}


def test_demo_is_whole_valid_and_loaded_once(client, demo):
    before = counts()
    assert before["ArticlePage"] >= 12
    assert before["SectionPage"] == 4
    assert min(section.get_children().count() for section in SectionPage.objects.all()) >= 1
    for model in (
        HomePage,
        SectionPage,
        ArticlePage,
        GuidePage,
        OfficialDocument,
        Platform,
        Topic,
        CampaignPhase,
        StandardPage,
        FaqEntry,
        ContactPoint,
    ):
        for record in model.objects.all():
            record.full_clean()
    stories = (ArticlePage, GuidePage, StandardPage)
    for page in (page for model in stories for page in model.objects.all()):
        assert len(page.body) > 0, page.title
        page.body.stream_block.clean(page.body)
    load_demo()
    assert counts() == before
    titles = [find.title for find in client.get("/tim-kiem/?q=binh+dan+hoc+vu+so").context["finds"]]
    assert titles != []


def test_demo_leaves_what_an_editor_changed(demo):
    article = ArticlePage.objects.first()
    article.title = "Đã sửa"
    article.save()
    school = SiteSettings.load()
    school.school_name = "Trường khác"
    school.save()
    load_demo()
    assert ArticlePage.objects.get(pk=article.pk).title == "Đã sửa"
    assert SiteSettings.objects.get().school_name == "Trường khác"


def test_demo_is_refused_where_it_is_not_allowed(home, settings):
    settings.DEMO_ALLOWED = False
    before = counts()
    with pytest.raises(PermissionDenied):
        load_demo()
    with pytest.raises(CommandError):
        call_command("demo")
    assert counts() == before


def test_contacts_are_whole_short_and_nobodys():
    contacts = read("contacts")["contact"]
    assert 5 <= len(contacts) <= 6
    assert len({row["order"] for row in contacts}) == len(contacts)
    for row in contacts:
        assert set(row) == {"function", "unit", "contact_name", "position", "phone", "email", "hours",
                            "note", "order"}  # fmt: skip
        assert 0 < len(row["function"]) <= 120
        assert len(row["hours"]) <= 120
        assert len(row["note"]) <= 200
        assert row["contact_name"] == "" or "mẫu" in row["contact_name"]
        assert row["phone"] == ""
        assert row["email"].endswith(".example.edu.vn")


def test_questions_are_many_short_and_of_plain_text():
    topics = {row["slug"] for row in read("topics")["topic"]}
    rows = read("faq")["faq"]
    assert len(rows) >= 20
    assert (
        len({row["question"] for row in rows}) == len({row["order"] for row in rows}) == len(rows)
    )
    assert {row["topic"] for row in rows} == topics | {""}
    for row in rows:
        assert len(row["question"]) <= 200, row["question"]
        assert row["question"].endswith("?"), row["question"]
        assert "<" not in ALLOWED.sub("", row["answer_html"]), row["question"]
        assert link_problems(row["answer_html"]) == [], row["question"]


def test_messages_stand_in_every_state_and_name_nobody():
    rows = read("feedback")["feedback"]
    assert len({row["key"] for row in rows}) == len(rows) == 9
    assert {row["state"] for row in rows} == set(FeedbackState.values)
    assert {row["kind"] for row in rows} == set(FeedbackKind.values)
    for row in rows:
        assert message_problem(row["message"]) is None, row["key"]
        assert row["full_name"] == "" or "mẫu" in row["full_name"], row["key"]
        assert row["email"] == "" or row["email"].endswith("@example.vn"), row["key"]
        assert row["phone"] == "", row["key"]
        days = [row["days_ago"], *(reply["days_ago"] for reply in row.get("replies", []))]
        assert days == sorted(days, reverse=True), row["key"]
    published = [row for row in rows if row.get("publish")]
    assert [row["faq_question"] for row in published] != []


def test_no_file_of_the_demo_gives_away_a_number_or_an_address():
    numbers, addresses = set(), set()
    for path in FOLDER.glob("*.toml"):
        text = path.read_text()
        # Numbers of documents and addresses of pages are long too.
        spoken = re.sub(r"https?://\S+", "", text)
        numbers |= set(PHONE.findall(spoken))
        addresses |= set(ADDRESS.findall(spoken))
    assert numbers == {"0900000000"}
    assert {a for a in addresses if not a.endswith((".example.edu.vn", "@example.vn"))} == set()


def test_demo_messages_reach_the_state_they_are_told(demo):
    wanted = {row["message"].strip(): row["state"] for row in read("feedback")["feedback"]}
    assert {row.message: row.state for row in Feedback.objects.all()} == wanted
    sourced = FaqEntry.objects.get(source__isnull=False)
    assert sourced.source.state == FeedbackState.CLOSED
    assert "0900000000" not in "".join(FaqEntry.objects.values_list("answer", flat=True))


def test_every_page_and_link_inside_the_demo_opens(client, demo):
    assert {page.slug for page in StandardPage.objects.all()} == OWN_PAGES
    texts = "".join(path.read_text() for path in FOLDER.glob("*.toml"))
    places = set(re.findall(r'href="(/[^"#]*)', texts)) | {f"/{slug}/" for slug in OWN_PAGES}
    assert len(places) > 10
    broken = {place for place in places if client.get(place).status_code != 200}
    assert broken == set()


def test_warmed_pictures_are_those_that_pages_ask_for(client, demo):
    warm_pictures()
    cut = set(SiteRendition.objects.values_list("pk", flat=True))
    for page in Page.objects.live().filter(depth__gt=1).specific():
        client.get(page.url)
    assert {r.filter_spec for r in SiteRendition.objects.exclude(pk__in=cut)} == set()


def test_material_of_units_waits_and_stands_in_the_library(client, demo):
    states = sorted(Contribution.objects.values_list("state", flat=True))
    assert states == ["sent", "taken"]
    waiting = Contribution.objects.get(state="sent")
    assert waiting.topics.count() == 1
    assert waiting.file.storage.exists(waiting.file.name)
    item = LibraryItemPage.objects.get(contribution__state="taken")
    assert (item.live, item.files.count(), item.audiences.count()) == (True, 1, 2)
    assert "Khoa Kỹ thuật – Kinh tế" in client.get(item.url).content.decode()
    found = fault_counts()
    assert found[Fault.COMPETENCE] >= 1
    assert found[Fault.REVIEW] >= 1
    load_contributions()
    assert Contribution.objects.count() == 2
