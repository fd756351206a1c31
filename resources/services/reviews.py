"""Verbs on reading items over: done today, to be done by a day."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.found_links import bare_pictures
from resources.models import ItemReview, LibraryItemPage
from resources.permissions import user_keeps_library


@transaction.atomic
def mark_reviewed(
    item: LibraryItemPage, *, review_by: date | None, by: Any, now: datetime
) -> ItemReview:
    """Read over today; the next time by `review_by`, or after the usual months."""
    if not user_keeps_library(by):
        raise PermissionDenied
    row, _ = ItemReview.objects.select_for_update().get_or_create(item=item)
    row.reviewed_on, row.reviewed_by = timezone.localtime(now).date(), by
    row.review_by = review_by
    row.save()
    return row


def note_pictures(item: LibraryItemPage) -> None:
    """Remember how many pictures of the body have no words; only where there are some, or were."""
    count = bare_pictures(item.body.raw_data) if item.body else 0
    if not ItemReview.objects.filter(item=item).update(bare_pictures=count) and count:
        ItemReview.objects.get_or_create(item=item, defaults={"bare_pictures": count})
