"""Makes pages, pictures, documents."""

import io
from datetime import date
from itertools import count

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as PillowImage

from campaign.documents.choices import DocumentKind, Visibility
from campaign.documents.models import (
    DocumentFile,
    DocumentRelation,
    FormTemplate,
    FormVersion,
    Issuer,
    OfficialDocument,
)
from campaign.news.models import ArticlePage, NewsIndexPage, SectionPage
from core.models import SiteDocument, SiteImage
from resources.models import GuideIndexPage, GuidePage, Topic

numbers = count(1)


def paragraph(html: str) -> dict:
    """A body's paragraph in its stored form."""
    return {"type": "paragraph", "value": html}


def make_section(title: str = "Hoạt động") -> SectionPage:
    """A section of the news."""
    return NewsIndexPage.objects.get().add_child(
        instance=SectionPage(title=f"{title}", summary="Chuyên mục thử")
    )


def make_article(
    section: SectionPage, title: str = "", *, text: str = "Nội dung bài.", **fields
) -> ArticlePage:
    """A live article."""
    fields.setdefault("published_on", date(2026, 11, 1))
    page = ArticlePage(
        title=title or f"Bài số {next(numbers)}", summary=fields.pop("summary", "Tóm tắt."),
        body=[paragraph(f"<p>{text}</p>")], **fields,
    )  # fmt: skip
    return SectionPage.objects.get(pk=section.pk).add_child(instance=page)


def make_topic(name: str = "Dịch vụ công") -> Topic:
    """A skill topic."""
    topic = Topic(name=name)
    topic.full_clean()
    topic.save()
    return topic


def make_guide(topic: Topic, title: str = "", *, text: str = "Làm theo các bước.") -> GuidePage:
    """A live guide."""
    page = GuidePage(
        title=title or f"Hướng dẫn {next(numbers)}", topic=topic, body=[paragraph(f"<p>{text}</p>")]
    )
    return GuideIndexPage.objects.get().add_child(instance=page)


def picture_bytes(size: tuple[int, int] = (1200, 800), kind: str = "JPEG") -> bytes:
    """A plain picture of `size`."""
    out = io.BytesIO()
    PillowImage.new("RGB", size, "#0b5d66").save(out, kind)
    return out.getvalue()


def make_picture(title: str = "hinh") -> SiteImage:
    """A stored picture."""
    return SiteImage.objects.create(
        title=title, file=ImageFile(io.BytesIO(picture_bytes()), name=f"{title}.jpg")
    )


def make_file(title: str = "Kế hoạch") -> SiteDocument:
    """A stored PDF."""
    return SiteDocument.objects.create(
        title=title, file=ContentFile(b"%PDF-1.4\n%thu\n", name="ke-hoach.pdf")
    )


def make_issuer(name: str = "Trường thử", **fields) -> Issuer:
    """The authority of that name."""
    return Issuer.objects.get_or_create(name=name, defaults=fields)[0]


def make_document(*, file: SiteDocument | None = None, **fields) -> OfficialDocument:
    """A document of the register; internal unless told otherwise. An issuer may be given by its name."""
    fields.setdefault("number", f"{next(numbers)}/KH-TEST")
    fields.setdefault("kind", DocumentKind.PLAN)
    fields.setdefault("abstract", "Triển khai phong trào")
    issuer = fields.pop("issuer", "Trường thử")
    fields["issuer"] = make_issuer(issuer) if isinstance(issuer, str) else issuer
    document = OfficialDocument.objects.create(**fields)
    if file:
        DocumentFile.objects.create(document=document, file=file)
    return document


def make_relation(
    source: OfficialDocument, kind: str, target: OfficialDocument
) -> DocumentRelation:
    """What a document does to another."""
    return DocumentRelation.objects.create(source=source, kind=kind, target=target)


def make_form_template(
    name: str = "Báo cáo quý", *, file: SiteDocument | None = None, **fields
) -> FormTemplate:
    """A form with one version, in use since 2026; public unless told otherwise."""
    fields.setdefault("visibility", Visibility.PUBLIC)
    form = FormTemplate.objects.create(name=name, **fields)
    FormVersion.objects.create(form=form, version="1.0", since=date(2026, 1, 1), file=file)
    return form
