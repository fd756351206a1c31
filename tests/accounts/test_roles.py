"""Role by address: who gets where in the staff area, as it is meant."""

import pytest
from django.urls import reverse

from accounts.choices import SiteRole
from campaign.news.models import NewsIndexPage
from resources.models import GuideIndexPage
from tests.factories.pages import make_article, make_document, make_guide, make_section, make_topic

pytestmark = pytest.mark.django_db

ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN]
SETTINGS = ("wagtailsettings:edit", "core", "sitesettings")
REGISTER = "documents_officialdocument_modeladmin"

# y: gets in. n: sent away (403, or 302 to where he may be). In the order of ROLES.
TABLE = [
    ("wagtailadmin_home", "yyyy"),
    ("wagtailadmin_explore_root", "yyyy"),
    ("wagtailadmin_account", "yyyy"),
    ("wagtailusers_users:index", "ynnn"),
    ("wagtailusers_users:add", "ynnn"),
    ("wagtailusers_groups:index", "ynnn"),
    ("wagtailusers_groups:add", "ynnn"),
    ("wagtailsites:index", "ynnn"),
    ("wagtailsites:add", "ynnn"),
    ("wagtailredirects:index", "ynnn"),
    ("wagtailadmin_workflows:index", "ynnn"),
    ("wagtailadmin_workflows:task_index", "ynnn"),
    ("wagtailimages:index", "yyyy"),
    ("wagtailimages:add_multiple", "yyyy"),
    ("wagtaildocs:index", "yyyy"),
    ("wagtaildocs:add_multiple", "yyyy"),
    ("wagtailmedia:index", "yyyy"),
    ("wagtailsnippets_core_banner:list", "yyyn"),
    ("wagtailsnippets_core_banner:add", "yyyn"),
    ("wagtailsnippets_core_searchsynonym:list", "ynyy"),
    ("wagtailsnippets_core_searchsynonym:add", "ynyy"),
    ("wagtailsnippets_resources_topic:list", "ynyy"),
    ("wagtailsnippets_resources_topic:add", "ynyy"),
    (f"{REGISTER}_index", "yyyn"),
    (f"{REGISTER}_create", "yyyn"),
    ("documents_platform_modeladmin_index", "yyyn"),
    ("documents_platform_modeladmin_create", "yyyn"),
    ("documents_issuer_modeladmin_index", "yyyn"),
    ("documents_issuer_modeladmin_create", "yyyn"),
    ("documents_formtemplate_modeladmin_index", "yyyn"),
    ("documents_formtemplate_modeladmin_create", "yyyn"),
]


def gets_in(client, address: str) -> bool:
    """Whether the page opens; being sent away is the other allowed answer."""
    response = client.get(address)
    # Settings lead on to their one record, the tree to its first page; a refusal leads to the desk.
    onward = ("/quan-tri/settings/", "/quan-tri/pages/")
    if response.status_code == 302 and response["Location"].startswith(onward):
        response = client.get(response["Location"])
    assert response.status_code in (200, 302, 403)
    return response.status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_role_gets_exactly_where_the_table_says(sign_in, role):
    client = sign_in(role)
    got = {name: gets_in(client, reverse(name)) for name, _ in TABLE}
    meant = {name: row[ROLES.index(role)] == "y" for name, row in TABLE}
    assert got == meant


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [True, False, True, False], strict=True))
def test_settings_open_for_administrator_and_publisher(sign_in, role, allowed):
    assert gets_in(sign_in(role), reverse(SETTINGS[0], args=SETTINGS[1:])) is allowed


@pytest.mark.parametrize("name", [name for name, _ in TABLE])
def test_passer_by_is_sent_to_the_sign_in(client, home, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap/?next=/quan-tri/")


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailusers_users:index", f"{REGISTER}_index"]
)
def test_user_without_a_role_does_not_get_in(sign_in, name):
    response = sign_in("").get(reverse(name))
    assert response.status_code in (302, 403)


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [True, True, True, False], strict=True))
def test_articles_are_drafted_by_those_who_write(sign_in, role, allowed):
    client, section = sign_in(role), make_section()
    article = make_article(section)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    add = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    assert [gets_in(client, edit), gets_in(client, add)] == [allowed, allowed]


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [True, True, True, True], strict=True))
def test_guides_are_drafted_by_all_staff(sign_in, role, allowed):
    client, guide = sign_in(role), make_guide(make_topic())
    index = GuideIndexPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    add = reverse("wagtailadmin_pages:add", args=["resources", "guidepage", index.pk])
    assert [gets_in(client, edit), gets_in(client, add)] == [allowed, allowed]


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [True, False, True, False], strict=True))
def test_live_article_is_taken_down_by_those_who_publish(sign_in, role, allowed):
    client, article = sign_in(role), make_article(make_section())
    address = reverse("wagtailadmin_pages:unpublish", args=[article.pk])
    assert gets_in(client, address) is allowed
    client.post(address)
    article.refresh_from_db()
    assert article.live is not allowed


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_the_news_page_without_the_right(sign_in, role):
    news = NewsIndexPage.objects.get()
    opened = gets_in(sign_in(role), reverse("wagtailadmin_pages:delete", args=[news.pk]))
    assert opened is (role in (SiteRole.ADMINISTRATOR, SiteRole.PUBLISHER))


@pytest.mark.parametrize("act", ["edit", "inspect", "delete"])
@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [True, True, True, False], strict=True))
def test_register_records_open_for_those_who_keep_it(sign_in, role, allowed, act):
    document = make_document()
    assert gets_in(sign_in(role), reverse(f"{REGISTER}_{act}", args=[document.pk])) is allowed


@pytest.mark.parametrize("role", [SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN])
def test_nobody_but_the_administrator_edits_a_user(sign_in, role):
    from tests.factories.people import make_user

    other = make_user()
    client = sign_in(role)
    assert not gets_in(client, reverse("wagtailusers_users:edit", args=[other.pk]))
    assert not gets_in(client, reverse("wagtailusers_users:delete", args=[other.pk]))
