"""Verbs on stories: an activity told as an article for the editors; a photo taken out again.

The article is a draft in the editors' workflow, which ends with the publisher's check list. A photo leaves the
private store only as a copy, and only with the consent of whoever can be recognised in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.images import ImageFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from campaign.activities.choices import EvidenceKind, Faces
from campaign.activities.models import Activity, Evidence, Story, StoryPhoto
from campaign.activities.permissions import user_can_tell
from campaign.activities.purposes import ADULTS_PUBLIC, MINORS_PUBLIC
from campaign.news.models import ArticlePage, SectionPage
from core.models import SiteImage
from privacy.models import ConsentRecord
from privacy.services import current_text, record_consent, withdraw_consent

CONSENTS = {Faces.ADULTS: ADULTS_PUBLIC, Faces.MINORS: MINORS_PUBLIC}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A photo for the story: its words, who can be recognised, whether they agreed, and who said so."""

    evidence: Evidence
    alt: str
    faces: str
    agreed: bool = False
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it was written: paragraphs are parted by empty lines."""

    title: str
    lead: str
    body: str


def photo_problem(photo: Chosen) -> str | None:
    """Why a photo can't go out, or None (Law on personal data, article 24; decree 330, article 60)."""
    if not photo.alt.strip():
        return "Hãy tả ảnh bằng một câu cho người không nhìn thấy."
    if photo.faces not in Faces.values:
        return "Hãy chọn: trong ảnh nhận ra được ai?"
    if photo.faces != Faces.NOBODY and not photo.agreed:
        who = "người giám hộ" if photo.faces == Faces.MINORS else "người trong ảnh"
        return f"Chưa có sự đồng ý của {who}: hỏi rồi đánh dấu, hoặc bỏ ảnh này."
    if photo.faces == Faces.MINORS and not photo.agreed_by.strip():
        return "Có trẻ em: hãy ghi tên người giám hộ đã đồng ý."
    return None


def tell_story(
    activity: Activity,
    text: Text,
    section: SectionPage,
    photos: Sequence[Chosen],
    *,
    key: UUID,
    by: Any,
    now: datetime,
) -> Story:
    """Hand an article to the editors. The same form sent again is the first one's article."""
    if not user_can_tell(by, activity):
        raise PermissionDenied
    if known := Story.objects.filter(activity=activity, key=key).first():
        return known
    _must_be_ours(activity, photos)
    for photo in photos:
        if problem := photo_problem(photo):
            raise ValidationError({f"photo-{photo.evidence.pk}": problem})
    try:
        return _told(activity, text, section, photos, key=key, by=by, now=now)
    except IntegrityError:
        known = Story.objects.filter(activity=activity, key=key).first()
        if known is None:
            raise
        return known


def _must_be_ours(activity: Activity, photos: Sequence[Chosen]) -> None:
    """Only kept photos of this very activity; papers and screenshots never go out."""
    ours = set(
        activity.evidence.kept().filter(kind=EvidenceKind.PHOTO).values_list("pk", flat=True)
    )
    if any(photo.evidence.pk not in ours for photo in photos):
        raise PermissionDenied


def _told(
    activity: Activity, text: Text, section: SectionPage, photos: Sequence[Chosen], *,
    key: UUID, by: Any, now: datetime,
) -> Story:  # fmt: skip
    images: list[SiteImage] = []
    try:
        with transaction.atomic():
            # The row first: of two equal forms sent at once, the second waits here and then is told.
            story = Story.objects.create(activity=activity, key=key, made_by=by, made_at=now)
            for photo in photos:
                images.append(_copied(photo, activity, by))
                _remember(story, photo, images[-1], by, now)
            story.page = _article(activity, text, section, photos, images, by, now)
            story.save(update_fields=["page"])
    except Exception:
        # Rows are rolled back by themselves, files are not.
        for image in images:
            image.file.storage.delete(image.file.name)
        raise
    return story


def _copied(photo: Chosen, activity: Activity, by: Any) -> SiteImage:
    with photo.evidence.file.open("rb") as kept:
        data = kept.read()
    image = SiteImage(title=photo.alt[:255], credit=str(activity.unit)[:160], uploaded_by_user=by)
    image.file = ImageFile(BytesIO(data), name=f"hoat-dong-{photo.evidence.pk}.jpg")
    image.save()
    return image


def _remember(story: Story, photo: Chosen, image: SiteImage, by: Any, now: datetime) -> None:
    row = StoryPhoto.objects.create(
        story=story, evidence=photo.evidence, image=image, alt=photo.alt, faces=photo.faces
    )
    if photo.faces in CONSENTS:
        text = current_text(CONSENTS[Faces(photo.faces)])
        who = photo.agreed_by.strip()[:160]
        record_consent(text, record=row, full_name=who, user=by, now=now)


def _article(
    activity: Activity, text: Text, section: SectionPage, photos: Sequence[Chosen],
    images: Sequence[SiteImage], by: Any, now: datetime,
) -> ArticlePage:  # fmt: skip
    body: list[dict[str, Any]] = [
        {"type": "paragraph", "value": part} for part in paragraphs(text.body)
    ]
    # The first picture stands at the head of the article, the others in its text.
    for photo, image in list(zip(photos, images, strict=True))[1:]:
        block = {"image": image.pk, "alt_text": photo.alt, "decorative": False}
        body.append({"type": "picture", "value": {"image": block, "caption": ""}})
    page = ArticlePage(
        title=text.title, summary=text.lead, live=False, has_unpublished_changes=True, owner=by,
        author=str(activity.unit.name)[:120], published_on=timezone.localtime(now).date(), body=body,
    )  # fmt: skip
    if photos:
        page.picture, page.picture_alt = images[0], photos[0].alt
    # Held, so that two articles of one section do not take the same place in the tree.
    Page.objects.select_for_update().get(pk=section.pk)
    SectionPage.objects.get(pk=section.pk).add_child(instance=page)
    page.save_revision(user=by)
    if workflow := page.get_workflow():
        workflow.start(page, by)
    return page


def paragraphs(text: str) -> list[SafeString]:
    """Plain text as paragraphs of rich text: empty lines part them, single ones break lines."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    lines = ["<br/>".join(escape(line) for line in part.split("\n")) for part in parts if part]
    return [mark_safe(f"<p>{line}</p>") for line in lines]  # Escaped line by line above.


def withdraw_photo(photo: StoryPhoto, *, by: Any, now: datetime) -> None:
    """Somebody took his consent back: the photo leaves its story at once."""
    if not user_can_tell(by, photo.story.activity, taking_out=True):
        raise PermissionDenied
    take_out(photo, by=by, now=now)


def take_out(photo: StoryPhoto, *, by: Any, now: datetime) -> None:
    """Out of drafts and of what is live; the public copy is deleted. `by` is not asked for his rights."""
    with transaction.atomic():
        held = StoryPhoto.objects.select_for_update().get(pk=photo.pk)
        story = Story.objects.select_related("page").get(pk=held.story_id)
        if held.withdrawn_at is not None:
            return
        image = held.image
        if story.page and image:
            _taken_out(story.page, image.pk, by)
        held.image, held.withdrawn_at, held.withdrawn_by = None, now, by
        held.save()
        for consent in ConsentRecord.objects.standing().filter(
            text__purpose__in=CONSENTS.values(), object_id=held.pk,
            content_type__app_label="activities", content_type__model="storyphoto",
        ):  # fmt: skip
            withdraw_consent(consent, now=now, by=by)
        if image:
            image.delete()


def _taken_out(page: ArticlePage, image: int, by: Any) -> None:
    """Both the newest draft and what is live lose the picture; a draft stays a draft."""
    newest = page.get_latest_revision_as_object()
    is_same = page.live and not page.has_unpublished_changes
    _without(page, image)
    page.save()
    _without(newest, image)
    revision = newest.save_revision(user=by, changed=True)
    if is_same:
        revision.publish(user=by, skip_permission_checks=True)


def _without(page: ArticlePage, image: int) -> None:
    if page.picture_id == image:
        page.picture, page.picture_alt, page.picture_caption = None, "", ""
    raw = list(page.body.raw_data)
    page.body = [  # type: ignore[assignment]
        block
        for block in raw
        if not (block["type"] == "picture" and _pictured(block["value"]) == image)
    ]


def _pictured(value: Any) -> int | None:
    told = value.get("image")
    return told.get("image") if isinstance(told, dict) else told


def take_stories_down(activity: Activity, *, by: Any) -> None:
    """What does not count any more is not told any more: live stories are taken from the site."""
    for story in Story.objects.filter(activity=activity).select_related("page"):
        if story.page and story.page.live:
            # By the rule and for the office, whatever its rights among the editors are.
            UnpublishPageAction(story.page, user=by).execute(skip_permission_checks=True)
