"""Making an item of the library out of what a unit offers.

The file is copied into the library's own store, the item is a draft in the librarians' workflow that names the
unit as its source; the unit's private copy goes once all of it is committed.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone
from wagtail.models import Page

from core.models import SiteDocument, SiteImage, SiteMedia
from resources.choices import FileSort, Rights
from resources.contribution_rules import is_sound, sort_of
from resources.downloads import file_name
from resources.models import Contribution, ItemFile, LibraryIndexPage, LibraryItemPage
from resources.services.contributions import forget_file
from resources.services.files import facts_of

GONE = "Không tìm thấy tệp đã gửi: hãy trả lại để đơn vị gửi lại tệp."
NO_LIBRARY = "Chưa có trang thư viện để nhận học liệu."


def make_item(held: Contribution, *, by: Any, then: Callable[[], Contribution]) -> Contribution:
    """A draft item of the held contribution; `then` writes the move. Called inside its transaction."""
    index = LibraryIndexPage.objects.first()
    if index is None:
        raise ValidationError({"": NO_LIBRARY})
    copies: list[Any] = []
    try:
        page = _page(held, by)
        if held.file:
            _copy(held, page, copies, by)
        _added(index, page, by)
        moved = then()
        forget_file(moved)
        moved.item = page
        moved.save()
    except BaseException:
        # Rows are rolled back by themselves, files are not.
        for copy in copies:
            copy.file.storage.delete(copy.file.name)
        raise
    return moved


def _page(held: Contribution, by: Any) -> LibraryItemPage:
    own = held.rights == Rights.OWN
    page = LibraryItemPage(
        title=held.title, summary=held.summary, kind=held.kind, link=held.link, language=held.language,
        licence=held.licence, source=held.unit.name[:160], author="" if own else held.source,
        year=timezone.localdate().year if own else None, live=False, has_unpublished_changes=True,
        owner=by,
    )  # fmt: skip
    page.audiences, page.topics = held.audiences.all(), held.topics.all()
    return page


def _copy(held: Contribution, page: LibraryItemPage, copies: list[Any], by: Any) -> None:
    """The file into the store where the library keeps its like."""
    extension = held.extension
    sort = sort_of(extension)
    try:
        with held.file.open("rb") as stored:
            copy = _stored(sort, held, File(stored, name=file_name(held.title, extension)), by)
    except OSError as missing:
        raise ValidationError({"": GONE}) from missing
    copies.append(copy)
    if isinstance(copy, SiteDocument):
        if problem := facts_of(copy).problem:
            raise ValidationError({"": problem})
        page.files = [ItemFile(document=copy)]
    elif isinstance(copy, SiteMedia):
        page.media = copy
    else:
        page.picture, page.picture_alt = copy, held.alt


def _stored(sort: FileSort | None, held: Contribution, file: File, by: Any) -> Any:
    given = {"title": held.title, "uploaded_by_user": by}
    if sort == FileSort.MEDIA:
        copy: Any = SiteMedia(type="audio" if is_sound(held.extension) else "video", **given)
    elif sort == FileSort.PICTURE:
        copy = SiteImage(credit=held.unit.name[:160], **given)
    else:
        copy = SiteDocument(file_size=held.size, **given)
    copy.file = file
    copy.save()
    return copy


def _added(index: LibraryIndexPage, page: LibraryItemPage, by: Any) -> None:
    # Held, so that two items do not take the same place in the tree.
    Page.objects.select_for_update().get(pk=index.pk)
    LibraryIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    page.save_revision(user=by)
    if workflow := page.get_workflow():
        workflow.start(page, by)
