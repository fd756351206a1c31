"""The first start: what a site needs before its first reader comes. Each part is made once."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page, Site, Task, Workflow, WorkflowPage, WorkflowTask

from accounts.choices import SiteRole
from accounts.services import ensure_roles, grant_pages
from campaign.activities.services import ensure_kinds
from campaign.events.services import ensure_series
from campaign.news.models import NewsIndexPage
from campaign.reporting.services import ensure_layouts
from core.models import Banner, ChecklistTask, SearchSynonym, SiteSettings
from core.rules import NATIONAL_BANNER
from home.models import HomePage
from resources.models import GuideIndexPage
from resources.services import ensure_library

WORKFLOW_NAME = "Người duyệt bài"
TASK_NAME = "Kiểm tra và duyệt"
LIBRARY_WORKFLOW_NAME = "Thủ thư duyệt học liệu"
LIBRARY_TASK_NAME = "Kiểm tra và duyệt học liệu"
# Abbreviations of the plans, and words that may be spelt with i or y.
SYNONYMS = [
    "CĐS, chuyển đổi số",
    "BDHVS, bình dân học vụ số",
    "HSSV, học sinh sinh viên",
    "SV, sinh viên",
    "GVCN, giáo viên chủ nhiệm, chủ nhiệm lớp",
    "ĐTN, Đoàn Thanh niên",
    "DVC, DVCTT, dịch vụ công, dịch vụ công trực tuyến",
    "CCCD, căn cước công dân, căn cước",
    "BHYT, bảo hiểm y tế",
    "BHXH, bảo hiểm xã hội",
    "AI, TTNT, trí tuệ nhân tạo",
    "ATTT, an toàn thông tin",
    "MXH, mạng xã hội",
    "CNTT, công nghệ thông tin",
    "KNS, kỹ năng số",
    "smartphone, điện thoại thông minh",
    "quản lý, quản lí",
    "kỹ, kĩ",
    "kỹ thuật, kĩ thuật",
    "kỹ năng, kĩ năng",
    "xử lý, xử lí",
    "vật lý, vật lí",
    "địa lý, địa lí",
    "lý do, lí do",
    "hỷ, hỉ",
    "Mỹ, Mĩ",
    "bác sỹ, bác sĩ",
    "tỷ lệ, tỉ lệ",
    "quý, quí",
    "hy vọng, hi vọng",
    "ký, kí",
    "đăng ký, đăng kí",
]


@transaction.atomic
def ensure_first_site() -> None:
    """Pages, roles, workflow, banner, synonyms; running it again leaves what editors changed."""
    ensure_roles()
    # Else the first reader's request would write the row.
    SiteSettings.load()
    home = ensure_pages()
    grant_pages(home)
    library = ensure_library(home)
    for learning in (GuideIndexPage.objects.first(), library):
        if learning:
            grant_pages(learning, {SiteRole.LIBRARIAN: ["add_page", "change_page", "publish_page"]})
    ensure_workflow(home)
    ensure_library_workflow(library)
    ensure_kinds()
    ensure_series()
    ensure_layouts()
    ensure_banner()
    ensure_synonyms()


def ensure_pages() -> HomePage:
    """The front page, the news and the guides, in Vietnamese, as the default site."""
    locale, _ = Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(
        title="Root", slug="root", locale=locale, url_path="/"
    )
    home = HomePage.objects.first() or _first_home(root, locale)
    site, _ = Site.objects.get_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost"}
    )
    if site.root_page_id != home.pk and site.root_page.specific_class is not HomePage:
        site.root_page = home
        site.site_name = "Bình dân học vụ số"
        site.save()
    _remove_welcome(root)
    return home


def _first_home(root: Page, locale: Locale) -> HomePage:
    home = root.add_child(
        instance=HomePage(
            title="Trang chủ",
            slug="trang-chu",
            locale=locale,
            hero_title="Ai cũng học được kỹ năng số.",
            hero_lead="Miễn phí, gần nhà, có người chỉ tận tay. Nhà trường cùng bà con làm quen với "
            "điện thoại thông minh, dịch vụ công trực tuyến và cách giữ mình an toàn trên mạng.",
            summary="Trang của nhà trường về phong trào Bình dân học vụ số.",
        )
    )
    home.add_child(
        instance=NewsIndexPage(
            title="Tin tức", slug="tin-tuc", locale=locale, show_in_menus=True,
            summary="Hoạt động, gương sáng và thông báo của phong trào.",
        )
    )  # fmt: skip
    home.add_child(
        instance=GuideIndexPage(
            title="Học kỹ năng số", slug="huong-dan", locale=locale, show_in_menus=True,
            summary="Hướng dẫn từng bước, làm theo được ngay trên điện thoại.",
        )
    )  # fmt: skip
    return home


def _remove_welcome(root: Page) -> None:
    """Wagtail's own welcome page stands in the way of a Vietnamese site."""
    for page in root.get_children().filter(slug="home", content_type__model="page"):
        if not Site.objects.filter(root_page=page).exists():
            page.delete()


def ensure_workflow(home: HomePage) -> None:
    """Editors hand in, publishers go through the check list and publish."""
    if ChecklistTask.objects.exists():
        return
    task = ChecklistTask.objects.create(name=TASK_NAME)
    task.groups.add(Group.objects.get(name=SiteRole.PUBLISHER))
    Task.objects.filter(name="Moderators approval").update(active=False)
    Workflow.objects.filter(name="Moderators approval").update(active=False)
    workflow = Workflow.objects.create(name=WORKFLOW_NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.filter(page__depth=1).delete()
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def ensure_library_workflow(library: Page) -> None:
    """The library's own step: librarians go through the same check list, beside the publishers.

    With the publishers alone an item under review would be closed to those who look after the library.
    """
    if Workflow.objects.filter(name=LIBRARY_WORKFLOW_NAME).exists():
        return
    task = ChecklistTask.objects.create(name=LIBRARY_TASK_NAME)
    task.groups.add(*Group.objects.filter(name__in=[SiteRole.LIBRARIAN, SiteRole.PUBLISHER]))
    workflow = Workflow.objects.create(name=LIBRARY_WORKFLOW_NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=library, defaults={"workflow": workflow})


def ensure_banner() -> None:
    """The national portal's banner, editable from the first start."""
    if not Banner.objects.exists():
        card = NATIONAL_BANNER
        Banner.objects.create(
            title=card.title, text=card.text, url=card.url, action=card.action, order=1
        )


def ensure_synonyms() -> None:
    """The first synonyms; what editors delete later stays deleted."""
    if not SearchSynonym.objects.exists():
        SearchSynonym.objects.bulk_create([SearchSynonym(terms=terms) for terms in SYNONYMS])
