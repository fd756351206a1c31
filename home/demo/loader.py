"""The demo college: pages, news, guides, documents, from the TOML files beside this module.

Idempotent: what is there already, known by its address or number, is left as editors have it.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from campaign.news.models import ArticlePage, NewsIndexPage, SectionPage
from core.models import SiteImage, SiteSettings, StandardPage
from home.demo.activities import load_activities
from home.demo.awards import load_awards
from home.demo.contributions import load_contributions
from home.demo.documents import load_documents
from home.demo.events import load_events
from home.demo.feedback import load_feedback
from home.demo.library import load_library
from home.demo.paths import load_paths
from home.demo.people import load_people
from home.demo.reading import FOLDER, read
from home.demo.recognition import load_recognition
from home.demo.reports import load_reports
from home.demo.surveys import load_surveys
from home.demo.units import load_units
from home.models import CampaignPhase, HomePage
from home.services import ensure_first_site
from resources.models import GuideIndexPage, GuidePage, LibraryItemPage, Topic

SCHOOL = {
    "school_name": "Trường Cao đẳng Hoa Ban",
    "superior_body": "Trường mẫu, dùng để xem thử trang",
    "standing_unit": "Phòng Tổ chức cán bộ – Công tác học sinh, sinh viên",
    "responsible": "Hiệu trưởng (tài khoản mẫu)",
}
PICTURE_SPECS = ("fill-480x270", "fill-960x540", "fill-264x176")
BODY_SPECS = ("width-480", "width-960")
INFOGRAPHIC_SPECS = ("fill-480x270", *BODY_SPECS)


@transaction.atomic
def load_demo() -> None:
    """Fill the site with the demo college; PermissionDenied where demo is not allowed."""
    if not settings.DEMO_ALLOWED:
        raise PermissionDenied("The demo is refused in production.")
    ensure_first_site()
    _school()
    home = _home()
    pictures = _pictures()
    _standard_pages(home, pictures)
    _news(pictures)
    _guides(pictures)
    load_library()
    load_paths()
    load_units()
    load_people()
    load_activities()
    load_documents()
    load_feedback()
    load_events()
    load_reports()
    load_awards()
    load_recognition()
    load_surveys()
    load_contributions()


def _school() -> None:
    school = SiteSettings.load()
    if school.school_name == SiteSettings._meta.get_field("school_name").default:
        for name, value in SCHOOL.items():
            setattr(school, name, value)
        school.save()


def _home() -> HomePage:
    home = HomePage.objects.get()
    if home.phases.exists():
        return home
    content = read("home")
    home.hero_title, home.hero_lead = content["hero_title"], content["hero_lead"]
    home.about_title, home.about = content["about_title"], content["about_body"].strip()
    home.summary = content["hero_lead"][:300]
    home.phases = [
        CampaignPhase(
            name=row["name"],
            starts=row["start"],
            ends=row["end"],
            summary=row["summary"],
            sort_order=n,
        )
        for n, row in enumerate(content["phase"])
    ]
    home.save_revision().publish()
    return HomePage.objects.get()


def _pictures() -> dict[str, SiteImage]:
    pictures = {}
    for path in sorted((FOLDER / "pictures").glob("*.webp")):
        picture = SiteImage.objects.filter(title=path.stem).first()
        if picture is None:
            with path.open("rb") as file:
                picture = SiteImage(title=path.stem, credit="Tranh minh họa của trang")
                picture.file = ImageFile(file, name=path.name)
                picture.save()
        pictures[path.stem] = picture
    return pictures


def _body(rows: list[dict[str, Any]], pictures: dict[str, SiteImage]) -> list[dict[str, Any]]:
    return [{"type": row["type"], "value": _block(dict(row), pictures)} for row in rows]


def _block(row: dict[str, Any], pictures: dict[str, SiteImage]) -> Any:
    kind = row.pop("type")
    if kind == "paragraph":
        return row["html"].strip()
    if kind == "picture":
        image = {"image": pictures[row["picture"]].pk, "alt_text": row["alt"], "decorative": False}
        return {"image": image, "caption": row.get("caption", "")}
    if "items" in row:
        # Without an id Wagtail takes an item for the old format, and loses it.
        row["items"] = [
            {"type": "item", "value": item, "id": str(uuid4())} for item in row["items"]
        ]
    return row


def _story(row: dict[str, Any], pictures: dict[str, SiteImage]) -> dict[str, Any]:
    """The fields that all pages with a body share."""
    return {
        "title": row["title"],
        "slug": row["slug"],
        "summary": row["summary"],
        "glyph": row.get("glyph", "A"),
        "colour": row.get("colour", "teal"),
        "picture": pictures.get(row.get("picture", "")),
        "picture_alt": row.get("picture_alt", ""),
        "picture_caption": row.get("picture_caption", ""),
        "body": _body(row["body"], pictures),
    }


def _add(parent: Page, page: Page, day: date | None = None) -> None:
    """Add and publish `page`, unless its address is taken."""
    if parent.get_children().filter(slug=page.slug).exists():
        return
    if day:
        page.first_published_at = timezone.make_aware(datetime.combine(day, time(8)))
        page.last_published_at = page.first_published_at
    parent.add_child(instance=page)
    # Published as it stands, on its own day: publishing the revision would date it today.
    revision = page.save_revision(clean=True, changed=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)


def _standard_pages(home: HomePage, pictures: dict[str, SiteImage]) -> None:
    for row in read("pages")["page"]:
        _add(home, StandardPage(**_story(row, pictures)))


def _news(pictures: dict[str, SiteImage]) -> None:
    index = NewsIndexPage.objects.get()
    for row in read("sections")["section"]:
        _add(index, SectionPage(title=row["title"], slug=row["slug"], summary=row["intro"]))
    sections = {section.slug: section for section in SectionPage.objects.all()}
    for row in sorted(read("articles")["article"], key=lambda row: row["date"]):
        parent = SectionPage.objects.get(pk=sections[row["section"]].pk)
        if parent.get_children().filter(slug=row["slug"]).exists():
            continue
        article = ArticlePage(
            **_story(row, pictures),
            published_on=row["date"],
            author=row["author"],
            source=row["source"],
            is_pinned=row["featured"],
        )
        article.tags.add(*row["tags"])
        _add(parent, article, row["date"])


def _guides(pictures: dict[str, SiteImage]) -> None:
    for order, row in enumerate(read("topics")["topic"], start=1):
        Topic.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "summary": row["summary"],
                "glyph": row["glyph"],
                "colour": row["colour"],
                "order": order * 10,
            },
        )
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for row in read("guides")["guide"]:
        index = GuideIndexPage.objects.get()
        guide = GuidePage(
            **_story(row, pictures), topic=topics[row["topic"]], minutes=row["minutes"]
        )
        _add(index, guide, row["date"])


def warm_pictures() -> None:
    """Cut the pictures as pages ask for them, so that the first reader does not wait for it."""
    in_bodies, infographics = _pictures_in_bodies(), _infographics()
    for picture in SiteImage.objects.all():
        specs = PICTURE_SPECS + (BODY_SPECS if picture.pk in in_bodies else ())
        if picture.pk in infographics:
            specs = INFOGRAPHIC_SPECS
        for spec in specs:
            for kind in ("avif", "webp"):
                # The format first, as templates say it: the other way round is another cut.
                picture.get_rendition(f"format-{kind}|{spec}")
        picture.get_rendition("fill-1200x630|format-jpeg")


def _pictures_in_bodies() -> set[int]:
    return {
        block.value["image"].pk
        for model in (StandardPage, ArticlePage, GuidePage)
        for page in model.objects.all()
        for block in page.body
        if block.block_type == "picture"
    }


def _infographics() -> set[int]:
    """Pictures that stand whole on their item's page, and small on its card."""
    items = LibraryItemPage.objects.filter(picture__isnull=False)
    return set(items.values_list("picture", flat=True))
