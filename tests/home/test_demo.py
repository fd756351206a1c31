"""The demo college: whole, valid, loaded once however often, refused in production."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from campaign.documents.models import OfficialDocument, Platform
from campaign.news.models import ArticlePage, SectionPage
from core.models import Keyword, SiteImage, SiteSettings
from home.demo.loader import load_demo
from home.models import CampaignPhase, HomePage
from resources.models import GuidePage, Topic

pytestmark = pytest.mark.django_db

LOADED = [Page, Revision, ArticlePage, SectionPage, GuidePage, Topic, OfficialDocument, Platform, Keyword,
          SiteImage, CampaignPhase]  # fmt: skip


@pytest.fixture
def demo(home, settings, tmp_path):
    """The demo, its pictures in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    load_demo()


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
    ):
        for record in model.objects.all():
            record.full_clean()
    for page in (*ArticlePage.objects.all(), *GuidePage.objects.all()):
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
